"""Files that are either complete or absent, and locks between processes."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from services.contracts.errors import FileLocked, StorageFailed

WriteCheck = Callable[[Path], bool]
Flock = Callable[[int, int], None]

LOCK_SECONDS = 30.0
_RETRY_SECONDS = 0.01
"""Between two attempts to get a lock that another process holds."""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
}


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn an `OSError` into a `StorageFailed` that names the path and the reason."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _failure(path, error) from error


def _failure(path: Path, error: OSError) -> StorageFailed:
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return StorageFailed.at(path, f"Cannot write {{}}: {reason}.")


def make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failure(path, error) from error


def is_writable(folder: Path) -> bool:
    """Whether this user may make files in a folder; a full disk does not count."""
    return os.access(folder, os.W_OK | os.X_OK)


def prepare_folder(folder: Path, is_writable: WriteCheck = is_writable) -> None:
    """Make a folder; `StorageFailed` if files cannot be made in it."""
    make_folder(folder)
    if is_writable(folder):
        return
    read_only = os.statvfs(folder).f_flag & os.ST_RDONLY
    raise _failure(folder, OSError(errno.EROFS if read_only else errno.EACCES, ""))


def write_private(path: Path, data: bytes) -> None:
    """As `write_bytes`; at no time can another user read the file."""
    write_bytes(path, data, mode=0o600)


def write_bytes(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Replace a file atomically and durably: readers see the old or the new one, even after a power cut.

    Args:
        path: of the file.
        data: its content.
        mode: its permissions, before the process's umask.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.touch(mode, exist_ok=False)
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_json(path: Path, data: Any) -> None:
    write_bytes(path, json.dumps(data, ensure_ascii=False, allow_nan=False).encode())


def sync_folder(path: Path) -> None:
    """Flush a folder's entries, or a file, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Flush everything under a folder to the disk."""
    for folder, _, files in os.walk(path):
        for name in files:
            sync_folder(Path(folder) / name)
        sync_folder(Path(folder))


def publish_folder(staging: Path, target: Path) -> bool:
    """Give a finished folder its final name in one step.

    Returns:
        False if the name is taken; the staging folder is then removed.
    """
    with storage(target):
        sync_tree(staging)
        try:
            staging.rename(target)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            shutil.rmtree(staging)
            return False
        sync_folder(target.parent)
    return True


def remove_folder(path: Path) -> None:
    """Remove a folder in one step, then free its space; a missing one is no error."""
    trash = path.with_name(f".trash-{uuid.uuid4().hex}")
    with storage(path):
        try:
            path.rename(trash)
        except FileNotFoundError:
            return
        shutil.rmtree(trash, ignore_errors=True)


@contextmanager
def locked(path: Path, patience: float = LOCK_SECONDS, flock: Flock = fcntl.flock) -> Iterator[None]:
    """Hold an exclusive lock between processes; it is released when the process that holds it dies.

    Args:
        path: the lock file, made if it is missing.
        patience: seconds to wait for the lock. Holders only write a small file, so a longer wait means that
            one hangs or was stopped.
        flock: the system call.

    Raises:
        FileLocked: the lock did not become free in that time.
        StorageFailed: the file system has no locks, or the lock file cannot be made.
    """
    with storage(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
    try:
        _lock(descriptor, path, patience, flock)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, patience: float, flock: Flock) -> None:
    """Poll for the lock: `flock` has no time limit, and a signal would interrupt only the main thread."""
    end = time.monotonic() + patience
    with storage(path):
        while True:
            try:
                flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise FileLocked(str(path), patience) from None
            time.sleep(_RETRY_SECONDS)


_TEMPORARY = re.compile(r"\.(staging|new|trash)-[0-9a-f]{32}|\..+\.[0-9a-f]{32}")


def sweep(folder: Path, older_than: float = 0.0) -> list[Path]:
    """Remove what the functions here, and exports, left unfinished when their process was killed.

    Args:
        folder: to be searched with all that is under it.
        older_than: seconds since the last change in a leftover; younger ones may still be in use.

    Returns:
        The paths that were removed.
    """
    swept = []
    for place, folders, names in os.walk(folder):
        found = [name for name in (*folders, *names) if _TEMPORARY.fullmatch(name)]
        folders[:] = [name for name in folders if name not in found]
        for path in (Path(place) / name for name in found):
            if time.time() - _last_change(path) < older_than:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            swept.append(path)
    return swept


def _last_change(path: Path) -> float:
    """Time of the latest change in a tree; now, if it vanishes in the meantime."""
    try:
        return max(part.lstat().st_mtime for part in (path, *path.rglob("*")))
    except OSError:
        return time.time()
