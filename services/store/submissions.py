"""Keys under which something was submitted, so that the same request again gets the first answer.

A key is remembered before anything is made, what is made bears the key's hash, and the answer is added at
the end: whenever the process dies, the same request finds what is its own and goes on from there. All of it
happens under a lock that holds between processes.
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

from pydantic import BaseModel

from services.contracts.errors import Conflict
from services.store import files

KEPT_SECONDS = 24 * 3600.0


class Submission:
    """One request under its key, while the key's lock is held."""

    def __init__(self, path: Path, spec: BaseModel, answer: dict[str, Any] | None) -> None:
        self._path, self._spec = path, spec
        self.mark = path.stem
        """The key's hash, which what is made under it bears."""
        self.answer = answer
        """The first answer, if it has been given."""

    def begin(self) -> None:
        """Remember the key and what is asked under it."""
        self._write()

    def end(self, answer: dict[str, Any]) -> None:
        """Remember the answer."""
        self.answer = answer
        self._write()

    def forget(self) -> None:
        """Nothing has been made: the key is free again."""
        with files.storage(self._path):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        memory = {"answer": self.answer, "spec": self._spec.model_dump(mode="json")}
        files.write_json(self._path, memory)


class SubmissionStore:
    """All keys of a home folder, a file each. Of those that are a day old nobody knows any more."""

    def __init__(
        self, root: Path, kept_seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        self._root, self._kept, self._clock = root, kept_seconds, clock

    def prepare(self) -> None:
        files.prepare_folder(self._root)

    @contextmanager
    def under(self, key: str, spec: BaseModel) -> Iterator[Submission]:
        """Hold the key; whoever else comes with it, to any process, waits.

        Raises:
            Conflict: the key was used for something else.
            FileLocked: another request under it takes very long.
        """
        mark = hashlib.sha256(key.encode()).hexdigest()
        # Some keys share a lock, so that lock files need not be removed: that could not be done safely.
        with files.locked(self._root / f".lock-{mark[:2]}"):
            path = self._root / f"{mark}.json"
            memory = self._read(path)
            if memory is not None and memory["spec"] != spec.model_dump(mode="json"):
                raise Conflict("This Idempotency-Key was used for another spec.")
            yield Submission(path, spec, memory and memory["answer"])

    def sweep(self) -> None:
        """Remove what is too old to be known, also what crashes have left."""
        for entry in os.scandir(self._root):
            if not entry.name.startswith(".lock-") and self._is_old(Path(entry.path)):
                Path(entry.path).unlink(missing_ok=True)

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            if self._is_old(path):
                return None
            memory: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        return memory

    def _is_old(self, path: Path) -> bool:
        try:
            return self._clock() - path.stat().st_mtime > self._kept
        except FileNotFoundError:
            return True
