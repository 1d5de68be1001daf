"""Runs, models and data sets on disk, and the only code that knows where they are stored.

<home>/runs/<run>/spec.json            the spec as it was submitted, never rewritten
<home>/runs/<run>/dataset.json         its data set, as it was then
<home>/runs/<run>/run.json             its present state, replaced atomically
<home>/runs/<run>/events.jsonl         its events, appended
<home>/runs/<run>/snapshots/000012.png
<home>/runs/<run>/maps/000012.npy      uint8[maps, ...], see `maps.run_maps`
<home>/runs/<run>/checkpoints/000012/  training states, see `store.states`
<home>/runs/<run>/loss-surface/        see `store.surfaces`
<home>/runs/<run>/tensorboard/         event files, for `tensorboard --logdir`
<home>/runs/<run>/report.json
<home>/models/models.config            every model, all versions; the model server polls it
<home>/models/<model>/<epoch>/         one SavedModel, complete before it has this name
<home>/models/.references/             training images that versions share, see `store.references`
<home>/datasets/<dataset>/classifier/
<home>/datasets/<uploaded>/            complete before it has this name: card, images.npy, labels.npy
<home>/experiments/<experiment>.json   its spec and its runs
<home>/idempotency/<sha256>.json       an idempotency key: the request and its answer
<home>/keys.json                       hashes of the API keys, see `store.keys`
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from services.contracts.errors import RunNotFound
from services.contracts.runs.states import FINISHED
from services.store import files
from services.store.datasets import DatasetCard, DatasetStore
from services.store.experiments import ExperimentRecord, ExperimentStore
from services.store.files import WriteCheck
from services.store.fork_point import ForkPoint
from services.store.keys import KeyRecord, KeyStore
from services.store.line import Line, WorkRecord
from services.store.models import ModelStore
from services.store.run_record import RunRecord
from services.store.runs import RunStore
from services.store.states import Pruned
from services.store.submissions import Submission, SubmissionStore
from services.store.surfaces import SurfaceRecord

__all__ = [
    "DatasetCard",
    "DatasetStore",
    "ExperimentRecord",
    "ExperimentStore",
    "ForkPoint",
    "KeyRecord",
    "KeyStore",
    "Line",
    "ModelStore",
    "Pruned",
    "RunRecord",
    "RunStore",
    "Store",
    "Submission",
    "SubmissionStore",
    "SurfaceRecord",
    "WorkRecord",
]


class Store:
    """The stores of one home folder."""

    def __init__(self, home: Path, is_writable: WriteCheck = files.is_writable) -> None:
        self.home = home
        self._is_writable = is_writable
        self.runs = RunStore(home / "runs")
        self.line = Line({"training": self.runs, "loss-surface": self.runs.surfaces})
        self.submissions = SubmissionStore(home / "idempotency")
        self.experiments = ExperimentStore(home / "experiments")
        self.models = ModelStore(home / "models")
        self.keys = KeyStore(home)
        self.datasets = DatasetStore(home / "datasets")

    def run_classes(self, run: str) -> tuple[str, ...]:
        """Names of the classes on a run's maps, even if its data set has been removed."""
        info = self.runs.dataset(run) or self.datasets.info(self.runs.spec(run).dataset)
        return info.map_classes

    def unfinished_runs_on(self, dataset: str) -> list[str]:
        """Names of the runs that use a data set and have not finished."""
        users = []
        for name in self.runs.names():
            with suppress(RunNotFound):  # deleted in the meantime
                if self.runs.get(name).state not in FINISHED and self.runs.spec(name).dataset == dataset:
                    users.append(name)
        return users

    def sweep(self, older_than: float) -> list[Path]:
        """Remove partial files of killed processes that have not changed for `older_than` seconds."""
        return files.sweep(self.home, older_than)

    def prepare(self) -> None:
        """Make the folders and an (empty) list of models; `StorageFailed` if they cannot be written."""
        files.prepare_folder(self.home, self._is_writable)
        for part in (self.runs, self.submissions, self.experiments, self.models, self.datasets):
            part.prepare(self._is_writable)
