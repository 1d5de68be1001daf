"""Maps, whole and in tiles."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from services.contracts.api.base import Answer


class _MapFrame(Answer):
    """What a map is of."""

    model: str = Field(description="Name of the model, or of the run that drew it")
    version: int = Field(description="Version that answered: an exported epoch")
    axes: list[int] = Field(
        description="Latent axes of the grid, one to three, from 0; the first runs fastest"
    )
    range: list[float] = Field(description="Coordinate of the first and of the last point along every axis")
    resolution: int = Field(description="Points along every axis, both ends included: r")
    at: list[float] = Field(
        description="A coordinate for each latent dimension; those of `axes` mean nothing"
    )
    label: int | None = Field(description="Class id that was asked of a conditional model, else null")


class ClassMap(_MapFrame):
    """`classes[j][i]` is the class at (x_i, y_j); in a cube `classes[k][j][i]` at (x_i, y_j, z_k)."""

    classes: list[Any] = Field(description="Nested rows of class ids")
    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None,
        description="With `refine=adaptive` alone: points that were computed; the classes of the others "
        "were taken from their neighbours",
    )


class _Numbers(_MapFrame):
    """A map of another theme than the class, without its cells."""

    theme: str = Field(description="Name of what it shows, see `themes` of the model")
    kind: Literal["scalar"] = Field(description="A number at each point")
    unit: str = Field(description="Of the values")
    minimum: float = Field(description="Smallest value of the map")
    maximum: float = Field(description="Largest value of the map")
    mean: float = Field(description="Mean of the map")


class ScalarMap(_Numbers):
    """`values[j][i]` belongs to (x_i, y_j); in a cube `values[k][j][i]` to (x_i, y_j, z_k)."""

    values: list[Any] = Field(description="Nested rows of numbers")


class _TileFrame(Answer):
    """Where the cells of a tile lie."""

    level: int = Field(description="0 is the coarsest; each further level halves the distances")
    offset: list[int] = Field(description="Index of the first cell along each of the map's `axes`")
    stride: int = Field(description="Distance between two cells, in cells, along every axis")
    size: int = Field(description="Cells along every axis that one stands for, for the time being")


class MapTile(_TileFrame):
    """Cells of a map, at regular distances; `data` of the stream's event `tile`.

    `classes[j][i]` is the class of the cell (offset[0] + i stride, offset[1] + j stride), in a cube
    `classes[k][j][i]` that of (…, …, offset[2] + k stride). Until finer tiles come, each stands for the
    `size` cells from there on along every axis.
    """

    classes: list[Any] = Field(description="Nested rows of class ids, as in the whole map")


class ScalarTile(_TileFrame):
    """The same of a map of numbers."""

    values: list[Any] = Field(description="Nested rows of numbers, as in the whole map")


class MapDone(_MapFrame):
    """All cells have been sent; `data` of the stream's event `done`."""

    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None, description="With `refine=adaptive` alone: points that were computed"
    )
    id: str = Field(description="The same for the same map: the ETags of `/map` begin with it")


class ScalarDone(_Numbers):
    """The same of a map of numbers."""

    id: str = Field(description="The same for the same map: the ETags of `/map` begin with it")
