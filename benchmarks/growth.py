"""Cost against work: more clients, larger maps and cubes, more models. What grows faster than it is named.

Each row compares the larger case with the smallest one, measured in the same run: by request, by point or
by model, so that 1 is exact proportion and more is worse.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import time
from pathlib import Path

from benchmarks.load import seconds_each
from benchmarks.ratio import Ratio
from benchmarks.served import MODEL, Served, served_model
from services.contracts.signatures import CARD_FILE, ModelCard
from services.store import Store
from tests.support.waiting import wait_for

CLIENTS = (1, 4, 16, 64)
MAPS = (100, 200, 300, 500)
CUBES = (16, 32, 64)
MODELS = (1, 10, 100)
REQUESTS = 256
ROUNDS = 3
"""Of the smallest case; larger ones take long enough to be measured once."""
MEGABYTE = 2**20


def run() -> list[Ratio]:
    """Measure a flat model, then one of three dimensions."""
    with served_model() as served:
        rows = [*_clients(served), *_maps(served, MAPS, 2), *_models(served)]
    with served_model(latent={"dim": 3}) as served:
        return [*rows, *_maps(served, CUBES, 3)]


def _clients(served: Served) -> list[Ratio]:
    """Seconds a request: more clients must not cost throughput."""
    message = served.image_request()

    def each(clients: int) -> float:
        return asyncio.run(seconds_each(served.system.url, message, 200, clients, REQUESTS))[0]

    each(CLIENTS[0])
    alone = statistics.median(each(CLIENTS[0]) for _ in range(ROUNDS))
    return [
        Ratio(f"one image, {clients} clients, seconds a request", "1 client", each(clients), alone, 1.0)
        for clients in CLIENTS[1:]
    ]


def _maps(served: Served, sizes: tuple[int, ...], axes: int) -> list[Ratio]:
    """Seconds a point of maps that nobody asked for before, and the gateway's memory after the largest."""
    gateway = served.system.process("services.gateway")
    kind = "map" if axes == 2 else "cube"

    def shown(size: int) -> str:
        return f"{kind} {size}{'×' + str(size) if axes == 2 else '³'}"

    def each(size: int) -> float:
        started = time.perf_counter()
        served.fresh_map(size, axes)
        return (time.perf_counter() - started) / float(size**axes)

    each(sizes[0])
    least = statistics.median(each(sizes[0]) for _ in range(ROUNDS))
    before = gateway.memory_info().rss / MEGABYTE
    rows = [
        Ratio(f"{shown(size)}, seconds a point", shown(sizes[0]), each(size), least, 1.1)
        for size in sizes[1:]
    ]
    after = gateway.memory_info().rss / MEGABYTE
    allowed = before + sizes[-1] ** axes / MEGABYTE + 32
    what = f"gateway process after {shown(sizes[-1])}"
    return [*rows, Ratio(what, "before, its answer and 32 MB", after, allowed, 1.0, unit="MB")]


def _models(served: Served) -> list[Ratio]:
    """Memory of the model server a further model, and the time of one image, as models are added."""
    serving = served.system.process("services.serving")
    message = served.image_request()
    memory, seconds = [], []
    for count in MODELS:
        _copy(served, count)
        memory.append(serving.memory_info().rss / MEGABYTE)
        each = [
            asyncio.run(seconds_each(served.system.url, message, 200, 1, REQUESTS // 4))[0]
            for _ in range(ROUNDS)
        ]
        seconds.append(statistics.median(each))
    rows = [
        Ratio(f"one image, {count} models served", f"{MODELS[0]} model", spent, seconds[0], 1.2)
        for count, spent in zip(MODELS[1:], seconds[1:], strict=True)
    ]
    a_model = [
        (memory[at + 1] - memory[at]) / (MODELS[at + 1] - MODELS[at]) for at in range(len(MODELS) - 1)
    ]
    what = f"model server, memory of a further model, up to {MODELS[-1]}"
    return [*rows, Ratio(what, f"up to {MODELS[1]}", a_model[-1], a_model[0], 1.2, unit="MB")]


def _copy(served: Served, count: int) -> None:
    """Publish the model under further names until there are so many, and wait until all are served."""
    store = Store(served.system.home)
    card = store.models.card(MODEL)
    names = [f"{MODEL}-{number}" for number in range(1, count)]
    for name in set(names) - set(store.models.names()):
        staging = store.models.staging(name)
        # Files of a version never change, so copies may share them.
        shutil.copytree(served.saved_model, staging, dirs_exist_ok=True, copy_function=os.link)
        _write_card(
            staging / CARD_FILE, card.model_copy(update={"name": name, "uid": f"{card.uid}-{name}"})
        )
        store.models.publish(name, card.version, staging, keep=1)
    for name in names:
        wait_for(lambda name=name: served.system.json("GET", f"/models/{name}")["loaded"], 300, name)  # type: ignore[misc]


def _write_card(path: Path, card: ModelCard) -> None:
    path.unlink()
    path.write_text(card.model_dump_json())
