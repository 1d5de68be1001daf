"""The content of an upload, in any format: images with their classes and parts, with checked counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.contracts.errors import InvalidInput
from services.gateway.uploads import names, rules
from services.gateway.uploads.rules import UploadLimits, refused
from services.gateway.uploads.splits import NAMES, TEST, TRAIN


class Pictures(Protocol):
    """Images by number; each is inspected before it is decoded."""

    def path(self, number: int) -> str:
        """Path of the image for error messages."""

    def inspect(self, number: int) -> tuple[int, int, int]:
        """Width, height, and bytes that were unpacked for it; refused if it is no still picture."""

    def pixels(self, number: int, side: int) -> NDArray[np.uint8]:
        """The middle square: uint8[side, side, 3]."""


@dataclass(frozen=True, eq=False)
class Content:
    """Images that may become a data set.

    Attributes:
        pictures: their pixels.
        classes: names of the classes, in the order of their ids; none without classes.
        labels: int32[n], class id of each image; zeros without classes.
        parts: int8[n], `TRAIN` or `TEST` of each image, where the upload says so.
        skipped: number of skipped files: hidden ones, and those of operating systems.
    """

    pictures: Pictures
    classes: tuple[str, ...]
    labels: NDArray[np.int32]
    parts: NDArray[np.int8] | None
    skipped: int

    def __len__(self) -> int:
        return len(self.labels)


def content(
    pictures: Pictures,
    labels: Sequence[str] | None,
    parts: Sequence[int] | None,
    count: int,
    skipped: int = 0,
    order: Sequence[str] | None = None,
    called: str = "classes",
    limits: UploadLimits = rules.DEFAULT_LIMITS,
) -> Content:
    """Images, once there are neither too many nor too few in all, of each class and in each part.

    Args:
        pictures: the images.
        labels: name of the class of each; None where there are no classes.
        parts: part of each; None where the upload does not say.
        count: of the images.
        skipped: number of skipped files.
        order: names of the classes by their ids; in natural order ("2" before "10") if not given.
        called: what the classes are called in error messages.
        limits: of the upload.
    """
    _refuse_too_many_or_few(count, skipped, limits.max_images)
    held = None if parts is None else np.fromiter(parts, np.int8, count)
    if held is not None and not (held == TRAIN).any():
        raise InvalidInput.field("", "There are no training images: all of them are held out.")
    if held is not None and not (held == TEST).any():
        held = None
    if labels is None:
        return Content(pictures, (), np.zeros(count, np.int32), held, skipped)
    present = set(labels)
    classes = tuple(name for name in order if name in present) if order else _sorted(present)
    _refuse_classes(classes, called, limits.max_classes)
    ids = {name: number for number, name in enumerate(classes)}
    numbers = np.fromiter((ids[label] for label in labels), np.int32, count)
    _refuse_small(classes, numbers, held)
    return Content(pictures, classes, numbers, held, skipped)


def _sorted(classes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(classes, key=lambda name: (names.natural(name), name)))


def _refuse_classes(classes: tuple[str, ...], called: str, most: int) -> None:
    if len(classes) > most:
        raise InvalidInput.field("", f"The upload has {len(classes)} {called}; {most} are allowed.")
    for name in classes:
        if problem := name_problem(name):
            raise refused(name, problem)


def name_problem(name: str) -> str | None:
    """Why a name cannot be that of a class, or None."""
    if not name.strip() or not names.is_showable(name):
        return "is no name of a class: it is empty, or has characters that cannot be shown"
    if len(name) > rules.MAX_NAME:
        return f"is a class name of more than {rules.MAX_NAME} characters"
    return None


def _refuse_small(
    classes: tuple[str, ...], labels: NDArray[np.int32], parts: NDArray[np.int8] | None
) -> None:
    for number, size in enumerate(np.bincount(labels, minlength=len(classes)).tolist()):
        if size < rules.MIN_IMAGES_A_CLASS:
            raise refused(
                f"{classes[number]}/",
                f"has {_images(size)}; a class needs {rules.MIN_IMAGES_A_CLASS} or more",
            )
        if parts is not None and not (parts[labels == number] == TRAIN).any():
            raise refused(
                f"{classes[number]}/",
                f"has {_images(size)} in the part {NAMES[TEST]} and none in the part {NAMES[TRAIN]}; "
                "a class needs images to learn from",
            )


def _refuse_too_many_or_few(count: int, skipped: int, most: int) -> None:
    if count < rules.MIN_IMAGES:
        without = f" (hidden and system files are no data: {skipped} skipped)" if skipped else ""
        raise InvalidInput.field(
            "", f"The upload has {_images(count)}; a data set needs {rules.MIN_IMAGES} or more{without}."
        )
    if count > most:
        raise InvalidInput.field("", f"The upload has {count} images; {most} are allowed.")


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count or 'no'} images"
