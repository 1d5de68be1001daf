"""Bodies and queries from arguments. What cannot be sent is a `ValueError`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latent_atlas_client import png
from latent_atlas_client.types import AblationMap, Edit, ExperimentSpec, TrainingSpec
from latent_atlas_client.wire.codec import encode

SpecLike: TypeAlias = TrainingSpec | Mapping[str, Any]
"""A training spec, or a mapping with `name`, `dataset` and the fields that differ from their defaults."""
ExperimentLike: TypeAlias = ExperimentSpec | Mapping[str, Any]
ImageLike: TypeAlias = NDArray[np.uint8] | bytes | str | os.PathLike[str]
"""uint8[h, w] or [h, w, 1] (grey) or [h, w, 3], or a PNG, JPEG or WebP file: its bytes or its path."""


def given(**values: Any) -> dict[str, Any]:
    """The values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def generate_body(
    points: ArrayLike | None,
    count: int | None,
    seed: int | None,
    labels: ArrayLike | None,
    version: int | None,
    scale: int | None = None,
) -> dict[str, Any]:
    return given(
        points=None if points is None else many_points("points", points),
        count=count,
        seed=seed,
        labels=None if labels is None else np.atleast_1d(np.asarray(labels)).tolist(),
        version=version,
        scale=scale,
    )


def walk_body(
    start: ArrayLike,
    end: ArrayLike,
    steps: int,
    label: int | None,
    version: int | None,
    scale: int | None = None,
) -> dict[str, Any]:
    return {
        "start": one_point("start", start),
        "end": one_point("end", end),
        "steps": steps,
        **given(label=label, version=version, scale=scale),
    }


def map_query(
    axes: Sequence[int] | None,
    resolution: int | None,
    range: Sequence[float] | None,  # noqa: A002 - its name in the API
    at: Sequence[float] | None,
    label: int | None,
    version: int | None,
    refine: str | None = None,
    scale: int | None = None,
    theme: str | None = None,
) -> dict[str, Any]:
    return given(
        axes=comma_separated(axes),
        resolution=resolution,
        range=comma_separated(range),
        at=comma_separated(at),
        label=label,
        version=version,
        refine=refine,
        scale=scale,
        theme=theme,
    )


def ablate_body(
    point: ArrayLike,
    edits: Sequence[Edit | Mapping[str, Any]],
    label: int | None,
    map: AblationMap | Mapping[str, Any] | bool,  # noqa: A002 - its name in the API
    version: int | None,
) -> dict[str, Any]:
    effect = {} if map is True else None if map is False else without_null(encode(map))
    return {
        "point": one_point("point", point),
        "edits": [without_null(encode(edit)) for edit in edits],
        **given(label=label, map=effect, version=version),
    }


def without_null(body: dict[str, Any]) -> dict[str, Any]:
    return given(**body)


def comma_separated(values: Sequence[float] | None) -> str | None:
    """A list as queries have it, such as ``0.5,-1``."""
    return None if values is None else ",".join(repr(encode(value)) for value in values)


def one_point(name: str, point: ArrayLike) -> list[float]:
    """A point of shape [d], as a list."""
    array = np.asarray(point, np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError(f"{name} must be one point: finite numbers, one for each latent dimension.")
    return array.tolist()  # type: ignore[no-any-return]


def many_points(name: str, points: ArrayLike) -> list[list[float]]:
    """Points of shape [n, d], as a list of lists; shape [d] is a single point."""
    array = np.asarray(points, np.float64)
    array = array[None] if array.ndim == 1 else array
    if array.ndim != 2 or not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers of shape [n, d]; they have {list(array.shape)}.")
    return array.tolist()  # type: ignore[no-any-return]


def image_file(image: ImageLike) -> bytes:
    """The bytes of the image file to send.

    Raises:
        OSError: it cannot be read.
    """
    if isinstance(image, np.ndarray):
        return png.encode(image)
    return image if isinstance(image, bytes) else Path(image).read_bytes()
