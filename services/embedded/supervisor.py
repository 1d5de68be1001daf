"""Starts programs in the order of their dependencies, restarts those that crash or hang, stops all in
reverse.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from services.contracts.errors import AtlasError
from services.embedded.process import Child, Health, Program

Emit = Callable[[str, str], None]

FIRST_BACKOFF = 1.0
MAX_BACKOFF = 30.0
STEADY_SECONDS = 60.0
"""The backoff starts again at its first value if a program ran for so long before it crashed."""
_POLL = 0.05


class StartFailed(AtlasError):
    """A program ended before it was ready, or was not ready in time."""


class Supervisor:
    """Runs a set of programs until it is told to stop."""

    def __init__(self, programs: Sequence[Program], emit: Emit) -> None:
        names = [program.name for program in programs]
        for position, program in enumerate(programs):
            if not set(program.after) <= set(names[:position]):
                raise ValueError(f"{program.name} depends on a program that is not before it")
        self._programs = programs
        self._emit = emit
        self._ready = {program.name: asyncio.Event() for program in programs}
        self._children: dict[str, Child] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._unhealthy: set[str] = set()
        """Programs that did not pass their last health check."""

    async def start(self) -> None:
        """Start all, and return once all are ready. On `StartFailed` all are stopped again."""
        self._keepers = {
            program.name: asyncio.create_task(self._keep(program)) for program in self._programs
        }
        waiting = asyncio.create_task(self._all_ready())
        done, _ = await asyncio.wait(
            {waiting, *self._keepers.values()}, return_when=asyncio.FIRST_COMPLETED
        )
        if waiting in done:
            return
        waiting.cancel()
        await self.stop()
        for keeper in done:
            keeper.result()

    async def stop(self) -> None:
        """Stop all in reverse order; each has its grace to finish."""
        for program in reversed(self._programs):
            keeper = self._keepers.get(program.name)
            if keeper is not None:
                keeper.cancel()
                await asyncio.wait({keeper})
            child = self._children.get(program.name)
            if child is not None:
                await child.stop()

    def kill(self) -> None:
        """Kill all at once."""
        for child in self._children.values():
            child.kill()

    async def _all_ready(self) -> None:
        for event in self._ready.values():
            await event.wait()

    async def _keep(self, program: Program) -> None:
        """Start a program once its dependencies are ready, and again whenever it ends."""
        for name in program.after:
            await self._ready[name].wait()
        backoff = FIRST_BACKOFF
        while True:
            child = Child(program, self._emit)
            self._children[program.name] = child
            started = time.monotonic()
            await child.start()
            ended = asyncio.create_task(child.wait())
            await self._await_ready(program, child, ended)
            await self._watch_health(program, child, ended)
            code = await ended
            if time.monotonic() - started > STEADY_SECONDS:
                backoff = FIRST_BACKOFF
            self._emit(program.name, f"ended {_describe_exit(code)}; starting it again in {backoff:.0f} s")
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, MAX_BACKOFF)

    async def _await_ready(self, program: Program, child: Child, ended: asyncio.Task[int]) -> None:
        event = self._ready[program.name]
        started = time.monotonic()
        deadline, next_news = started + program.patience, started + program.news
        while not ended.done():
            if await program.ready():
                event.set()
                return
            now = time.monotonic()
            if now > deadline:
                if event.is_set():
                    return
                raise StartFailed(
                    f"{program.name} was not ready within {program.patience:.0f} s.{_last_lines(child)}"
                )
            if now > next_news:
                self._emit(program.name, f"is not ready after {now - started:.0f} s; still waiting")
                next_news = now + program.news
            await asyncio.wait({ended}, timeout=_POLL)
        if not event.is_set():
            raise StartFailed(f"{program.name} ended {_describe_exit(ended.result())}.{_last_lines(child)}")

    async def _watch_health(self, program: Program, child: Child, ended: asyncio.Task[int]) -> None:
        """Return once the program has ended by itself, or was stopped because it hung."""
        health = program.health
        if health is None:
            return
        unanswered, last_check = 0.0, time.monotonic()
        while not ended.done():
            healthy = await _answers(health)
            now = time.monotonic()
            passed, last_check = min(now - last_check, health.every + health.timeout), now
            if healthy:
                self._unhealthy.discard(program.name)
                unanswered = 0.0
            else:
                self._unhealthy.add(program.name)
                # While a dependency does not answer either, the program is not to blame.
                unanswered = 0.0 if self._unhealthy & set(program.after) else unanswered + passed
            if unanswered >= health.patience:
                self._emit(program.name, f"has not answered for {unanswered:.0f} s; starting it again")
                await child.stop(health.grace)
                return
            await asyncio.wait({ended}, timeout=health.every)


async def _answers(health: Health) -> bool:
    try:
        async with asyncio.timeout(health.timeout):
            return await health.check()
    except TimeoutError:
        return False


def _describe_exit(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with exit code {code}"


def _last_lines(child: Child) -> str:
    """The last log lines of a quiet program, which have not been shown."""
    if not child.program.quiet or not child.last_lines:
        return ""
    return "\n" + "\n".join(child.last_lines)
