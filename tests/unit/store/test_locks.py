"""Locks between processes: one holder at a time, and waiting has a limit."""

import errno
import threading
from pathlib import Path

import pytest

from services.contracts.errors import FileLocked, StorageFailed
from services.store.files import locked


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    waits = threading.Event()

    def second() -> None:
        waits.set()
        with locked(tmp_path / ".lock"):
            order.append("second")

    with locked(tmp_path / ".lock"):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


@pytest.mark.parametrize("patience", [0, 0.05])
def test_a_lock_that_is_not_released_is_an_error_that_names_the_file(
    tmp_path: Path, patience: float
) -> None:
    lock = tmp_path / ".lock"
    with locked(lock):
        with pytest.raises(FileLocked) as caught, locked(lock, patience):
            raise AssertionError("two hold the lock")
        assert caught.value.message == (
            f"{lock} has been locked by another process for {patience:g} s: if that process hangs, end it "
            "(`fuser` names it), then try again."
        )
    with locked(lock, 0):
        pass


def test_a_holder_that_fails_releases_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / ".lock"):
        _ = 1 // 0
    with locked(tmp_path / ".lock", 0):
        pass


def test_a_file_system_without_locks_is_an_error(tmp_path: Path) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    lock = locked(tmp_path / ".lock", flock=refuse)
    with pytest.raises(StorageFailed, match="No locks available"), lock:
        pass
