"""Loss surfaces from Python, with the real gateway and a worker of two lines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx
import numpy as np
import pytest

from latent_atlas_client import AsyncClient, Client, LossSurfaceJob
from latent_atlas_client.errors import Conflict, NotFound, RunNotFound, Unavailable, WaitedTooLong
from services.contracts.runs.events import Progress
from tests.support.gateway import Gateway
from tests.support.surfaces import a_surface, finish, keep_states
from tests.unit.client.conftest import RUN


@pytest.fixture(autouse=True)
def path(gateway: Gateway) -> None:
    keep_states(gateway.store, RUN, 1, 2, 3)


@pytest.fixture
async def atlas(gateway: Gateway) -> AsyncIterator[AsyncClient]:
    """A client that does not wait between two questions."""

    async def at_once(seconds: float) -> None:
        pass

    transport = httpx.ASGITransport(app=gateway.app)
    async with AsyncClient("http://atlas", transport=transport, retries=0, sleep=at_once) as client:
        yield client


def worker(gateway: Gateway, seen: list[str]) -> Callable[[LossSurfaceJob], None]:
    """Takes the surface that waits when it is first asked about, and ends it at the next time."""
    surfaces = gateway.store.runs.surfaces

    def step(job: LossSurfaceJob) -> None:
        seen.append(f"{job.state} {job.progress.phase}".strip())
        if job.state == "queued":
            progress = Progress(phase="computing the loss", step=1, steps=25)
            surfaces.update(RUN, surfaces.claim(RUN), state="running", progress=progress)
        else:
            surfaces.finish(a_surface(RUN, job.network, job.directions), surfaces.get(RUN).fence)

    return step


async def test_it_is_asked_for_and_waited_for(atlas: AsyncClient, gateway: Gateway) -> None:
    seen: list[str] = []
    found = await atlas.runs.compute_loss_surface(
        RUN, network="discriminator", resolution=5, on_progress=worker(gateway, seen)
    )
    assert seen == ["queued", "running computing the loss"]
    assert (found.run, found.network, found.directions) == (RUN, "discriminator", "path")
    assert (found.epoch, found.images, found.explained) == (3, 16, 0.75)
    expected = a_surface(RUN)
    for axis, values in zip(found.axes, expected.axes, strict=True):
        assert axis.dtype == np.float64
        np.testing.assert_array_equal(axis, values)
    assert found.loss.dtype == np.float64
    assert found.loss.shape == (5, 5)
    assert np.isnan(found.loss[0, 0])
    np.testing.assert_array_equal(found.loss[1], found.axes[0] ** 2 + found.axes[1][1] ** 2)
    np.testing.assert_array_equal(found.path.epochs, [1, 2, 3])
    np.testing.assert_array_equal(found.path.x, [-2, -1, 0])
    np.testing.assert_array_equal(found.path.y, [0, -0.5, 0])
    np.testing.assert_array_equal(found.path.distances, [1, 0.5, 0])
    np.testing.assert_array_equal(found.path.loss, [5, np.nan, 0.25])
    assert found.made.tzinfo is not None
    run = await atlas.runs.get(RUN)
    assert run.loss_surface is not None
    assert [item.network for item in run.loss_surface.results] == ["discriminator"]


async def test_one_that_is_under_way_cannot_be_read_yet(atlas: AsyncClient) -> None:
    job = await atlas.runs.queue_loss_surface(RUN, directions="random")
    assert (job.state, job.network, job.resolution) == ("queued", "generator", 41)
    with pytest.raises(Unavailable, match="loss surface of done is queued") as waits:
        await atlas.runs.loss_surface(RUN)
    assert waits.value.retry_after == 1
    with pytest.raises(Conflict, match="queued already"):
        await atlas.runs.compute_loss_surface(RUN)
    await atlas.runs.remove_loss_surface(RUN)
    with pytest.raises(WaitedTooLong):
        await atlas.runs.compute_loss_surface(RUN, timeout=0)
    with pytest.raises(NotFound, match="POST asks for one"):
        await atlas.runs.loss_surface(RUN, directions="random")
    with pytest.raises(RunNotFound):
        await atlas.runs.compute_loss_surface("unknown")


async def test_a_failed_one_says_why(atlas: AsyncClient, gateway: Gateway) -> None:
    def fail(job: LossSurfaceJob) -> None:
        surfaces = gateway.store.runs.surfaces
        fence = surfaces.claim(RUN)
        surfaces.update(RUN, fence, state="running")
        surfaces.let_go(RUN, "failed", fence, "The disk is full.")

    with pytest.raises(Conflict, match="The disk is full"):
        await atlas.runs.compute_loss_surface(RUN, on_progress=fail)


def test_without_an_event_loop(blocking: Client, gateway: Gateway) -> None:
    finish(gateway.store, a_surface(RUN, "generator", "random"))
    assert blocking.runs.loss_surface(RUN).directions == "random"
    blocking.runs.remove_loss_surface(RUN, network="discriminator")
    assert blocking.runs.loss_surface(RUN, network="generator").loss.shape == (5, 5)
    blocking.runs.remove_loss_surface(RUN)
    with pytest.raises(NotFound):
        blocking.runs.loss_surface(RUN)
