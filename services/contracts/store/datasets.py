"""What belongs to a data set on disk."""

from __future__ import annotations

from pathlib import Path

from services.contracts.datasets import DATASETS, DatasetInfo
from services.contracts.errors import DatasetNotFound
from services.contracts.store import files


class DatasetStore:
    """All data sets of a home folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def prepare(self) -> None:
        files.make_folder(self._root)

    def infos(self) -> list[DatasetInfo]:
        return list(DATASETS.values())

    def info(self, name: str) -> DatasetInfo:
        if name not in DATASETS:
            raise DatasetNotFound(name, tuple(DATASETS))
        return DATASETS[name]

    def classifier(self, name: str) -> Path:
        """Folder of the classifier of a data set; it may not exist yet."""
        return self._root / self.info(name).name / "classifier"
