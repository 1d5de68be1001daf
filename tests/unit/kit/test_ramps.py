"""Colours of numbers: even for the eye, ordered without colours, and told apart by colour-blind people."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.ramps import RAMPS, UNKNOWN
from services.contracts.themes import RampName
from services.kit.pictures.ramps import ramp_colours, ramp_table

# Of linear RGB (Ottosson 2020).
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
    ]
)
# Machado et al. 2009, severity 1, of linear RGB.
_VISIONS = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def oklab(colours: NDArray[np.uint8], vision: str | None = None) -> NDArray[np.float64]:
    """float64[n, 3] of uint8[n, 3], as seen with a vision; None: the usual one."""
    share = colours / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    if vision is not None:
        linear = (linear @ np.array(_VISIONS[vision]).T).clip(0, 1)
    lab: NDArray[np.float64] = np.cbrt(linear @ _CONES.T) @ _LAB.T
    return lab


def stops(name: RampName) -> NDArray[np.uint8]:
    return ramp_table(name, len(RAMPS[name]))


@pytest.mark.parametrize("name", RAMPS)
def test_steps_are_equally_large_to_the_eye(name: RampName) -> None:
    steps = np.linalg.norm(np.diff(oklab(stops(name)), axis=0), axis=1)
    assert steps.min() > 0.9 * steps.mean()
    assert steps.max() < 1.1 * steps.mean()


def test_lightness_tells_the_order_of_the_sequential_ramp() -> None:
    lightness = oklab(ramp_table("sequential", 256))[:, 0]
    assert lightness[0] < 0.25
    assert lightness[-1] > 0.9
    assert np.diff(oklab(stops("sequential"))[:, 0]).min() > 0.03


@pytest.mark.parametrize("vision", [None, *_VISIONS])
def test_no_eye_loses_the_order_of_the_sequential_ramp(vision: str | None) -> None:
    assert np.diff(oklab(stops("sequential"), vision)[:, 0]).min() > 0.02


def test_the_diverging_ramp_is_as_light_on_both_sides_and_lightest_in_its_middle() -> None:
    colours = oklab(stops("diverging"))
    lightness = colours[:, 0]
    assert np.abs(lightness - lightness[::-1]).max() < 0.01
    middle = len(lightness) // 2
    assert np.diff(lightness[: middle + 1]).min() > 0.03
    assert np.hypot(*colours[middle, 1:]) < 0.005


@pytest.mark.parametrize("vision", [None, *_VISIONS])
@pytest.mark.parametrize("name", RAMPS)
def test_every_eye_tells_the_two_sides_apart(name: RampName, vision: str | None) -> None:
    colours = oklab(stops(name), vision)
    quarter = len(colours) // 4
    # Not only the ends: also half way from the middle.
    assert np.linalg.norm(colours[0] - colours[-1]) > 0.18
    assert np.linalg.norm(colours[quarter] - colours[-1 - quarter]) > 0.1


@pytest.mark.parametrize("name", RAMPS)
def test_colours_of_values_are_those_of_the_stops_and_between_them(name: RampName) -> None:
    own = stops(name).astype(int)
    values = np.linspace(-3, 5, len(own), dtype=np.float32).reshape(1, -1)
    assert np.abs(ramp_colours(values, -3, 5, name)[0] - own).max() <= 2
    halves = ((values[:, 1:] + values[:, :-1]) / 2).astype(np.float32)
    between = ramp_colours(halves, -3, 5, name)[0]
    assert np.abs(between - (own[1:] + own[:-1]) / 2).max() <= 2


def test_beyond_the_range_are_the_ends_and_without_a_number_is_grey() -> None:
    values = np.array([[-9, 9], [np.nan, np.inf]], np.float32)
    first, last = ramp_table("sequential", 2)
    grey = list(bytes.fromhex(UNKNOWN[1:]))
    assert ramp_colours(values, 0, 1, "sequential").tolist() == [
        [first.tolist(), last.tolist()],
        [grey, last.tolist()],
    ]


def test_a_map_of_one_value_has_the_middle_colour() -> None:
    colours = ramp_colours(np.full((2, 3), 7, np.float32), 7, 7, "diverging")
    assert colours.shape == (2, 3, 3)
    assert np.abs(colours.astype(int) - ramp_table("diverging", 3)[1]).max() <= 2
