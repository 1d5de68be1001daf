"""Adaptive maps of exported versions: a refinement whose cells the model server computes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.gateway.maps.lattices import Block, pieces
from services.kit.refinement import Classes, Refinement

Ask = Callable[[NDArray[np.int64]], Awaitable[Classes]]
"""The classes of some cells, which are flat indices into the map's array."""

MAX_REPORTED = 65_536
"""Cells; larger levels are reported in pieces."""


async def refine(
    geometry: MapGeometry, ask: Ask, report: Callable[[Block, Classes], None]
) -> tuple[Classes, int]:
    """Draw a map.

    Args:
        geometry: of the map.
        ask: computes cells.
        report: called after each level with the whole map so far, on that level's lattice.

    Returns:
        Classes of all cells, and how many of them were computed.
    """
    drawn, axes = Refinement(geometry), len(geometry.shape)
    for level, stride in enumerate(drawn.strides):
        cells = drawn.descend(stride)
        while len(cells):
            cells = drawn.learn(cells, await ask(cells))
        lattice = (-(-geometry.resolution // stride),) * axes
        for piece in pieces(Block(level, (0,) * axes, stride, stride, lattice), MAX_REPORTED):
            report(piece, drawn.classes[piece.place].copy())
    return drawn.classes, drawn.computed
