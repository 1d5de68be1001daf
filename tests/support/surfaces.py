"""Loss surfaces for tests that compute none."""

from __future__ import annotations

from datetime import UTC, datetime

from services.contracts.runs.surfaces import LossSurface, PathPoint, SurfaceDirections, SurfaceNetwork
from services.store import Store
from services.store.states import StateName


def keep_states(store: Store, run: str, *epochs: int) -> None:
    """Let a run seem to keep the training states of these epochs."""
    for epoch in epochs:
        (store.runs.checkpoints(run) / StateName(epoch).folder).mkdir(parents=True)


def a_surface(
    run: str, network: SurfaceNetwork = "generator", directions: SurfaceDirections = "path"
) -> LossSurface:
    """One of five by five points. Its path has three states, and one loss is no finite number."""
    axis = (-2.0, -1.5, -1.0, -0.5, 0.0)
    rows = [[x * x + y * y for x in axis] for y in axis]
    return LossSurface(
        run=run,
        network=network,
        directions=directions,
        epoch=3,
        images=16,
        explained=0.75,
        axes=(axis, axis),
        loss=tuple(tuple(None if value == 8 else value for value in row) for row in rows),
        path=tuple(
            PathPoint(epoch=epoch, x=x, y=y, distance=0.5 * (3 - epoch), loss=loss)
            for epoch, x, y, loss in ((1, -2.0, 0.0, 5.0), (2, -1.0, -0.5, None), (3, 0.0, 0.0, 0.25))
        ),
        made=datetime.now(UTC),
    )


def finish(store: Store, surface: LossSurface) -> None:
    """Let a worker have computed it."""
    surfaces = store.runs.surfaces
    surfaces.ask(surface.run, surface.network, surface.directions, len(surface.axes[0]))
    fence = surfaces.claim(surface.run)
    surfaces.update(surface.run, fence, state="running")
    surfaces.finish(surface, fence)
