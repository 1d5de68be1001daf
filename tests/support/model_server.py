"""The model server as a process of its own, with the flags that it gets on one machine."""

from __future__ import annotations

import subprocess
import sys

from services.embedded.programs import model_server
from services.kit.settings import Settings
from services.store import Store
from tests.support.ports import free_port


class ModelServerProcess:
    """`python -m services.serving` over the models of a store, always at the same address."""

    def __init__(self, store: Store) -> None:
        self.address = f"127.0.0.1:{free_port()}"
        settings = Settings(home=store.home, serving_address=self.address)
        self._command = model_server(settings, store).command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # Its output is shown when a test fails.
        self._process = subprocess.Popen(self._command)

    def kill(self) -> None:
        """Kill it without warning, as the kernel does when memory runs out."""
        if self._process is not None:
            code = self._process.poll()
            if code is not None:
                # Shown when a test fails, and then perhaps its reason.
                sys.stderr.write(f"the model server had ended by itself, with code {code}\n")
            self._process.kill()
            self._process.wait(20)
            self._process = None
