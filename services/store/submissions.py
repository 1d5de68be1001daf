"""Idempotency keys of submissions, so that a repeated request gets the first answer.

A key is stored before anything is made, everything made carries the key's hash, and the answer is added at
the end: whenever the process dies, a repeated request finds what the first one made and continues from
there. All of this happens under a lock between processes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from services.contracts.errors import Conflict
from services.store import files
from services.store.files import WriteCheck

KEPT_SECONDS = 24 * 3600.0


class Submission:
    """A request with an idempotency key, while the key's lock is held."""

    def __init__(self, path: Path, spec: BaseModel, answer: dict[str, Any] | None) -> None:
        self._path, self._spec = path, spec
        self.mark = path.stem
        """The key's hash, to be stored with whatever the request makes."""
        self.answer = answer
        """The first answer, if there is one."""

    def begin(self) -> None:
        """Store the key and its spec."""
        self._write()

    def end(self, answer: dict[str, Any]) -> None:
        """Store the answer."""
        self.answer = answer
        self._write()

    def forget(self) -> None:
        """Free the key, since nothing was made."""
        with files.storage(self._path):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        entry = {"answer": self.answer, "spec": self._spec.model_dump(mode="json")}
        files.write_json(self._path, entry)


class SubmissionStore:
    """All idempotency keys of a home folder, one file each; they expire after a day."""

    def __init__(
        self, root: Path, kept_seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        self._root, self._kept, self._clock = root, kept_seconds, clock

    def prepare(self, is_writable: WriteCheck = files.is_writable) -> None:
        """Make the folder; `StorageFailed` if it cannot be written."""
        files.prepare_folder(self._root, is_writable)

    @contextmanager
    def under(self, key: str, spec: BaseModel) -> Iterator[Submission]:
        """Hold the key. Other requests with the same key, in any process, wait.

        Raises:
            Conflict: the key was used for something else.
            FileLocked: another request with this key takes too long.
        """
        mark = hashlib.sha256(key.encode()).hexdigest()
        # Keys share a limited number of lock files, as these cannot be removed safely.
        with files.locked(self._root / f".lock-{mark[:2]}"):
            path = self._root / f"{mark}.json"
            entry = self._read(path)
            if entry is not None and not _asks_for(spec, entry["spec"]):
                raise Conflict("This Idempotency-Key was used for another spec.")
            yield Submission(path, spec, entry and entry["answer"])

    def sweep(self) -> None:
        """Remove expired keys and the leftovers of crashes."""
        for file in os.scandir(self._root):
            if not file.name.startswith(".lock-") and self._is_old(Path(file.path)):
                Path(file.path).unlink(missing_ok=True)

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            if self._is_old(path):
                return None
            entry: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        return entry

    def _is_old(self, path: Path) -> bool:
        try:
            return self._clock() - path.stat().st_mtime > self._kept
        except FileNotFoundError:
            return True


def _asks_for(spec: BaseModel, stored: Any) -> bool:
    """Whether the request that was stored is this one.

    An earlier release may have stored it, without the fields that have been added since. The same request
    does not have them either, whatever their defaults mean for what is made of it today.
    """
    try:
        return type(spec).model_validate(stored) == spec
    except ValidationError:
        return False
