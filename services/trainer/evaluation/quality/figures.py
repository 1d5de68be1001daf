"""The figures of the report by name, each a function of what the classifier sees in the images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.contracts.registry import Registry
from services.contracts.reports import figures as reported
from services.trainer.evaluation.quality.classes import classifier_score
from services.trainer.evaluation.quality.distances import Features, Tick, no_tick
from services.trainer.evaluation.quality.frechet import frechet_distance
from services.trainer.evaluation.quality.kernel import KernelDistance, kernel_distance
from services.trainer.evaluation.quality.manifold import Manifold, manifold


@dataclass(frozen=True, eq=False)
class FeatureSets:
    """Real and generated images as the classifier sees them.

    Attributes:
        real: features of test images, float64[n, d].
        generated: features of generated images, float64[m, d].
        training: features of as many training images as test images, float64[n, d].
        real_logits: of the test images, float32[n, classes].
        logits: of the generated images, float32[m, classes].
        seed: decides every random choice.
        tick: see `Tick`.
    """

    real: Features
    generated: Features
    training: Features
    real_logits: NDArray[np.float32]
    logits: NDArray[np.float32]
    seed: int
    tick: Tick = no_tick

    # What several figures are read from.

    @cached_property
    def kernel(self) -> KernelDistance:
        return kernel_distance(self.real, self.generated, self.seed, tick=self.tick)

    @cached_property
    def manifold(self) -> Manifold:
        return manifold(self.real, self.generated, tick=self.tick)


Measure = Callable[[FeatureSets], float]

MEASURES: Registry[Measure] = Registry("figure", offered=reported.FIGURES)


def measure(sets: FeatureSets) -> dict[str, float]:
    """Every figure by its name."""
    return {name: MEASURES[name](sets) for name in reported.FIGURES}


@MEASURES.register("frechet_distance")
def _frechet_distance(sets: FeatureSets) -> float:
    return frechet_distance(sets.real, sets.generated)


@MEASURES.register("frechet_floor")
def _frechet_floor(sets: FeatureSets) -> float:
    return frechet_distance(sets.real, sets.training)


@MEASURES.register("kernel_distance")
def _kernel_distance(sets: FeatureSets) -> float:
    return sets.kernel.mean


@MEASURES.register("kernel_distance_std")
def _kernel_distance_std(sets: FeatureSets) -> float:
    return sets.kernel.std


@MEASURES.register("kernel_subset_size")
def _kernel_subset_size(sets: FeatureSets) -> int:
    return sets.kernel.subset_size


@MEASURES.register("precision")
def _precision(sets: FeatureSets) -> float:
    return sets.manifold.precision


@MEASURES.register("recall")
def _recall(sets: FeatureSets) -> float:
    return sets.manifold.recall


@MEASURES.register("density")
def _density(sets: FeatureSets) -> float:
    return sets.manifold.density


@MEASURES.register("coverage")
def _coverage(sets: FeatureSets) -> float:
    return sets.manifold.coverage


@MEASURES.register("classifier_score")
def _classifier_score(sets: FeatureSets) -> float:
    return classifier_score(sets.logits)


@MEASURES.register("classifier_score_real")
def _classifier_score_real(sets: FeatureSets) -> float:
    return classifier_score(sets.real_logits)


MEASURES.require_all()
