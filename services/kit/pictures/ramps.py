"""Numbers as colours, the same as on the page."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.contracts.ramps import RAMPS, UNKNOWN
from services.contracts.themes import RampName

_STEPS = 1024
"""Colours of a picture; neighbours differ by at most two of 255 in any channel."""


def ramp_table(name: RampName, steps: int) -> NDArray[np.uint8]:
    """A ramp's colours from the lowest to the highest value.

    Args:
        name: of the ramp.
        steps: at least 2; the first and the last are the ramp's ends.

    Returns:
        uint8[steps, 3]: red, green, blue, interpolated in sRGB between the ramp's stops.
    """
    stops = np.array([_parsed(stop) for stop in RAMPS[name]], np.float64)
    at = np.linspace(0, len(stops) - 1, steps)
    channels = [np.interp(at, np.arange(len(stops)), channel) for channel in stops.T]
    colours: NDArray[np.uint8] = np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
    return colours


def ramp_colours(values: NDArray[np.float32], low: float, high: float, name: RampName) -> NDArray[np.uint8]:
    """The colour of each value.

    Args:
        values: float32[...]; those beyond the range have the colours of its ends, those that are no number
            a neutral grey.
        low: value of the first colour.
        high: value of the last colour. Of a range without width everything has the middle colour.
        name: of the ramp.

    Returns:
        uint8[..., 3]: red, green, blue.
    """
    # A whole picture at once; in 64 bits, because a wide range overflows in 32.
    span = high - low
    shares = (values.astype(np.float64) - low) / span if span > 0 else np.full(values.shape, 0.5)
    unknown = np.isnan(values)
    steps = np.rint(np.where(unknown, 0, shares.clip(0, 1)) * (_STEPS - 1)).astype(np.intp)
    colours: NDArray[np.uint8] = _table(name)[steps]
    colours[unknown] = _parsed(UNKNOWN)
    return colours


@cache
def _table(name: RampName) -> NDArray[np.uint8]:
    return ramp_table(name, _STEPS)


def _parsed(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
