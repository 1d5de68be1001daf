"""The programs of the system: their commands, and when each is ready."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError, ResponseError

from services.contracts.addresses import local_url
from services.contracts.runs.queue import WORKER_PREFIX, WORKER_SECONDS
from services.embedded.process import Health, Program, ReadyCheck
from services.kit.settings import Settings
from services.store import Store, files

MODEL_SERVER_PATIENCE = 300.0
"""It answers only once every version is loaded, and a home may have many."""
TRAINER_GRACE = 90.0
"""A training writes a checkpoint before it stops."""


def local_redis_settings(settings: Settings, queue_port: int, cache_port: int, password: str) -> Settings:
    """Settings with the addresses of the two local servers, unless others are set."""
    changes: dict[str, str] = {}
    if "redis_url" not in settings.model_fields_set:
        changes["redis_url"] = f"redis://:{password}@127.0.0.1:{queue_port}/0"
        if settings.cache_url is None:
            changes["cache_url"] = f"redis://:{password}@127.0.0.1:{cache_port}/0"
    return settings.model_copy(update=changes)


def redis_program(
    name: str, binary: Path, url: str, folder: Path, configuration: Path, *options: str
) -> Program:
    """A local Redis-compatible server, which only listens on this machine and requires its password.

    Args:
        name: of the program.
        binary: to run.
        url: its address, with port and password.
        folder: of its data.
        configuration: file with the password, which must not appear in the list of processes.
        options: further options of the server.
    """
    files.make_folder(folder)
    port = str(urlsplit(url).port)
    command = [str(binary), str(configuration), "--bind", "127.0.0.1", "--port", port, "--dir", str(folder)]
    return Program(
        name=name,
        command=[*command, "--daemonize", "no", *options],
        ready=_redis_answers(url),
        quiet=True,
        health=Health(_redis_alive(url)),
    )


QUEUE_OPTIONS = ("--appendonly", "yes", "--maxmemory-policy", "noeviction")
"""No queued message may be lost or evicted."""
CACHE_OPTIONS = (
    "--save", "", "--appendonly", "no", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru",
)  # fmt: skip
"""Cached maps can be computed again."""


def model_server(settings: Settings, store: Store, after: tuple[str, ...] = ()) -> Program:
    """The model server, with every model of the store."""
    host, _, port = settings.serving_address.rpartition(":")
    return Program(
        name="serving",
        command=[
            *_module("services.serving"),
            f"--port={port}",
            f"--model_config_file={store.models.config_file}",
            "--model_config_file_poll_wait_seconds=1",
            "--file_system_poll_wait_seconds=1",
            "--enable_serialization_as_tensor_content=true",
            # A model that cannot be loaded must not make the others unavailable.
            "--tolerate_unavailable_models=true",
        ],
        ready=_port_open(host, int(port)),
        after=after,
        patience=MODEL_SERVER_PATIENCE,
        health=Health(_speaks_http2(host, int(port))),
    )


def trainer(settings: Settings, after: tuple[str, ...]) -> Program:
    """The training worker; ready once it has registered in Redis, healthy while it touches its pulse
    file.
    """
    # Not its registration in Redis: that is lost when Redis restarts, which must not end a training.
    pulse = settings.home / ".trainer-pulse"
    return Program(
        name="trainer",
        command=[*_module("services.trainer.worker"), f"--pulse={pulse}"],
        ready=_worker_registered(settings.redis_url),
        after=after,
        environment=_environment(settings),
        grace=TRAINER_GRACE,
        health=Health(_touched(pulse)),
    )


def gateway(settings: Settings, after: tuple[str, ...]) -> Program:
    """The gateway with the page; ready once it can serve, healthy while it answers at all."""
    url = local_url(settings.host, settings.port)
    return Program(
        name="gateway",
        command=_module("services.gateway"),
        ready=_http_ok(f"{url}/readyz"),
        after=after,
        environment=_environment(settings),
        health=Health(_http_ok(f"{url}/healthz")),
    )


_HTTP2_SETTINGS = bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
"""An empty SETTINGS frame: RFC 9113, sections 4.1 and 6.5."""
_HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _HTTP2_SETTINGS
"""The connection preface of a client: section 3.4."""


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def _environment(settings: Settings) -> dict[str, str]:
    """Settings that the launcher has changed; the child inherits all others."""
    given = {"ATLAS_HOME": str(settings.home), "ATLAS_REDIS_URL": settings.redis_url}
    if settings.cache_url is not None:
        given["ATLAS_CACHE_URL"] = settings.cache_url
    return given


# Checks: each asks once, in a thread if the call blocks -----------------------------------------


def _redis_answers(url: str) -> ReadyCheck:
    return _in_thread(lambda: bool(_redis(url).ping()))


def _redis_alive(url: str) -> ReadyCheck:
    """Whether it answers at all, even if it is still loading or busy with a script."""

    def ask() -> bool:
        try:
            return bool(_redis(url).ping())
        except ResponseError:
            return True

    return _in_thread(ask)


def _touched(file: Path) -> ReadyCheck:
    return _in_thread(lambda: time.time() - file.stat().st_mtime <= WORKER_SECONDS)


def _speaks_http2(host: str, port: int) -> ReadyCheck:
    """Whether a gRPC server answers the preface. A connection alone proves little: the kernel accepts
    it.
    """

    async def ask() -> bool:
        try:
            reader, writer = await asyncio.open_connection(host.strip("[]"), port)
        except OSError:
            return False
        try:
            writer.write(_HTTP2_PREFACE)
            return len(await reader.readexactly(len(_HTTP2_SETTINGS))) > 0
        except (OSError, asyncio.IncompleteReadError):
            return False
        finally:
            writer.close()

    return ask


def _worker_registered(url: str) -> ReadyCheck:
    def ask() -> bool:
        return next(iter(_redis(url).scan_iter(f"{WORKER_PREFIX}*", count=1000)), None) is not None

    return _in_thread(ask)


def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def _http_ok(url: str) -> ReadyCheck:
    def ask() -> bool:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)

    return _in_thread(ask)


def _port_open(host: str, port: int) -> ReadyCheck:
    async def ask() -> bool:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            return False
        writer.close()
        return True

    return ask


def _in_thread(check: Callable[[], bool]) -> ReadyCheck:
    def answer() -> bool:
        try:
            return check()
        except (OSError, RedisError):
            return False

    async def ask() -> bool:
        return await asyncio.to_thread(answer)

    return ask
