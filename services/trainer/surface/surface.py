"""A loss surface, from the states that a run keeps to rows of losses."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.surfaces import LossSurface, PathPoint, SurfaceDirections, SurfaceNetwork
from services.contracts.training.spec import TrainingSpec
from services.store.states import StateName
from services.trainer.backend import make_deterministic
from services.trainer.data.datasets import Dataset
from services.trainer.surface.fixed_loss import FixedLoss
from services.trainer.surface.path import WeightPath, parted, read_path
from services.trainer.surface.plane import (
    Projection,
    filter_normalised,
    path_axes,
    principal_components,
    project,
    random_axes,
)
from services.trainer.training.checkpoints import Checkpoints

Tell = Callable[[str, int, int], None]
"""Takes a phase, how many of its steps are done, and how many there are; may raise to end the work."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Which surface.

    Attributes:
        network: whose weights and whose loss.
        directions: what spans the plane.
        cells: values along each axis.
    """

    network: SurfaceNetwork
    directions: SurfaceDirections
    cells: int


class Surface:
    """One loss surface, row by row.

    Attributes:
        epochs: of the states on the path.
        axes: float64[cells] each, the values of x and y.
    """

    def __init__(
        self,
        spec: TrainingSpec,
        dataset: Dataset,
        checkpoints: Checkpoints,
        asked: Asked,
        epochs: Sequence[int],
        tell: Tell = lambda phase, done, steps: None,
    ) -> None:
        """Read the states and choose the plane.

        Args:
            spec: of the run.
            dataset: that it trains on.
            checkpoints: of the run.
            asked: which surface.
            epochs: of the states that make the path, rising; those that cannot be read are left out.
            tell: told of the progress.

        Raises:
            AtlasError: fewer than three of the states can be read.
        """
        make_deterministic()
        self._spec, self._asked, self._tell = spec, asked, tell
        self._loss = FixedLoss(spec, dataset, asked.network)

        def reading(done: int, steps: int) -> None:
            tell("reading the training states", done, steps)

        path = read_path(checkpoints, epochs, self._loss.places, reading)
        self.epochs = path.epochs
        newest = StateName(path.epochs[-1])
        self._loss.hold(checkpoints.arrays(newest, range(len(self._loss.both()))))
        self._path_losses = self._along(path)
        origin = path.weights[-1].copy()
        # From here on the path is one of differences, in the same memory.
        path.weights[:] -= origin
        directions = self._directions(path, origin)
        self._projection = project(path.weights, directions)
        cells = asked.cells
        self.axes = (
            path_axes(self._projection.points, cells) if asked.directions == "path" else random_axes(cells)
        )
        self._loss.span(origin, directions)

    def row(self, number: int) -> list[float | None]:
        """The losses of a row, from left to right; None where one is no finite number."""
        cells, (across, up) = self._asked.cells, self.axes
        losses = []
        for column, x in enumerate(across):
            self._tell("computing the loss", number * cells + column, cells * cells)
            losses.append(self.at(float(x), float(up[number])))
        return losses

    def at(self, x: float, y: float) -> float | None:
        """The loss at a point of the plane; None where it is no finite number."""
        return _finite(self._loss.on_plane(x, y))

    def whole(self, rows: Sequence[Sequence[float | None]]) -> LossSurface:
        """The surface, of all its rows."""
        return LossSurface(
            run=self._spec.name,
            network=self._asked.network,
            directions=self._asked.directions,
            epoch=self.epochs[-1],
            images=self._loss.images,
            explained=self._projection.explained,
            axes=(tuple(self.axes[0].tolist()), tuple(self.axes[1].tolist())),
            loss=tuple(map(tuple, rows)),
            path=tuple(_path_points(self.epochs, self._projection, self._path_losses)),
            made=datetime.now(UTC),
        )

    def _along(self, path: WeightPath) -> list[float | None]:
        """The losses at the states themselves."""
        losses = []
        for number, weights in enumerate(path.weights):
            self._tell("computing the loss along the path", number, len(path.epochs))
            losses.append(_finite(self._loss.at(weights)))
        return losses

    def _directions(self, path: WeightPath, origin: NDArray[np.float32]) -> NDArray[np.float32]:
        """The directions of the plane, float32[2, n]."""
        random = np.random.default_rng(self._spec.seed)
        shaped = parted(origin, self._loss.weights)
        drawn = np.stack([filter_normalised(shaped, self._loss.filters, random) for _ in range(2)])
        return drawn if self._asked.directions == "random" else principal_components(path.weights, drawn)


def _path_points(
    epochs: Sequence[int], projection: Projection, losses: Sequence[float | None]
) -> list[PathPoint]:
    return [
        PathPoint(epoch=epoch, x=float(x), y=float(y), distance=float(distance), loss=loss)
        for epoch, (x, y), distance, loss in zip(
            epochs, projection.points, projection.distances, losses, strict=True
        )
    ]


def _finite(loss: float) -> float | None:
    return loss if math.isfinite(loss) else None
