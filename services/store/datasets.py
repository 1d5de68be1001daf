"""Data sets on disk: uploaded ones whole, and of every data set the classifier that was trained on it."""

from __future__ import annotations

import os
import re
import shutil
import time
import uuid
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.contracts.datasets import DATASETS, DatasetInfo
from services.contracts.errors import DatasetNotFound, NameTaken, NotFound, StorageFailed
from services.contracts.training.spec import DATASET_PATTERN
from services.store import files

CARD, IMAGES, LABELS, SAMPLES = "dataset.json", "images.npy", "labels.npy", "samples.png"
_STAGING, _PREVIEW = ".upload-", ".preview-"
_ABANDONED_SECONDS = 24 * 3600
"""No upload takes that long."""
PREVIEW_SECONDS = 3600
"""That a data set waits to be kept or discarded."""
_MOST_PREVIEWS = 8
"""Data sets that wait at a time, of all gateways together; the oldest makes room for one more."""


class DatasetCard(BaseModel):
    """What an uploaded data set says of itself; written once, with its images."""

    model_config = ConfigDict(frozen=True)

    info: DatasetInfo
    sha256: str
    """Of its images, labels and classes."""
    created: datetime
    counts: tuple[tuple[int, int], ...] = ()
    """Training and test images of each class."""
    own_parts: bool = False
    """Whether the upload itself said which images are held out."""
    skipped: int = 0
    """Files of the upload that were nobody's data."""


class DatasetStore:
    """All data sets of a home folder. An uploaded one that has its name is complete and never changes.

    Its folder holds ``images.npy``, uint8[n, h, w, c], training images first; ``labels.npy``, int32[n]
    (zeros where there are no classes); a sheet of samples; and its card.
    """

    def __init__(
        self, root: Path, preview_seconds: int = PREVIEW_SECONDS, most_previews: int = _MOST_PREVIEWS
    ) -> None:
        self._root = root
        self._preview_seconds = preview_seconds
        self._most_previews = most_previews

    def prepare(self) -> None:
        files.prepare_folder(self._root)

    def sweep(self) -> None:
        """Free what uploads left behind whose process died, and what nobody decided to keep."""
        for kind, seconds in ((_STAGING, _ABANDONED_SECONDS), (_PREVIEW, self._preview_seconds)):
            for path in self._by_age(kind, older_than=seconds):
                shutil.rmtree(path, ignore_errors=True)

    def names(self) -> list[str]:
        """Those that come with Latent Atlas, then the uploaded ones, sorted."""
        return [*DATASETS, *self._uploaded()]

    def infos(self) -> list[DatasetInfo]:
        found = list(DATASETS.values())
        for name in self._uploaded():
            with suppress(DatasetNotFound):  # removed meanwhile
                found.append(self.card(name).info)
        return found

    def info(self, name: str) -> DatasetInfo:
        return DATASETS[name] if name in DATASETS else self.card(name).info

    def card(self, name: str) -> DatasetCard:
        """The card of an uploaded one."""
        return DatasetCard.model_validate_json(self._file(name, CARD).read_bytes())

    def arrays(self, name: str) -> tuple[Path, Path]:
        """Files with the images and the labels of an uploaded one."""
        return self._file(name, IMAGES), self._file(name, LABELS)

    def samples(self, name: str) -> bytes:
        """PNG with some images of an uploaded one."""
        return self._file(name, SAMPLES).read_bytes()

    def classifier(self, name: str) -> Path:
        """Folder of the classifier of a data set; it may not exist yet.

        Another data set that comes under the name of a removed one has another folder.
        """
        if name in DATASETS:
            return self._root / name / "classifier"
        return self._root / name / "classifier" / self.card(name).sha256[:16]

    # Uploading and removing -----------------------------------------------------------

    def refuse_taken(self, name: str) -> None:
        """`NameTaken` if there is such a data set."""
        if name in DATASETS or self._is_there(name):
            raise NameTaken("data set", name)

    def staging(self) -> Path:
        """A folder to receive and unpack into. Nobody takes it for a data set."""
        path = self._root / f"{_STAGING}{uuid.uuid4().hex}"
        files.make_folder(path)
        return path

    def publish(self, card: DatasetCard, staging: Path) -> None:
        """Give a staged folder its name; `NameTaken` if that went to another one meanwhile."""
        name = card.info.name
        files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
        with self.locked():
            self.refuse_taken(name)
            # Whatever has the name is no data set: a classifier that was kept after the removal, say.
            files.remove_folder(self._root / name)
            if not files.publish_folder(staging, self._root / name):
                raise NameTaken("data set", name)

    def remove(self, name: str) -> None:
        """Take an uploaded one away, with its classifier."""
        self.card(name)
        files.remove_folder(self._root / name)

    def locked(self) -> AbstractContextManager[None]:
        """Hold what is there: while a run is made for a data set, nobody removes it."""
        return files.locked(self._root / ".lock")

    # Looked at before they are kept ---------------------------------------------------

    def wait(self, card: DatasetCard, staging: Path) -> str:
        """Let a staged folder wait until somebody decides; returns the id under which it does."""
        self.sweep()
        for path in self._by_age(_PREVIEW)[self._most_previews - 1 :]:
            shutil.rmtree(path, ignore_errors=True)
        preview = uuid.uuid4().hex
        files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
        with files.storage(staging):
            os.utime(staging)
            staging.rename(self._waiting(preview))
        return preview

    def preview(self, preview: str) -> tuple[DatasetCard, datetime]:
        """The card of one that waits, and when it is given up."""
        folder = self._waiting(preview)
        try:
            card = self.card_in(folder)
            since = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        except FileNotFoundError:
            raise _no_preview() from None
        return card, since + timedelta(seconds=self._preview_seconds)

    def preview_samples(self, preview: str) -> bytes:
        """PNG with some images of one that waits."""
        try:
            return (self._waiting(preview) / SAMPLES).read_bytes()
        except FileNotFoundError:
            raise _no_preview() from None

    def card_in(self, staging: Path) -> DatasetCard:
        """The card of one that was taken up."""
        return DatasetCard.model_validate_json((staging / CARD).read_bytes())

    def taken_up(self, preview: str) -> Path:
        """Its folder, which nobody else can take up from now on: to be published, or put back."""
        path = self._root / f"{_STAGING}{uuid.uuid4().hex}"
        with files.storage(path):
            try:
                self._waiting(preview).rename(path)
            except FileNotFoundError:
                raise _no_preview() from None
        return path

    def put_back(self, preview: str, card: DatasetCard, staging: Path) -> None:
        """Let it wait again as it did, since it could not be published."""
        with suppress(OSError, StorageFailed):
            files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
            staging.rename(self._waiting(preview))

    def discard(self, preview: str) -> None:
        """Give up one that waits."""
        shutil.rmtree(self.taken_up(preview), ignore_errors=True)

    # ----------------------------------------------------------------------------------

    def _waiting(self, preview: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{32}", preview):
            raise _no_preview()
        return self._root / f"{_PREVIEW}{preview}"

    def _by_age(self, kind: str, older_than: float = 0) -> list[Path]:
        """Folders of a kind, the newest first; others may take them away meanwhile."""
        found: list[tuple[float, Path]] = []
        for path in self._root.glob(f"{kind}*"):
            with suppress(OSError):
                found.append((path.stat().st_mtime, path))
        limit = time.time() - older_than
        return [path for changed, path in sorted(found, reverse=True) if changed <= limit or not older_than]

    def _uploaded(self) -> list[str]:
        try:
            found = os.listdir(self._root)
        except FileNotFoundError:
            return []
        return sorted(name for name in found if name not in DATASETS and self._is_there(name))

    def _is_there(self, name: str) -> bool:
        return re.fullmatch(DATASET_PATTERN, name) is not None and (self._root / name / CARD).is_file()

    def _file(self, name: str, file: str) -> Path:
        if name in DATASETS or not self._is_there(name):
            raise DatasetNotFound(name, tuple(self.names()))
        return self._root / name / file


def _no_preview() -> NotFound:
    return NotFound(
        "No such data set waits to be kept: it was kept, discarded or given up; upload it again."
    )
