"""One child process: its command, its log lines under a prefix, and how it is stopped."""

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
    """How a program that serves is looked after. It is given time: busy is not hung.

    Attributes:
        check: asked again and again; false when the program does not answer.
        every: seconds between two questions.
        timeout: seconds that an answer may take.
        patience: seconds without any answer after which the program hangs. Time that passes between two
            questions counts no longer than these take, so that a machine which slept ends nothing.
        grace: seconds that it may take to stop, which what hangs seldom does.
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
    """What to start and when it counts as started.

    Attributes:
        name: prefix of its log lines.
        command: program and arguments.
        ready: asked again and again; true once the process can really serve.
        after: names of the programs that must be ready before this one is started.
        patience: seconds in which it must become ready.
        grace: seconds that it may take to stop before it is killed.
        quiet: its log lines are dropped while all is well.
        health: whether it still answers; None: it counts as well while it runs.
    """

    name: str
    command: Sequence[str]
    ready: ReadyCheck
    after: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 60.0
    grace: float = 15.0
    quiet: bool = False
    health: Health | None = None


class Child:
    """A running program."""

    def __init__(self, program: Program, emit: Callable[[str, str], None]) -> None:
        self.program = program
        self._emit = emit
        self._process: asyncio.subprocess.Process | None = None
        self._pump: asyncio.Task[None] | None = None
        self.last_lines: list[str] = []

    async def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C at the terminal reaches the supervisor alone."""
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
        self._pump = asyncio.create_task(self._copy_lines())

    async def wait(self) -> int:
        """Exit code, once it has ended and its last line has been copied."""
        assert self._process is not None
        assert self._pump is not None
        code = await self._process.wait()
        # A grandchild may hold the pipe open longer than the child lived.
        await asyncio.wait({self._pump}, timeout=2)
        self._pump.cancel()
        return code

    async def stop(self, grace: float | None = None) -> None:
        """Ask it to end; after its grace (or another one), end it."""
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
        """End it and everything that it started, at once."""
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
    """Have Linux send SIGTERM to the child when the supervisor dies, however it dies."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
