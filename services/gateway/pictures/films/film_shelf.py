"""Finished films: made one at a time, in a thread, given up when all leave, and kept for a while."""

from __future__ import annotations

import asyncio
import os
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from cachetools import LRUCache

from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.deadline import within
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.single_flight import SingleFlight
from services.store import files

_SECONDS = 120.0
"""Time limit of a film, including the wait for others."""
_CHUNK = 256 * 1024
KEPT_BYTES = 32 * 1024 * 1024
"""Disk space of the finished films that are kept, because players request films in parts."""


class Film:
    """A finished film: an unlinked file, which disappears with this object.

    Attributes:
        size: bytes.
        digest: SHA-256, hexadecimal, of what the run has stored of the epochs that it shows.
    """

    def __init__(self, path: Path, digest: str) -> None:
        """Open the file, which may then be unlinked."""
        self.digest = digest
        self._descriptor = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._descriptor)
        self.size = os.fstat(self._descriptor).st_size

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` until before `stop`, piece by piece; several readers may read at once."""
        stop = self.size if stop is None else stop
        for at in range(start, stop, _CHUNK):
            yield os.pread(self._descriptor, min(_CHUNK, stop - at), at)


class Stopped(Exception):
    """No caller waits for the film any more."""


Encode = Callable[[Path, Event], str]
"""Writes a film into a file, and returns the digest of what it shows; `Stopped` once the event is set."""


class FilmShelf:
    """Makes films, and keeps the last ones for range requests."""

    def __init__(self, metrics: Metrics | None = None, kept_bytes: int = KEPT_BYTES) -> None:
        self._single_flight: SingleFlight[Film] = SingleFlight()
        self._admission = AdmissionQueue("films", running=1, waiting=8, metrics=metrics)
        self._kept: LRUCache[str, Film] = LRUCache(kept_bytes, getsizeof=lambda film: film.size)

    def kept(self, etag: str) -> Film | None:
        """The film of this name, if it was made lately."""
        return self._kept.get(etag)

    async def get(self, etag: str, file_name: str, encode: Encode) -> Film:
        """The film of this name; concurrent requests for the same one share it.

        Raises:
            Overloaded: too many requests wait already.
            DeadlineExceeded: it was not ready in time.
            StorageFailed: there is no room for the file.
        """
        if (kept := self.kept(etag)) is not None:
            return kept
        film = await self._single_flight.join(etag, lambda: self._make(file_name, encode))
        if film.size <= self._kept.maxsize:
            self._kept[etag] = film
        return film

    async def _make(self, file_name: str, encode: Encode) -> Film:
        stop = Event()
        async with self._admission.enter(_SECONDS), within(_SECONDS):
            try:
                return await asyncio.to_thread(_written, file_name, encode, stop)
            finally:
                # The thread sees it before its next frame.
                stop.set()


def _written(file_name: str, encode: Encode, stop: Event) -> Film:
    folder = Path(tempfile.gettempdir())
    with files.storage(folder), tempfile.TemporaryDirectory(prefix="atlas-film-") as place:
        path = Path(place) / file_name
        return Film(path, encode(path, stop))
