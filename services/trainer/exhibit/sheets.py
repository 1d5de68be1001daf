"""Image sheets: which points a snapshot shows, and how its images lie on the sheet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import DEFAULT_RANGE
from services.contracts.training.spec import TrainingSpec
from services.kit.pictures.png import encode
from services.kit.pictures.tiles import tiled
from services.trainer.exhibit.shown import sample

COLUMNS = 10
_MOST_LABELS = 20


def snapshot_points(
    spec: TrainingSpec, classes: int
) -> tuple[NDArray[np.float32], NDArray[np.int32] | None]:
    """The fixed points of a run's snapshots, row by row, `COLUMNS` in a row, and their labels.

    Two dimensions: a regular grid over the latent plane, so that the sheet looks like the map (the
    first axis to the right, the second upwards). Otherwise random points; conditional: one row for each
    label, with the same points in each.
    """
    if spec.conditional:
        rows = min(classes, _MOST_LABELS)
        points = np.tile(sample(spec, COLUMNS, spec.seed), (rows, 1))
        return points, np.repeat(np.arange(rows, dtype=np.int32), COLUMNS)
    if spec.latent.dim == 2:
        low, high = DEFAULT_RANGE[spec.latent.prior]
        side = np.linspace(low, high, COLUMNS, dtype=np.float32)
        up, right = np.meshgrid(side[::-1], side, indexing="ij")
        return np.stack([right.ravel(), up.ravel()], axis=1), None
    return sample(spec, COLUMNS * COLUMNS, spec.seed), None


def sheet(images: NDArray[np.uint8]) -> bytes:
    """PNG of uint8[n, h, w, c] in rows of `COLUMNS`."""
    return encode(tiled(images, COLUMNS), level=6, photographs=images.shape[3] == 3)
