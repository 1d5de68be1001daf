from __future__ import annotations

import pytest

from services.gateway.maps.codec import write_map
from services.gateway.maps.shared_cache import SharedCache
from tests.support.gateway import FakeMapStore
from tests.support.map_links import GatedLink, empty_map, question


async def test_the_second_time_is_a_hit() -> None:
    drawing = GatedLink()
    cache = SharedCache(FakeMapStore(), drawing)
    first, second, other = [await cache.get(question(size)) for size in (4, 4, 5)]
    assert [answer.outcome for answer in (first, second, other)] == ["miss", "hit", "miss"]
    assert second.message == first.message == write_map(empty_map(question(4)))
    assert drawing.started == 2


@pytest.mark.parametrize("waits", [True, False])
async def test_without_the_store_every_map_is_drawn(waits: bool) -> None:
    map_store, drawing = FakeMapStore(), GatedLink()
    map_store.away = True
    cache = SharedCache(map_store, drawing, waits=waits)
    assert [(await cache.get(question())).outcome for _ in range(2)] == ["bypass", "bypass"]
    assert drawing.started == 2
    map_store.away = False
    assert (await cache.get(question())).outcome == "miss"


async def test_what_is_too_large_is_not_kept() -> None:
    map_store = FakeMapStore()
    answer = await SharedCache(map_store, GatedLink(), largest=100).get(question(9))
    assert (answer.computed.cells.size, answer.outcome) == (81, "miss")
    assert len(answer.message) > 100
    assert not map_store.kept
    await SharedCache(map_store, GatedLink(), largest=len(answer.message)).get(question(9))
    assert list(map_store.kept.values()) == [answer.message]


async def test_a_store_that_fails_while_keeping_loses_nothing() -> None:
    class Breaking(FakeMapStore):
        async def get(self, key: str) -> bytes | None:
            value = await super().get(key)
            self.away = True
            return value

    assert (await SharedCache(Breaking(), GatedLink()).get(question())).outcome == "miss"


async def test_a_map_is_read_and_written_when_it_has_to_be() -> None:
    """What was drawn is not parsed again, and what was kept is not serialised again."""
    map_store, drawing = FakeMapStore(), GatedLink()
    cache = SharedCache(map_store, drawing)
    drawn = await cache.get(question())
    (kept,) = map_store.kept.values()
    assert drawn.message is kept
    assert drawn.computed is drawn.computed
    again = await cache.get(question())
    assert again.message is kept
