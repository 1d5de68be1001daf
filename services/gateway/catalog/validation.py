"""Validation of requests against the model: every `InvalidInput` names its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, field_validator

from services.contracts.api.models import GenerateRequest
from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.maps import DEFAULT_RANGE, DEFAULT_RESOLUTION, MapGeometry, default_axes
from services.contracts.signatures import ModelCard
from services.contracts.themes import CLASS_THEME, THEMES
from services.gateway.plumbing.number_lists import integers, numbers

MAX_COORDINATE = 1e6
_TOO_FAR = f"must lie between −{MAX_COORDINATE:,.0f} and {MAX_COORDINATE:,.0f}"


# Maps -------------------------------------------------------------------------------------


class MapQuery(BaseModel):
    """The query of a map, as texts that are not understood yet."""

    axes: str | None = Field(
        None,
        description="One to three latent axes, separated by commas; the first three if not given",
        examples=["0,1"],
    )
    resolution: int | None = Field(
        None, description="Points along every axis; 100, in a cube 16, if not given", examples=[50]
    )
    range: str | None = Field(
        None,
        description="First and last coordinate along every axis; by the prior −1,1 or (normal) −2,2",
        examples=["-1,1"],
    )
    at: str | None = Field(
        None,
        description="A coordinate for each latent dimension, those of the axes ignored; default zero",
        examples=["0,0"],
    )
    label: int | None = Field(None, ge=0, le=2**31 - 1, description="Conditional models: class id")
    version: int | None = Field(
        None, ge=1, le=2**63 - 1, description="The newest available one if not given"
    )

    refine: Literal["full", "adaptive"] = Field(
        "full",
        description="full: every point is computed; adaptive: where coarse neighbours differ and along all "
        "borders, which takes a fraction of the time and can miss small islands",
    )

    theme: str | None = Field(
        None,
        description="What the map shows, one of the `themes` of the model; the class if not given",
        examples=["discriminator"],
    )

    @field_validator("refine", mode="before")
    @classmethod
    def full_if_empty(cls, value: Any) -> Any:
        return "full" if value == "" else value

    @field_validator("label", "version", "theme", mode="before")
    @classmethod
    def empty_is_not_given(cls, value: Any) -> Any:
        """A form or a template leaves `label=` behind where nothing was chosen."""
        return None if value == "" else value


def asked_theme(theme: str | None, card: ModelCard, adaptive: bool = False, path: str = "theme") -> str:
    """The theme of a query, which this version must have; `path` is the name of the field."""
    if theme is None:
        return CLASS_THEME
    if theme not in card.themes or theme not in THEMES:
        raise InvalidInput.field(
            path,
            f"must be one that version {card.version} of model {card.name!r} has: {', '.join(card.themes)}",
        )
    if adaptive and THEMES[theme].kind != "classes":
        raise InvalidInput.field("refine", f"must be `full` for {theme!r}: adaptive maps are of classes")
    return theme


def asked_geometry(query: MapQuery, card: ModelCard) -> MapGeometry:
    """The grid of a query."""
    axes = None if query.axes is None else integers(query.axes, "axes")
    ends = None if query.range is None else numbers(query.range, "range")
    at = None if query.at is None else numbers(query.at, "at")
    return geometry_of(axes, ends, at, query.resolution, query.label, card)


def geometry_of(
    axes: Sequence[int] | None,
    ends: Sequence[float] | None,
    at: Sequence[float] | None,
    resolution: int | None,
    label: int | None,
    card: ModelCard,
    path: str = "",
) -> MapGeometry:
    """The grid, with everything filled in that is None; `path` goes before the names of wrong fields."""
    axes = default_axes(card.latent_dim) if axes is None else tuple(axes)
    ends = DEFAULT_RANGE[card.prior] if ends is None else tuple(ends)
    at = (0.0,) * card.latent_dim if at is None else tuple(at)
    label = checked_label(label, card)
    if len(ends) != 2:
        raise InvalidInput.field(f"{path}range", "must be two numbers, such as -1,1")
    if len(at) != card.latent_dim:
        raise InvalidInput.field(
            f"{path}at",
            f"must have {card.latent_dim} numbers, one for each latent dimension; has {len(at)}",
        )
    if resolution is None:
        resolution = DEFAULT_RESOLUTION.get(len(axes), DEFAULT_RESOLUTION[2])
    try:
        return MapGeometry(axes, (ends[0], ends[1]), resolution, at, label)
    except InvalidInput as error:
        problems = tuple(FieldProblem(f"{path}{item.path}", item.problem) for item in error.problems)
        raise InvalidInput("; ".join(item.message for item in problems), problems) from error


# Points and labels ------------------------------------------------------------------------


def asked_points(request: GenerateRequest, card: ModelCard) -> NDArray[np.float32]:
    """float32[n, d]: the given points, or `count` points from the prior."""
    if request.points is not None:
        if request.count is not None or request.seed is not None:
            raise InvalidInput.field("count", "and `seed` cannot be given together with `points`")
        return _points(request.points, card)
    if request.count is None:
        raise InvalidInput.field("points", "is required, or else `count`")
    random = np.random.default_rng(request.seed or 0)
    shape = (request.count, card.latent_dim)
    drawn = random.standard_normal(shape) if card.prior == "normal" else random.uniform(-1.0, 1.0, shape)
    return drawn.astype(np.float32)


def _points(given: Sequence[Sequence[float]], card: ModelCard) -> NDArray[np.float32]:
    problems = [
        FieldProblem(f"points.{number}", _dimensions(card, len(point)))
        for number, point in enumerate(given)
        if len(point) != card.latent_dim
    ]
    if not problems:
        points = np.asarray(given, np.float64)
        problems = [
            FieldProblem(f"points.{number}.{axis}", _TOO_FAR)
            for number, axis in np.argwhere(np.abs(points) > MAX_COORDINATE).tolist()
        ]
        if not problems:
            return points.astype(np.float32)
    raise InvalidInput("; ".join(problem.message for problem in problems[:3]), tuple(problems))


def checked_point(given: Sequence[float], path: str, card: ModelCard) -> NDArray[np.float64]:
    if len(given) != card.latent_dim:
        raise InvalidInput.field(path, _dimensions(card, len(given)))
    for axis, value in enumerate(given):
        if abs(value) > MAX_COORDINATE:
            raise InvalidInput.field(f"{path}.{axis}", _TOO_FAR)
    return np.asarray(given, np.float64)


def _dimensions(card: ModelCard, given: int) -> str:
    return f"must have {card.latent_dim} coordinates, one for each latent dimension; has {given}"


def checked_labels(given: Sequence[int] | None, count: int, card: ModelCard) -> NDArray[np.int32] | None:
    """int32[n] for conditional models, which need labels; None for the others, which refuse them."""
    if not card.conditional:
        if given is not None:
            raise InvalidInput.field("labels", f"are for conditional models; {card.name!r} is none")
        return None
    if given is None:
        raise InvalidInput.field("labels", f"are required: {card.name!r} is conditional")
    if len(given) != count:
        raise InvalidInput.field("labels", f"must be one for each of the {count} points; has {len(given)}")
    for number, label in enumerate(given):
        check_class(label, f"labels.{number}", card)
    return np.asarray(given, np.int32)


def checked_label(given: int | None, card: ModelCard) -> int | None:
    if not card.conditional:
        if given is not None:
            raise InvalidInput.field("label", f"is for conditional models; {card.name!r} is none")
        return None
    if given is None:
        raise InvalidInput.field("label", f"is required: {card.name!r} is conditional")
    check_class(given, "label", card)
    return given


def check_class(label: int, path: str, card: ModelCard) -> None:
    """Raise `InvalidInput` unless the model's images have a class of this id."""
    if not 0 <= label < len(card.classes):
        raise InvalidInput.field(path, f"must lie between 0 and {len(card.classes) - 1}")
