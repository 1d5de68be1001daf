"""Finding the point whose image is nearest to a given one: many points first, then Gauss-Newton steps.

It knows no model: the caller passes a function from points to images. The measure is the root
of the mean squared difference of the pixels (RMS), which lie between 0 and 1, and what the caller adds to
it: for example where an image shows another thing than the wanted one.

Sources: K. Levenberg, Quart. Appl. Math. 2 (1944), D. Marquardt, J. SIAM 11 (1963) for the damped steps;
M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences (2018) for the points in many
dimensions. Inverting a generator by optimising its input: Creswell & Bharath, arXiv 1611.05644.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Pixels = NDArray[np.float32]
Penalties = NDArray[np.float64]
Generate = Callable[[Points], Awaitable[tuple[Pixels, Penalties]]]
"""float64[n, d] → float32[n, pixels], each 0 to 1, and float64[n]: what is added to their RMS."""

ROUNDS = 12
"""Of Gauss-Newton steps."""
MOST_REFINED = 4096
"""Points of all rounds together, whatever the dimension."""
_STARTS = 12
_DAMPINGS = (1e-4, 1e-2, 1e-1, 1.0)
"""Shares of the curvature that are added to it: from nearly the full step to a short, safe one."""
_SMALLEST_PROBE = 2e-3
"""Of the span of an axis; with less, the rounding of the pixels to 256 levels hides the slope."""


@dataclass(frozen=True)
class Box:
    """Where points are looked for: the same interval along each of so many dimensions."""

    dim: int
    low: float
    high: float

    @property
    def span(self) -> float:
        return self.high - self.low

    def clip(self, points: Points) -> Points:
        return np.clip(points, self.low, self.high)


@dataclass(frozen=True, eq=False)
class Found:
    """A point and how far its image is from the wanted one: RMS and penalty."""

    point: Points
    distance: float


def survey(box: Box, most: int) -> tuple[Points, float]:
    """Points all over a box, and about how far neighbours are apart along an axis.

    Up to three dimensions a grid that includes the ends; more: a quasirandom sequence.
    """
    if box.dim <= 3:
        side = max(2, int(most ** (1 / box.dim) + 1e-9))
        along = np.linspace(box.low, box.high, side)
        grid = np.stack(np.meshgrid(*[along] * box.dim, indexing="ij"), axis=-1)
        return grid.reshape(-1, box.dim), box.span / (side - 1)
    # The generalised golden ratio: the positive root of x^(d+1) = x + 1.
    ratio = 2.0
    for _ in range(50):
        ratio = (1 + ratio) ** (1 / (box.dim + 1))
    steps = (1 / ratio) ** np.arange(1, box.dim + 1)
    unit = (0.5 + np.arange(1, most + 1)[:, None] * steps) % 1.0
    return box.low + box.span * unit, box.span / most ** (1 / box.dim)


def distances(images: NDArray[np.uint8] | Pixels, target: Pixels) -> NDArray[np.float64]:
    """RMS difference of each image from the target: float64[n]. Works in parts, to bound its memory."""
    scale = 255.0 if images.dtype == np.uint8 else 1.0
    out = np.empty(len(images), np.float64)
    for start in range(0, len(images), 512):
        part = images[start : start + 512].astype(np.float32) / np.float32(scale) - target
        out[start : start + 512] = np.sqrt(np.einsum("np,np->n", part, part) / target.size)
    return out


def starts(points: Points, distance: NDArray[np.float64], apart: float, most: int) -> NDArray[np.int64]:
    """Indices of the nearest points, without neighbours of nearer ones: one for each local minimum."""
    chosen: list[int] = []
    for index in np.argsort(distance, kind="stable")[: 50 * most].tolist():
        if all(np.abs(points[index] - points[other]).max() > apart for other in chosen):
            chosen.append(index)
            if len(chosen) == most:
                break
    return np.array(chosen, np.int64)


async def nearest(
    generate: Generate,
    target: Pixels,
    box: Box,
    points: Points,
    distance: NDArray[np.float64],
    spacing: float,
) -> list[Found]:
    """Refine the best of the surveyed points by damped Gauss-Newton steps.

    Args:
        generate: makes images of points.
        target: float32[pixels], 0 to 1.
        box: where to look.
        points: float64[n, d], surveyed.
        distance: float64[n], theirs: RMS and penalty.
        spacing: about how far they are apart.

    Returns:
        Local optima, the nearest first.
    """
    trials = 2 * box.dim + len(_DAMPINGS)
    count = min(_STARTS, max(1, MOST_REFINED // (ROUNDS * trials)))
    chosen = starts(points, distance, 1.5 * spacing, count)
    at, best = points[chosen].copy(), distance[chosen].copy()
    probe = np.full(len(at), spacing / 2)
    images: Pixels | None = None
    for number in range(ROUNDS):
        if number == ROUNDS // 3:
            # Candidates that are far behind by now are in other local minima, and neighbours of nearer ones
            # in the same.
            keep = starts(at, best, spacing, max(1, count // 3))
            at, best, probe, images = at[keep], best[keep], probe[keep], None
        if images is None:
            images, _ = await generate(at)
        at, best, images, moved = await _round(generate, target, box, at, best, images, probe)
        probe = np.where(moved, probe * 0.7, probe * 0.4)
        probe = np.maximum(probe, _SMALLEST_PROBE * box.span)
        if (images == target).all(axis=1).any() or not (
            moved.any() or (probe > _SMALLEST_PROBE * box.span).any()
        ):
            break
    order = np.argsort(best, kind="stable")
    return _distinct([Found(at[index], float(best[index])) for index in order], spacing)


async def _round(
    generate: Generate,
    target: Pixels,
    box: Box,
    at: Points,
    best: NDArray[np.float64],
    images: Pixels,
    probe: NDArray[np.float64],
) -> tuple[Points, NDArray[np.float64], Pixels, NDArray[np.bool_]]:
    """One step for each of k candidates; a candidate only moves to where it is nearer."""
    count, dim = at.shape
    axes = np.eye(dim)[None] * probe[:, None, None]
    ahead, behind = box.clip(at[:, None] + axes), box.clip(at[:, None] - axes)
    probes = np.concatenate([ahead, behind], axis=1)
    seen, seen_penalty = await generate(probes.reshape(-1, dim))
    seen = seen.reshape(count, 2 * dim, -1)
    width = np.maximum((ahead - behind).sum(axis=2), 1e-12)  # on the edge of the box one side is cut off
    slope = (seen[:, :dim] - seen[:, dim:]) / width[:, :, None].astype(np.float32)
    missing = target - images
    # Jᵀ J δ = Jᵀ r, for each candidate with each damping.
    curvature = np.einsum("kip,kjp->kij", slope, slope).astype(np.float64)
    pull = np.einsum("kip,kp->ki", slope, missing).astype(np.float64)
    size = np.trace(curvature, axis1=1, axis2=2)[:, None, None] / dim + 1e-12
    damped = np.stack([curvature + damping * size * np.eye(dim) for damping in _DAMPINGS], axis=1)
    steps = np.linalg.solve(damped, np.repeat(pull[:, None, :, None], len(_DAMPINGS), axis=1))[..., 0]
    aims = box.clip(at[:, None] + steps)
    tried, tried_penalty = await generate(aims.reshape(-1, dim))
    tried = tried.reshape(count, len(_DAMPINGS), -1)

    places = np.concatenate([probes, aims], axis=1)
    pictures = np.concatenate([seen, tried], axis=1)
    error = distances(pictures.reshape(count * places.shape[1], -1), target).reshape(count, -1)
    error += np.concatenate([seen_penalty.reshape(count, -1), tried_penalty.reshape(count, -1)], axis=1)
    winner = error.argmin(axis=1)
    rows = np.arange(count)
    moved = error[rows, winner] < best
    at = np.where(moved[:, None], places[rows, winner], at)
    images = np.where(moved[:, None], pictures[rows, winner], images)
    return at, np.where(moved, error[rows, winner], best), images, moved


def _distinct(found: list[Found], apart: float) -> list[Found]:
    """Without candidates that ended at the same place as a nearer one."""
    kept: list[Found] = []
    for item in found:
        if all(np.abs(item.point - other.point).max() > apart for other in kept):
            kept.append(item)
    return kept
