"""Receives uploads: streams the body to disk, unpacks it in a thread, publishes the result."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

from anyio import to_thread

from services.contracts.errors import InvalidInput, Overloaded
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.store import DatasetCard, DatasetStore, files

_T = TypeVar("_T")
Unpack = Callable[[Path, Path, str, Callable[[], None], UploadLimits], DatasetCard]
"""Fills a folder with the data set that an upload holds, as `importing.unpack` does."""
_BUFFER = 1024**2
"""Bytes that are collected before they are written."""


class Abandoned(Exception):
    """The caller has left."""


class UploadReceiver:
    """Receives data sets into the store."""

    def __init__(
        self, store: DatasetStore, limits: UploadLimits = DEFAULT_LIMITS, unpack: Unpack = unpack
    ) -> None:
        self._store = store
        self._limits = limits
        self._unpack = unpack
        self._at_once = 0
        self._unpacking = asyncio.Lock()

    async def receive(self, name: str, body: AsyncIterator[bytes]) -> DatasetCard:
        """Make a data set of an upload.

        Args:
            name: of the data set.
            body: the bytes of the zip, CSV or npz.

        Raises:
            NameTaken: there is such a data set.
            Overloaded: too many uploads are under way.
            InvalidInput: something is wrong with the upload; names the file in it.
            StorageFailed: the disk is full.
        """
        card, _ = await self._made(name, body, self._store.publish)
        return card

    async def preview(self, name: str | None, body: AsyncIterator[bytes]) -> str:
        """Make a preview of an upload; returns its id. Raises as `receive` does."""
        _, preview = await self._made(name, body, self._store.hold_preview)
        return preview

    async def _made(
        self, name: str | None, body: AsyncIterator[bytes], end: Callable[[DatasetCard, Path], _T]
    ) -> tuple[DatasetCard, _T]:
        if name is not None:
            await to_thread.run_sync(self._store.refuse_taken, name)
        if self._at_once >= self._limits.at_once:
            raise Overloaded("Too many uploads are under way.", retry_after=10)
        self._at_once += 1
        staging: Path | None = None
        try:
            staging = await to_thread.run_sync(self._store.staging)
            return await self._received(name or "unnamed", body, staging, end)
        finally:
            self._at_once -= 1
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)

    async def _received(
        self, name: str, body: AsyncIterator[bytes], staging: Path, end: Callable[[DatasetCard, Path], _T]
    ) -> tuple[DatasetCard, _T]:
        upload = staging / "upload"
        await _save(body, upload)
        abandoned = Event()

        def check() -> None:
            if abandoned.is_set():
                raise Abandoned

        def make() -> tuple[DatasetCard, _T]:
            content = staging / "content"
            files.make_folder(content)
            card = self._unpack(upload, content, name, check, self._limits)
            check()
            return card, end(card, content)

        async with self._unpacking:
            try:
                return await to_thread.run_sync(make, abandon_on_cancel=True)
            finally:
                abandoned.set()


async def _save(body: AsyncIterator[bytes], path: Path) -> None:
    """Write a body to a file, some of it at a time."""
    empty = True
    with files.storage(path):
        file = await to_thread.run_sync(path.open, "wb")
        try:
            buffer = bytearray()
            async for chunk in body:
                buffer += chunk
                if len(buffer) >= _BUFFER:
                    await to_thread.run_sync(file.write, bytes(buffer))
                    buffer.clear()
                    empty = False
            await to_thread.run_sync(file.write, bytes(buffer))
            empty = empty and not buffer
        finally:
            await to_thread.run_sync(file.close)
    if empty:
        raise InvalidInput.field("", "The body is empty; it has to be a zip of images, or a table of them.")
