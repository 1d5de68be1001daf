"""The queue, the cache and the wake-ups over a real Redis-compatible server that comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.contracts.errors import QueueUnavailable
from services.contracts.runs.queue import TRAINING_QUEUE, lease_key, queued_key, wake_channel, worker_key
from services.contracts.training.spec import TrainingSpec
from services.gateway.maps.local_cache import LocalCache
from services.gateway.maps.map_store import LEASE_SECONDS, CacheUnavailable, RedisMapStore
from services.gateway.maps.shared_cache import SharedCache
from services.gateway.pictures.map_forms import MapEncoder
from services.gateway.plumbing.metrics import Metrics
from services.gateway.plumbing.redis_client import redis_client
from services.gateway.runs.dispatcher import Dispatcher
from services.gateway.runs.queue_estimate import QueueEstimate
from services.gateway.runs.run_views import RunViews
from services.gateway.runs.runs import Runs
from services.gateway.runs.training_queue import NOTE_SECONDS, CeleryQueue
from services.gateway.runs.wakeups import Wakeups
from services.store import Store
from tests.support.map_links import GatedLink, question
from tests.support.redis import RedisServer, redis_server


@pytest.fixture(scope="module")
def shared() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def server(shared: RedisServer) -> RedisServer:
    with shared.client() as client:
        client.flushall()
    return shared


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    """For tests that stop it."""
    with redis_server() as server:
        yield server


@pytest.fixture
def queue(server: RedisServer) -> Iterator[CeleryQueue]:
    queue = CeleryQueue(server.url)
    yield queue
    queue.close()


def test_what_is_sent_waits_for_a_worker(server: RedisServer, queue: CeleryQueue) -> None:
    assert not queue.holds("r")
    queue.send("r")
    assert queue.holds("r")
    with server.client() as client:
        assert client.llen(TRAINING_QUEUE) == 1
        # While messages wait, the note of a sent one is renewed.
        client.expire(queued_key("r"), 1)
        assert queue.holds("r")
        assert 1 < client.ttl(queued_key("r")) <= NOTE_SECONDS
        # With nothing in line it runs out, and the message counts as lost.
        client.delete(TRAINING_QUEUE)
        client.expire(queued_key("r"), 1)
        assert queue.holds("r")
        assert client.ttl(queued_key("r")) <= 1


def test_leases_and_workers(server: RedisServer, queue: CeleryQueue) -> None:
    assert not queue.leased("r")
    assert queue.workers() == 0
    with server.client() as client:
        client.set(lease_key("r"), "me")
        client.set(worker_key("a"), "ready")
        client.set(worker_key("b"), "ready")
    assert queue.leased("r")
    assert queue.workers() == 2


def test_the_queue_away_and_back(own_server: RedisServer, tmp_path: Path) -> None:
    queue = CeleryQueue(own_server.url)
    queue.send("first")
    own_server.stop()
    for call in (queue.check, queue.workers, lambda: queue.send("r"), lambda: queue.holds("r")):
        with pytest.raises(QueueUnavailable):
            call()
    queue.wake("r")
    own_server.start()
    queue.check()
    queue.send("second")
    assert queue.holds("second")
    # It came back empty: what was in it is known from the store, and sent again.
    store = Store(tmp_path)
    store.prepare()
    store.runs.create(TrainingSpec(name="first", dataset="digits"))
    views = RunViews(store, QueueEstimate(store.runs, queue.workers))
    Dispatcher(store, Runs(store, queue, views), queue).step()
    with own_server.client() as client:
        assert client.llen(TRAINING_QUEUE) == 2
    queue.close()


async def test_the_cache_keeps_values_for_about_a_day(server: RedisServer) -> None:
    async with redis_client(server.url) as redis:
        map_store = RedisMapStore(redis, patience=20)
        assert await map_store.get("k") is None
        await map_store.put("k", b"\0\xff")
        assert await map_store.get("k") == b"\0\xff"
        assert 70_000 < await redis.ttl("atlas:map:k") < 100_000


async def test_the_cache_away_costs_no_time(own_server: RedisServer) -> None:
    async with redis_client(own_server.url) as redis:
        map_store = RedisMapStore(redis, patience=20, pause_seconds=0.2)
        await map_store.put("k", b"value")
        own_server.stop()
        for _ in range(50):
            with pytest.raises(CacheUnavailable):
                await map_store.get("k")
        own_server.start()
        async with asyncio.timeout(20):
            while True:
                try:
                    await map_store.put("k", b"new")
                    break
                except CacheUnavailable:
                    await asyncio.sleep(0.02)
        assert await map_store.get("k") == b"new"


async def test_a_cache_that_hangs_is_left_alone() -> None:
    """A server that accepts and says nothing is worse than none."""
    connections = 0

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.read()
        writer.close()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with redis_client(f"redis://127.0.0.1:{port}/0") as redis:
        map_store = RedisMapStore(redis, pause_seconds=60)
        for _ in range(20):
            with pytest.raises(CacheUnavailable):
                await map_store.get("k")
    # Only the first one waited for it.
    assert connections == 1
    listener.close()
    await listener.wait_closed()


async def test_wake_ups_come_through_also_after_redis_was_away(own_server: RedisServer) -> None:
    wakeups = Wakeups()
    async with redis_client(own_server.url) as redis:
        listening = asyncio.ensure_future(wakeups.listen(redis))
        with wakeups.listening("r") as news, wakeups.listening("other") as others:

            async def woken() -> None:
                async with asyncio.timeout(20):
                    while not news.is_set():
                        with own_server.client() as client:
                            await asyncio.to_thread(client.publish, wake_channel("r"), "")
                        await asyncio.sleep(0.02)

            await news.wait()  # it has begun to listen
            others.clear()
            news.clear()
            await woken()
            assert not others.is_set()
            own_server.stop()
            news.clear()
            await asyncio.to_thread(own_server.start)
            await woken()
        listening.cancel()
        await asyncio.wait({listening})


async def test_the_local_cache_follows_the_shared_caches_server(own_server: RedisServer) -> None:
    cache = LocalCache(MapEncoder(GatedLink()), Metrics())

    async def becomes(enabled: bool) -> None:
        async with asyncio.timeout(20):
            while cache.enabled is not enabled:
                await asyncio.sleep(0.005)

    async with redis_client(own_server.url) as redis:
        watching = asyncio.ensure_future(cache.watch(redis))
        await becomes(True)
        await asyncio.to_thread(own_server.stop)
        await becomes(False)
        await asyncio.to_thread(own_server.start)
        await becomes(True)
        watching.cancel()
        await asyncio.wait({watching})
    assert not cache.enabled


@pytest.mark.parametrize("who", ["local cache", "wakes"])
async def test_who_watches_the_server_can_be_stopped_at_any_moment(server: RedisServer, who: str) -> None:
    for turns in range(60):  # of the event loop: connected, subscribed, answered, and all that lies between
        async with redis_client(server.url) as redis:
            watch = (
                LocalCache(MapEncoder(GatedLink()), Metrics()).watch
                if who == "local cache"
                else Wakeups().listen
            )
            watching = asyncio.ensure_future(watch(redis))
            for _ in range(turns):
                await asyncio.sleep(0)
            watching.cancel()
            async with asyncio.timeout(20):
                await asyncio.wait({watching})


async def test_silence_is_told_from_an_end_without_a_word() -> None:
    """A server behind a cut cable: no connection ends, no question is answered."""
    connections: list[bytearray] = []

    async def answers_until_subscribed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = bytearray()
        connections.append(said)
        while piece := await reader.read(1000):
            said += piece
            if b"PSUBSCRIBE" not in said:
                writer.write(b"+OK\r\n" * piece.count(b"*"))
        writer.close()

    listener = await asyncio.start_server(answers_until_subscribed, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with redis_client(f"redis://127.0.0.1:{port}/0") as redis:
        listening = asyncio.ensure_future(Wakeups(quiet_seconds=0.05).listen(redis))
        async with asyncio.timeout(20):
            while len(connections) < 2:
                await asyncio.sleep(0.005)
        assert connections[0].index(b"PSUBSCRIBE") < connections[0].index(b"PING")
        listening.cancel()
        await asyncio.wait({listening})
    listener.close()
    await listener.wait_closed()


async def test_one_gateway_draws_for_all(server: RedisServer) -> None:
    drawing = GatedLink(is_open=False)

    async def drawn(times: int) -> None:
        async with asyncio.timeout(20):
            while drawing.started < times:
                await asyncio.sleep(0.005)

    async with redis_client(server.url) as one, redis_client(server.url) as other:
        metrics = Metrics()
        caches = [
            SharedCache(RedisMapStore(redis, patience=20), drawing, metrics) for redis in (one, other)
        ]
        first = asyncio.ensure_future(caches[0].get(question(4)))
        await drawn(1)
        second = asyncio.ensure_future(caches[1].get(question(4)))
        async with asyncio.timeout(20):
            while "atlas_map_waits_total 1.0" not in metrics.exposition().decode():
                await asyncio.sleep(0.005)
        drawing.gate.set()
        assert (await first).message == (await second).message
        assert ((await first).outcome, (await second).outcome) == ("miss", "miss")
        assert drawing.started == 1
        # One that leaves in the middle hands over to the one that waits.
        drawing.gate.clear()
        first = asyncio.ensure_future(caches[0].get(question(5)))
        await drawn(2)
        second = asyncio.ensure_future(caches[1].get(question(5)))
        await asyncio.sleep(0)
        first.cancel()
        await drawn(3)
        drawing.gate.set()
        assert (await second).outcome == "miss"
        # Who wants to see a map grow does not wait for another gateway.
        drawing.gate.clear()
        first = asyncio.ensure_future(caches[0].get(question(6)))
        await drawn(4)
        watching = SharedCache(RedisMapStore(other, patience=20), drawing, metrics, waits=False)
        second = asyncio.ensure_future(watching.get(question(6)))
        await drawn(5)
        drawing.gate.set()
        assert (await first).message == (await second).message


async def test_a_gateway_that_died_holds_nobody_up_for_long(server: RedisServer) -> None:
    async with redis_client(server.url) as redis:
        map_store, asked = RedisMapStore(redis, patience=20), question()
        key = asked.fingerprint
        assert await map_store.claim(key, "dead")
        assert not await map_store.claim(key, "mine")
        assert 0 < await redis.pttl(f"atlas:computing:{key}") <= LEASE_SECONDS * 1000
        # Only its own lease can be renewed or given back.
        await map_store.renew(key, "mine")
        await map_store.release(key, "mine")
        assert await redis.get(f"atlas:computing:{key}") == b"dead"
        await redis.pexpire(f"atlas:computing:{key}", 20)
        async with asyncio.timeout(20):
            assert (await SharedCache(map_store, GatedLink()).get(asked)).outcome == "miss"
