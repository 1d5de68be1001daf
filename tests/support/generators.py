"""A generator in a few lines of NumPy, for what looks for images in latent spaces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class WavyGenerator:
    """tanh(V·sin(W·z + b)): images that turn into one another smoothly, in one to any number of dimensions.

    A label, if there is one, shifts the waves. The class of an image is the sign of its first coordinate.
    """

    def __init__(self, dim: int, side: int = 6, waves: int = 12, speed: float = 1.5, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self._shape = (side, side, 1)
        self._waves = random.standard_normal((dim, waves)) * speed
        self._phase = random.uniform(0, 2 * np.pi, waves)
        self._paint = random.standard_normal((waves, side * side)) / np.sqrt(waves)

    def images(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.uint8]:
        image, _ = self.image_and_jacobian(z, label)
        pixels: NDArray[np.uint8] = np.rint((image + 1) * 127.5).astype(np.uint8)
        return pixels

    def classify(self, z: NDArray[np.float32], label: NDArray[np.int32] | None) -> NDArray[np.uint8]:
        return (z[:, 0] > 0).astype(np.uint8)

    def image_and_jacobian(
        self, z: NDArray[np.float32], label: NDArray[np.int32] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        shift = np.zeros(len(z)) if label is None else np.asarray(label, np.float64)
        angle = z.astype(np.float64) @ self._waves + self._phase + shift[:, None]
        image = np.tanh(np.sin(angle) @ self._paint)
        slope = np.cos(angle)[:, None, :] * self._waves  # [n, d, waves]
        columns = (slope @ self._paint) * (1 - image**2)[:, None, :]
        n, d = z.shape
        return (
            image.reshape(n, *self._shape).astype(np.float32),
            columns.reshape(n, d, *self._shape).astype(np.float32),
        )
