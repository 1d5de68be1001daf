"""What every frame shares: the palette and the caption."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

PAPER = 255
INK = 24
"""Greys of a frame's ground and of its writing."""
TEXT_SIZE = 16
BAND = 28
"""Height of a line of writing, in pixels."""
_INDENT = 8


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a film; its sides are even, as H.264 wants them.

    Attributes:
        pixels: uint8[h, w], numbers in the palette; or uint8[h, w, 3], red, green and blue.
        palette: uint8[256, 3]; None for pixels in red, green and blue.
    """

    pixels: NDArray[np.uint8]
    palette: NDArray[np.uint8] | None

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """uint8[h, w, 3]."""
        return self.pixels if self.palette is None else self.palette[self.pixels]


def caption(text: str, width: int) -> NDArray[np.uint8]:
    """A line of writing, cut off where it is too long: uint8[BAND, width], 0 is paper, 255 is ink."""
    band = Image.new("L", (width, BAND), 0)
    font = ImageFont.load_default(TEXT_SIZE)
    ImageDraw.Draw(band).text((_INDENT, BAND // 2), text, fill=255, font=font, anchor="lm")
    return np.asarray(band)


def even(number: int) -> int:
    """The number, or the next one if it is odd."""
    return number + number % 2
