"""Starts programs in the order of their needs, restarts what crashes or hangs, stops all backwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from services.contracts.errors import AtlasError
from services.embedded.process import Child, Health, Program

Emit = Callable[[str, str], None]

FIRST_BACKOFF = 1.0
LONGEST_BACKOFF = 30.0
STEADY_SECONDS = 60.0
"""A program that ran for so long and then crashed starts its backoff anew."""
_POLL = 0.05


class StartFailed(AtlasError):
    """A program ended, or did not become ready in time, before it had ever been ready."""


class Supervisor:
    """Runs a set of programs until it is told to stop."""

    def __init__(self, programs: Sequence[Program], emit: Emit) -> None:
        names = [program.name for program in programs]
        for position, program in enumerate(programs):
            if not set(program.after) <= set(names[:position]):
                raise ValueError(f"{program.name} waits for a program that is not before it")
        self._programs = programs
        self._emit = emit
        self._ready = {program.name: asyncio.Event() for program in programs}
        self._children: dict[str, Child] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._unwell: set[str] = set()
        """Programs that did not answer when they were last asked."""

    async def start(self) -> None:
        """Start all; returns when every one is ready. `StartFailed` stops those that run."""
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
        """Stop all, those last started first; each may finish what it does within its grace."""
        for program in reversed(self._programs):
            keeper = self._keepers.get(program.name)
            if keeper is not None:
                keeper.cancel()
                await asyncio.wait({keeper})
            child = self._children.get(program.name)
            if child is not None:
                await child.stop()

    def kill(self) -> None:
        """End all at once."""
        for child in self._children.values():
            child.kill()

    async def _all_ready(self) -> None:
        for event in self._ready.values():
            await event.wait()

    async def _keep(self, program: Program) -> None:
        """Start one program when what it needs is ready, and again whenever it crashes."""
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
            await self._look_after(program, child, ended)
            code = await ended
            if time.monotonic() - started > STEADY_SECONDS:
                backoff = FIRST_BACKOFF
            self._emit(program.name, f"ended {_how(code)}; starting it again in {backoff:.0f} s")
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, LONGEST_BACKOFF)

    async def _await_ready(self, program: Program, child: Child, ended: asyncio.Task[int]) -> None:
        event = self._ready[program.name]
        deadline = time.monotonic() + program.patience
        while not ended.done():
            if await program.ready():
                event.set()
                return
            if time.monotonic() > deadline:
                if event.is_set():
                    return
                raise StartFailed(
                    f"{program.name} was not ready within {program.patience:.0f} s.{_last(child)}"
                )
            await asyncio.wait({ended}, timeout=_POLL)
        if not event.is_set():
            raise StartFailed(f"{program.name} ended {_how(ended.result())}.{_last(child)}")

    async def _look_after(self, program: Program, child: Child, ended: asyncio.Task[int]) -> None:
        """Return when the program has ended, by itself or because it has not answered for too long."""
        health = program.health
        if health is None:
            return
        unanswered, looked = 0.0, time.monotonic()
        while not ended.done():
            well = await _answers(health)
            now = time.monotonic()
            passed, looked = min(now - looked, health.every + health.timeout), now
            if well:
                self._unwell.discard(program.name)
                unanswered = 0.0
            else:
                self._unwell.add(program.name)
                # What it needs does not answer either: nothing can be said about this one.
                unanswered = 0.0 if self._unwell & set(program.after) else unanswered + passed
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


def _how(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with exit code {code}"


def _last(child: Child) -> str:
    """What a program that says nothing while all is well said last."""
    if not child.program.quiet or not child.last_lines:
        return ""
    return "\n" + "\n".join(child.last_lines)
