"""Data sets to train on.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import IO
from urllib.parse import quote

from latent_atlas_client._sync.http import Http
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.waiting import in_thread
from latent_atlas_client.decoding import decode
from latent_atlas_client.packing import CHUNK, UPLOAD_SECONDS, zipped
from latent_atlas_client.types import Dataset


class Datasets:
    """Data sets: those that come along, and those that were uploaded."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> Iterator[Dataset]:
        """Every data set, by name; asked for page by page."""
        for item in items(self._http, "/datasets", "datasets"):
            yield decode(Dataset, item)

    def get(self, name: str) -> Dataset:
        """One data set.

        Raises:
            DatasetNotFound: there is none of this name.
        """
        return decode(Dataset, self._http.json("GET", f"/datasets/{quote(name, safe='')}"))

    def upload(
        self,
        name: str,
        source: str | os.PathLike[str] | bytes,
        *,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Dataset:
        """Make a data set of images; it never changes afterwards.

        Args:
            name: lower-case letters, digits, hyphens and underscores, 63 at most.
            source: a zip (its path or its bytes) or a folder of PNG, JPEG or WebP images, with one folder
                in it for each class; without folders the data set has no classes.
            on_progress: told the bytes that have been sent, and how many there are. Checking the images
                goes on for a while after the last of them.

        Raises:
            InvalidInput: something is wrong with the images; the message names the file.
            NameTaken: there is a data set of this name.
            OSError: the source cannot be read.
        """
        with zipped(source) as (file, size):
            answer = self._http.json(
                "PUT",
                f"/datasets/{quote(name, safe='')}",
                content=_chunks(file, size, on_progress),
                headers={"Content-Type": "application/zip", "Content-Length": str(size)},
                timeout=UPLOAD_SECONDS,
                again=False,
            )
        return decode(Dataset, answer)

    def samples(self, name: str) -> bytes:
        """PNG of images of an uploaded data set: ten of each of its first ten classes, a row each.

        Raises:
            DatasetNotFound: there is none of this name, or it was not uploaded.
        """
        path = f"/datasets/{quote(name, safe='')}/samples"
        return (self._http.media("GET", path, "image/png")).data

    def remove(self, name: str) -> None:
        """Remove an uploaded data set; its runs and models stay.

        Raises:
            DatasetNotFound: there is none of this name.
            Conflict: it comes along, or an unfinished run uses it.
        """
        self._http.json("DELETE", f"/datasets/{quote(name, safe='')}")


def _chunks(file: IO[bytes], size: int, on_progress: Callable[[int, int], None] | None) -> Iterator[bytes]:
    sent = 0
    while chunk := in_thread(file.read, CHUNK):
        yield chunk
        sent += len(chunk)
        if on_progress is not None:
            on_progress(sent, size)
