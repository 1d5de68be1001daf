"""Colours of classes, the same as on the page, so that a class looks alike in all pictures."""

from __future__ import annotations

Colour = tuple[int, int, int]

# Chosen to be distinguishable also by colour-blind people and in grey; see
# services/web/src/core/latent/palette.ts.
_FIRST = (
    "#194591",
    "#cd9427",
    "#93ecff",
    "#742e3c",
    "#4fba9d",
    "#b45783",
    "#ffd287",
    "#607cd2",
    "#6c6d03",
    "#bba8ff",
)


def palette(count: int) -> list[Colour]:
    """One colour for each class, red, green and blue from 0 to 255."""
    return [_colour(number) for number in range(count)]


def _colour(number: int) -> Colour:
    """From the eleventh class on, the ten colours repeat, each round mixed further with grey."""
    text = _FIRST[number % len(_FIRST)]
    red, green, blue = (int(text[place : place + 2], 16) for place in (1, 3, 5))
    cycle = number // len(_FIRST)
    share = 1 - 0.62**cycle
    grey = 96 if cycle % 2 else 176
    return (_mix(red, grey, share), _mix(green, grey, share), _mix(blue, grey, share))


def _mix(value: int, grey: int, share: float) -> int:
    return int(value + (grey - value) * share + 0.5)
