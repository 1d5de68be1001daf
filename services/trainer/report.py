"""The report of a finished run: the rows of the founding study's tables, and more."""

from __future__ import annotations

import resource
from collections.abc import Mapping, Sequence
from typing import Any

from services.contracts.events import EpochFigures
from services.contracts.networks import Network
from services.contracts.spec import TrainingSpec
from services.contracts.store import RunWarning
from services.trainer.backend import keras, tf
from services.trainer.classifier import Classifier


def report(
    spec: TrainingSpec,
    precision: str,
    tables: Mapping[str, Network],
    classifier: Classifier,
    history: Sequence[EpochFigures],
    raised: Sequence[RunWarning],
    epochs: int,
    seconds: float,
) -> dict[str, Any]:
    """All of it as JSON.

    Args:
        spec: of the run.
        precision: that it was trained in.
        tables: of both networks.
        classifier: that named the classes.
        history: figures of the last epochs.
        raised: every warning of the run.
        epochs: that were trained.
        seconds: that they took, monitoring included.
    """
    tests = [figures for figures in history if figures.weak_test]
    mapped = [figures for figures in history if figures.shares]
    return {
        "run": spec.name,
        "dataset": spec.dataset,
        "latent_dim": spec.latent.dim,
        "conditional": spec.conditional,
        "parameters": {
            name: {
                "total": table.total,
                "trainable": table.trainable,
                "non_trainable": table.non_trainable,
            }
            for name, table in tables.items()
        },
        "epochs": epochs,
        "stopped_early": epochs < spec.epochs,
        "seconds": seconds,
        "seconds_per_epoch": seconds / max(epochs, 1),
        "peak_memory_mib": peak_memory_mib(),
        "precision": precision,
        "generator_loss": history[-1].generator_loss if history else None,
        "discriminator_loss": history[-1].discriminator_loss if history else None,
        "weak_test": (
            {"epoch": tests[-1].epoch, **tests[-1].model_dump(mode="json")["weak_test"]} if tests else None
        ),
        "classifier": classifier.quality(),
        "shares": mapped[-1].shares if mapped else None,
        "map_change": mapped[-1].map_change if mapped else None,
        "dead_units": mapped[-1].dead_units if mapped else None,
        "warnings": [warning.model_dump(mode="json") for warning in raised],
        "libraries": libraries(),
    }


def peak_memory_mib() -> float:
    """Most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def libraries() -> dict[str, str]:
    """Versions of what trains and exports."""
    return {"tensorflow": str(tf.__version__), "keras": str(keras.__version__)}
