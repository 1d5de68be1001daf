"""Which labels belong to which images, where each lies in an array of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from numpy.typing import NDArray

from services.gateway.uploads import splits
from services.gateway.uploads.rules import UploadLimits, refused
from services.gateway.uploads.tables import labels as labelling
from services.gateway.uploads.tables.arrays import Images, images

Role = Literal["images", "labels", "names"]
_WORDS: dict[Role, frozenset[str]] = {
    "images": frozenset({"x", "image", "images", "img", "imgs", "data"}),
    "labels": frozenset({"y", "label", "labels", "target", "targets"}),
}
_NAMES = frozenset({"classes", "class_names", "label_names"})
_HOW = "arrays are x_train, y_train, x_test and y_test, or x and y"


@dataclass(frozen=True, eq=False)
class Loaded:
    """An array, the file it came in, and a digest of its bytes."""

    path: str
    parts: tuple[str, ...]
    array: NDArray[Any]
    digest: bytes


@dataclass(frozen=True, eq=False)
class Set:
    """Images with their labels (None: there are none) and the part they are said to belong to."""

    images: Images
    labels: list[str] | None
    part: int | None


def paired(
    loaded: list[Loaded], by_shape: bool, limits: UploadLimits
) -> tuple[list[Set], tuple[str, ...] | None]:
    """Sets of images with labels, and the names of the classes if some array has them.

    Args:
        loaded: arrays.
        by_shape: whether their axes tell images from labels, as in IDX files; else their names do.
        limits: of the upload.
    """
    found: dict[tuple[Role, int | None], Loaded] = {}
    for one in loaded:
        role = _by_shape(one.array) if by_shape or len(loaded) == 1 else _by_name(one.path)
        if role is None:
            raise refused(one.path, f"is no array that is known; {_HOW}")
        key = (role, None if role == "names" else splits.of_file(_words(one.parts)))
        other = found.setdefault(key, one)
        # The same file may lie there twice, as in MNIST on Kaggle.
        if other is not one and other.digest != one.digest:
            raise refused(one.path, f"holds {role} for the same part as {other.path}; leave one out")
    names = _class_names(found.pop(("names", None), None), limits)
    for (role, part), one in found.items():
        if role == "labels" and ("images", part) not in found:
            raise refused(one.path, f"has labels, but there are no images to them; {_HOW}")
    return [
        _set(one, found.get(("labels", part)), part, names, limits)
        for (role, part), one in found.items()
        if role == "images"
    ], names


def _set(
    one: Loaded,
    labels: Loaded | None,
    part: int | None,
    names: tuple[str, ...] | None,
    limits: UploadLimits,
) -> Set:
    pictures = images(one.array, one.path, limits)
    if labels is None:
        return Set(pictures, None, part)
    given = labelling.labels_of(labels.array, labels.path, len(pictures), one.path, limits)
    return Set(pictures, labelling.named(given, names, labels.path) if names else given, part)


def _by_shape(array: NDArray[Any]) -> Role:
    return "images" if array.ndim > 2 else "labels"


def _by_name(path: str) -> Role | None:
    stem = PurePosixPath(path).stem
    if stem.casefold() in _NAMES:
        return "names"
    words = {word.casefold() for word in re.findall(r"[^\W_]+", _separated(stem))}
    return next((role for role, known in _WORDS.items() if words & known), None)


def _words(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_separated, path))


def _separated(name: str) -> str:
    """`trainImages` as `train_Images`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)


def _class_names(one: Loaded | None, limits: UploadLimits) -> tuple[str, ...] | None:
    if one is None:
        return None
    names = labelling.labels_of(one.array, one.path, len(one.array), one.path, limits)
    if len(set(names)) < len(names):
        raise refused(one.path, "has the same name twice")
    return tuple(names)
