"""Data sets on disk: the uploaded ones, and for every data set the classifier trained on it."""

from __future__ import annotations

import os
import re
import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.contracts.datasets import DATASETS, DatasetInfo
from services.contracts.errors import DatasetNotFound, NameTaken, NotFound, StorageFailed
from services.contracts.names import DATASET_PATTERN
from services.store import files
from services.store.files import WriteCheck

CARD, IMAGES, LABELS, SAMPLES = "dataset.json", "images.npy", "labels.npy", "samples.png"
_STAGING, _PREVIEW = ".upload-", ".preview-"
_ABANDONED_SECONDS = 24 * 3600
"""Age of an upload's folder after which its process must have died."""
PREVIEW_SECONDS = 3600
"""Time for which a preview is held, to be kept or discarded."""
_MAX_PREVIEWS = 8
"""Previews held at a time, for all gateways together; another one replaces the oldest."""


class DatasetCard(BaseModel):
    """Description of an uploaded data set; written once, with its images."""

    model_config = ConfigDict(frozen=True)

    info: DatasetInfo
    sha256: str
    """Hash of its images, labels and classes."""
    created: datetime
    counts: tuple[tuple[int, int], ...] = ()
    """Training and test images of each class."""
    own_parts: bool = False
    """Whether the upload itself named the test images."""
    skipped: int = 0
    """Hidden and system files of the upload."""


class DatasetStore:
    """All data sets of a home folder. A published upload is complete and never changes.

    Its folder holds ``images.npy``, uint8[n, h, w, c], training images first; ``labels.npy``, int32[n]
    (zeros where there are no classes); a sheet of samples; and its card.
    """

    def __init__(
        self, root: Path, preview_seconds: int = PREVIEW_SECONDS, max_previews: int = _MAX_PREVIEWS
    ) -> None:
        self._root = root
        self._preview_seconds = preview_seconds
        self._max_previews = max_previews

    def prepare(self, is_writable: WriteCheck = files.is_writable) -> None:
        """Make the folder; `StorageFailed` if it cannot be written."""
        files.prepare_folder(self._root, is_writable)

    def sweep(self) -> None:
        """Remove abandoned uploads and expired previews."""
        for kind, seconds in ((_STAGING, _ABANDONED_SECONDS), (_PREVIEW, self._preview_seconds)):
            for path in self._by_age(kind, older_than=seconds):
                shutil.rmtree(path, ignore_errors=True)

    def names(self) -> list[str]:
        """The built-in ones, then the uploaded ones, sorted."""
        return [*DATASETS, *self._uploaded()]

    def infos(self) -> list[DatasetInfo]:
        found = [self._built_in(name) for name in DATASETS]
        for name in self._uploaded():
            with suppress(DatasetNotFound):  # removed in the meantime
                found.append(self.card(name).info)
        return found

    def info(self, name: str) -> DatasetInfo:
        return self._built_in(name) if name in DATASETS else self.card(name).info

    def _built_in(self, name: str) -> DatasetInfo:
        at_hand = (self._root / name / IMAGES).exists()
        return DATASETS[name].model_copy(update={"at_hand": at_hand})

    def card(self, name: str) -> DatasetCard:
        """The card of an uploaded data set."""
        return DatasetCard.model_validate_json(self._file(name, CARD).read_bytes())

    def arrays(self, name: str) -> tuple[Path, Path]:
        """Files with the images and the labels of an uploaded data set."""
        return self._file(name, IMAGES), self._file(name, LABELS)

    def images(self, name: str) -> Path:
        """File with the images of a data set, training images first.

        Raises:
            DatasetNotFound: there is no such data set.
            NotFound: it is a built-in one, and no training has loaded it yet.
        """
        if name not in DATASETS:
            return self._file(name, IMAGES)
        path = self._root / name / IMAGES
        if not path.exists():
            raise NotFound(
                f"The images of {name!r} are not here yet: the first training on it brings them along."
            )
        return path

    def labels(self, name: str) -> Path | None:
        """File with the labels of a built-in data set; None: an earlier version kept its images alone."""
        path = self._root / name / LABELS
        return path if path.exists() else None

    def keep_images(self, name: str, images: Callable[[], bytes], labels: Callable[[], bytes]) -> None:
        """Keep the images of a built-in data set and their labels, so that they can be shown.

        Args:
            name: of the data set.
            images: makes the ``npy`` file of the images; called only if they are not kept already.
            labels: the same of their labels.
        """
        # The labels first: where the images are, the labels are too.
        for file, data in ((LABELS, labels), (IMAGES, images)):
            path = self._root / name / file
            if not path.exists():
                files.make_folder(path.parent)
                files.write_bytes(path, data())

    def samples(self, name: str) -> bytes:
        """PNG with some images of an uploaded data set."""
        return self._file(name, SAMPLES).read_bytes()

    def classifier(self, name: str) -> Path:
        """Folder of the classifier of a data set; it may not exist yet.

        A later data set of the same name has another folder.
        """
        if name in DATASETS:
            return self._root / name / "classifier"
        return self._root / name / "classifier" / self.card(name).sha256[:16]

    # Uploading and removing -----------------------------------------------------------

    def refuse_taken(self, name: str) -> None:
        """`NameTaken` if there is a data set of this name."""
        if name in DATASETS or self._is_there(name):
            raise NameTaken("data set", name)

    def staging(self) -> Path:
        """A new folder to receive and unpack an upload in."""
        path = self._root / f"{_STAGING}{uuid.uuid4().hex}"
        files.make_folder(path)
        return path

    def publish(self, card: DatasetCard, staging: Path) -> None:
        """Turn a staged folder into a data set; `NameTaken` if the name was taken in the meantime."""
        name = card.info.name
        files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
        with self.locked():
            self.refuse_taken(name)
            # What has the name is no data set, but for example the classifier of a removed one.
            files.remove_folder(self._root / name)
            if not files.publish_folder(staging, self._root / name):
                raise NameTaken("data set", name)

    def remove(self, name: str) -> None:
        """Remove an uploaded data set and its classifier."""
        self.card(name)
        files.remove_folder(self._root / name)

    def locked(self) -> AbstractContextManager[None]:
        """Keep data sets from being removed, for example while a run is made for one."""
        return files.locked(self._root / ".lock")

    # Previews -------------------------------------------------------------------------

    def hold_preview(self, card: DatasetCard, staging: Path) -> str:
        """Hold a staged folder as a preview; returns its id."""
        self.sweep()
        for path in self._by_age(_PREVIEW)[self._max_previews - 1 :]:
            shutil.rmtree(path, ignore_errors=True)
        preview = uuid.uuid4().hex
        files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
        with files.storage(staging):
            os.utime(staging)
            staging.rename(self._preview_folder(preview))
        return preview

    def preview(self, preview: str) -> tuple[DatasetCard, datetime]:
        """The card of a preview, and when it expires."""
        folder = self._preview_folder(preview)
        try:
            card = self.staged_card(folder)
            since = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        except FileNotFoundError:
            raise _no_preview() from None
        return card, since + timedelta(seconds=self._preview_seconds)

    def preview_samples(self, preview: str) -> bytes:
        """PNG with some images of a preview."""
        try:
            return (self._preview_folder(preview) / SAMPLES).read_bytes()
        except FileNotFoundError:
            raise _no_preview() from None

    def staged_card(self, staging: Path) -> DatasetCard:
        """The card in a staged folder."""
        return DatasetCard.model_validate_json((staging / CARD).read_bytes())

    def take_preview(self, preview: str) -> Path:
        """Take a preview's folder, so that nobody else can, to publish or return it."""
        path = self._root / f"{_STAGING}{uuid.uuid4().hex}"
        with files.storage(path):
            try:
                self._preview_folder(preview).rename(path)
            except FileNotFoundError:
                raise _no_preview() from None
        return path

    def return_preview(self, preview: str, card: DatasetCard, staging: Path) -> None:
        """Hold a folder as a preview again, since it could not be published."""
        with suppress(OSError, StorageFailed):
            files.write_bytes(staging / CARD, card.model_dump_json(indent=1).encode())
            staging.rename(self._preview_folder(preview))

    def discard(self, preview: str) -> None:
        """Discard a preview."""
        shutil.rmtree(self.take_preview(preview), ignore_errors=True)

    # ----------------------------------------------------------------------------------

    def _preview_folder(self, preview: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{32}", preview):
            raise _no_preview()
        return self._root / f"{_PREVIEW}{preview}"

    def _by_age(self, kind: str, older_than: float = 0) -> list[Path]:
        """Folders of a kind, newest first; others may remove them in the meantime."""
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
