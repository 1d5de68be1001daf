"""The gateway as a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import httpx

from tests.support.environment import clean_environment
from tests.support.ports import free_port
from tests.support.waiting import wait_for


class GatewayProcess:
    """`python -m services.gateway` over a home folder."""

    def __init__(self, home: Path, **settings: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        defaults = {
            "ATLAS_HOME": str(home),
            "ATLAS_PORT": str(port),
            "ATLAS_FIRST_RUN": "off",
            # Nobody listens there.
            "ATLAS_REDIS_URL": "redis://127.0.0.1:1/0",
            "ATLAS_SERVING_ADDRESS": "127.0.0.1:1",
        }
        self._environment = clean_environment(**defaults | settings)
        self._log: IO[str] | None = None
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> GatewayProcess:
        # A file: a pipe that nobody reads fills up, and then the gateway would block.
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by `kill`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.gateway"],
            env=self._environment,
            stderr=self._log,
            text=True,
        )
        wait_for(self._alive, 30, "the gateway to answer")
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def fail(self) -> str:
        """Start one that must fail to start; return what it printed."""
        result = subprocess.run(
            [sys.executable, "-m", "services.gateway"],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert result.returncode == 1
        return result.stderr

    def stop(self) -> tuple[int, str]:
        """Send SIGTERM; return the exit code and the log."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=40), self._said()

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(20)
        if self._log is not None:
            # Shown when a test fails.
            sys.stderr.write(self._said())
            self._log.close()

    def _said(self) -> str:
        assert self._log is not None
        self._log.seek(0)
        return self._log.read()

    def _alive(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(self._said())
        try:
            return httpx.get(f"{self.url}/healthz").status_code == 200
        except httpx.TransportError:
            return False
