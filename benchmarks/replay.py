"""What readers of a long run's events cost others: `/healthz` beside them, the gateway's memory, a return.

200 readers at once of a run of 5,000 epochs: who read all of it, who read nothing, who come back having
seen nearly all.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

import httpx
import psutil

from benchmarks.ratio import Ratio
from services.contracts.runs.events import EpochEnded, EpochFigures, MapDrawn, SnapshotTaken, StateChanged
from services.contracts.training.spec import TrainingSpec
from services.store import Store
from tests.support.gateway_process import GatewayProcess

RUN = "long"
EPOCHS = 5000
READERS = 200
PROBES = 300
LIMIT_SECONDS = 0.1
MEGABYTE = 2**20
MORE_MEGABYTES = 96
"""For each reader two pages, and what is shared."""


def run() -> list[Ratio]:
    """Measure each kind of reader."""
    with tempfile.TemporaryDirectory() as folder:
        newest = make_run(Store(Path(folder)))
        gateway = GatewayProcess(Path(folder)).start()
        try:
            process = psutil.Process(gateway.pid)
            before = process.memory_info().rss / MEGABYTE
            rows = [_probed(gateway, "reading all", 0, reads=True)]
            rows.append(_probed(gateway, "reading nothing", 0, reads=False))
            rows.append(_probed(gateway, "coming back", newest - 3, reads=True))
            after = process.memory_info().rss / MEGABYTE
            allowed = before + MORE_MEGABYTES
            what = f"gateway process after {3 * READERS} readers of a run of {EPOCHS} epochs"
            against = f"before, and {MORE_MEGABYTES} MB"
            return [*rows, Ratio(what, against, after, allowed, 1.0, unit="MB"), _returns(gateway, newest)]
        finally:
            gateway.kill()


def make_run(store: Store) -> int:
    """A run that has finished; returns the number of its last event."""
    store.prepare()
    store.runs.create(TrainingSpec(name=RUN, dataset="digits", epochs=EPOCHS))
    shares = {str(number): 0.1 for number in range(10)}
    events = [StateChanged(state="queued"), StateChanged(state="running")]
    lines = [event.model_copy(update={"id": n}) for n, event in enumerate(events, start=1)]
    text = [line.model_dump_json() for line in lines]
    for epoch in range(1, EPOCHS + 1):
        figures = EpochFigures(
            epoch=epoch,
            seconds=1.5,
            generator_loss=0.7,
            discriminator_loss=1.3,
            map_change=0.1,
            shares=shares,
        )
        for event in (
            SnapshotTaken(epoch=epoch),
            MapDrawn(epoch=epoch, change=0.1, shares=shares),
            EpochEnded(figures=figures),
        ):
            text.append(event.model_copy(update={"id": len(text) + 1}).model_dump_json())
    text.append(StateChanged(state="succeeded", id=len(text) + 1).model_dump_json())
    (store.home / "runs" / RUN / "events.jsonl").write_text("\n".join(text) + "\n")
    store.runs.update(RUN, state="succeeded", epoch=EPOCHS)
    return len(text)


def _probed(gateway: GatewayProcess, who: str, after: int, reads: bool) -> Ratio:
    """The 99th percentile of `/healthz` while readers come again and again."""
    with _readers(gateway.url, after, reads), httpx.Client(base_url=gateway.url) as http:
        seconds = []
        for _ in range(PROBES):
            started = time.perf_counter()
            http.get("/healthz", timeout=60).raise_for_status()
            seconds.append(time.perf_counter() - started)
            time.sleep(0.01)
    late = statistics.quantiles(seconds, n=100)[98]
    what = f"/healthz beside {READERS} readers of {EPOCHS} epochs, {who}, p99"
    return Ratio(what, "what is allowed", late, LIMIT_SECONDS, 1.0)


def _returns(gateway: GatewayProcess, newest: int) -> Ratio:
    """Seconds of the last three events against those of all."""

    def seconds(http: httpx.Client, after: int) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            http.get(f"/v1/runs/{RUN}/events?after={after}").raise_for_status()
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    with httpx.Client(base_url=gateway.url, timeout=60) as http:
        few, all_of_them = seconds(http, newest - 3), seconds(http, 0)
    return Ratio("the last three events", f"all {newest}", few, all_of_them, 0.25)


@contextmanager
def _readers(url: str, after: int, reads: bool) -> Iterator[None]:
    """Readers in a process of their own; all have begun when this begins."""
    context = multiprocessing.get_context("spawn")
    begun = context.Event()
    process = context.Process(target=_read, args=(url, after, reads, begun), daemon=True)
    process.start()
    try:
        begun.wait(60)
        yield
    finally:
        process.kill()
        process.join()


def _read(url: str, after: int, reads: bool, begun: Event) -> None:
    asyncio.run(_read_all(url, after, reads, begun))


async def _read_all(url: str, after: int, reads: bool, begun: Event) -> None:
    host, port = url.removeprefix("http://").split(":")
    request = (
        f"GET /v1/runs/{RUN}/events HTTP/1.1\r\nHost: {host}\r\nLast-Event-ID: {after}\r\n"
        "Connection: close\r\n\r\n"
    ).encode()

    async def one() -> None:
        while True:
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(request)
            begun.set()
            if not reads:
                writer.transport.pause_reading()  # type: ignore[attr-defined]
                await asyncio.Event().wait()
            while await reader.read(2**18):
                pass
            writer.close()

    await asyncio.gather(*(one() for _ in range(READERS)))
