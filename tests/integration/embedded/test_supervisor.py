"""The supervisor with small real processes."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from services.embedded.process import Health, Program
from services.embedded.supervisor import StartFailed, Supervisor

SERVES = "import pathlib, sys, signal; pathlib.Path(sys.argv[1]).touch(); signal.pause()"
LEAVES_A_NOTE_WHEN_ASKED_TO_STOP = """
import pathlib, signal, sys
def stop(*_):
    with pathlib.Path(sys.argv[2]).open("a") as log:
        log.write(sys.argv[3] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
pathlib.Path(sys.argv[1]).touch()
while True:
    signal.pause()
"""


class Lines:
    """Collects the log lines of the programs and the supervisor."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []

    def __call__(self, name: str, text: str) -> None:
        self.all.append((name, text))


def exists(path: Path) -> Callable[[], Awaitable[bool]]:
    async def ask() -> bool:
        return path.exists()

    return ask


def program(name: str, tmp_path: Path, code: str, *arguments: str, **more: object) -> Program:
    flag = tmp_path / f"{name}.ready"
    command = [sys.executable, "-c", code, str(flag), *arguments]
    return Program(name=name, command=command, ready=exists(flag), **more)  # type: ignore[arg-type]


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_all_start_in_order_and_stop_in_reverse(tmp_path: Path) -> None:
    log = tmp_path / "stopped"
    programs = [
        program("a", tmp_path, LEAVES_A_NOTE_WHEN_ASKED_TO_STOP, str(log), "a"),
        program("b", tmp_path, LEAVES_A_NOTE_WHEN_ASKED_TO_STOP, str(log), "b", after=("a",)),
        program("c", tmp_path, LEAVES_A_NOTE_WHEN_ASKED_TO_STOP, str(log), "c", after=("a", "b")),
    ]
    supervisor = Supervisor(programs, Lines())
    await supervisor.start()
    times = [(tmp_path / f"{name}.ready").stat().st_mtime_ns for name in "abc"]
    assert times == sorted(times)
    await supervisor.stop()
    assert log.read_text().split() == ["c", "b", "a"]


async def test_a_program_that_ends_at_once_fails_the_start_and_stops_the_others(tmp_path: Path) -> None:
    log = tmp_path / "stopped"
    programs = [
        program("good", tmp_path, LEAVES_A_NOTE_WHEN_ASKED_TO_STOP, str(log), "good"),
        program("bad", tmp_path, "print('no such file'); raise SystemExit(3)", after=("good",), quiet=True),
    ]
    with pytest.raises(StartFailed, match=r"bad ended with exit code 3\.\nno such file"):
        await Supervisor(programs, Lines()).start()
    assert log.read_text() == "good\n"


async def test_a_program_that_never_becomes_ready_fails_the_start(tmp_path: Path) -> None:
    slow = program("slow", tmp_path, "import signal; signal.pause()", patience=0.1)
    with pytest.raises(StartFailed, match="slow was not ready"):
        await Supervisor([slow], Lines()).start()


async def test_a_program_that_takes_long_is_waited_for_and_that_is_said() -> None:
    lines = Lines()

    async def ready() -> bool:
        return len(lines.all) >= 2

    command = [sys.executable, "-c", "import signal; signal.pause()"]
    supervisor = Supervisor([Program("slow", command, ready, news=0.01)], lines)
    await supervisor.start()
    await supervisor.stop()
    assert all(name == "slow" and text.endswith("s; still waiting") for name, text in lines.all)


async def test_a_program_that_crashes_later_is_started_again(tmp_path: Path) -> None:
    crash = "import pathlib, sys, time\nflag = pathlib.Path(sys.argv[1])\n"
    crash += "runs = pathlib.Path(sys.argv[2])\nruns.open('a').write('x')\nflag.touch()\n"
    crash += "import signal; signal.pause() if len(runs.read_text()) > 1 else time.sleep(0.5)\n"
    runs, lines = tmp_path / "runs", Lines()
    supervisor = Supervisor([program("p", tmp_path, crash, str(runs))], lines)
    await supervisor.start()
    await until(lambda: runs.read_text() == "xx")
    await supervisor.stop()
    assert ("p", "ended with exit code 0; starting it again in 1 s") in lines.all


async def test_a_program_that_does_not_stop_is_killed_after_its_grace(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVES
    deaf += "\nwhile True: signal.pause()"
    lines = Lines()
    supervisor = Supervisor([program("deaf", tmp_path, deaf, grace=0.2)], lines)
    await supervisor.start()
    await supervisor.stop()
    assert any("killed" in text for _, text in lines.all)


async def test_log_lines_have_the_names_of_their_programs(tmp_path: Path) -> None:
    lines = Lines()
    supervisor = Supervisor([program("talker", tmp_path, "print('hello', flush=True)\n" + SERVES)], lines)
    await supervisor.start()
    await until(lambda: ("talker", "hello") in lines.all)
    await supervisor.stop()


def test_a_program_cannot_depend_on_a_later_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a depends on"):
        Supervisor([program("a", tmp_path, SERVES, after=("b",)), program("b", tmp_path, SERVES)], Lines())


# Health -------------------------------------------------------------------------------------

# Prints its process id and touches its file repeatedly; the first one ignores SIGTERM.
LIVES = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
here, numbers = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
with numbers.open("a") as log:
    log.write(f"{os.getpid()}\\n")
while True:
    here.touch()
    time.sleep(0.02)
"""


class Pulse:
    """Healthy if the program has touched its file since the last check."""

    def __init__(self, file: Path) -> None:
        self._file, self._seen = file, 0

    async def __call__(self) -> bool:
        before, self._seen = self._seen, self._file.stat().st_mtime_ns if self._file.exists() else 0
        return self._seen != before


def living(name: str, tmp_path: Path, after: tuple[str, ...] = ()) -> Program:
    health = Health(Pulse(tmp_path / f"{name}.ready"), every=0.2, timeout=0.5, patience=1.0, grace=0.2)
    numbers = str(tmp_path / f"{name}.numbers")
    return program(name, tmp_path, LIVES, numbers, after=after, grace=0.2, health=health)


def numbers(name: str, tmp_path: Path) -> list[int]:
    return [int(number) for number in (tmp_path / f"{name}.numbers").read_text().split()]


async def test_a_program_that_hangs_is_restarted_but_not_its_dependents(tmp_path: Path) -> None:
    lines = Lines()
    supervisor = Supervisor([living("a", tmp_path), living("b", tmp_path, ("a",))], lines)
    await supervisor.start()
    await until(lambda: len(numbers("b", tmp_path)) == 1)
    os.kill(numbers("b", tmp_path)[0], signal.SIGSTOP)
    os.kill(numbers("a", tmp_path)[0], signal.SIGSTOP)
    await until(lambda: len(numbers("a", tmp_path)) == 2)
    assert numbers("b", tmp_path)[1:] == []
    # Once its dependency is healthy again, the program itself is judged.
    await until(lambda: len(numbers("b", tmp_path)) == 2)
    await supervisor.stop()
    told = [name for name, text in lines.all if "has not answered for" in text]
    assert told == ["a", "b"]
    assert len(numbers("a", tmp_path)) == 2


async def test_a_check_that_never_returns_counts_as_failed(tmp_path: Path) -> None:
    async def never() -> bool:
        await asyncio.Event().wait()
        return True

    lines = Lines()
    health = Health(never, every=0.05, timeout=0.05, patience=0.3, grace=5.0)
    supervisor = Supervisor([program("deaf", tmp_path, SERVES, health=health)], lines)
    await supervisor.start()
    await until(lambda: any("starting it again" in text for _, text in lines.all))
    await supervisor.stop()
