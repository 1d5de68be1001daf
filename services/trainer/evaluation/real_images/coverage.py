"""Which classes the map lacks: how near it comes to real images, and how near these come to one another."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.report import ClassCoverage, PixelCoverage
from services.kit.real_images import RealImages
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.real_images.neighbours import Nearest, distances


def pixel_coverage(
    epoch: int, dataset: Dataset, found: RealImages, progress: Progress
) -> PixelCoverage | None:
    """Of each class that has both held-out and training images; of all: of those of these classes.

    An image is covered when it lies no farther from the map than half of the held-out images of its class
    lie from the nearest training image of that class.

    Args:
        epoch: of the version.
        dataset: its data.
        found: held-out images on the map.
        progress: told between the parts; may raise to stop.

    Returns:
        None where no class has both.
    """
    classes: dict[str, ClassCoverage] = {}
    measured = np.zeros(len(found), bool)
    covered = np.zeros(len(found), bool)
    for number, name in enumerate(dataset.classes):
        mine = np.flatnonzero(found.label == number)
        training = dataset.train.images[dataset.train.labels == number]
        if not len(mine) or not len(training):
            continue
        known = Nearest(dataset.test.images[found.index[mine]])
        known.show(training, partial(progress, number, len(dataset.classes)))
        nearest = training[known.index[:, 0]]
        usual = float(np.median(distances(nearest, dataset.test.images[found.index[mine]])))
        measured[mine], covered[mine] = True, found.distance[mine] <= usual
        classes[name] = ClassCoverage(
            images=len(mine),
            median_distance=float(np.median(found.distance[mine])),
            usual_distance=usual,
            covered=_mean(covered[mine]),
        )
    if not classes:
        return None
    return PixelCoverage(
        epoch=epoch,
        median_distance=float(np.median(found.distance[measured])),
        covered=_mean(covered[measured]),
        classes=classes,
    )


def _mean(values: NDArray[Any]) -> float:
    return float(np.mean(values))
