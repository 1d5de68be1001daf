"""The real compose file in a project of its own, for `make test-compose`."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

from tests.support.environment import clean_environment
from tests.support.ports import free_port
from tests.support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
HEALTHY_SECONDS = 300.0


class Stack:
    """One project. What its services wrote is shown when something fails."""

    def __init__(self, project: str) -> None:
        port = free_port()
        self.project = project
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            **clean_environment(),
            "ATLAS_PORT": str(port),
            # No other stack of this machine is touched, and nobody's .env is read.
            "COMPOSE_PROJECT_NAME": project,
            "COMPOSE_DISABLE_ENV_FILE": "1",
            "COMPOSE_FILE": str(ROOT / "docker-compose.yml"),
        }
        self.http = httpx.Client(base_url=self.url, timeout=30)

    def compose(self, *arguments: str, check: bool = True) -> str:
        """Run docker compose; what it printed."""
        return self._run(["docker", "compose", *arguments], check)

    def docker(self, *arguments: str, check: bool = True) -> str:
        return self._run(["docker", *arguments], check)

    def _run(self, command: list[str], check: bool) -> str:
        result = subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False
        )
        if check and result.returncode != 0:
            raise AssertionError(f"{' '.join(command)}:\n{result.stdout}\n{result.stderr}")
        return result.stdout

    # Containers -----------------------------------------------------------------------

    def container(self, service: str) -> str:
        """Its id; empty if there is none."""
        return self.compose("ps", "--all", "--quiet", service).strip()

    def inspect(self, service: str) -> dict[str, Any]:
        (found,) = json.loads(self.docker("inspect", self.container(service)))
        return dict(found)

    def health(self, service: str) -> str:
        state = self.inspect(service)["State"]
        return str(state["Health"]["Status"] if state["Running"] else "stopped")

    def wait_healthy(self, service: str) -> float:
        """Seconds until it can serve."""
        started = time.monotonic()
        wait_for(lambda: self.health(service) == "healthy", HEALTHY_SECONDS, f"{service} to be healthy")
        return time.monotonic() - started

    def kill(self, service: str) -> None:
        """From outside, without a word. Docker does not start again what a person has killed."""
        self.docker("kill", self.container(service))

    def crash(self, service: str) -> None:
        """From inside: all but the container's first process, which then ends, as after a crash."""
        before = self.inspect(service)["RestartCount"]
        self.docker("exec", self.container(service), "bash", "-c", "kill -9 -1", check=False)
        wait_for(lambda: self.inspect(service)["RestartCount"] > before, 60, f"{service} to come back")

    def logs(self) -> str:
        return self.compose("logs", "--no-color", "--tail", "150", check=False)

    # The API --------------------------------------------------------------------------

    def json(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        """Ask the API, and insist on the status."""
        answer = self.http.request(method, f"/v1{path}", **options)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def run(self, name: str) -> dict[str, Any]:
        """How a run stands, once the gateway answers."""

        def asked() -> dict[str, Any] | None:
            try:
                answer = self.http.get(f"/v1/runs/{name}")
            except httpx.TransportError:
                return None
            found: dict[str, Any] | None = answer.json() if answer.status_code == 200 else None
            return found

        found = wait_for(asked, 120, f"run {name} to be told of")
        assert found is not None
        assert found["state"] not in ("failed", "cancelled"), found
        return found

    def wait_epoch(self, name: str, epoch: int, seconds: float = 600.0) -> dict[str, Any]:
        """The run, once it has got so far."""

        def arrived() -> dict[str, Any] | None:
            found = self.run(name)
            return found if found["epoch"] >= epoch or found["state"] == "succeeded" else None

        found = wait_for(arrived, seconds, f"run {name} to reach epoch {epoch}")
        assert found is not None
        return found

    def wait_succeeded(self, name: str, seconds: float = 1800.0) -> None:
        wait_for(lambda: self.run(name)["state"] == "succeeded", seconds, f"run {name} to be trained")
