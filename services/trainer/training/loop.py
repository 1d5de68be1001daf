"""The training itself: no Celery, no Redis, no HTTP.

Every random choice comes from (seed, epoch, step), and a checkpoint holds every variable, so that a
training that was paused, at an epoch's end or within it, goes on bit for bit as if it had not been.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import AtlasError
from services.contracts.reports.report import Report
from services.contracts.runs.events import EpochFigures, WeakTest
from services.contracts.runs.states import RunWarning
from services.contracts.training.lineage import UNGROWN, Growth
from services.contracts.training.spec import TrainingSpec
from services.kit.real_images import RealImages
from services.store.references import ReferenceStore
from services.trainer.backend import make_deterministic, resolve_precision, tf
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.classifier import Classifier
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.scrutiny import USUAL, Scrutiny
from services.trainer.exhibit.judges import Judges
from services.trainer.exhibit.shown import Shown
from services.trainer.networks import models
from services.trainer.protocols import Control, Interrupted, Outcome, Recorder, check
from services.trainer.replicas import Replicas, gpus, share
from services.trainer.training.branching import branched
from services.trainer.training.checkpoints import Checkpoint, Checkpoints
from services.trainer.training.diagnostics import HISTORY, Course, told, troubles
from services.trainer.training.draws import Draws
from services.trainer.training.export import Exporter
from services.trainer.training.final_evaluation import verdict
from services.trainer.training.inspection import Inspected, Inspection, two_sample_card
from services.trainer.training.losses import LOSSES
from services.trainer.training.monitors import Monitors, change
from services.trainer.training.report import report
from services.trainer.training.step import Step

_RECENT = 5
"""Epochs whose mean duration stands for the next ones."""


@dataclass(eq=False)
class _Seen:
    """What the monitors saw of one epoch."""

    maps: NDArray[np.uint8] | None
    still: int
    map_change: float | None = None
    shares: dict[str, float] | None = None
    label_fidelity: float | None = None
    dead_units: dict[str, float] | None = None
    weak_test: WeakTest | None = None
    inspected: Inspected | None = None
    """Of epochs that are exported."""


class Training:
    """One run, from its newest checkpoint (or the start) until it ends or is told to stop.

    Attributes:
        generator: in training.
        discriminator: in training.
        average: float32 variables, the average of the generator's trainable weights; None: not asked for.
        shown: the generator that is looked at, with the classifier.
        monitors: look at it after each epoch.
        judges: discriminator and two-sample network as they are shown at exported epochs.
        exporter: writes versions of it.
        draws: what chance decides in its steps.
        replicas: the devices that train together.
    """

    def __init__(
        self,
        spec: TrainingSpec,
        dataset: Dataset,
        classifier: Classifier,
        checkpoints: Checkpoints,
        recorder: Recorder,
        control: Control,
        devices: Sequence[str] | None = None,
        scrutiny: Scrutiny = USUAL,
        references: ReferenceStore | None = None,
        growth: Growth = UNGROWN,
    ) -> None:
        """Build everything; trains nothing yet.

        Args:
            spec: what to train.
            dataset: with images of the architecture's size.
            classifier: of that data set.
            checkpoints: of this run.
            recorder: where everything that happens goes.
            control: asked between steps whether to go on.
            devices: that train together, see `replicas`; None: all GPUs.
            scrutiny: how thoroughly it is examined.
            references: where versions share the training images; None: each keeps its own.
            growth: where the run comes from, and at which epochs it was extended.
        """
        make_deterministic()
        self.spec, self.dataset, self.classifier = spec, dataset, classifier
        self._growth = growth
        self._checkpoints, self._recorder, self._control = checkpoints, recorder, control
        self._scrutiny = scrutiny
        self.precision = resolve_precision(spec.precision)
        channels, classes = dataset.image_shape[2], len(dataset.classes)
        self.draws = Draws(spec, dataset.train)
        self.replicas = Replicas(share(self.draws.batch, gpus() if devices is None else devices))
        with self.replicas.scope():
            self.generator = models.generator(spec, channels, classes, self.precision)
            self.discriminator = models.discriminator(spec, channels, classes, self.precision)
            self.average = (
                [tf.Variable(weight, trainable=False) for weight in self.generator.trainable_variables]
                if spec.regularization.ema
                else None
            )
            self._step = Step(spec, self.generator, self.discriminator, self.average)
        self.shown = Shown(spec, channels, classes, self.precision, classifier.judge(self.precision))
        self.monitors = Monitors(spec, dataset, self.shown, scrutiny.weak_test)
        loss = LOSSES[spec.loss]
        self.judges = Judges(
            self.shown,
            dataset.image_shape,
            self.precision,
            loss.probability,
            scrutiny.weak_test.width,
            loss.relative,
        )
        self._inspection = Inspection(spec, dataset, self.judges, scrutiny.look)
        self.exporter = Exporter(
            spec, dataset, classifier, self.judges, self.precision, references, growth.lineage
        )

        self._losses = tf.Variable(tf.zeros(2), trainable=False)
        self._run_step = tf.function(self._one_step, autograph=False)

        self.epoch = 0
        self._done = 0
        """Steps of the current epoch that are done."""
        self._seconds = 0.0
        """Seconds that these took."""
        self._total_seconds = 0.0
        self._history: list[EpochFigures] = []
        self._raised: list[RunWarning] = []
        self._active: tuple[RunWarning, ...] = ()
        self._still = 0
        """Maps in a row below the bound of the stop rule."""
        self._maps: NDArray[np.uint8] | None = None
        self._shown_epoch = -1
        self._real_images: tuple[int, RealImages] | None = None
        """Of the newest exported epoch of this sitting."""

    # The course of a training ---------------------------------------------------------

    def run(self) -> Outcome:
        """Train until the end, or until told to stop; an order has been carried out when this returns."""
        self._restore()
        try:
            while not self._ended():
                self.train_epoch()
                self._end_epoch()
            self._recorder.report(self._report().model_dump(mode="json"))
        except Interrupted as interrupted:
            if interrupted.order != "cancel":
                self._save()
            return interrupted.order
        return "finished"

    def _ended(self) -> bool:
        return self.epoch >= self.spec.epochs or self._stopped_early(self._still)

    def _stopped_early(self, still: int) -> bool:
        return self.spec.stop.map_change_below is not None and still >= self.spec.stop.for_epochs

    def train_epoch(self) -> None:
        """All steps of the next epoch that are not done yet."""
        self.draws.shuffle(self.epoch)
        self._step.follow_schedule(self.epoch / self.spec.epochs)
        if self._done == 0:
            self._losses.assign(tf.zeros(2))
        started = time.monotonic()
        try:
            while self._done < self.draws.steps_per_epoch:
                check(self._control)
                self._recorder.progress(f"epoch {self.epoch + 1}", self._done, self.draws.steps_per_epoch)
                penalized = self._step.penalties_due(self.draws.number(self.epoch, self._done))
                self._run_step(tf.constant(self.epoch), tf.constant(self._done), penalized)
                self._done += 1
        finally:
            self._seconds += time.monotonic() - started

    def _one_step(self, epoch: Any, step: Any, penalized: bool) -> None:
        self._losses.assign_add(
            self.replicas.mean(lambda number: self._share_of_step(epoch, step, penalized, number))
        )

    def _share_of_step(self, epoch: Any, step: Any, penalized: bool, replica: int) -> Any:
        """What one replica does in a step: its part of the batch. Returns the losses, float32[2]."""
        size = self.draws.batch // self.replicas.count
        mine = slice(replica * size, (replica + 1) * size)
        real, label = self.draws.real(step, mine)
        # Replicas share the points of one draw, but each drops units of its own.
        seed = self.draws.seed(epoch, step) + tf.constant([replica << 32, 0], tf.int64)
        return self._step.run(real, self.draws.points(epoch, step)[mine], label, seed, penalized)

    def _end_epoch(self) -> None:
        """Monitor, record, export and save the epoch whose steps are all done."""
        started = time.monotonic()
        losses = self._losses.numpy() / self.draws.steps_per_epoch
        if not np.isfinite(losses).all():
            raise AtlasError(
                f"The losses are no finite numbers any more at epoch {self.epoch + 1}: the training has "
                "diverged. Smaller learning rates may help."
            )
        epoch = self.epoch + 1
        seen = self._monitor(epoch)
        inspected = seen.inspected
        seconds = self._seconds + time.monotonic() - started
        figures = EpochFigures(
            epoch=epoch,
            seconds=seconds,
            generator_loss=float(losses[0]),
            discriminator_loss=float(losses[1]),
            map_change=seen.map_change,
            shares=seen.shares,
            label_fidelity=seen.label_fidelity,
            dead_units=seen.dead_units,
            weak_test=seen.weak_test,
            judges=inspected.judges if inspected else None,
        )
        # From here on the epoch counts as done; a crash before `_save` does it again.
        self.epoch, self._done, self._seconds = epoch, 0, 0.0
        self._maps, self._still = seen.maps, seen.still
        recent = [*self._history, figures][-_RECENT:]
        figures = self._recorder.figures(figures, fmean(f.seconds for f in recent))
        self._total_seconds += figures.seconds
        self._history = [*self._history, figures][-HISTORY:]
        self._warn()
        if inspected is not None:
            self._real_images = (epoch, inspected.real_images)
            self._recorder.progress(f"exporting epoch {epoch}", 0, 0)
            self._show(epoch)
            self._recorder.version(
                epoch,
                lambda folder: self.exporter.write(
                    folder, figures, inspected.two_sample, inspected.real_images
                ),
            )
        self._save()
        self._recorder.saved(epoch)

    # Monitoring -----------------------------------------------------------------------

    def _monitor(self, epoch: int) -> _Seen:
        """Run the monitors that are due. Changes nothing, so that it can be repeated."""
        monitor = self.spec.monitor
        seen = _Seen(self._maps, self._still)
        last = epoch == self.spec.epochs
        if last or epoch % monitor.snapshot_every == 0:
            self._show(epoch)
            self._recorder.snapshot(epoch, self.monitors.snapshot())
        if last or epoch % monitor.map_every == 0:
            self._show(epoch)
            maps = self._draw(epoch, last)
            seen.map_change = change(self._maps, maps)
            seen.shares = self.monitors.shares(maps)
            seen.label_fidelity = self.monitors.label_fidelity(maps)
            seen.dead_units = self.monitors.dead_units()
            seen.maps, seen.still = maps, self._stillness(seen.map_change)
            self._recorder.maps(epoch, maps, seen.map_change, seen.shares)
        ends = last or self._stopped_early(seen.still)
        due = ends or epoch % monitor.weak_test_every == 0
        exported = ends or epoch % self.spec.export.every == 0
        if due or exported:
            self._show(epoch)
            progress = self._progress(f"testing the images of epoch {epoch}")
            tested, held_out = self.monitors.weak_test(epoch, progress)
            seen.weak_test = tested if due else None
            if exported:
                tester = self.monitors.weak_tester()
                self.judges.take(self.discriminator.trainable_variables, tester.arrays())
                self.judges.calibrate(held_out.real, held_out.generated, held_out.labels)
                card = two_sample_card(tester.card, tested)
                seen.inspected = self._inspection.look(card, held_out, ends, self._progress)
        return seen

    def _draw(self, epoch: int, last: bool) -> NDArray[np.uint8]:
        """The maps of an epoch; no training ends with one of which a part was filled in."""
        progress = self._progress(f"drawing the map of epoch {epoch}")
        maps = self.monitors.maps(epoch, self._maps, last, progress)
        if not last and self._stopped_early(self._stillness(change(self._maps, maps))):
            maps = self.monitors.maps(epoch, self._maps, True, progress)
        return maps

    def _show(self, epoch: int) -> None:
        if self._shown_epoch == epoch:
            return
        # The same points each time: what changes on a map is then the weights' doing.
        self.shown.take(self.average or self.generator.trainable_variables, seed=self.spec.seed)
        self._shown_epoch = epoch

    def _progress(self, phase: str) -> Progress:
        def tell(done: int, steps: int) -> None:
            check(self._control)
            self._recorder.progress(phase, done, steps)

        return tell

    def _stillness(self, changed: float | None) -> int:
        """Maps in a row below the bound of the stop rule, with the newest one."""
        bound = self.spec.stop.map_change_below
        if bound is None or changed is None or changed >= bound:
            return 0
        return self._still + 1

    def _warn(self) -> None:
        monitors = self.monitors
        found = troubles(
            Course(self.spec, self.draws.steps_per_epoch, self._history, monitors.cells, monitors.named)
        )
        raised, self._active = told(self._active, found)
        self._raised += raised
        self._recorder.warnings(raised, self._active)

    def _report(self) -> Report:
        self._show(self.epoch)
        found = verdict(
            self.spec,
            self.dataset,
            self.classifier,
            self.shown,
            self._last_real_images(),
            self.epoch,
            self._progress,
            self._scrutiny,
        )
        return report(
            self.spec,
            self.precision,
            {"generator": self.generator.table, "discriminator": self.discriminator.table},
            self.classifier,
            self._history,
            self._raised,
            self.epoch,
            self._total_seconds,
            found,
            self.monitors.weak_tester().card,
            self._growth,
        )

    def _last_real_images(self) -> RealImages:
        """Of the last version; looked for once more if it was exported in an earlier sitting."""
        if self._real_images is not None and self._real_images[0] == self.epoch:
            return self._real_images[1]
        return self._inspection.real_images(True, self._progress)

    # Checkpoints ----------------------------------------------------------------------

    def variables(self) -> list[Any]:
        """Everything that training changes, in a fixed order."""
        return [
            *self.generator.weights,
            *self.discriminator.weights,
            *self._step.generator_optimizer.variables,
            *self._step.discriminator_optimizer.variables,
            *(self.average or []),
            self._losses,
        ]

    def _save(self) -> None:
        state = {
            "seconds": self._seconds,
            "total_seconds": self._total_seconds,
            "history": [figures.model_dump(mode="json") for figures in self._history],
            "raised": [warning.model_dump(mode="json") for warning in self._raised],
            "active": [warning.model_dump(mode="json") for warning in self._active],
            "still": self._still,
            "precision": self.precision,
        }
        arrays = [np.asarray(variable) for variable in self.variables()]
        self._checkpoints.save(Checkpoint(self.epoch, self._done, arrays, self._maps, state))

    def _restore(self) -> None:
        kept = self._checkpoints.newest()
        if kept is None:
            return
        forked = kept.parent is not None
        arrays: Sequence[NDArray[Any] | None] = kept.arrays
        if kept.parent is not None:
            arrays = branched(kept.arrays, kept.parent, self.spec, self.generator, self.discriminator)
        for variable, array in zip(self.variables(), arrays, strict=True):
            if array is not None:
                variable.assign(array)
        self.epoch, self._done = kept.epoch, kept.step
        if kept.parent is None or kept.parent.monitor.map_resolution == self.spec.monitor.map_resolution:
            self._maps = kept.maps
        state = kept.state
        self._seconds, self._total_seconds = state["seconds"], state["total_seconds"]
        self._history = [EpochFigures.model_validate(figures) for figures in state["history"]]
        if forked:
            # Its parent's warnings, and how long its parent's map stood still, are not its own.
            return
        self._raised = [RunWarning.model_validate(warning) for warning in state["raised"]]
        self._active = tuple(RunWarning.model_validate(warning) for warning in state["active"])
        if self._done == 0 and self.epoch in self._growth.extended_at:
            # The stop rule may have ended it here, but it was asked to go on.
            return
        self._still = state["still"]
