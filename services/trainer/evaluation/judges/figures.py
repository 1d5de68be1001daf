"""The judges' figures by name, each a function of what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.registry import Registry
from services.contracts.runs.judges import JudgeFigures, rows
from services.trainer.evaluation.judges.agreement import rank_correlation, real_to_the_first_alone
from services.trainer.evaluation.judges.calibration import calibration_error
from services.trainer.evaluation.latent_box import Box


@dataclass(frozen=True, eq=False)
class Opinions:
    """What the judges say of the map, and of images that neither has seen in training.

    Attributes:
        discriminator: probability of being real of n images all over the map, float32[n].
        two_sample: the same by the two-sample network.
        discriminator_held_out: of k held-out images, float32[k].
        two_sample_held_out: of the same.
        real: whether each of these is real, bool[k].
        stretch: at points all over the map, float32[m].
        box: of the map.
    """

    discriminator: NDArray[np.float32]
    two_sample: NDArray[np.float32]
    discriminator_held_out: NDArray[np.float32]
    two_sample_held_out: NDArray[np.float32]
    real: NDArray[np.bool_]
    stretch: NDArray[np.float32]
    box: Box


Measure = Callable[[Opinions], Any]

MEASURES: Registry[Measure] = Registry("judges' figure", offered=rows())


def measure(opinions: Opinions) -> JudgeFigures:
    """Every figure."""
    return JudgeFigures.model_validate({name: MEASURES[name](opinions) for name in rows()})


@MEASURES.register("agreement")
def _agreement(opinions: Opinions) -> float | None:
    return rank_correlation(opinions.discriminator, opinions.two_sample)


@MEASURES.register("discriminator_alone")
def _discriminator_alone(opinions: Opinions) -> float:
    return real_to_the_first_alone(opinions.discriminator, opinions.two_sample)


@MEASURES.register("two_sample_alone")
def _two_sample_alone(opinions: Opinions) -> float:
    return real_to_the_first_alone(opinions.two_sample, opinions.discriminator)


@MEASURES.register("discriminator_calibration")
def _discriminator_calibration(opinions: Opinions) -> float:
    return calibration_error(opinions.discriminator_held_out, opinions.real)


@MEASURES.register("two_sample_calibration")
def _two_sample_calibration(opinions: Opinions) -> float:
    return calibration_error(opinions.two_sample_held_out, opinions.real)


@MEASURES.register("stretch_mean")
def _stretch_mean(opinions: Opinions) -> float:
    return float(np.mean(opinions.stretch, dtype=np.float64))


@MEASURES.register("stretch_range")
def _stretch_range(opinions: Opinions) -> tuple[float, float]:
    low, high = np.percentile(opinions.stretch.astype(np.float64), [2.5, 97.5])
    return (float(low), float(high))


@MEASURES.register("surface")
def _surface(opinions: Opinions) -> float:
    # The points have equal shares of the box, and labels equal shares of the points.
    growth = opinions.stretch.astype(np.float64) ** opinions.box.dim
    return float(growth.mean() * opinions.box.volume)


MEASURES.require_all()
