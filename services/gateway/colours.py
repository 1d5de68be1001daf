"""Colours of classes: the same for a class number everywhere, and apart also for colour-blind eyes."""

from __future__ import annotations

import colorsys

Colour = tuple[int, int, int]

# Ten hues that also differ in lightness, after Okabe & Ito (2008) and Tol's "muted" scheme.
_FIRST: tuple[Colour, ...] = (
    (51, 34, 136),
    (230, 159, 0),
    (0, 158, 115),
    (240, 228, 66),
    (136, 204, 238),
    (213, 94, 0),
    (204, 121, 167),
    (0, 114, 178),
    (153, 153, 51),
    (136, 34, 85),
)
_GOLDEN_ANGLE = 0.381966


def palette(count: int) -> list[Colour]:
    """One colour for each class, red, green and blue from 0 to 255."""
    return [_colour(number) for number in range(count)]


def _colour(number: int) -> Colour:
    if number < len(_FIRST):
        return _FIRST[number]
    # Beyond ten, hues a golden angle apart: no two neighbours are alike.
    hue = (number * _GOLDEN_ANGLE) % 1.0
    lightness = (0.35, 0.5, 0.65)[number % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.6)
    return (round(red * 255), round(green * 255), round(blue * 255))
