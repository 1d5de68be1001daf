"""The report of a finished run: the rows of the founding study's tables, and more."""

from __future__ import annotations

import resource
from collections.abc import Mapping, Sequence

from services.contracts.reports.report import (
    ClassifierReport,
    JudgesReport,
    ParameterCount,
    RaisedWarning,
    Report,
    TesterCard,
    WeakTestReport,
)
from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.contracts.training.lineage import UNGROWN, Growth
from services.contracts.training.networks import Network
from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import keras, tf
from services.trainer.evaluation.classifier import Classifier
from services.trainer.training.final_evaluation import Verdict


def report(
    spec: TrainingSpec,
    precision: str,
    tables: Mapping[str, Network],
    classifier: Classifier,
    history: Sequence[EpochFigures],
    raised: Sequence[RunWarning],
    epochs: int,
    seconds: float,
    verdict: Verdict,
    weak_tester: TesterCard,
    growth: Growth = UNGROWN,
) -> Report:
    """The report of a run.

    Args:
        spec: of the run.
        precision: that it was trained in.
        tables: of both networks.
        classifier: that named the classes.
        history: figures of the last epochs.
        raised: every warning of the run.
        epochs: that were trained.
        seconds: that they took, monitoring included.
        verdict: of the final tests.
        weak_tester: that made the tests during the training.
        growth: where the run comes from.
    """
    tests = [(figures.epoch, figures.weak_test) for figures in history if figures.weak_test]
    mapped = [figures for figures in history if figures.shares]
    judged = [(figures.epoch, figures.judges) for figures in history if figures.judges]
    weak_test = None
    if tests:
        epoch, test = tests[-1]
        weak_test = WeakTestReport(epoch=epoch, **test.model_dump(), tester=weak_tester)
    return Report(
        run=spec.name,
        dataset=spec.dataset,
        architecture=spec.network.architecture,
        activation=spec.network.activation.name,
        latent_dim=spec.latent.dim,
        conditional=spec.conditional,
        seed=spec.seed,
        batch_size=spec.batch_size,
        parameters={
            name: ParameterCount(
                total=table.total, trainable=table.trainable, non_trainable=table.non_trainable
            )
            for name, table in tables.items()
        },
        epochs=epochs,
        stopped_early=epochs < spec.epochs,
        seconds=seconds,
        seconds_per_epoch=seconds / max(epochs, 1),
        peak_memory_mib=peak_memory_mib(),
        precision=precision,
        generator_loss=history[-1].generator_loss if history else None,
        discriminator_loss=history[-1].discriminator_loss if history else None,
        weak_test=weak_test,
        strong_test=verdict.strong_test,
        study_test=verdict.study_test,
        classifier=ClassifierReport.model_validate(classifier.quality()),
        quality=verdict.quality,
        judges=JudgesReport(epoch=judged[-1][0], figures=judged[-1][1]) if judged else None,
        pixel_coverage=verdict.pixel_coverage,
        label_fidelity=verdict.label_fidelity,
        shares=mapped[-1].shares if mapped else None,
        map_change=mapped[-1].map_change if mapped else None,
        dead_units=mapped[-1].dead_units if mapped else None,
        warnings=tuple(RaisedWarning.model_validate(warning.model_dump()) for warning in raised),
        lineage=growth.lineage,
        extended_at=growth.extended_at,
        libraries=libraries(),
    )


def peak_memory_mib() -> float:
    """Most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def libraries() -> dict[str, str]:
    """Versions of the libraries that train and export."""
    return {"tensorflow": str(tf.__version__), "keras": str(keras.__version__)}
