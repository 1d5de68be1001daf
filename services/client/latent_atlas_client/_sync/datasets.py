"""Data sets to train on.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import IO, Any
from urllib.parse import quote

from latent_atlas_client._sync.http import Http
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.waiting import in_thread
from latent_atlas_client.decoding import decode
from latent_atlas_client.packing import CHUNK, UPLOAD_SECONDS, Packed, packed
from latent_atlas_client.types import Dataset, DatasetPreview


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
        """Make a data set of images; it never changes afterwards, so `preview` shows it before.

        Args:
            name: lower-case letters, digits, hyphens and underscores, 63 at most.
            source: a zip (its path or its bytes) or a folder of PNG, JPEG or WebP images, with one folder
                in it for each class; without folders the data set has no classes. Also tables of pixels:
                a CSV or npz file, or a folder of them or of MNIST's IDX files.
            on_progress: told the bytes that have been sent, and how many there are. Checking the images
                goes on for a while after the last of them.

        Raises:
            InvalidInput: something is wrong with the images; the message names the file.
            NameTaken: there is a data set of this name.
            OSError: the source cannot be read.
        """
        with packed(source) as sent:
            answer = self._send("PUT", f"/datasets/{quote(name, safe='')}", sent, on_progress)
        return decode(Dataset, answer)

    def preview(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> DatasetPreview:
        """What `upload` would make of a source, which waits on the gateway for an hour to be kept.

        Args:
            source: as for `upload`.
            on_progress: as for `upload`.

        Raises:
            InvalidInput: something is wrong with the images; the message names the file.
            OSError: the source cannot be read.
        """
        with packed(source) as sent:
            made = decode(DatasetPreview, self._send("POST", "/dataset-previews", sent, on_progress))
        return replace(made, skipped=made.skipped + sent.skipped)

    def waiting(self, preview: str) -> DatasetPreview:
        """A preview that waits to be kept, by its id.

        Raises:
            NotFound: it does not wait any more.
        """
        return decode(
            DatasetPreview, self._http.json("GET", f"/dataset-previews/{quote(preview, safe='')}")
        )

    def preview_samples(self, preview: str) -> bytes:
        """PNG of images of a preview, by its id: ten of each of its first ten classes, a row each.

        Raises:
            NotFound: it does not wait any more.
        """
        path = f"/dataset-previews/{quote(preview, safe='')}/samples"
        return (self._http.media("GET", path, "image/png")).data

    def keep(self, preview: str, name: str, classes: Mapping[str, str] | None = None) -> Dataset:
        """Make a preview a data set.

        Args:
            preview: its id.
            name: of the data set.
            classes: other names for some of its classes, by the names they have.

        Raises:
            InvalidInput: a name that is none, or of which there would be two.
            NameTaken: there is a data set of this name; the preview waits on.
            NotFound: it does not wait any more.
        """
        path = f"/dataset-previews/{quote(preview, safe='')}/keep"
        body = {"name": name, "classes": dict(classes or {})}
        return decode(Dataset, self._http.json("POST", path, json=body, again=False))

    def discard(self, preview: str) -> None:
        """Forget a preview now; otherwise that happens by itself.

        Raises:
            NotFound: it does not wait any more.
        """
        self._http.json("POST", f"/dataset-previews/{quote(preview, safe='')}/discard", again=False)

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

    def _send(
        self, method: str, path: str, sent: Packed, on_progress: Callable[[int, int], None] | None
    ) -> Any:
        return self._http.json(
            method,
            path,
            content=_chunks(sent.file, sent.size, on_progress),
            headers=sent.headers,
            timeout=UPLOAD_SECONDS,
            again=False,
        )


def _chunks(file: IO[bytes], size: int, on_progress: Callable[[int, int], None] | None) -> Iterator[bytes]:
    sent = 0
    while chunk := in_thread(file.read, CHUNK):
        yield chunk
        sent += len(chunk)
        if on_progress is not None:
            on_progress(sent, size)
