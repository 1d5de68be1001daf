"""The gateway against what bounds it: constant bytes from the same app, and the model server itself."""

from __future__ import annotations

import asyncio
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
import numpy as np
import psutil

from benchmarks.constant_gateway import PATH
from benchmarks.load import request, seconds_each
from benchmarks.ratio import Ratio
from benchmarks.served import MODEL, POINT, RESOLUTION, Served, served_model
from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.model_server.protocol import Question
from tests.support.redis import redis_server
from tests.support.waiting import wait_for

CLIENTS = 16
QUICK, SLOW = 3000, 480
"""Requests in one measurement, of cached answers and of computed ones."""
ROUNDS = 5
MAP = f"/v1/models/{MODEL}/map?resolution={RESOLUTION}"
Measure = Callable[[], Coroutine[Any, Any, tuple[float, list[float]]]]
"""Seconds a request, and how long each took."""


def run() -> list[Ratio]:
    """Measure all of it on one served model."""
    with served_model() as served, _gateway(served) as (url, process):
        started = process.memory_info().rss / 2**20
        rows = [_first_tile(served), *_cached(url), *_images(url, served)]
    return [*rows, Ratio("gateway process, started", "its limit", started, 150.0, reach=1.0, unit="MB")]


def _first_tile(served: Served) -> Ratio:
    """The first coarse picture of a map that nobody asked for before, against all of it."""
    firsts: list[float] = []
    wholes: list[float] = []
    for _ in range(ROUNDS):
        low, high = served.fresh_range()
        query = {"resolution": str(RESOLUTION), "range": f"{low},{high:.6f}"}
        started = time.perf_counter()
        with served.system.http.stream("GET", f"/v1/models/{MODEL}/map/stream", params=query) as answer:
            for line in answer.iter_lines():
                if line.startswith("data: ") and len(firsts) == len(wholes):
                    firsts.append(time.perf_counter() - started)
        wholes.append(time.perf_counter() - started)
    return Ratio(
        "first coarse map on the stream", "the whole map",
        statistics.median(firsts), statistics.median(wholes), reach=0.10,
    )  # fmt: skip


def _cached(url: str) -> list[Ratio]:
    first = httpx.get(url + MAP, timeout=120)
    known = request(url, MAP, headers=(f"If-None-Match: {first.headers['etag']}",))
    constant = request(url, f"{PATH}/{len(first.content)}")
    rows = []
    for what, message, status, share in (
        ("cached map 100×100, seconds a request", request(url, MAP), 200, 0.7),
        ("304 for a known map, seconds a request", known, 304, 0.9),
    ):
        ours, theirs = _in_turns(
            partial(seconds_each, url, message, status, 8, QUICK),
            partial(seconds_each, url, constant, 200, 8, QUICK),
        )
        rows.append(Ratio(what, "the same app, constant bytes", ours, theirs, reach=1 / share))
    return rows


def _images(url: str, served: Served) -> list[Ratio]:
    message = served.image_request()
    address = served.system.serving_address
    ours, theirs = _in_turns(
        lambda: seconds_each(url, message, 200, CLIENTS, SLOW), lambda: _direct(address, CLIENTS, SLOW)
    )
    rows = [Ratio(f"one image, {CLIENTS} clients, seconds a request", "direct gRPC", ours, theirs, 1 / 0.6)]
    through, direct = [], []
    for _ in range(ROUNDS):
        through += asyncio.run(seconds_each(url, message, 200, 1, SLOW // 4))[1]
        direct += asyncio.run(_direct(address, 1, SLOW // 4))[1]
    alone = statistics.median(direct)
    added = statistics.median(through) - alone
    rows.append(
        Ratio(
            "latency that the gateway adds to one image (p50)", "direct gRPC, one client", added, alone, 0.8
        )
    )
    return rows


async def _direct(address: str, clients: int, requests: int) -> tuple[float, list[float]]:
    """The same question to the model server itself."""
    client = GrpcModelClient(address)
    z = np.asarray([POINT], np.float32)
    question = Question(MODEL, 1, "generate", {"z": z}, ("image", "class_id", "class_probability"))
    taken: list[float] = []

    async def work() -> None:
        for _ in range(requests // clients):
            started = time.perf_counter()
            await client.predict(question, 60)
            taken.append(time.perf_counter() - started)

    await client.predict(question, 60)
    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(clients)))
    spent = time.perf_counter() - begun
    await client.close()
    return spent / len(taken), taken


def _in_turns(ours: Measure, theirs: Measure) -> tuple[float, float]:
    """Medians of what both say they took, measured alternately."""
    said: tuple[list[float], list[float]] = ([], [])
    for turn in range(1 + ROUNDS):
        for way, kept in zip((ours, theirs), said, strict=True):
            each, _ = asyncio.run(way())
            if turn:
                kept.append(each)
    return statistics.median(said[0]), statistics.median(said[1])


@contextmanager
def _gateway(served: Served) -> Iterator[tuple[str, psutil.Process]]:
    """A second gateway over the same system, with the constant call."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with redis_server() as redis:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.constant_gateway"],
            env=served.system.environment | {"ATLAS_PORT": str(port), "ATLAS_REDIS_URL": redis.url},
        )
        try:
            wait_for(lambda: _answers(url), 60, "the second gateway to answer")
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").status_code == 200
    except httpx.TransportError:
        return False
