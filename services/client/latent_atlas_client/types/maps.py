"""Types of the API: maps.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AblationMap:
    """The map on which the effect is shown; what is not given as for `/map`."""

    axes: tuple[int, ...] | None = None
    """Latent axes; the first three if not given"""
    resolution: int | None = None
    """Points along every axis; 100, in a cube 16, if not given"""
    range: tuple[float, ...] | None = None
    """First and last coordinate along every axis; by the prior −1, 1 or (normal) −2, 2"""
    at: tuple[float, ...] | None = None
    """A coordinate for each latent dimension, those of the axes ignored; default zero"""
    theme: str | None = None
    """What the maps show; the class if not given"""
