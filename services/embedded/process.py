"""One child process: its command, its log lines with a prefix, and how it is stopped."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

ReadyCheck = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Health:
    """How to find out whether a running program hangs. The limits are generous: busy is not hung.

    Attributes:
        check: called repeatedly; false if the program does not answer.
        every: seconds between two checks.
        timeout: seconds that a check may take.
        patience: seconds without an answer after which the program counts as hung. The time between two
            checks counts as at most `every` + `timeout`, so that a machine's sleep does not count.
        grace: seconds that it may take to stop before it is killed.
    """

    check: ReadyCheck
    every: float = 5.0
    timeout: float = 5.0
    patience: float = 60.0
    grace: float = 10.0


_PR_SET_PDEATHSIG = 1
_LINE_LIMIT = 1 << 20


@dataclass(frozen=True)
class Program:
    """What to start, and when it counts as started.

    Attributes:
        name: prefix of its log lines.
        command: program and arguments.
        ready: called repeatedly; true once the process can serve.
        after: names of the programs that must be ready before this one is started.
        environment: variables in addition to this process's own.
        patience: seconds within which it must become ready. Generous, since a program that ends instead is
            noticed at once, and a busy machine with many models takes minutes.
        news: seconds after which, again and again, a line says that it is still being waited for.
        grace: seconds that it may take to stop before it is killed.
        quiet: drop its log lines unless it fails to start.
        health: how to find out whether it hangs; None: not checked.
    """

    name: str
    command: Sequence[str]
    ready: ReadyCheck
    after: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 300.0
    news: float = 20.0
    grace: float = 15.0
    quiet: bool = False
    health: Health | None = None


class Child:
    """A running program."""

    def __init__(self, program: Program, emit: Callable[[str, str], None]) -> None:
        self.program = program
        self._emit = emit
        self._process: asyncio.subprocess.Process | None = None
        self._copying: asyncio.Task[None] | None = None
        self.last_lines: list[str] = []

    async def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C at the terminal reaches only the
        supervisor.
        """
        self._process = await asyncio.create_subprocess_exec(
            *self.program.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.program.environment},
            start_new_session=True,
            preexec_fn=_stop_with_parent if sys.platform == "linux" else None,
            limit=_LINE_LIMIT,
        )
        self._copying = asyncio.create_task(self._copy_lines())

    async def wait(self) -> int:
        """Exit code, once it has ended and its last line has been copied."""
        assert self._process is not None
        assert self._copying is not None
        code = await self._process.wait()
        # A grandchild may keep the pipe open after the child has ended.
        await asyncio.wait({self._copying}, timeout=2)
        self._copying.cancel()
        return code

    async def stop(self, grace: float | None = None) -> None:
        """Terminate it; kill it if it has not ended after `grace` seconds, by default the program's own."""
        if self._process is None or self._process.returncode is not None:
            return
        grace = self.program.grace if grace is None else grace
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(grace):
                await self.wait()
        except TimeoutError:
            self._emit(self.program.name, f"did not stop within {grace:.0f} s: killed")
            self.kill()
            await self.wait()

    def kill(self) -> None:
        """Kill it and all processes that it started."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def _copy_lines(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:  # a line longer than the limit
                continue
            if not line:
                return
            text = line.decode(errors="replace").rstrip()
            self.last_lines = [*self.last_lines[-19:], text]
            if text and not self.program.quiet:
                self._emit(self.program.name, text)


def _stop_with_parent() -> None:
    """Have Linux send SIGTERM to the child when the supervisor dies, for whatever reason."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
