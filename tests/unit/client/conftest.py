"""A gateway with a finished run and its model, and both clients for it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from latent_atlas_client import AsyncClient, Client
from services.contracts.runs.events import EpochEnded, EpochFigures, StateChanged, WeakTest
from services.contracts.training.spec import Monitor, TrainingSpec
from services.gateway.pictures import arrays
from services.kit.pictures.npy import npy
from tests.support.gateway import Gateway
from tests.support.reports import REPORT
from tests.support.sync_transport import SyncTransport

RUN = "done"
MAP = np.arange(100, dtype=np.uint8).reshape(10, 10) % 4


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """One with the formula's model `quad`, and the finished run `done`."""
    gateway = Gateway(tmp_path)
    gateway.publish()
    runs = gateway.store.runs
    runs.create(TrainingSpec(name=RUN, dataset="digits", monitor=Monitor(map_resolution=10)))
    runs.events.append(RUN, StateChanged(state="queued"))
    for epoch in (1, 2):
        test = WeakTest(error=0.25, cross_entropy=0.5, p_value=0.0, band=(0.45, 0.55))
        figures = EpochFigures(
            epoch=epoch,
            seconds=1.5,
            generator_loss=epoch,
            discriminator_loss=1,
            shares={"0": 0.75, "1": 0.25},
            weak_test=test if epoch == 2 else None,
        )
        runs.events.append(RUN, EpochEnded(figures=figures))
        runs.pictures.write_snapshot(RUN, epoch, arrays.png(np.full((4, 6, 1), epoch, np.uint8)))
        runs.pictures.write_map(RUN, epoch, npy(MAP[None]))
    runs.write_report(RUN, REPORT)
    runs.events.append(RUN, StateChanged(state="succeeded"))
    runs.update(RUN, state="succeeded")
    return gateway


@pytest.fixture
async def atlas(gateway: Gateway) -> AsyncIterator[AsyncClient]:
    transport = httpx.ASGITransport(app=gateway.app)
    async with AsyncClient("http://atlas", transport=transport, retries=0) as client:
        yield client


@pytest.fixture
def blocking(gateway: Gateway) -> Iterator[Client]:
    with (
        SyncTransport(gateway.app) as transport,
        Client("http://atlas", transport=transport, retries=0) as client,
    ):
        yield client


def seen(file: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A picture as Pillow reads it."""
    return np.asarray(Image.open(io.BytesIO(file)))
