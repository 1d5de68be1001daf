from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from services.gateway.uploads.importing import unpack
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.store import DatasetCard


class Unpacked:
    """What an upload became."""

    def __init__(self, card: DatasetCard, folder: Path) -> None:
        self.info, self.sha256 = card.info, card.sha256
        self.counts, self.own_parts, self.skipped = card.counts, card.own_parts, card.skipped
        self.images: NDArray[np.uint8] = np.load(folder / "images.npy", allow_pickle=False)
        self.labels: NDArray[np.int32] = np.load(folder / "labels.npy", allow_pickle=False)
        self.samples = (folder / "samples.png").read_bytes()


class Upload(Protocol):
    def __call__(self, data: bytes, limits: UploadLimits = DEFAULT_LIMITS) -> Unpacked: ...


@pytest.fixture
def upload(tmp_path: Path) -> Upload:
    """Unpacks the bytes of a zip."""
    numbers = iter(range(1000))

    def made(data: bytes, limits: UploadLimits = DEFAULT_LIMITS) -> Unpacked:
        folder = tmp_path / f"unpacked-{next(numbers)}"
        folder.mkdir()
        (folder / "upload.zip").write_bytes(data)
        card = unpack(folder / "upload.zip", folder, "mine", limits=limits)
        assert not list(folder.glob("tmp*"))  # nothing of what was unpacked meanwhile
        return Unpacked(card, folder)

    return made
