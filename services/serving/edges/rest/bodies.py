"""Decompresses the bodies of REST requests."""

from __future__ import annotations

import gzip
import io
import zlib

from services.serving.base.errors import ServingError, invalid_argument

MAX_BODY = 2**31 - 1
MAX_RATIO = 200
"""Largest allowed ratio of decompressed to compressed size; deflate reaches about 1,000."""
RATIO_FREE_BYTES = 2**20
"""Bytes; smaller bodies are harmless whatever their ratio."""
_CHUNK = 2**20
_GZIP = frozenset({"gzip", "x-gzip"})


class UnsupportedEncoding(Exception):
    """A Content-Encoding that this server does not support."""


def decompress(body: bytes, encoding: str, max_bytes: int = MAX_BODY) -> bytes:
    """The body without its Content-Encoding.

    Args:
        body: As received.
        encoding: The request's Content-Encoding: gzip, identity or nothing.
        max_bytes: Largest allowed size of the result.

    Raises:
        UnsupportedEncoding: It has another encoding, or several.
        ServingError: INVALID_ARGUMENT if the body is not a complete gzip file, or the result is too large.
    """
    encodings = [name for item in encoding.split(",") if (name := item.strip().lower())]
    encodings = [name for name in encodings if name != "identity"]
    if not encodings:
        return body
    if len(encodings) > 1 or encodings[0] not in _GZIP:
        raise UnsupportedEncoding(
            f"Content-Encoding {encoding!r} is not supported; send the body as it is, or as gzip."
        )
    return _gunzip(body, min(max_bytes, max(RATIO_FREE_BYTES, MAX_RATIO * len(body))))


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    data = bytearray()
    try:
        # Reads all members, checks their checksums, and detects a truncated last one.
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as members:
            while chunk := members.read(_CHUNK):
                data += chunk
                if len(data) > max_bytes:
                    raise _too_large(max_bytes)
    except (zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise invalid_argument(f"The body is not a whole gzip file: {error}") from error
    return bytes(data)


def _too_large(max_bytes: int) -> ServingError:
    return invalid_argument(f"The unpacked body is longer than the {max_bytes} bytes that its size allows.")
