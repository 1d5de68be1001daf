"""The parts list of one machine: which processes, with which commands, and when each is ready."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError

from services.contracts.addresses import local_url
from services.contracts.queue import WORKER_PREFIX
from services.contracts.store import Store, files
from services.embedded.process import Program, ReadyCheck
from services.kit.settings import Settings

MODEL_SERVER_PATIENCE = 300.0
"""It answers when every version is loaded, and a home can hold many."""
TRAINER_GRACE = 90.0
"""A training that is asked to stop writes a checkpoint first."""


def local_redis_settings(settings: Settings, queue_port: int, cache_port: int) -> Settings:
    """Settings that point at the two local servers, as far as nobody named others."""
    changes: dict[str, str] = {}
    if "redis_url" not in settings.model_fields_set:
        changes["redis_url"] = f"redis://127.0.0.1:{queue_port}/0"
        if settings.cache_url is None:
            changes["cache_url"] = f"redis://127.0.0.1:{cache_port}/0"
    return settings.model_copy(update=changes)


def redis_program(name: str, binary: Path, port: int, folder: Path, *options: str) -> Program:
    """A local Redis-compatible server, reachable from this machine only."""
    files.make_folder(folder)
    command = [str(binary), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    return Program(
        name=name,
        command=[*command, "--daemonize", "no", *options],
        ready=_redis_answers(f"redis://127.0.0.1:{port}/0"),
        quiet=True,
    )


QUEUE_OPTIONS = ("--appendonly", "yes", "--maxmemory-policy", "noeviction")
"""Nothing that waits may be lost or evicted."""
CACHE_OPTIONS = (
    "--save", "", "--appendonly", "no", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru",
)  # fmt: skip
"""Computed maps can be computed again."""


def model_server(settings: Settings, store: Store, after: tuple[str, ...] = ()) -> Program:
    """The model server, over every model of the store."""
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
            # One model that cannot be loaded must not keep the others from being explored.
            "--tolerate_unavailable_models=true",
        ],
        ready=_port_open(host, int(port)),
        after=after,
        patience=MODEL_SERVER_PATIENCE,
    )


def trainer(settings: Settings, after: tuple[str, ...]) -> Program:
    """The training worker; ready when it has said so in Redis."""
    return Program(
        name="trainer",
        command=_module("services.trainer.worker"),
        ready=_worker_registered(settings.redis_url),
        after=after,
        environment=_environment(settings),
        grace=TRAINER_GRACE,
    )


def gateway(settings: Settings, after: tuple[str, ...]) -> Program:
    """The gateway with the page; ready when it can serve."""
    return Program(
        name="gateway",
        command=_module("services.gateway"),
        ready=_http_ok(f"{local_url(settings.host, settings.port)}/readyz"),
        after=after,
        environment=_environment(settings),
    )


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def _environment(settings: Settings) -> dict[str, str]:
    """What the supervisor decided; everything else the child reads from the same environment."""
    given = {"ATLAS_HOME": str(settings.home), "ATLAS_REDIS_URL": settings.redis_url}
    if settings.cache_url is not None:
        given["ATLAS_CACHE_URL"] = settings.cache_url
    return given


# Ready checks: each asks once, in a thread where the question blocks --------------------------


def _redis_answers(url: str) -> ReadyCheck:
    return _in_thread(lambda: bool(_redis(url).ping()))


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


def _in_thread(question: Callable[[], bool]) -> ReadyCheck:
    def answer() -> bool:
        try:
            return question()
        except (OSError, RedisError):
            return False

    async def ask() -> bool:
        return await asyncio.to_thread(answer)

    return ask
