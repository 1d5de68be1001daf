"""Groups of similar images, for data sets that came without classes: the map needs names for its areas.

k-means (Lloyd 1982, k-means++ starts) on the principal components of small copies of the images. The
groups follow brightness, colour and coarse shape, not meaning.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SEED = 0
_SIDE = 16
"""Pixels of the small copies: more would be detail that no group shares."""
_COMPONENTS = 32
_MOST = 10_000
"""Images from which the groups are found; the others join the nearest one."""
_STARTS = 4


def of(images: NDArray[np.uint8], train: int, count: int) -> NDArray[np.int32]:
    """The group of each image, int32[n], from 0; the largest group comes first.

    Args:
        images: uint8[n, h, w, c].
        train: how many of them, from the first on, the groups are found from.
        count: of groups.
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    small = np.stack([_small(image) for image in images])
    known = np.random.default_rng(_SEED).permutation(train)[:_MOST]
    centred = small - small[known].mean(0)
    # Eigenvectors of the covariance are the principal components; the last ones are the largest.
    _, axes = np.linalg.eigh(centred[known].T @ centred[known])
    points = centred @ axes[:, -_COMPONENTS:]
    means = KMeans(min(count, len(known)), n_init=_STARTS, random_state=_SEED)
    with warnings.catch_warnings():
        # Fewer different images than groups: some groups stay empty, which is right.
        warnings.simplefilter("ignore", ConvergenceWarning)
        means.fit(points[known])
    found = means.predict(points)
    sizes = np.bincount(found[:train], minlength=count)
    rank = np.empty(count, np.int32)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(count, dtype=np.int32)
    ranked: NDArray[np.int32] = rank[found]
    return ranked


def _small(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    channels = [
        Image.fromarray(image[..., channel]).resize((_SIDE, _SIDE), Image.Resampling.BOX)
        for channel in range(image.shape[-1])
    ]
    pixels = np.stack([np.asarray(channel, np.float32) for channel in channels], axis=-1)
    return pixels.ravel() / np.float32(255)
