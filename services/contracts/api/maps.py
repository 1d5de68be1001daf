"""Class maps, whole and in tiles."""

from __future__ import annotations

from typing import Any

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


class MapTile(Answer):
    """Cells of a map, at regular distances; `data` of the stream's event `tile`.

    `classes[j][i]` is the class of the cell (offset[0] + i stride, offset[1] + j stride), in a cube
    `classes[k][j][i]` that of (…, …, offset[2] + k stride). Until finer tiles come, each stands for the
    `size` cells from there on along every axis.
    """

    level: int = Field(description="0 is the coarsest; each further level halves the distances")
    offset: list[int] = Field(description="Index of the first cell along each of the map's `axes`")
    stride: int = Field(description="Distance between two cells, in cells, along every axis")
    size: int = Field(description="Cells along every axis that one stands for, for the time being")
    classes: list[Any] = Field(description="Nested rows of class ids, as in the whole map")


class MapDone(_MapFrame):
    """All cells have been sent; `data` of the stream's event `done`."""

    shares: dict[str, float] = Field(description="Share of the map of each class, 0 to 1")
    computed: int | None = Field(
        None, description="With `refine=adaptive` alone: points that were computed"
    )
    id: str = Field(description="The same for the same map: the ETags of `/map` begin with it")
