"""Fréchet distance between Gaussians fitted to two sets of features (Heusel et al. 2017, FID)."""

from __future__ import annotations

import numpy as np

from services.trainer.evaluation.quality.distances import Features


def frechet_distance(x: Features, y: Features) -> float:
    """|μx − μy|² + Tr(Σx + Σy − 2 (Σx Σy)^½), in float64; covariances divide by n − 1.

    The trace of the root is that of (Σx^½ Σy Σx^½)^½, whose eigenvalues are real and not negative: it
    needs no root of a matrix that is not symmetric, and holds where a covariance is singular.
    """
    offset = x.mean(0) - y.mean(0)
    x_covariance, y_covariance = (np.atleast_2d(np.cov(part, rowvar=False)) for part in (x, y))
    values, vectors = np.linalg.eigh(x_covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    inner = root @ y_covariance @ root
    spectrum = np.linalg.eigvalsh((inner + inner.T) / 2)
    shared = float(np.sqrt(np.maximum(spectrum, 0.0)).sum())
    distance = float(offset @ offset + np.trace(x_covariance) + np.trace(y_covariance) - 2.0 * shared)
    return max(distance, 0.0)
