"""Parts of answers, put together again: the same bytes as the whole."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from starlette.datastructures import Headers

from services.contracts.signatures import ModelCard
from services.gateway.catalog.version_zip import VersionZip
from services.gateway.http.ranges import Unsatisfiable, part
from services.gateway.pictures.films.film_maker import FilmMaker, FilmRequest
from services.gateway.pictures.films.film_shelf import FilmShelf
from tests.support import models
from tests.support.gateway import Gateway
from tests.unit.gateway.pictures.test_films import film

WHEN = datetime(2026, 3, 14, 12, 34, 56)
ZIP = "/v1/models/quad/versions/10/download"
FILM = "/v1/runs/r/timelapse"


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=90-", 206, 90, 100),
        ("bytes=-10", 206, 90, 100),
        ("bytes=-1000", 206, 0, 100),
        ("bytes=99-99999", 206, 99, 100),
        ("Bytes = 5 - 6", 206, 5, 7),
        # What is not understood, or asks for several parts, is answered whole.
        ("bytes=5-2", 200, 0, 100),
        ("bytes=0-1,5-6", 200, 0, 100),
        ("bytes=-", 200, 0, 100),
        ("bytes=a-b", 200, 0, 100),
        ("bytes=٣-٤", 200, 0, 100),
        ("lines=0-9", 200, 0, 100),
        ("", 200, 0, 100),
    ],
)
def test_which_part_is_meant(asked: str, status: int, start: int, stop: int) -> None:
    raw = [(b"range", asked.encode())]
    found = part(Headers(raw=raw), '"e"', None, 100)
    assert (found.status, found.start, found.stop) == (status, start, stop)


@pytest.mark.parametrize(("asked", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=-5", 0)])
def test_bytes_that_there_are_not(asked: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        part(Headers({"range": asked}), '"e"', None, size)


@pytest.mark.parametrize(
    ("if_range", "etag", "whole"),
    [
        ('"e"', '"e"', False),
        ('"other"', '"e"', True),
        ('W/"e"', 'W/"e"', True),
        ("Sat, 14 Mar 2026 12:34:56 GMT", '"e"', False),
        ("Sat, 14 Mar 2026 12:34:57 GMT", '"e"', True),
    ],
)
def test_parts_go_together_only_with_the_same_whole(if_range: str, etag: str, whole: bool) -> None:
    headers = Headers({"range": "bytes=0-9", "if-range": if_range})
    found = part(headers, etag, "Sat, 14 Mar 2026 12:34:56 GMT", 100)
    assert (found.status == 200) == whole


@pytest.fixture
def card(gateway: Gateway, tmp_path: Path) -> ModelCard:
    saved = tmp_path / "saved"
    (saved / "variables").mkdir(parents=True)
    (saved / "saved_model.pb").write_bytes(b"graph")
    (saved / "empty").write_bytes(b"")
    (saved / "ünïcode").write_bytes(b"text")
    (saved / "variables" / "weights").write_bytes(bytes(range(256)) * 4000)
    card = models.make_card(created="2026-03-14T12:34:56Z")
    models.publish(gateway.store, card, saved)
    return card


@pytest.mark.parametrize(
    ("url", "accept"),
    [
        (ZIP, "*/*"),
        (FILM, "image/gif"),
        (FILM, "video/mp4"),
        ("/v1/runs/r/snapshots/1", "*/*"),
        ("/v1/runs/r/maps/1", "application/x-npy"),
        ("/v1/models/quad/map?resolution=20", "application/x-npy"),
    ],
)
async def test_what_broke_off_goes_on(
    gateway: Gateway, card: ModelCard, http: httpx.AsyncClient, url: str, accept: str
) -> None:
    film(gateway)
    gateway.encoded_maps.enabled = True
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    whole = await http.get(url, headers=headers)
    assert whole.status_code == 200
    assert whole.headers["accept-ranges"] == "bytes"
    size = len(whole.content)
    assert whole.headers["content-length"] == str(size)
    pieces = b""
    for start in range(0, size, size // 7 + 1):
        stop = min(size, start + size // 7 + 1)
        asked = headers | {"Range": f"bytes={start}-{stop - 1}", "If-Range": whole.headers["etag"]}
        answer = await http.get(url, headers=asked)
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.headers["etag"] == whole.headers["etag"]
        assert answer.headers["content-type"] == whole.headers["content-type"]
        pieces += answer.content
    assert pieces == whole.content
    beyond = await http.get(url, headers=headers | {"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert beyond.headers["content-type"] == "application/problem+json"
    other = await http.get(url, headers=headers | {"Range": "bytes=0-1", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    known = headers | {"Range": "bytes=0-1", "If-None-Match": whole.headers["etag"]}
    assert (await http.get(url, headers=known)).status_code == 304


def test_a_zip_is_what_the_standard_library_would_write(gateway: Gateway, card: ModelCard) -> None:
    files = gateway.store.models.opened("quad", 10)
    stream = _Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as reference:  # type: ignore[call-overload]
        for name, file in files.items():
            entry = zipfile.ZipInfo(f"quad/10/{name}", WHEN.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            # What it takes to read sizes of 64 bits; early releases of Python 3.11 forget to say so.
            entry.create_version = entry.extract_version = 45
            with reference.open(entry, "w", force_zip64=True) as target:
                target.write(file.read())
    ours = VersionZip(files, "quad/10", WHEN)
    assert ours.size == len(stream.data)
    assert b"".join(ours.chunks()) == bytes(stream.data)


def test_sums_are_taken_once(gateway: Gateway, card: ModelCard) -> None:
    def directory() -> bytes:
        content = gateway.parts.models.packed(card)
        whole = b"".join(content.chunks())
        return whole[whole.index(b"PK\x01\x02") :]

    sums = directory()
    # Taken again, the sum would be that of the other bytes.
    file = min(gateway.home.glob("models/quad/10/assets.extra/*"))
    file.write_bytes(bytes(file.stat().st_size))
    assert directory() == sums


def test_files_of_gigabytes(tmp_path: Path) -> None:
    """Beyond 32 bits, with files that have no bytes on the disk, and sums that are given."""
    files = {}
    for name, size in (("a", 5 * 2**30), ("b", 3), ("c", 2**31)):
        (tmp_path / name).touch()
        with (tmp_path / name).open("r+b") as file:
            file.truncate(size)
        files[name] = (tmp_path / name).open("rb")
    ours = VersionZip(files, "m/1", WHEN, {"a": 1, "b": 2, "c": 3})
    with zipfile.ZipFile(_Seekable(ours)) as archive:
        found = {info.filename: (info.file_size, info.CRC) for info in archive.infolist()}
        assert found == {"m/1/a": (5 * 2**30, 1), "m/1/b": (3, 2), "m/1/c": (2**31, 3)}
        with archive.open("m/1/c") as file:
            assert file.read(10) == bytes(10)


async def test_the_last_films_are_kept_up_to_a_limit(gateway: Gateway) -> None:
    film(gateway)
    plans = [gateway.parts.films.plan("r", FilmRequest(fps=fps)) for fps in (5, 6, 7)]
    first = await gateway.parts.films.make(plans[0])
    assert await gateway.parts.films.make(plans[0]) is first
    small = FilmMaker(gateway.store, FilmShelf(kept_bytes=2 * first.size + 10))
    films = [await small.make(plan) for plan in plans]
    assert await small.make(plans[2]) is films[2]
    assert await small.make(plans[0]) is not films[0]
    none = FilmMaker(gateway.store, FilmShelf(kept_bytes=0))
    one, two = await none.make(plans[0]), await none.make(plans[0])
    assert one is not two
    # Made anew it is the same bytes, so that parts of both go together.
    assert b"".join(one.chunks()) == b"".join(two.chunks()) == b"".join(first.chunks())


class _Unseekable:
    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def flush(self) -> None:
        pass


class _Seekable(io.RawIOBase):
    """A zip as a file that reads no more than what is wanted of it."""

    def __init__(self, content: VersionZip) -> None:
        self._content = content
        self._at = 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._content.size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        stop = self._content.size if size < 0 else min(self._content.size, self._at + size)
        data = b"".join(self._content.chunks(self._at, stop))
        self._at = stop
        return data
