import os
import time
from pathlib import Path

import pytest

from services.contracts.runs.queue import WORKER_SECONDS
from services.trainer.worker.liveness import main
from services.trainer.worker.pulse import Pulse


def test_a_worker_that_was_never_seen_is_not_alive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "pulse")]) == 1
    assert "never" in capsys.readouterr().err


def test_a_worker_whose_pulse_beats_is_alive(tmp_path: Path) -> None:
    pulse = Pulse(tmp_path / "pulse")
    pulse.beat()
    assert main([str(tmp_path / "pulse")]) == 0


def test_a_worker_whose_pulse_stopped_is_not_alive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Pulse(tmp_path / "pulse").beat()
    then = time.time() - 3 * WORKER_SECONDS
    os.utime(tmp_path / "pulse", (then, then))
    assert main([str(tmp_path / "pulse")]) == 1
    assert "seconds ago" in capsys.readouterr().err


def test_alive_is_not_ready_where_redis_is_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Pulse(tmp_path / "pulse").beat()
    monkeypatch.setenv("ATLAS_REDIS_URL", "redis://127.0.0.1:1/0")
    assert main([str(tmp_path / "pulse")]) == 0
    assert main([str(tmp_path / "pulse"), "--ready"]) == 1
    assert "cannot be looked up" in capsys.readouterr().err
