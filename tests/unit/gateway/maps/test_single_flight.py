from __future__ import annotations

import asyncio

from services.contracts.errors import Overloaded
from services.gateway.maps.chain import MapAnswer
from services.gateway.maps.question import MapQuestion
from services.gateway.maps.single_flight import MapSingleFlight
from tests.support.map_links import GatedLink, question


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def test_callers_at_the_same_time_share_one_drawing() -> None:
    drawing = GatedLink(is_open=False)
    flight = MapSingleFlight(drawing)
    callers = [asyncio.ensure_future(flight.get(question())) for _ in range(20)]
    await _turns(2)
    # One that leaves takes nothing from the others.
    callers[0].cancel()
    await _turns(1)
    drawing.gate.set()
    assert len({id(await caller) for caller in callers[1:]}) == 1
    assert (drawing.started, drawing.stopped) == (1, 0)


async def test_other_maps_are_other_flights() -> None:
    drawing = GatedLink(is_open=False)
    flight = MapSingleFlight(drawing)
    callers = [asyncio.ensure_future(flight.get(question(size))) for size in (4, 5, 4)]
    await _turns(2)
    drawing.gate.set()
    sizes = [(await caller).computed.cells.shape[0] for caller in callers]
    assert (sizes, drawing.started) == ([4, 5, 4], 2)


async def test_the_last_caller_who_leaves_stops_the_drawing() -> None:
    drawing = GatedLink(is_open=False)
    flight = MapSingleFlight(drawing)
    callers = [asyncio.ensure_future(flight.get(question())) for _ in range(3)]
    await _turns(2)
    for caller in callers:
        caller.cancel()
    await asyncio.gather(*callers, return_exceptions=True)
    # Who comes now starts anew, and is not drawn into what is being stopped.
    again = asyncio.ensure_future(flight.get(question()))
    await _turns(1)
    drawing.gate.set()
    assert (await again).outcome == "miss"
    assert (drawing.started, drawing.stopped) == (2, 1)


async def test_an_error_reaches_every_caller_and_is_not_kept() -> None:
    class Failing:
        calls = 0

        async def get(self, question: MapQuestion) -> MapAnswer:
            self.calls += 1
            await asyncio.sleep(0)
            raise Overloaded("full")

    failing = Failing()
    flight = MapSingleFlight(failing)
    for _ in range(2):
        outcomes = await asyncio.gather(*(flight.get(question()) for _ in range(3)), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [Overloaded] * 3
    assert failing.calls == 2
