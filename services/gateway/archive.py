"""A version as one zip, written while it is sent: memory holds a piece at a time, whatever its size."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import BinaryIO

_PIECE = 256 * 1024


class _Outbox:
    """The end of the zip that is written to. It cannot seek, so sizes follow their files."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """What was written is taken by `taken`."""

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def zipped(files: Mapping[str, BinaryIO], folder: str, modified: datetime) -> Iterator[bytes]:
    """The zip of some open files, piece by piece; it closes them when it ends or is given up.

    Nothing is compressed: weights hardly get smaller, and so the same files are always the same bytes.

    Args:
        files: What to send, by its path inside `folder`, in this order.
        folder: Folder of the zip that holds all of them, with slashes.
        modified: Time that the zip gives its entries.
    """
    with ExitStack() as stack:
        for file in files.values():
            stack.enter_context(file)
        outbox = _Outbox()
        with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
            for name, file in files.items():
                entry = zipfile.ZipInfo(f"{folder}/{name}", modified.timetuple()[:6])
                entry.external_attr = 0o644 << 16
                # Sizes are not known beforehand to a zip that cannot seek, so room is made for large ones.
                with archive.open(entry, "w", force_zip64=True) as target:
                    while piece := file.read(_PIECE):
                        target.write(piece)
                        yield outbox.taken()
        yield outbox.taken()
