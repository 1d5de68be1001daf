"""Where the cells of a class map lie: axes, range, resolution, and the order of its array.

A map is a grid over one, two or three latent axes. Its array has one dimension for each axis, the last
one for the first axis: ``classes[k][j][i]`` is the class at (x_i, y_j, z_k).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.training.spec import TrainingSpec

MAX_CELLS = 128**3
DEFAULT_RESOLUTION = {1: 100, 2: 100, 3: 16}
DEFAULT_RANGE = {"uniform": (-1.0, 1.0), "normal": (-2.0, 2.0)}
"""By prior: all of a uniform latent space; the middle 95 % along each axis of a normal one."""


def default_axes(dim: int) -> tuple[int, ...]:
    """The axes that are drawn by default: the first three."""
    return tuple(range(min(dim, 3)))


@dataclass(frozen=True)
class MapGeometry:
    """The grid of one map.

    Attributes:
        axes: one to three different latent axes; the first runs fastest in the array.
        range: coordinate of the first and of the last point along every axis.
        resolution: number of points along every axis.
        at: one coordinate for each latent dimension; those of the axes are ignored.
        label: the asked class of a conditional model, else None.
    """

    axes: tuple[int, ...]
    range: tuple[float, float]
    resolution: int
    at: tuple[float, ...]
    label: int | None = None

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InvalidInput("; ".join(p.message for p in problems), tuple(problems))

    def _problems(self) -> Iterator[FieldProblem]:
        dim = len(self.at)
        if not 1 <= len(self.axes) <= 3:
            yield FieldProblem("axes", "must name one to three latent axes")
        if len(set(self.axes)) != len(self.axes):
            yield FieldProblem("axes", "must name different axes")
        if any(not 0 <= axis < dim for axis in self.axes):
            yield FieldProblem("axes", f"must lie between 0 and {dim - 1}, for {dim} dimensions")
        low, high = self.range
        if not -1e6 <= low < high <= 1e6:
            yield FieldProblem("range", "must be two finite numbers, the smaller one first")
        if self.resolution < 2:
            yield FieldProblem("resolution", "must be at least 2")
        elif self.cells > MAX_CELLS:
            yield FieldProblem("resolution", f"gives {self.cells} cells; at most {MAX_CELLS} are computed")
        if any(not -1e6 <= value <= 1e6 for value in self.at):
            yield FieldProblem("at", "must be finite numbers")

    @property
    def cells(self) -> int:
        return int(self.resolution ** len(self.axes))

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array of classes, last axis first."""
        return (self.resolution,) * len(self.axes)


def run_maps(spec: TrainingSpec, classes: int) -> tuple[MapGeometry, ...]:
    """The maps that a run draws at each mapped epoch, in the order of their stored array.

    Two and three dimensions: the whole space. Four and more: the cubes at −1 and at +1 of the fourth
    axis, the rest at 0. Conditional: each of these for each label.
    """
    dim = spec.latent.dim
    axes = default_axes(dim)
    resolution = spec.monitor.map_resolution or DEFAULT_RESOLUTION[len(axes)]
    places = [(0.0,) * dim]
    if dim > 3:
        places = [tuple(side if axis == 3 else 0.0 for axis in range(dim)) for side in (-1.0, 1.0)]
    labels = list(range(classes)) if spec.conditional else [None]
    return tuple(
        MapGeometry(axes, DEFAULT_RANGE[spec.latent.prior], resolution, at, label)
        for label in labels
        for at in places
    )
