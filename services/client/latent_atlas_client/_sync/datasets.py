"""Data sets to train on.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import IO, Any, Literal
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client import png
from latent_atlas_client._sync.http import Http
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.waiting import in_thread
from latent_atlas_client.types import Dataset, DatasetPreview
from latent_atlas_client.uploads.packing import CHUNK, UPLOAD_SECONDS, Packed, packed
from latent_atlas_client.wire.arguments import given
from latent_atlas_client.wire.codec import decode

Part = Literal["train", "test"]
"""Training saw the images of the first alone."""


class Datasets:
    """Data sets: built-in and uploaded ones."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> Iterator[Dataset]:
        """Every data set, by name; requested page by page."""
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
        """Make a data set of images. It never changes afterwards; use `preview` to see it first.

        Args:
            name: lower-case letters, digits, hyphens and underscores, 63 at most.
            source: a zip (its path or its bytes) or a folder of PNG, JPEG or WebP images, with a subfolder
                for each class; without subfolders the data set has no classes. Also tables of pixels: a
                CSV or npz file, or a folder of these or of MNIST's IDX files.
            on_progress: called with the number of bytes sent and their total. The gateway checks the
                images for a while after the last of them.

        Raises:
            InvalidInput: an image is wrong; the message names the file.
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
        """What `upload` would make of a source. The gateway holds it for an hour, to be kept or discarded.

        Args:
            source: as for `upload`.
            on_progress: as for `upload`.

        Raises:
            InvalidInput: an image is wrong; the message names the file.
            OSError: the source cannot be read.
        """
        with packed(source) as sent:
            preview = decode(DatasetPreview, self._send("POST", "/dataset-previews", sent, on_progress))
        return replace(preview, skipped=preview.skipped + sent.skipped)

    def waiting(self, preview: str) -> DatasetPreview:
        """A preview that the gateway still holds, by its id.

        Raises:
            NotFound: the gateway no longer has it.
        """
        return decode(
            DatasetPreview, self._http.json("GET", f"/dataset-previews/{quote(preview, safe='')}")
        )

    def preview_samples(self, preview: str) -> bytes:
        """PNG of images of a preview, by its id: ten of each of its first ten classes, a row each.

        Raises:
            NotFound: the gateway no longer has it.
        """
        path = f"/dataset-previews/{quote(preview, safe='')}/samples"
        return (self._http.media("GET", path, "image/png")).data

    def keep(self, preview: str, name: str, classes: Mapping[str, str] | None = None) -> Dataset:
        """Turn a preview into a data set.

        Args:
            preview: its id.
            name: of the data set.
            classes: new names for some of its classes, by their present names.

        Raises:
            InvalidInput: a name is not valid, or two classes would have the same.
            NameTaken: there is a data set of this name; the preview is still held.
            NotFound: the gateway no longer has it.
        """
        path = f"/dataset-previews/{quote(preview, safe='')}/keep"
        body = {"name": name, "classes": dict(classes or {})}
        return decode(Dataset, self._http.json("POST", path, json=body, again=False))

    def discard(self, preview: str) -> None:
        """Discard a preview now; otherwise the gateway does so after a while.

        Raises:
            NotFound: the gateway no longer has it.
        """
        self._http.json("POST", f"/dataset-previews/{quote(preview, safe='')}/discard", again=False)

    def samples(self, name: str) -> bytes:
        """PNG of images of a data set: ten of each of its first ten classes, a row each.

        Raises:
            DatasetNotFound: there is none of this name.
            NotFound: it is a built-in one, and no training has loaded it yet.
        """
        path = f"/datasets/{quote(name, safe='')}/samples"
        return (self._http.media("GET", path, "image/png")).data

    def image(self, name: str, part: Part, index: int, *, size: int | None = None) -> NDArray[np.uint8]:
        """One image of a data set.

        Args:
            name: of the data set.
            part: train or test.
            index: number of the image in that part, from 0.
            size: side of the picture in pixels, up to 512; as it is in the data set if not given.

        Returns:
            uint8[h, w, c]; c is 1 (grey) or 3.

        Raises:
            DatasetNotFound: there is none of this name.
            NotFound: it has no such image; or the gateway has none of it, as no training has loaded it yet.

        Example:
            >>> atlas.datasets.image("digits", "test", 0).shape
            (8, 8, 1)
        """
        return png.decode(self.image_png(name, part, index, size=size))

    def image_png(self, name: str, part: Part, index: int, *, size: int | None = None) -> bytes:
        """The same as a PNG file."""
        path = f"/datasets/{quote(name, safe='')}/images/{part}/{int(index)}"
        return (self._http.media("GET", path, "image/png", params=given(size=size))).data

    def remove(self, name: str) -> None:
        """Remove an uploaded data set; its runs and models stay.

        Raises:
            DatasetNotFound: there is none of this name.
            Conflict: it is built in, or an unfinished run uses it.
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
