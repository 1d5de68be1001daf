"""Bodies of REST requests as they were before they were packed for the way."""

from __future__ import annotations

import gzip
import io
import zlib

from services.serving.base.errors import ServingError, invalid_argument

MAX_BODY = 2**31 - 1
MAX_RATIO = 200
"""Times that a packed body may grow; deflate itself ends at about 1,000."""
RATIO_COUNTS_FROM = 2**20
"""Bytes below which nobody is harmed, whatever the ratio."""
_CHUNK = 2**20
_GZIP = frozenset({"gzip", "x-gzip"})


class UnsupportedEncoding(Exception):
    """A Content-Encoding that this server does not read."""


def unpacked(body: bytes, encoding: str, most: int = MAX_BODY) -> bytes:
    """The body as it is meant.

    Args:
        body: As it came.
        encoding: The request's Content-Encoding: gzip, identity or nothing.
        most: Bytes that it may have when it is unpacked.

    Raises:
        UnsupportedEncoding: It is encoded in another way, or more than once.
        ServingError: INVALID_ARGUMENT where the body is no whole gzip file or grows beyond its bounds.
    """
    encodings = [name for item in encoding.split(",") if (name := item.strip().lower())]
    encodings = [name for name in encodings if name != "identity"]
    if not encodings:
        return body
    if len(encodings) > 1 or encodings[0] not in _GZIP:
        raise UnsupportedEncoding(
            f"Content-Encoding {encoding!r} is not supported; send the body as it is, or as gzip."
        )
    return _unzipped(body, min(most, max(RATIO_COUNTS_FROM, MAX_RATIO * len(body))))


def _unzipped(body: bytes, most: int) -> bytes:
    data = bytearray()
    try:
        # It reads all members, checks their sums, and knows when the last one is cut off.
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as members:
            while chunk := members.read(_CHUNK):
                data += chunk
                if len(data) > most:
                    raise _too_large(most)
    except (zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise invalid_argument(f"The body is not a whole gzip file: {error}") from error
    return bytes(data)


def _too_large(most: int) -> ServingError:
    return invalid_argument(f"The unpacked body is longer than the {most} bytes that its size allows.")
