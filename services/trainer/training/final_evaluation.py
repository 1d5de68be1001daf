"""What is measured once, when a training has ended: two-sample tests, quality, coverage, fidelity.

Nothing here changes the training, so an interrupted evaluation can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.figures import QualityFigures
from services.contracts.reports.report import LabelFidelity, PixelCoverage, StrongTest
from services.contracts.training.spec import TrainingSpec
from services.kit.real_images import RealImages
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.classifier import Classifier
from services.trainer.evaluation.judge import Judge, Progress
from services.trainer.evaluation.quality.classes import label_fidelity
from services.trainer.evaluation.quality.distances import Features, Tick
from services.trainer.evaluation.quality.figures import FeatureSets, measure
from services.trainer.evaluation.real_images.coverage import pixel_coverage
from services.trainer.evaluation.scrutiny import USUAL, Scrutiny
from services.trainer.evaluation.two_sample.recipes import Recipe
from services.trainer.evaluation.two_sample.strong import StrongTester
from services.trainer.exhibit.shown import Shown, sample

Phase = Callable[[str], Progress]
"""Called with the name of what begins; what it returns is told how far that is, and may raise to stop."""

_CHUNK = 500
_SEED_STEP = 104_729
"""Keeps the points of these tests apart from those that the monitors drew."""


@dataclass(frozen=True)
class Verdict:
    """All results."""

    strong_test: StrongTest
    study_test: StrongTest
    quality: QualityFigures
    pixel_coverage: PixelCoverage | None
    label_fidelity: LabelFidelity | None


def verdict(
    spec: TrainingSpec,
    dataset: Dataset,
    classifier: Classifier,
    shown: Shown,
    real_images: RealImages,
    epoch: int,
    phase: Phase,
    scrutiny: Scrutiny = USUAL,
) -> Verdict:
    """Judge the shown generator by as many new images as there are real ones to compare with.

    Args:
        spec: the training.
        dataset: its data; the real images are of its test part.
        classifier: of that data set.
        shown: the generator.
        real_images: on its map.
        epoch: at which it is shown.
        phase: see `Phase`.
        scrutiny: how thorough the tests are.
    """
    tester = StrongTester(dataset, spec.seed, spec.precision, scrutiny.strong_test)
    images = _images(spec, shown, tester, 1, phase("generating images for the final tests"))
    found = tester.test(images, phase("testing the images at the end"))
    as_study = _as_the_study(spec, dataset, shown, scrutiny.study_test, phase)
    quality, logits = compare(
        classifier, dataset, tester.real, images, spec.seed, phase("measuring the quality")
    )
    coverage = pixel_coverage(epoch, dataset, real_images)
    fidelity = None
    if spec.conditional:
        overall, labels = label_fidelity(logits, tester.labels, dataset.classes)
        fidelity = LabelFidelity(overall=overall, labels=labels)
    return Verdict(found, as_study, quality, coverage, fidelity)


def _as_the_study(
    spec: TrainingSpec, dataset: Dataset, shown: Shown, recipe: Recipe, phase: Phase
) -> StrongTest:
    tester = StrongTester(dataset, spec.seed, spec.precision, recipe)
    words = "generating images for the founding study's test"
    images = _images(spec, shown, tester, 2, phase(words))
    return tester.test(images, phase("testing the images as the founding study did"))


def compare(
    classifier: Classifier,
    dataset: Dataset,
    real: NDArray[np.uint8],
    generated: NDArray[np.uint8],
    seed: int,
    progress: Progress,
) -> tuple[QualityFigures, NDArray[np.float32]]:
    """Quality figures, and the classifier's logits of the generated images, float32[m, classes].

    Args:
        classifier: of the data set.
        dataset: as many of its training images as there are real ones give the floor.
        real: uint8[n, h, w, c].
        generated: uint8[m, h, w, c].
        seed: decides which training images, and the subsets of the kernel distance.
        progress: told between the parts; may raise to stop.
    """

    def tick() -> None:
        # The parts' lengths differ too much for a share of the whole to be worth telling.
        progress(0, 0)

    judge = classifier.judge("float32")
    order = np.random.default_rng(seed).permutation(len(dataset.train))[: len(real)]
    real_features, real_logits = features_and_logits(judge, real, tick)
    features, logits = features_and_logits(judge, generated, tick)
    train_features, _ = features_and_logits(judge, dataset.train.images[np.sort(order)], tick)
    sets = FeatureSets(real_features, features, train_features, real_logits, logits, seed, tick)
    about = {
        "classifier_sha256": classifier.sha256,
        "feature_dim": features.shape[1],
        "real_images": len(real),
        "generated_images": len(generated),
    }
    return QualityFigures.model_validate(about | measure(sets)), logits


def features_and_logits(
    judge: Judge, images: NDArray[np.uint8], tick: Tick
) -> tuple[Features, NDArray[np.float32]]:
    """Features, float64[n, d], and logits, float32[n, classes], of images uint8[n, h, w, c]."""
    features, logits = [], []
    for start in range(0, len(images), _CHUNK):
        tick()
        some_features, some_logits = judge.features_and_logits(images[start : start + _CHUNK])
        features.append(some_features.astype(np.float64))
        logits.append(some_logits)
    return np.concatenate(features), np.concatenate(logits)


def _images(
    spec: TrainingSpec, shown: Shown, tester: StrongTester, draw: int, progress: Progress
) -> NDArray[np.uint8]:
    """The images that a tester needs, of a draw of their own: draws of other numbers have other points."""
    label, count = tester.labels if spec.conditional else None, tester.count
    z = sample(spec, count, seed=spec.seed + draw * _SEED_STEP)
    parts = []
    for start in range(0, count, _CHUNK):
        progress(start, count)
        place = slice(start, start + _CHUNK)
        parts.append(shown.images(z[place], None if label is None else label[place]))
    return np.concatenate(parts)
