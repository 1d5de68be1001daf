"""Something behind every example that the API's description gives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from services.contracts.datasets import DatasetInfo
from services.contracts.experiments.planning import ExperimentSpec
from services.contracts.runs.events import EpochEnded, EpochFigures, StateChanged
from services.contracts.training.spec import TrainingSpec
from services.gateway.pictures import arrays
from services.kit.pictures.npy import npy
from services.store import DatasetCard
from services.store.datasets import IMAGES, LABELS, SAMPLES
from tests.support.gateway import Gateway
from tests.support.reports import REPORT
from tests.support.surfaces import a_surface, finish, keep_states

_NAME = "digits-2d"
"""The example that the description gives, so that many questions find something."""
_UPLOAD = DatasetInfo(
    name="unnamed", title="", image_shape=(8, 8, 1), classes=("0", "1"), train=30, test=10, uploaded=True
)


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """One with a finished run and its model."""
    gateway = Gateway(tmp_path)
    runs = gateway.store.runs
    runs.create(TrainingSpec(name=_NAME, dataset="digits"))
    runs.events.append(_NAME, StateChanged(state="queued"))
    figures = EpochFigures(epoch=1, seconds=1, generator_loss=1, discriminator_loss=1)
    runs.events.append(_NAME, EpochEnded(figures=figures))
    runs.pictures.write_snapshot(_NAME, 1, arrays.png(np.zeros((2, 2, 1), np.uint8)))
    runs.pictures.write_map(_NAME, 1, npy(np.zeros((1, 100, 100), np.uint8)))
    runs.write_report(_NAME, REPORT)
    runs.update(_NAME, state="succeeded", epoch=50)
    keep_states(gateway.store, _NAME, 30, 40, 50)
    finish(gateway.store, a_surface(_NAME))
    gateway.publish(name=_NAME)
    images = np.zeros((1437 + 360, 2, 2, 1), np.uint8)
    gateway.store.datasets.keep_images(
        "digits", lambda: npy(images), lambda: npy(np.zeros(len(images), np.int32))
    )
    staging = gateway.store.datasets.staging()
    for file in (IMAGES, LABELS, SAMPLES):
        (staging / file).write_bytes(b"")
    card = DatasetCard(info=_UPLOAD, sha256="", created=datetime.now(UTC), counts=((15, 5), (15, 5)))
    waiting = gateway.store.datasets.hold_preview(card, staging)
    (gateway.home / "datasets" / f".preview-{waiting}").rename(
        gateway.home / "datasets" / f".preview-{'0' * 32}"
    )
    gateway.experiments.submit(ExperimentSpec(name="activations", base={"dataset": "digits"}), None)
    # Streams of runs that wait would last for ever.
    gateway.feed.close()
    return gateway
