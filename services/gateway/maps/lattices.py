"""The order in which a map is drawn: coarse to fine, every cell once, in pieces of regular lattices.

The first level is a coarse lattice over the whole map. Each later level halves the distance between
cells: its new cells form 2^n − 1 lattices (n axes), each shifted by half the old distance along some of
the axes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry

COARSE = 256
"""Most cells of the first level: enough to show regions, few enough to be computed quickly."""


@dataclass(frozen=True)
class Block:
    """Cells at regular distances.

    Attributes:
        level: 0 for the coarsest.
        offset: index of the first cell along each of the map's axes, in the order of the axes.
        stride: distance between cells, along every axis.
        size: width of the square (cube) that a cell stands for until finer ones come.
        shape: of the array of classes, the last dimension along the first axis.
    """

    level: int
    offset: tuple[int, ...]
    stride: int
    size: int
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        return prod(self.shape)

    @property
    def place(self) -> tuple[slice, ...]:
        """Where its cells lie in the map's array."""
        return tuple(
            slice(start, start + (length - 1) * self.stride + 1, self.stride)
            for start, length in zip(reversed(self.offset), self.shape, strict=True)
        )

    def cells(self, resolution: int) -> NDArray[np.int64]:
        """int64[count]: flat indices into the map's array, in C order."""
        flat = np.zeros((1,) * len(self.shape), np.int64)
        for axis, (start, length) in enumerate(zip(reversed(self.offset), self.shape, strict=True)):
            along = (start + self.stride * np.arange(length)) * resolution ** (len(self.shape) - 1 - axis)
            flat = flat + along.reshape([-1 if other == axis else 1 for other in range(len(self.shape))])
        return flat.ravel()


def first_stride(geometry: MapGeometry) -> int:
    """Distance between the cells of the first level: a power of two."""
    stride = 1
    while (-(-geometry.resolution // stride)) ** len(geometry.axes) > COARSE:
        stride *= 2
    return stride


def coarse_to_fine(geometry: MapGeometry, most: int) -> Iterator[list[Block]]:
    """All cells of a map, level by level, in calls of up to `most` cells."""
    axes, resolution = len(geometry.axes), geometry.resolution
    size = first_stride(geometry)
    whole = Block(0, (0,) * axes, size, size, (-(-resolution // size),) * axes)
    yield from _packed(pieces(whole, most), most)
    for level in itertools.count(1):
        stride, size = size, size // 2
        if size == 0:
            return
        yield from _packed(_level(level, axes, resolution, stride, size, most), most)


def _level(level: int, axes: int, resolution: int, stride: int, size: int, most: int) -> Iterator[Block]:
    for shifts in itertools.product((0, size), repeat=axes):
        if not any(shifts):
            continue
        offset = tuple(reversed(shifts))
        shape = tuple(-(-(resolution - shift) // stride) for shift in shifts)
        if all(length > 0 for length in shape):
            yield from pieces(Block(level, offset, stride, size, shape), most)


def pieces(block: Block, most: int) -> Iterator[Block]:
    """Pieces of at most so many cells: layers of a cube first, then rows, then parts of rows."""
    if block.count <= most:
        yield block
        return
    axis = next(number for number, length in enumerate(block.shape) if length > 1)
    step = max(1, most // prod(block.shape[axis + 1 :]))
    for first in range(0, block.shape[axis], step):
        offset, shape = list(block.offset), list(block.shape)
        offset[len(shape) - 1 - axis] += first * block.stride
        shape[axis] = min(step, block.shape[axis] - first)
        yield from pieces(Block(block.level, tuple(offset), block.stride, block.size, tuple(shape)), most)


def _packed(blocks: Iterator[Block], most: int) -> Iterator[list[Block]]:
    """Group blocks into calls, because small calls cost nearly as much as large ones."""
    call: list[Block] = []
    for block in blocks:
        if call and sum(item.count for item in call) + block.count > most:
            yield call
            call = []
        call.append(block)
    if call:
        yield call
