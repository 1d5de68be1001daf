"""The log of the whole system: one line per message, with the name of its process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

_COLORS = {"serving": 35, "trainer": 33, "gateway": 36, "queue": 32, "cache": 32}
_WIDTH = 7


class Console:
    """Writes to standard output, in colours only on a terminal."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._colored = out.isatty()

    def line(self, name: str, text: str) -> None:
        """One line of a process's log."""
        self._write(f"{self._paint(f'{name:<{_WIDTH}}', _COLORS.get(name, 37))} │ {text}")

    def note(self, text: str) -> None:
        """A line about the launcher itself."""
        self.line("atlas", text)

    def ready(self, address: str, seconds: float, home: Path) -> None:
        """A box with the address to open, easy to find in the log."""
        rows = (
            f"Latent Atlas is ready after {seconds:.1f} s",
            f"Open   {address}",
            f"Home   {home}",
            "Ctrl-C stops it",
        )
        width = max(map(len, rows))
        self._write("╭─" + "─" * width + "─╮")
        for row in rows:
            self._write(f"│ {self._paint(f'{row:<{width}}', 1)} │")
        self._write("╰─" + "─" * width + "─╯")

    def failure(self, message: str) -> None:
        print(f"Latent Atlas cannot start: {message}", file=sys.stderr, flush=True)

    def _paint(self, text: str, color: int) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self._colored else text

    def _write(self, text: str) -> None:
        print(text, file=self._out, flush=True)
