from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from services.contracts.errors import LeaseLost, StorageFailed
from services.trainer.training.checkpoints import Checkpoint, Checkpoints
from tests.support.small_disk import small_disk


def checkpoint(epoch: int, step: int = 0) -> Checkpoint:
    arrays = [np.arange(3, dtype=np.float32) + epoch, np.array(step)]
    return Checkpoint(epoch, step, arrays, np.full((1, 2, 2), epoch, np.uint8), {"epoch": epoch})


def test_the_newest_comes_back_whole(tmp_path: Path) -> None:
    kept = Checkpoints(tmp_path / "checkpoints")
    assert kept.newest() is None
    kept.save(checkpoint(1))
    kept.save(checkpoint(1, step=7))
    found = kept.newest()
    assert found is not None
    assert (found.epoch, found.step, found.state) == (1, 7, {"epoch": 1})
    np.testing.assert_array_equal(found.arrays[0], [1, 2, 3])
    assert found.maps is not None
    assert found.maps.dtype == np.uint8


def test_only_the_newest_two_are_kept(tmp_path: Path) -> None:
    kept = Checkpoints(tmp_path)
    for epoch in range(1, 6):
        kept.save(checkpoint(epoch))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000004", "000005"]


def test_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    kept = Checkpoints(tmp_path)
    kept.save(checkpoint(1))
    kept.save(checkpoint(2))
    (tmp_path / "000002" / "weights.npz").write_bytes(b"half")
    found = kept.newest()
    assert found is not None
    assert found.epoch == 1
    kept.save(checkpoint(2))
    again = kept.newest()
    assert again is not None
    assert again.epoch == 2


def test_what_a_crash_left_half_written_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".staging-1").mkdir()
    Checkpoints(tmp_path).save(checkpoint(1))
    assert [path.name for path in tmp_path.iterdir()] == ["000001"]


def test_one_that_does_not_fit_on_the_disk_leaves_the_last_one_readable(tmp_path: Path) -> None:
    with small_disk(tmp_path, megabytes=2) as disk:
        kept = Checkpoints(disk.path)
        kept.save(checkpoint(1))
        large = Checkpoint(2, 0, [np.zeros(10**6, np.float32)], None)
        with pytest.raises(StorageFailed, match="the disk is full"):
            kept.save(large)
        assert [path.name for path in disk.path.iterdir()] == ["000001"]
        found = kept.newest()
        assert found is not None
        assert found.epoch == 1


def test_a_worker_that_lost_its_run_leaves_no_checkpoint(tmp_path: Path) -> None:
    @contextmanager
    def lost() -> Iterator[None]:
        raise LeaseLost("Another worker has taken over.")
        yield

    Checkpoints(tmp_path).save(checkpoint(1))
    with pytest.raises(LeaseLost):
        Checkpoints(tmp_path, lost).save(checkpoint(2))
    assert [path.name for path in tmp_path.iterdir()] == ["000001"]
