"""Compiled functions on many points or images: in batches of few sizes, of which each is set up once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.trainer.backend import tf

BATCH = 500
"""Points in one call at most: the fastest of 250 to 1,000 on CPUs."""
_STEP = 25
"""What remains is filled up to a multiple of this. A call's cost grows with its points down to a few dozen
of them, and each size costs the time of some 25 points once, when the routines for it are chosen."""


def in_batches(
    function: Callable[..., Sequence[Any]], given: Sequence[NDArray[Any] | None]
) -> tuple[NDArray[Any], ...]:
    """What a function returns for arrays of any length.

    Args:
        function: takes tensors [n, ...] and returns some of this length; treats each row alone.
        given: arrays of one length; None is left out.

    Returns:
        One array for each tensor that it returns.
    """
    arrays = [array for array in given if array is not None]
    count = len(arrays[0])
    parts = []
    for start in range(0, count, BATCH):
        rows = [array[start : start + BATCH] for array in arrays]
        found = min(BATCH, count - start)
        size = -(-found // _STEP) * _STEP
        full = [np.pad(part, [(0, size - found)] + [(0, 0)] * (part.ndim - 1)) for part in rows]
        parts.append([tensor.numpy()[:found] for tensor in function(*map(tf.constant, full))])
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))
