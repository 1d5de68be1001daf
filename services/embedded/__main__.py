"""`python -m services.embedded`, which is `atlas up` and `make run`."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from services.contracts.addresses import local_url
from services.contracts.errors import AtlasError, InvalidInput
from services.embedded.console import Console
from services.embedded.password import local_password
from services.embedded.process import Program
from services.embedded.programs import (
    CACHE_OPTIONS,
    QUEUE_OPTIONS,
    gateway,
    local_redis_settings,
    model_server,
    redis_program,
    trainer,
)
from services.embedded.redis_binary import find_redis_server
from services.embedded.supervisor import Supervisor
from services.kit.settings import Settings, load_settings, require_guarded
from services.store import KeyStore, Store, files


def main() -> None:
    """Run the system until Ctrl-C or SIGTERM; exit code 1 and one sentence if it cannot start."""
    console = Console()
    try:
        settings = load_settings()
        require_guarded(settings, bool(KeyStore(settings.home).all()))
        store = Store(settings.home)
        store.prepare()
        with _exclusive(settings):
            _require_free(settings.host, settings.port, "ATLAS_PORT")
            host, _, port = settings.serving_address.rpartition(":")
            if not port.isdigit():
                raise InvalidInput("ATLAS_SERVING_ADDRESS must be host:port.")
            _require_free(host, int(port), "ATLAS_SERVING_ADDRESS")
            programs, settings = _programs(settings, store)
            code = asyncio.run(_run(programs, settings, console))
    except AtlasError as error:
        console.failure(error.message)
        code = 1
    sys.exit(code)


def _programs(settings: Settings, store: Store) -> tuple[list[Program], Settings]:
    """The programs to start. Local Redis servers are among them only if the settings name none."""
    given = settings
    password, configuration = local_password(settings.home / "redis")
    settings = local_redis_settings(settings, *_two_free_ports(), password)
    programs = []
    for name, before, url, options in (
        ("queue", given.redis_url, settings.redis_url, QUEUE_OPTIONS),
        ("cache", given.cache_url, settings.cache_url, CACHE_OPTIONS),
    ):
        if url != before and url is not None:
            folder = settings.home / "redis" / name
            programs.append(redis_program(name, find_redis_server(), url, folder, configuration, *options))
    servers = tuple(program.name for program in programs)
    programs += [model_server(settings, store), trainer(settings, servers)]
    # The gateway starts while the model server is still loading, and is ready once it reaches it.
    programs.append(gateway(settings, (*servers, "trainer")))
    return programs, settings


async def _run(programs: list[Program], settings: Settings, console: Console) -> int:
    supervisor = Supervisor(programs, console.line)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopping.is_set():
            console.note("stopping at once")
            supervisor.kill()
        else:
            console.note("stopping; once more Ctrl-C stops at once")
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)

    started = time.monotonic()
    console.note(f"starting {', '.join(program.name for program in programs)}")
    starting = asyncio.create_task(supervisor.start())
    stop_requested = asyncio.create_task(stopping.wait())
    await asyncio.wait({starting, stop_requested}, return_when=asyncio.FIRST_COMPLETED)
    if starting.done():
        starting.result()
        console.ready(local_url(settings.host, settings.port), time.monotonic() - started, settings.home)
        await stop_requested
    starting.cancel()
    await asyncio.wait({starting})
    await supervisor.stop()
    console.note("stopped; all runs and models are kept")
    return 0


@contextmanager
def _exclusive(settings: Settings) -> Iterator[None]:
    """Hold a lock on the home: two systems with one home would train the same runs twice."""
    path = settings.home / "embedded.lock"
    with files.storage(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InvalidInput(
                f"Latent Atlas runs already with the home {settings.home}; "
                "stop that one, or set ATLAS_HOME to another folder."
            ) from None
        yield
    finally:
        os.close(descriptor)


def _require_free(host: str, port: int, setting: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            reason = (
                "is taken by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be listened on ({error.strerror})"
            )
            raise InvalidInput(f"{host}:{port} {reason}; set {setting} to another one.") from error


def _two_free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        # Both are held until both are known, or the kernel might give the same one twice.
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


if __name__ == "__main__":
    main()
