"""Figures from what the classifier says of each image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_Logits = NDArray[np.float32] | NDArray[np.float64]


def classifier_score(logits: _Logits) -> float:
    """Exp of the mean KL(p(y|x) ‖ p(y)), over all images at once (Salimans et al. 2016).

    From 1 (every image says the same) to the number of classes (each image is clearly of one class, and
    all classes are equally frequent).
    """
    shifted = logits.astype(np.float64) - logits.max(1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    p = np.exp(log_p)
    marginal = p.mean(0)
    # A class that no image has in the least adds nothing.
    log_marginal = np.log(np.where(marginal > 0, marginal, 1.0))
    return float(np.exp((p * (log_p - log_marginal)).sum(1).mean()))


def label_fidelity(
    logits: _Logits, asked: NDArray[np.int32], classes: Sequence[str]
) -> tuple[float, dict[str, float]]:
    """Share of the images whose class is the label that was asked for.

    Args:
        logits: float[n, classes].
        asked: int32[n], class ids.
        classes: their names.

    Returns:
        Over all images, and for each label that was asked for.
    """
    right = logits.argmax(1) == asked
    each = {name: right[asked == label] for label, name in enumerate(classes)}
    return float(right.mean()), {name: float(hits.mean()) for name, hits in each.items() if len(hits)}
