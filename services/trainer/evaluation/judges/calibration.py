"""Whether a judge's probabilities are what they say: of those it calls 80 % real, are 80 % real?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


def calibration_error(probability: NDArray[Any], real: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error (Guo et al. 2017, "On calibration of modern neural networks"), 0 to 1.

    The mean, over images, of the gap in the image's bin between the share of real images and the mean
    probability.

    Args:
        probability: of being real, numbers[n], 0 to 1.
        real: whether each is.
        bins: of equal width, each without its lower end.
    """
    place = np.clip(np.ceil(np.asarray(probability, np.float64) * bins).astype(int) - 1, 0, bins - 1)
    surplus = np.bincount(place, real - np.asarray(probability, np.float64), bins)
    return float(np.abs(surplus).sum() / len(real))
