"""Which classes the map lacks: how near it comes to real images, and their mean does."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.report import ClassCoverage, PixelCoverage
from services.kit.real_images import RealImages
from services.trainer.data.datasets import Dataset


def pixel_coverage(epoch: int, dataset: Dataset, found: RealImages) -> PixelCoverage | None:
    """Of each class that has both held-out and training images; of all: of those of these classes.

    An image is covered when it lies no farther from the map than half of the held-out images of its class
    lie from the mean of that class's training images: a blurred picture of the class would be as near.
    (To the nearest of tens of thousands of training images a map of few dimensions comes near nowhere.)

    Args:
        epoch: of the version.
        dataset: its data.
        found: held-out images on the map.

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
        away = dataset.test.images[found.index[mine]] - training.mean(axis=0, dtype=np.float64)
        usual = float(np.median(np.sqrt((away**2).mean(axis=(1, 2, 3))) / 127.5))
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
