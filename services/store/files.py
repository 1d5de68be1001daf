"""Files that are either whole or absent, and locks between processes."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from services.contracts.errors import FileLocked, StorageFailed

LOCK_SECONDS = 30.0
# How long to wait between two attempts to get a lock that somebody else holds.
_RETRY_SECONDS = 0.01

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
}


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into `StorageFailed` that names the path and the reason."""
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


def prepare_folder(folder: Path) -> None:
    """Make a folder; `StorageFailed` where nothing may be written in it. A full disk is no such case."""
    make_folder(folder)
    if os.access(folder, os.W_OK | os.X_OK):
        return
    read_only = os.statvfs(folder).f_flag & os.ST_RDONLY
    raise _failure(folder, OSError(errno.EROFS if read_only else errno.EACCES, ""))


def write_private(path: Path, data: bytes) -> None:
    """As `write_bytes`; nobody but this user can read the file, at no time."""
    write_bytes(path, data, mode=0o600)


def write_bytes(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Replace a file: readers see the old or the new one, never a part, also after a power cut.

    Args:
        path: of the file.
        data: to be in it.
        mode: who may do what with it, less what the process' mask takes away.
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
    """Make the names in a folder last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Make everything under a folder last."""
    for folder, _, files in os.walk(path):
        for name in files:
            sync_folder(Path(folder) / name)
        sync_folder(Path(folder))


def publish_folder(staging: Path, target: Path) -> bool:
    """Give a finished folder its name in one step.

    Returns:
        False, and the staging folder is removed, if the name is taken.
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
    """Take a folder away in one step, then free its space; a missing one is no error."""
    trash = path.with_name(f".trash-{uuid.uuid4().hex}")
    with storage(path):
        try:
            path.rename(trash)
        except FileNotFoundError:
            return
        shutil.rmtree(trash, ignore_errors=True)


@contextmanager
def locked(path: Path, patience: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold an exclusive lock between processes; it falls with the process that holds it.

    Args:
        path: The lock file, made where it is missing.
        patience: Seconds to wait for whoever holds the lock. Holders write a small file and let go, so a
            longer wait means that one hangs or was stopped.

    Raises:
        FileLocked: The lock was not to be had in that time.
        StorageFailed: The file system has no locks, or the lock file cannot be made.
    """
    with storage(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
    try:
        _lock(descriptor, path, patience)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, patience: float) -> None:
    """`flock` itself knows no time limit, and a signal would reach the main thread alone: so ask again."""
    end = time.monotonic() + patience
    with storage(path):
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise FileLocked(str(path), patience) from None
            time.sleep(_RETRY_SECONDS)


_TEMPORARY = re.compile(r"\.(staging|new|trash)-[0-9a-f]{32}|\..+\.[0-9a-f]{32}")


def sweep(folder: Path, older_than: float = 0.0) -> list[Path]:
    """Take away what the functions here, and exports, left half-done when their process was killed.

    Args:
        folder: everything under it is looked at.
        older_than: seconds since anything in a leftover last changed; what is younger may be at work.

    Returns:
        What was taken away.
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
    """The youngest time of change in a tree; now, where it vanishes meanwhile."""
    try:
        return max(part.lstat().st_mtime for part in (path, *path.rglob("*")))
    except OSError:
        return time.time()
