"""The colours of a map's cells: those of the classes, or a ramp from the lowest to the highest number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.gateway.maps.codec import ComputedMap
from services.kit.pictures.class_maps import colour_table
from services.kit.pictures.ramps import ramp_table

MOST_SHADES = 255
"""Colours of a ramp: with one more for paper, a palette of a PNG or GIF."""


def shown_limits(*maps: ComputedMap) -> tuple[float, float] | None:
    """The numbers at the ends of the ramp: all that there can be, or those of the maps; None: classes."""
    theme = maps[0].shown
    if theme.ramp is None or theme.range is not None:
        return theme.range
    lowest, highest = zip(*(computed.limits for computed in maps), strict=True)
    return min(lowest), max(highest)


def indexed(
    computed: ComputedMap, limits: tuple[float, float] | None, most: int = MOST_SHADES
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A map as indices of colours, of its shape, and these colours, uint8[n, 3].

    Args:
        computed: the map.
        limits: numbers at the ends of the ramp; lower and higher ones have the colours of the ends.
        most: colours.
    """
    if computed.shown.ramp is None or limits is None:
        count = min(len(computed.class_names), most)
        return computed.cells.astype(np.uint8), colour_table(count)[:count]
    return shades(computed.cells, limits, most), ramp_table(computed.shown.ramp, most)


def shades(values: NDArray[np.number], limits: tuple[float, float], count: int) -> NDArray[np.uint8]:
    """Numbers as indices of `count` colours from the lower to the higher limit; all 0 where both agree."""
    low, high = limits
    if not high > low:
        return np.zeros(values.shape, np.uint8)
    share = (np.asarray(values, np.float64) - low) / (high - low)
    return np.clip(np.rint(share * (count - 1)), 0, count - 1).astype(np.uint8)
