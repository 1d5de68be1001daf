from __future__ import annotations

import asyncio

from services.contracts.errors import Overloaded
from services.gateway.maps.shared_cache import MAX_VALUE, MapCache
from tests.support.gateway import FakeShelf


class Counted:
    """A computation that waits at a gate."""

    def __init__(self, value: bytes = b"value") -> None:
        self.value = value
        self.started = 0
        self.stopped = 0
        self.gate = asyncio.Event()

    async def __call__(self) -> bytes:
        self.started += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return self.value


async def test_the_second_time_is_a_hit() -> None:
    shelf, compute = FakeShelf(), Counted()
    compute.gate.set()
    cache = MapCache(shelf)
    assert await cache.get_or_compute("k", compute) == (b"value", "miss")
    assert await cache.get_or_compute("k", compute) == (b"value", "hit")
    assert await cache.get_or_compute("other", compute) == (b"value", "miss")
    assert compute.started == 2


async def test_without_the_shelf_everything_is_computed() -> None:
    shelf, compute = FakeShelf(), Counted()
    compute.gate.set()
    shelf.away = True
    cache = MapCache(shelf)
    for _ in range(2):
        assert await cache.get_or_compute("k", compute) == (b"value", "bypass")
    shelf.away = False
    assert await cache.get_or_compute("k", compute) == (b"value", "miss")


async def test_callers_at_the_same_time_share_one_computation() -> None:
    cache, compute = MapCache(FakeShelf()), Counted()
    callers = [asyncio.ensure_future(cache.get_or_compute("k", compute)) for _ in range(20)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    # One that leaves takes nothing from the others.
    callers[0].cancel()
    await asyncio.sleep(0)
    compute.gate.set()
    assert {await caller for caller in callers[1:]} == {(b"value", "miss")}
    assert (compute.started, compute.stopped) == (1, 0)


async def test_the_last_caller_who_leaves_stops_the_computation() -> None:
    cache, compute = MapCache(FakeShelf()), Counted()
    callers = [asyncio.ensure_future(cache.get_or_compute("k", compute)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for caller in callers:
        caller.cancel()
    await asyncio.gather(*callers, return_exceptions=True)
    # Who comes now starts anew, and is not drawn into what is being stopped.
    again = asyncio.ensure_future(cache.get_or_compute("k", compute))
    await asyncio.sleep(0)
    compute.gate.set()
    assert await again == (b"value", "miss")
    assert (compute.started, compute.stopped) == (2, 1)


async def test_an_error_reaches_every_caller_and_is_not_kept() -> None:
    cache = MapCache(FakeShelf())
    calls = 0

    async def fail() -> bytes:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        raise Overloaded("full")

    for _ in range(2):
        outcomes = await asyncio.gather(
            *(cache.get_or_compute("k", fail) for _ in range(3)), return_exceptions=True
        )
        assert [type(outcome) for outcome in outcomes] == [Overloaded] * 3
    assert calls == 2


async def test_what_is_too_large_is_not_kept() -> None:
    shelf, compute = FakeShelf(), Counted(bytes(MAX_VALUE + 1))
    compute.gate.set()
    value, outcome = await MapCache(shelf).get_or_compute("k", compute)
    assert (len(value), outcome) == (MAX_VALUE + 1, "miss")
    assert not shelf.kept


async def test_a_shelf_that_breaks_while_keeping_loses_nothing() -> None:
    class Breaking(FakeShelf):
        async def get(self, key: str) -> bytes | None:
            value = await super().get(key)
            self.away = True
            return value

    compute = Counted()
    compute.gate.set()
    assert await MapCache(Breaking()).get_or_compute("k", compute) == (b"value", "miss")
