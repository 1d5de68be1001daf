"""Damped Gauss-Newton steps from many points at once, each to the image that is nearest to its own target.

Sources: K. Levenberg, Quart. Appl. Math. 2 (1944), D. Marquardt, J. SIAM 11 (1963) for the damping, which
shrinks after a step that came nearer and grows after one that did not. It knows no model.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.latent_box import Box, Points
from services.trainer.evaluation.real_images.neighbours import Pixels

Linearise = Callable[[Points], tuple[Pixels, NDArray[np.float32]]]
"""float32[n, d] to images, float32[n, pixels], and their derivatives, float32[n, d, pixels]."""
Generate = Callable[[Points], Pixels]
"""float32[n, d] to float32[n, pixels]."""

_DAMPING, _SOFTER, _HARDER = 1e-3, 0.1, 10.0
"""At first, as a share of the mean curvature, and the factors after a good and a bad step."""


def refine(
    linearise: Linearise, generate: Generate, targets: Pixels, start: Points, box: Box, steps: int
) -> tuple[Points, NDArray[np.float32]]:
    """Go from each point to a nearer one; never farther away.

    The way goes by the unrounded images, whose distance has slopes; of the points on it that one is kept
    whose image, rounded to 256 levels as it is shown, is nearest.

    Args:
        linearise: called `steps` times.
        generate: called once, for the last step.
        targets: float32[n, pixels], in [-1, 1], the wanted images.
        start: float32[n, d], in the box.
        box: that no point leaves.
        steps: how many.

    Returns:
        The points, float32[n, d], and the squared distances of their images, float32[n].
    """
    kept, at, trial = start, start, start
    best, nearest = (np.full(len(start), np.inf, np.float32) for _ in range(2))
    curvature, pull = np.zeros((len(start), box.dim, box.dim)), np.zeros(start.shape)
    damping = np.full(len(start), _DAMPING / _SOFTER)
    for _ in range(steps):
        images, columns = linearise(trial)
        kept, best = _better(kept, best, trial, _squared(rounded(images), targets))
        away = _squared(images, targets)
        nearer = away < nearest
        slopes = columns[nearer]
        curvature[nearer] = slopes @ slopes.transpose(0, 2, 1)
        pull[nearer] = (slopes @ (targets - images)[nearer][:, :, None])[..., 0]
        at, nearest = np.where(nearer[:, None], trial, at), np.where(nearer, away, nearest)
        damping *= np.where(nearer, _SOFTER, _HARDER)
        trial = _step(at, curvature, pull, damping, box)
    return _better(kept, best, trial, _squared(rounded(generate(trial)), targets))


def rounded(images: Pixels) -> Pixels:
    """Images in [-1, 1] with 256 levels."""
    levels: Pixels = np.rint(np.clip((images + 1) * np.float32(127.5), 0, 255))
    return levels / np.float32(127.5) - np.float32(1)


def _step(
    at: Points,
    curvature: NDArray[np.float64],
    pull: NDArray[np.float64],
    damping: NDArray[np.float64],
    box: Box,
) -> Points:
    """(JᵀJ + λ·I) δ = Jᵀr, for coordinates that are free: those on an edge that want to leave stay."""
    held = ((at <= box.low) & (pull < 0)) | ((at >= box.high) & (pull > 0))
    free = ~held
    identity = np.eye(box.dim)
    size = np.trace(curvature, axis1=1, axis2=2) / box.dim + 1e-12
    damped = curvature + (damping * size)[:, None, None] * identity
    damped = np.where(free[:, :, None] & free[:, None, :], damped, identity)
    delta = np.linalg.solve(damped, np.where(free, pull, 0.0)[..., None])[..., 0]
    return np.clip(at + delta, box.low, box.high).astype(np.float32)


def _better(
    kept: Points, best: NDArray[np.float32], trial: Points, away: NDArray[np.float32]
) -> tuple[Points, NDArray[np.float32]]:
    return np.where((away < best)[:, None], trial, kept), np.minimum(away, best)


def _squared(images: Pixels, targets: Pixels) -> NDArray[np.float32]:
    """Squared distances: float32[n]."""
    difference = images - targets
    squares: NDArray[np.float32] = np.einsum("ij,ij->i", difference, difference)
    return squares
