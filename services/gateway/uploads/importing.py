"""From a zip to a data set: all files are looked at first, then decoded one by one straight to disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.contracts.datasets import DatasetInfo
from services.contracts.store import DatasetCard, files
from services.contracts.store import datasets as names
from services.gateway.uploads import archive, limits, pictures
from services.gateway.uploads.archive import Archive
from services.gateway.uploads.refusal import refused

_COLUMNS, _ROWS = 10, 10
"""Of the sheet of samples."""
_CHUNK = 1024
"""Images that are held at once."""


def unpack(upload: Path, staging: Path, name: str, check: Callable[[], None] = lambda: None) -> DatasetCard:
    """Fill a folder with the data set that a zip holds.

    Args:
        upload: the zip.
        staging: a folder.
        name: of the data set.
        check: called before each image; may raise to stop.

    Returns:
        Its card, which is still to be written by the store.

    Raises:
        InvalidInput: something is wrong with the zip; names the file in it.
        StorageFailed: the disk is full.
    """
    with archive.opened(upload) as zipped, files.storage(staging):
        side = _side(zipped, check)
        labels = _labels(zipped)
        train, test = split(labels)
        order = np.concatenate([train, test])
        images = staging / names.IMAGES
        in_colour = _write(images, _decoded(zipped, order, side, check), (len(order), side, side, 3))
        if not in_colour:
            _drop_colour(images)
        np.save(staging / names.LABELS, labels[order], allow_pickle=False)
        shown = np.load(images, mmap_mode="r")
        (staging / names.SAMPLES).write_bytes(_sheet(shown[: len(train)], labels[train]))
        info = DatasetInfo(
            name=name,
            title=f"{name}, uploaded",
            image_shape=(side, side, shown.shape[-1]),
            classes=zipped.classes,
            train=len(train),
            test=len(test),
            uploaded=True,
        )
        return DatasetCard(info=info, sha256=_hash(staging, zipped.classes), created=datetime.now(UTC))


def _side(zipped: Archive, check: Callable[[], None]) -> int:
    """Side of the squares that are kept: the largest that some image can fill, 64 at most.

    So that no image loses pixels that an architecture could use, and small ones stay as they are.
    """
    unpacked, all_pixels, largest = 0, 0, 1
    for member in zipped.members:
        check()
        data = zipped.read(member)
        unpacked += len(data)
        if unpacked > limits.MAX_UNPACKED:
            raise refused(
                member.path, f"makes the unpacked zip longer than the {limits.MAX_UNPACKED} bytes allowed"
            )
        width, height = pictures.look(data, member.path)
        all_pixels += width * height
        if all_pixels > limits.MAX_ALL_PIXELS:
            raise refused(
                member.path,
                f"brings the images to more than the {limits.MAX_ALL_PIXELS} pixels allowed in all",
            )
        largest = max(largest, min(width, height))
    return min(largest, limits.SIDE)


def _labels(zipped: Archive) -> NDArray[np.int32]:
    """Class id of each member; all zero where there are no classes."""
    ids = {label: number for number, label in enumerate(zipped.classes)}
    return np.array([ids.get(member.label or "", 0) for member in zipped.members], np.int32)


def split(labels: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of the training and of the test images, in mixed order: of each class the same share."""
    random = np.random.default_rng(limits.SPLIT_SEED)
    train, test = [], []
    for label in np.unique(labels):
        places = random.permutation(np.flatnonzero(labels == label))
        count = max(1, round(len(places) * limits.TEST_SHARE))
        test.append(places[:count])
        train.append(places[count:])
    return random.permutation(np.concatenate(train)), random.permutation(np.concatenate(test))


def _decoded(
    zipped: Archive, order: NDArray[np.intp], side: int, check: Callable[[], None]
) -> Iterator[NDArray[np.uint8]]:
    for place in order:
        check()
        member = zipped.members[place]
        yield pictures.pixels(zipped.read(member), member.path, side)


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


def _sheet(images: NDArray[np.uint8], labels: NDArray[np.int32]) -> bytes:
    """PNG of some training images: a row for each class, or any where there are none."""
    present = np.unique(labels)
    if len(present) == 1:
        rows = [np.arange(start, start + _COLUMNS) for start in range(0, len(labels), _COLUMNS)][:_ROWS]
    else:
        rows = [np.flatnonzero(labels == label)[:_COLUMNS] for label in present[:_ROWS]]
    side, channels = images.shape[1], images.shape[3]
    sheet = np.zeros((len(rows) * side, _COLUMNS * side, channels), np.uint8)
    for row, places in enumerate(rows):
        for column, place in enumerate(places[places < len(images)]):
            up, left = row * side, column * side
            sheet[up : up + side, left : left + side] = images[place]
    buffer = io.BytesIO()
    Image.fromarray(sheet[..., 0] if channels == 1 else sheet).save(buffer, "PNG")
    return buffer.getvalue()


def _hash(folder: Path, classes: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\0".join(classes).encode())
    for file in (names.IMAGES, names.LABELS):
        with (folder / file).open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
