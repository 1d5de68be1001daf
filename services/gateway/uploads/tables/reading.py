"""From tables of pixels to the content of an upload."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from services.contracts.errors import InvalidInput
from services.gateway.uploads import splits
from services.gateway.uploads.content import Content, content
from services.gateway.uploads.rules import UploadLimits, refused
from services.gateway.uploads.tables import csv_file, idx_file, npy_file
from services.gateway.uploads.tables.arrays import ArrayPictures
from services.gateway.uploads.tables.pairing import Loaded, Set, paired
from services.gateway.uploads.tables.sources import Source

_READERS: dict[str, Callable[[Path, str], NDArray[Any]]] = {"npy": npy_file.read, "idx": idx_file.read}


def content_of(
    sources: list[Source],
    folder: Path,
    check: Callable[[], None],
    limits: UploadLimits,
    skipped: int = 0,
) -> Content:
    """The images of tables.

    Args:
        sources: the tables.
        folder: for what is unpacked, as long as the content is used.
        check: called now and then; may raise to stop.
        limits: of the upload.
        skipped: number of skipped files of the upload.
    """
    kinds = {source.kind for source in sources}
    if len(kinds) > 1:
        other = next(source for source in sources if source.kind != sources[0].kind)
        raise refused(other.path, f"is of another format than {sources[0].path}; send one of them")
    order: tuple[str, ...] | None = None
    if kinds == {"csv"}:
        sets = [
            _table(source, folder / f"{number}.pixels", check, limits)
            for number, source in enumerate(sources)
        ]
    else:
        loaded = [
            _array(source, folder / f"{number}.array", check) for number, source in enumerate(sources)
        ]
        sets, order = paired(loaded, kinds == {"idx"}, limits)
    count = sum(len(one.images) for one in sets)
    if count > limits.max_images:
        raise InvalidInput.field("", f"The upload has {count} images; {limits.max_images} are allowed.")
    pictures = ArrayPictures([one.images for one in sets])
    return content(pictures, _labels(sets), _parts(sets), count, skipped, order, limits=limits)


def _table(source: Source, target: Path, check: Callable[[], None], limits: UploadLimits) -> Set:
    images, labels = csv_file.read(_checked(source, check), source.path, target, limits.max_images)
    return Set(images, labels, splits.of_file(source.parts))


def _array(source: Source, target: Path, check: Callable[[], None]) -> Loaded:
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for chunk in _checked(source, check):
            digest.update(chunk)
            file.write(chunk)
    array = _READERS[source.kind](target, source.path)
    return Loaded(source.path, source.parts, array, digest.digest())


def _checked(source: Source, check: Callable[[], None]) -> Any:
    for chunk in source.stream():
        check()
        yield chunk


def _labels(sets: list[Set]) -> list[str] | None:
    with_labels = [one for one in sets if one.labels is not None]
    if not with_labels:
        return None
    if bare := next((one for one in sets if one.labels is None), None):
        raise refused(
            bare.images.path, f"has no labels, but {with_labels[0].images.path} has; leave one of them out"
        )
    return [label for one in sets for label in one.labels or ()]


def _parts(sets: list[Set]) -> list[int] | None:
    """The part of each image; None if there is only one set, or if no set says its part."""
    parts = {one.part for one in sets}
    if len(parts) == 1:
        return None
    if unknown := next((one for one in sets if one.part is None), None):
        raise refused(
            unknown.images.path,
            "does not say in its name whether it is for training or for tests (train, test)",
        )
    return [one.part or 0 for one in sets for _ in range(len(one.images))]
