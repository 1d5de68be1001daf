"""Data sets to train on."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from typing import IO
from urllib.parse import quote

from latent_atlas_client._async.http import AsyncHttp
from latent_atlas_client._async.lists import items
from latent_atlas_client._async.waiting import in_thread
from latent_atlas_client.decoding import decode
from latent_atlas_client.packing import CHUNK, UPLOAD_SECONDS, zipped
from latent_atlas_client.types import Dataset


class AsyncDatasets:
    """Data sets: those that come along, and those that were uploaded."""

    def __init__(self, http: AsyncHttp) -> None:
        self._http = http

    async def all(self) -> AsyncIterator[Dataset]:
        """Every data set, by name; asked for page by page."""
        async for item in items(self._http, "/datasets", "datasets"):
            yield decode(Dataset, item)

    async def get(self, name: str) -> Dataset:
        """One data set.

        Raises:
            DatasetNotFound: there is none of this name.
        """
        return decode(Dataset, await self._http.json("GET", f"/datasets/{quote(name, safe='')}"))

    async def upload(
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
            answer = await self._http.json(
                "PUT",
                f"/datasets/{quote(name, safe='')}",
                content=_chunks(file, size, on_progress),
                headers={"Content-Type": "application/zip", "Content-Length": str(size)},
                timeout=UPLOAD_SECONDS,
                again=False,
            )
        return decode(Dataset, answer)

    async def samples(self, name: str) -> bytes:
        """PNG of images of an uploaded data set: ten of each of its first ten classes, a row each.

        Raises:
            DatasetNotFound: there is none of this name, or it was not uploaded.
        """
        path = f"/datasets/{quote(name, safe='')}/samples"
        return (await self._http.media("GET", path, "image/png")).data

    async def remove(self, name: str) -> None:
        """Remove an uploaded data set; its runs and models stay.

        Raises:
            DatasetNotFound: there is none of this name.
            Conflict: it comes along, or an unfinished run uses it.
        """
        await self._http.json("DELETE", f"/datasets/{quote(name, safe='')}")


async def _chunks(
    file: IO[bytes], size: int, on_progress: Callable[[int, int], None] | None
) -> AsyncIterator[bytes]:
    sent = 0
    while chunk := await in_thread(file.read, CHUNK):
        yield chunk
        sent += len(chunk)
        if on_progress is not None:
            on_progress(sent, size)
