"""Problems that the launcher reports in one sentence before it starts anything."""

import asyncio
import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from services.embedded.password import local_password
from services.embedded.process import Program
from services.embedded.programs import redis_program
from services.embedded.redis_binary import find_redis_server
from tests.support.environment import clean_environment
from tests.support.ports import free_port
from tests.support.waiting import wait_for


def launch(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.embedded"],
        env=clean_environment(ATLAS_HOME=str(home), **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refusal(home: Path, **settings: str) -> str:
    result = launch(home, **settings)
    assert (result.returncode, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.mark.parametrize("setting", ["ATLAS_PORT", "ATLAS_SERVING_ADDRESS"])
def test_a_taken_port_is_named_with_its_setting(tmp_path: Path, setting: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        free = free_port()
        values = {"ATLAS_PORT": str(free), "ATLAS_SERVING_ADDRESS": f"127.0.0.1:{free}"}
        values[setting] = str(number) if setting == "ATLAS_PORT" else f"127.0.0.1:{number}"
        sentence = refusal(tmp_path, **values)
    assert f"127.0.0.1:{number} is taken" in sentence
    assert setting in sentence


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert f"Cannot write {tmp_path}/file/home" in refusal(tmp_path / "file" / "home")


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    assert "ATLAS_PROT" in refusal(tmp_path, ATLAS_PROT="8000")


def test_a_gateway_without_keys_beyond_this_machine_is_refused(tmp_path: Path) -> None:
    assert "ATLAS_API_KEYS" in refusal(tmp_path, ATLAS_HOST="0.0.0.0")


def test_a_second_system_over_the_same_home_is_refused(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "embedded.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        assert f"runs already with the home {tmp_path}" in refusal(tmp_path)
    finally:
        os.close(descriptor)


def test_passwords_in_addresses_are_not_shown(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, ATLAS_REDIS_URL="http://user:secret@127.0.0.1:6379/0")
    assert "ATLAS_REDIS_URL" in sentence
    assert "secret" not in sentence


async def answer(program: Program) -> bool:
    return await program.ready()


def test_only_their_user_can_read_the_password_of_the_local_servers(tmp_path: Path) -> None:
    password, file = local_password(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert local_password(tmp_path) == (password, file)
    url = f"redis://:{password}@127.0.0.1:{free_port()}/0"
    program = redis_program("queue", find_redis_server(), url, tmp_path / "queue", file)
    assert password not in " ".join(program.command)
    with subprocess.Popen(program.command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(lambda: asyncio.run(answer(program)), 20, "the server to answer")
            stranger = Redis.from_url(url.replace(f":{password}@", ""))
            with stranger, pytest.raises(AuthenticationError):
                stranger.ping()
        finally:
            server.kill()
