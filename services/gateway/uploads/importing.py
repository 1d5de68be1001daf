"""From an upload to a data set: all images are inspected first, then each is decoded to disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from services.contracts.datasets import DatasetInfo
from services.gateway.uploads import recognising, rules
from services.gateway.uploads.content import Content
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits, refused
from services.gateway.uploads.sheet import sheet
from services.gateway.uploads.splits import TEST, TRAIN
from services.store import DatasetCard, files
from services.store import datasets as names

_CHUNK = 1024
"""Images in memory at a time."""


def unpack(
    upload: Path,
    staging: Path,
    name: str,
    check: Callable[[], None] = lambda: None,
    limits: UploadLimits = DEFAULT_LIMITS,
) -> DatasetCard:
    """Fill a folder with the data set that an upload holds.

    Args:
        upload: the zip, CSV or npz.
        staging: a folder.
        name: of the data set.
        check: called before each image; may raise to stop.
        limits: of the upload.

    Returns:
        Its card, which is still to be written by the store.

    Raises:
        InvalidInput: something is wrong with the upload; names the file in it.
        StorageFailed: the disk is full.
    """
    with (
        files.storage(staging),
        TemporaryDirectory(dir=staging) as tables,
        recognising.opened(upload, Path(tables), check, limits) as content,
    ):
        side = _side(content, check, limits)
        train, test = split(content.labels) if content.parts is None else _given(content.parts)
        order = np.concatenate([train, test])
        images = staging / names.IMAGES
        in_colour = _write(images, _decoded(content, order, side, check), (len(order), side, side, 3))
        if not in_colour:
            _drop_colour(images)
        np.save(staging / names.LABELS, content.labels[order], allow_pickle=False)
        shown = np.load(images, mmap_mode="r")
        (staging / names.SAMPLES).write_bytes(sheet(shown[: len(train)], content.labels[train]))
        info = DatasetInfo(
            name=name,
            title=title_of(name),
            image_shape=(side, side, shown.shape[-1]),
            classes=content.classes,
            train=len(train),
            test=len(test),
            uploaded=True,
        )
        return DatasetCard(
            info=info,
            sha256=digest(staging, content.classes),
            created=datetime.now(UTC),
            counts=_counts(content, train, test),
            own_parts=content.parts is not None,
            skipped=content.skipped,
        )


def title_of(name: str) -> str:
    """What an uploaded data set is called for people."""
    return f"{name}, uploaded"


def _side(content: Content, check: Callable[[], None], limits: UploadLimits) -> int:
    """Side of the stored squares: the largest that some image can fill, 64 at most.

    So no image loses pixels that an architecture could use, and small images are not enlarged.
    """
    unpacked, all_pixels, largest = 0, 0, 1
    for number in range(len(content)):
        check()
        width, height, size = content.pictures.inspect(number)
        unpacked += size
        if unpacked > limits.max_unpacked:
            raise refused(
                content.pictures.path(number),
                f"makes the unpacked zip longer than the {limits.max_unpacked} bytes allowed",
            )
        all_pixels += width * height
        if all_pixels > limits.max_all_pixels:
            raise refused(
                content.pictures.path(number),
                f"brings the images to more than the {limits.max_all_pixels} pixels allowed in all",
            )
        largest = max(largest, min(width, height))
    return min(largest, rules.SIDE)


def _given(parts: NDArray[np.int8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of the training and of the test images of an upload that says which are which, mixed."""
    random = np.random.default_rng(rules.SPLIT_SEED)
    return random.permutation(np.flatnonzero(parts == TRAIN)), random.permutation(
        np.flatnonzero(parts == TEST)
    )


def _counts(
    content: Content, train: NDArray[np.intp], test: NDArray[np.intp]
) -> tuple[tuple[int, int], ...]:
    """Training and test images of each class."""
    of_train, of_test = (
        np.bincount(content.labels[places], minlength=len(content.classes)).tolist()
        for places in (train, test)
    )
    return tuple(zip(of_train, of_test, strict=True)) if content.classes else ()


def split(labels: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of the training and of the test images, in mixed order: of each class the same share."""
    random = np.random.default_rng(rules.SPLIT_SEED)
    train, test = [], []
    for label in np.unique(labels):
        places = random.permutation(np.flatnonzero(labels == label))
        count = max(1, round(len(places) * rules.TEST_SHARE))
        test.append(places[:count])
        train.append(places[count:])
    return random.permutation(np.concatenate(train)), random.permutation(np.concatenate(test))


def _decoded(
    content: Content, order: NDArray[np.intp], side: int, check: Callable[[], None]
) -> Iterator[NDArray[np.uint8]]:
    for place in order.tolist():
        check()
        yield content.pictures.pixels(place, side)


def _write(target: Path, images: Iterator[NDArray[np.uint8]], shape: tuple[int, ...]) -> bool:
    """Write images one by one into an npy file of this shape; whether any of them has colour."""
    in_colour = False
    with target.open("wb") as file:
        _write_header(file, shape)
        for image in images:
            in_colour = in_colour or bool((image != image[..., :1]).any())
            file.write(image.tobytes())
    return in_colour


def _drop_colour(path: Path) -> None:
    """Keep one of three equal channels."""
    colour = np.load(path, mmap_mode="r")
    grey = path.with_suffix(".grey")
    with grey.open("wb") as file:
        _write_header(file, (*colour.shape[:3], 1))
        for start in range(0, len(colour), _CHUNK):
            file.write(colour[start : start + _CHUNK, :, :, :1].tobytes())
    grey.replace(path)


def _write_header(file: BinaryIO, shape: tuple[int, ...]) -> None:
    """Begin an npy file, so that the images can follow one by one."""
    header: dict[str, Any] = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)


def digest(folder: Path, classes: tuple[str, ...]) -> str:
    """SHA-256 of the images and labels in a folder, and of the names of the classes."""
    digest = hashlib.sha256("\0".join(classes).encode())
    for file in (names.IMAGES, names.LABELS):
        with (folder / file).open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
