"""Files of the web build, each in the content coding that the caller prefers."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

from services.gateway.http.conditional import matches
from services.gateway.http.content_codings import BROTLI, GZIP, IDENTITY, choose, with_suffix
from services.gateway.http.ranges import RangeResponse

SUFFIXES = {BROTLI: ".br", GZIP: ".gz"}
"""Suffixes of the compressed files that the build puts beside a file, the smaller one first."""


@dataclass(frozen=True)
class StoredForm:
    """A file as it is sent."""

    body: bytes
    coding: str
    etag: str
    modified: str


def read(file: Path, accept_encoding: str | None) -> StoredForm:
    """A file in the preferred one of the codings in which it exists.

    Raises:
        NotAcceptable: Accept-Encoding refuses all of them.
    """
    stat = file.stat()
    packed = {coding: file.with_name(file.name + suffix) for coding, suffix in SUFFIXES.items()}
    coding = choose(accept_encoding, [coding for coding, path in packed.items() if path.is_file()])
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    modified = formatdate(stat.st_mtime, usegmt=True)
    if coding == IDENTITY:
        return StoredForm(file.read_bytes(), coding, etag, modified)
    return StoredForm(packed[coding].read_bytes(), coding, with_suffix(etag, coding), modified)


def answer(file: Path, headers: Headers, caching: str) -> Response:
    """The file, a part of it, or 304 if the caller's copy is current."""
    form = read(file, headers.get("accept-encoding"))
    about = {
        "ETag": form.etag,
        "Last-Modified": form.modified,
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
    }
    if _is_current(headers, form):
        return Response(status_code=304, headers=about)
    if form.coding != IDENTITY:
        # Ranges are of the uncompressed file.
        if "range" in headers:
            return answer(file, _plain(headers), caching)
        about["Content-Encoding"] = form.coding
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response = RangeResponse(form.body, media_type, about)
    if form.coding != IDENTITY:
        del response.headers["Accept-Ranges"]
    return response


def _plain(headers: Headers) -> Headers:
    return Headers(raw=[line for line in headers.raw if line[0] != b"accept-encoding"])


def _is_current(headers: Headers, form: StoredForm) -> bool:
    known = headers.get("if-none-match")
    if known is not None:
        return matches(known, form.etag)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
        return since >= parsedate_to_datetime(form.modified)
    except (TypeError, ValueError):
        return False
