"""Pixels in CSV, a row for each image: ``label, pixel0, pixel1, …``, as Kaggle has MNIST.

The header may be missing, and so may the labels.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from services.gateway.uploads.rules import refused
from services.gateway.uploads.tables.arrays import Images, square_of

_LABELS = frozenset({"label", "labels", "class", "target", "y"})
_MAX_LINE = 4 * 1024**2
"""Bytes; an image of 512×512 in colour fits in."""


@dataclass(frozen=True)
class Layout:
    """Which column is what.

    Attributes:
        columns: names for people.
        label: number of the column with the label; None without labels.
        shape: height, width and channels that the others are.
        header: whether the first row names the columns.
    """

    columns: list[str]
    label: int | None
    shape: tuple[int, int, int]
    header: bool


def read(
    chunks: Iterator[bytes], path: str, target: Path, max_images: int
) -> tuple[Images, list[str] | None]:
    """The images of a CSV, whose pixels go to a file, and their labels; refused at a line and column."""
    rows = csv.reader(_lines(chunks, path), delimiter=",")
    labels: list[str] = []
    count = 0
    layout: Layout | None = None
    with target.open("wb") as file:
        for line, row in _numbered(rows, path):
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if layout is None:
                layout = _layout(row, path)
                if layout.header:
                    continue
            if len(row) != len(layout.columns):
                raise refused(
                    path, f"has {len(row)} columns in line {line}, and {len(layout.columns)} in the first"
                )
            if layout.label is not None:
                labels.append(_label(row.pop(layout.label), path, line))
            file.write(_pixels(row, layout, path, line))
            count += 1
            if count > max_images:
                raise refused(path, f"has more than {max_images} rows; so many images are allowed")
    if layout is None or count == 0:
        raise refused(path, "has no rows of pixels")
    pixels = np.memmap(target, np.uint8, "r", 0, (count, *layout.shape))
    return Images(path, pixels, layout.shape), labels if layout.label is not None else None


def _layout(first: list[str], path: str) -> Layout:
    cells = [cell.strip() for cell in first]
    found = [number for number, cell in enumerate(cells) if cell.casefold() in _LABELS]
    texts = sum(not _is_number(cell) for cell in cells)
    counted = cells == [str(number) for number in range(len(cells))]  # as pandas names what has no names
    header = bool(found) or counted or texts > len(cells) / 2
    if header and not counted:
        if len(found) > 1:
            raise refused(path, f"has {len(found)} columns with labels, such as {cells[found[1]]}")
        label = found[0] if found else None
        shape = square_of(len(cells) - len(found))
    else:
        label, shape = 0, square_of(len(cells) - 1)
        if shape is None or (shape[2] == 3 and (bare := square_of(len(cells))) and bare[2] == 1):
            label, shape = None, square_of(len(cells))
        cells = [str(number) for number in range(1, len(cells) + 1)]
    if shape is None:
        raise refused(
            path,
            f"has {len(cells)} columns; they are a label and the pixels of a square, such as "
            "label, pixel0 … pixel783 (three columns a pixel for red, green and blue)",
        )
    return Layout(cells, label, shape, header)


def _pixels(cells: list[str], layout: Layout, path: str, line: int) -> bytes:
    try:
        return bytes(map(int, cells))
    except ValueError:
        pass  # so that the common case is fast
    values = bytearray()
    for number, cell in enumerate(cells):
        value = _whole(cell)
        if value is None or not 0 <= value <= 255:
            place = number + (layout.label is not None and number >= layout.label)
            raise refused(
                path,
                f"has {cell[:32]!r} in line {line}, column {layout.columns[place][:64]}; "
                "pixels are whole numbers from 0 to 255",
            )
        values.append(value)
    return bytes(values)


def _label(cell: str, path: str, line: int) -> str:
    text = cell.strip()
    if not text:
        raise refused(path, f"has no label in line {line}")
    value = _whole(text)
    return text if value is None else str(value)


def _whole(cell: str) -> int | None:
    """A whole number, also as `12.0`; None if it is none."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _numbered(rows: Iterator[list[str]], path: str) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        for line, row in enumerate(rows, 1):
            yield line, row
    except csv.Error as error:
        raise refused(path, f"cannot be read after line {line} ({error})") from error


def _lines(chunks: Iterator[bytes], path: str) -> Iterator[str]:
    """Lines of text with commas between their cells, with a limited length."""
    rest, number, delimiter = b"", 0, b""
    for chunk in _with_end(chunks):
        lines = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        rest = lines.pop()
        if len(rest) > _MAX_LINE:
            _too_long(path, number + 1)
        for line in lines:
            number += 1
            if len(line) > _MAX_LINE:
                _too_long(path, number)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
                delimiter = max((b",", b";", b"\t"), key=line.count)
            try:
                text = line.decode("utf-8").rstrip("\r")
            except UnicodeDecodeError as error:
                raise refused(path, f"is no UTF-8 text in line {number}") from error
            yield text if delimiter == b"," else text.replace(delimiter.decode(), ",")


def _with_end(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield from chunks
    yield b"\n"


def _too_long(path: str, line: int) -> NoReturn:
    raise refused(path, f"has more than {_MAX_LINE} bytes in line {line}")
