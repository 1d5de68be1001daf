"""A zip of image files: class and part of each, by its folders or by `dataset.json`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.gateway.uploads import names, pictures, rules, splits
from services.gateway.uploads.archive import ARCHIVES, Archive, File
from services.gateway.uploads.content import Content, content
from services.gateway.uploads.labels_file import LABELS_FILE, Labels, read_labels
from services.gateway.uploads.rules import refused


@dataclass(frozen=True)
class Placed:
    """An image file with its class (None: there are none) and its part (None: not said)."""

    file: File
    label: str | None
    part: int | None


class _Files:
    """Pictures of files in a zip."""

    def __init__(self, archive: Archive, placed: list[Placed]) -> None:
        self._archive = archive
        self._placed = placed

    def path(self, number: int) -> str:
        return self._placed[number].file.path

    def inspect(self, number: int) -> tuple[int, int, int]:
        data = self._archive.read(self._placed[number].file)
        return (*pictures.inspect(data, self.path(number), self._archive.limits), len(data))

    def pixels(self, number: int, side: int) -> NDArray[np.uint8]:
        data = self._archive.read(self._placed[number].file)
        return pictures.pixels(data, self.path(number), side, self._archive.limits)


def content_of(archive: Archive) -> Content:
    """The images of a zip."""
    index = next((file for file in archive.files if file.parts == (LABELS_FILE,)), None)
    files = [file for file in archive.files if file is not index]
    for file in files:
        if file.path.lower().endswith(ARCHIVES):
            raise refused(file.path, "is an archive in the archive; send the images themselves")
        if file.info.file_size > archive.limits.max_file:
            raise refused(file.path, f"is longer than {archive.limits.max_file} bytes when unpacked")
    order: tuple[str, ...] | None = None
    if index is None:
        placed = _by_folder(files)
    else:
        labels = read_labels(archive.read(index), index.path)
        placed, order = _by_index(files, labels, index.path), labels.order
    placed.sort(key=lambda one: (names.natural(one.label or ""), names.natural(one.file.path)))
    return content(
        _Files(archive, placed),
        _labels(placed),
        None if any(one.part is None for one in placed) else [one.part or 0 for one in placed],
        len(placed),
        archive.skipped,
        order,
        "class folders" if index is None else "classes",
        archive.limits,
    )


def _labels(placed: list[Placed]) -> list[str] | None:
    """All labels or none; an image that lies outside of the others' folders is refused."""
    labels = [one.label for one in placed if one.label is not None]
    if not labels:
        return None
    if len(labels) < len(placed):
        outside = next(one.file.path for one in placed if one.label is None)
        raise refused(outside, f"lies outside of the class folders, such as {labels[0]}; put it into one")
    return labels


# By folders -------------------------------------------------------------------------------


def _by_folder(files: list[File]) -> list[Placed]:
    found = _parts(files)
    return [
        Placed(file, _folder(file, inside, part is not None), part)
        for file, (part, inside) in zip(files, found, strict=True)
    ]


def _parts(files: list[File]) -> list[tuple[int | None, tuple[str, ...]]]:
    """Part of each file, and its path within that part; no parts unless folders for both hold it all."""
    outer = [splits.of_folder(file.parts[0]) if len(file.parts) > 1 else None for file in files]
    if {splits.TRAIN, splits.TEST} <= set(outer):
        beside = next((file for file, part in zip(files, outer, strict=True) if part is None), None)
        if beside is None:
            return _without_repeats([(part, file.parts) for file, part in zip(files, outer, strict=True)])
        if any(part is not None and len(file.parts) > 2 for file, part in zip(files, outer, strict=True)):
            raise refused(
                beside.path, "lies beside the folders of the parts (train, test); put it into one"
            )
    return [(None, file.parts) for file in files]


def _without_repeats(
    found: list[tuple[int | None, tuple[str, ...]]],
) -> list[tuple[int | None, tuple[str, ...]]]:
    """Paths within the folders of parts, some of which hold a folder of their own name around it all."""
    once = {path[0] for _, path in found}
    for name in sorted(once):
        inner = [path for _, path in found if path[0] == name]
        if all(len(path) > 2 and path[1] == name for path in inner):
            found = [(part, path[1:] if path[0] == name else path) for part, path in found]
    return [(part, path[1:]) for part, path in found]


def _folder(file: File, inside: tuple[str, ...], in_part: bool) -> str | None:
    """The class folder of an image, by its path within its part."""
    if len(inside) > 2:
        where = "one folder for each class in each part" if in_part else "one folder for each class"
        raise refused(file.path, f"lies too deep; there is {where}, and images in it")
    if len(inside) == 1:
        return None
    if len(inside[0]) > rules.MAX_NAME:
        raise refused(file.path, f"has a class name of more than {rules.MAX_NAME} characters")
    return inside[0]


# By dataset.json --------------------------------------------------------------------------


def _by_index(files: list[File], labels: Labels, path: str) -> list[Placed]:
    """Images with the labels of `dataset.json`, which names them by their paths beside it."""
    if labels.by_path is None:
        return [Placed(file, None, None) for file in files]
    there = {"/".join(file.parts) for file in files}
    if lost := next((name for name in labels.by_path if name not in there), None):
        raise refused(path, f"names {lost}, which is not in the zip")
    placed = []
    for file in files:
        label = labels.by_path.get("/".join(file.parts))
        if label is None:
            raise refused(file.path, f"has no label in {path}")
        placed.append(Placed(file, label, None))
    return placed
