"""Real images on the map: for held-out images the nearest point of a version's latent space.

A version keeps them as an ``npz`` file in its ``assets.extra``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class RealImages:
    """Where n images lie.

    Attributes:
        index: int32[n], number of the image in the data set's test part.
        label: int32[n], class of the image.
        point: float32[n, d], the nearest point that was found.
        distance: float32[n], from the image to that of the point: root mean square over pixels in [-1, 1].
        class_id: uint8[n], class that the classifier sees in the image of the point.
    """

    index: NDArray[np.int32]
    label: NDArray[np.int32]
    point: NDArray[np.float32]
    distance: NDArray[np.float32]
    class_id: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.index)

    def chosen(self, which: NDArray[np.int64] | NDArray[np.bool_] | slice) -> RealImages:
        """Some of them."""
        return RealImages(*(getattr(self, field.name)[which] for field in fields(self)))

    def to_bytes(self) -> bytes:
        """As a file."""
        file = io.BytesIO()
        np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})
        return file.getvalue()

    @staticmethod
    def from_bytes(data: bytes) -> RealImages:
        """Read a file; `ValueError` or `KeyError` if it is none."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return RealImages(*(arrays[field.name] for field in fields(RealImages)))
