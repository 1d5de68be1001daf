"""Background threads that poll for versions and for the configuration, and drive the manager."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from services.serving.base.errors import ServingError
from services.serving.config.model_config import parse_config
from services.serving.lifecycle.manager import Manager
from services.serving.lifecycle.registry import ServerCore

log = structlog.get_logger()


class ConfigFile:
    """The file with the models to serve, read repeatedly."""

    def __init__(self, path: Path, core: ServerCore) -> None:
        self._path = path
        self._core = core
        self._last_error = ""

    def poll(self) -> None:
        """Apply the file's present content; if it is faulty, the old configuration stays in force."""
        try:
            self._core.reload(parse_config(self._path.read_text()))
            self._last_error = ""
        except (ServingError, OSError, UnicodeDecodeError) as error:
            if str(error) != self._last_error:
                self._last_error = str(error)
                log.error(f"Reading model config file {self._path} failed, the old one stays: {error}")


def every(seconds: float, work: Callable[[], None], stopped: threading.Event, name: str) -> None:
    """Repeat `work` on a thread of its own until `stopped`; exceptions are logged."""

    def loop() -> None:
        while not stopped.wait(seconds):
            try:
                work()
            except Exception:
                log.exception(f"{name} failed")

    threading.Thread(target=loop, name=name, daemon=True).start()


def drive(manager: Manager, stopped: threading.Event) -> None:
    """Run the manager's steps on a thread of its own, until `stopped` is set and the manager is woken."""

    def loop() -> None:
        while not stopped.is_set():
            revision = manager.revision
            try:
                due = manager.step()
            except Exception:
                log.exception("A step of the manager failed")
                due = 1.0
            manager.wait_for_change(revision, due)

    threading.Thread(target=loop, name="manager", daemon=True).start()


def on_thread(job: Callable[[], None]) -> None:
    """Run a load or unload on a thread of its own; the manager limits their number."""
    threading.Thread(target=job, name="load", daemon=True).start()
