"""If the home cannot be written, every service says so in one sentence at its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.store import Store
from tests.support.environment import clean_environment
from tests.support.ports import free_port

_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@pytest.mark.parametrize(
    "command",
    [
        ["services.gateway"],
        ["services.embedded"],
        ["services.trainer.worker"],
        ["services.trainer", "spec.json"],
        ["services.kit.home"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("prepared", [True, False], ids=["prepared", "empty"])
def test_a_read_only_home_is_one_sentence(tmp_path: Path, command: list[str], prepared: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if prepared:
        Store(home).prepare()
    (tmp_path / "spec.json").write_text(json.dumps({"name": "r", "dataset": "digits"}))
    clean = clean_environment()
    root = str(Path(__file__).resolve().parents[3])
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _READ_ONLY, str(home)]
    result = subprocess.run(
        [*mounted, sys.executable, "-m", *command],
        env=clean
        | {
            "ATLAS_HOME": str(home),
            "ATLAS_PORT": str(free_port()),
            "ATLAS_SERVING_ADDRESS": f"127.0.0.1:{free_port()}",
            "ATLAS_REDIS_URL": "redis://127.0.0.1:1/0",
            "ATLAS_LOG_LEVEL": "error",
            "PYTHONPATH": os.pathsep.join(filter(None, (root, clean.get("PYTHONPATH")))),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if result.stderr.startswith(("unshare:", "mount:")):
        pytest.skip(f"this machine lets nobody mount: {result.stderr}")
    assert result.returncode == 1, result.stderr
    said = result.stdout + result.stderr
    assert f"Cannot write {home}" in said
    assert "read-only" in said
    assert len(said.strip().splitlines()) == 1, said
