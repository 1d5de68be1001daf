"""The whole system as a user starts it: one command, real processes, an empty home."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil

from services.trainer.data import datasets
from tests.support.environment import clean_environment
from tests.support.images import blots, encoded, zipped
from tests.support.ports import free_port
from tests.support.waiting import wait_for

START_SECONDS = 120.0


class System:
    """`atlas up` over a home folder. Its output is shown when something fails."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        port, serving = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.serving_address = f"127.0.0.1:{serving}"
        defaults = {
            "ATLAS_HOME": str(home),
            "ATLAS_PORT": str(port),
            "ATLAS_SERVING_ADDRESS": self.serving_address,
            "ATLAS_FIRST_RUN": "off",
        }
        self.environment = clean_environment(**defaults | settings)
        home.mkdir(parents=True, exist_ok=True)
        self._log = home.with_name(f"{home.name}.log")
        self._started_at = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(base_url=self.url, timeout=60)

    def start(self) -> System:
        """Start it, and wait until it says that it is ready."""
        with self._log.open("ab") as log:
            self._started_at = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli.main", "up"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(self._ready, START_SECONDS, "the system to be ready")
        return self

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it as a user or an init system does; return its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        try:
            return self._process.wait(120)
        finally:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)

    def process(self, module: str) -> psutil.Process:
        """The process that runs this module."""
        assert self._process is not None
        children = psutil.Process(self._process.pid).children()
        (found,) = (child for child in children if module in child.cmdline())
        return found

    def kill(self, module: str) -> None:
        """Kill one of its processes without warning, as the kernel does when memory runs out."""
        self.process(module).kill()

    def stop_anyway(self) -> None:
        """Clean up, for fixtures: stop the system if it still runs."""
        self.http.close()
        if self._process is not None and self._process.poll() is None:
            self.stop()

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def atlas(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command line against this system."""
        result = subprocess.run(
            [sys.executable, "-m", "services.cli.main", *arguments],
            env=self.environment | {"COLUMNS": "160"},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        if check and result.returncode != 0:
            said = result.stdout + result.stderr
            raise AssertionError(f"atlas {' '.join(arguments)}:\n{said}\n{self.log}")
        return result

    def json(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        """Call the API and check the status."""
        answer = self.http.request(method, f"/v1{path}", **options)
        assert answer.status_code == status, f"{answer.status_code} {answer.text}\n{self.log}"
        return answer.json() if answer.content else None

    def wait_for_run(self, name: str, state: str, seconds: float = 240.0) -> dict[str, Any]:
        """The run, once it has reached this state."""

        def arrived() -> dict[str, Any] | None:
            run: dict[str, Any] = self.json("GET", f"/runs/{name}")
            assert run["state"] != "failed" or state == "failed", f"{run['error']}\n{self.log}"
            return run if run["state"] == state else None

        found = wait_for(arrived, seconds, f"run {name} to be {state}")
        assert found is not None
        return found

    def _ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"the system ended at its start:\n{self.log}"
        return "Latent Atlas is ready" in self._log.read_bytes()[self._started_at :].decode(
            errors="replace"
        )


def few_images(system: System) -> str:
    """Name of a data set of 60 images, uploaded if the system does not have it yet.

    The more images there are, the more the classifier and the closing tests of a training cost. So this is
    for trainings whose images the test does not look at.
    """
    name = "blots"
    if system.http.get(f"/v1/datasets/{name}/samples").status_code != 200:
        system.json("PUT", f"/datasets/{name}", 201, content=zipped(blots(60, 3)))
    return name


def few_digits(system: System) -> str:
    """Name of a data set of 120 digits: quicker to train on than all, and with the same ten classes."""
    name = "few-digits"
    if system.http.get(f"/v1/datasets/{name}/samples").status_code != 200:
        part = datasets.load("digits", 28, None).train
        pictures = enumerate(zip(part.images[:120], part.labels[:120], strict=True))
        files = {f"{label}/{number:03d}.png": encoded(image[..., 0]) for number, (image, label) in pictures}
        system.json("PUT", f"/datasets/{name}", 201, content=zipped(files))
    return name


def small_training(name: str, **fields: Any) -> dict[str, Any]:
    """Spec of a real training that takes seconds: narrow networks, few epochs, coarse maps."""
    spec: dict[str, Any] = {
        "name": name,
        "dataset": "digits",
        "network": {"filters": 8},
        "batch_size": 128,
        "epochs": 4,
        "optimizer": {
            "generator": {"name": "adam", "learning_rate": 0.002, "beta_1": 0.5},
            "discriminator": {"name": "adam", "learning_rate": 0.001, "beta_1": 0.5},
        },
        "monitor": {"map_resolution": 20, "weak_test_every": 4},
        "export": {"every": 2, "keep": 10},
    }
    return json.loads(json.dumps(spec | fields))  # type: ignore[no-any-return]
