from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from services.contracts.errors import ServingUnavailable
from services.contracts.maps import MapGeometry
from services.gateway.catalog.validation import MapQuery
from services.gateway.maps.drawing import TILE
from services.gateway.maps.lattices import COARSE, coarse_to_fine
from services.gateway.maps.progress import Tile
from tests.support.gateway import Gateway


def _events(text: str) -> list[tuple[str, Any]]:
    events = []
    for chunk in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in chunk.split("\n"))
        events.append((lines["event"], json.loads(lines["data"])))
    return events


def _assembled(tiles: Iterable[dict[str, Any]], resolution: int, axes: int) -> np.ndarray:
    """As a page does it: each tile over what was there."""
    classes = np.full((resolution,) * axes, 255, np.uint8)
    for tile in tiles:
        part = np.array(tile["classes"], np.uint8)
        for index in np.ndindex(*part.shape):
            # The last dimension runs along the first axis.
            place = tuple(
                start + tile["stride"] * step
                for start, step in zip(reversed(tile["offset"]), index, strict=True)
            )
            classes[place] = part[index]
    return classes


@pytest.mark.parametrize(
    ("axes", "resolution"), [(1, 2), (1, 3000), (2, 2), (2, 100), (2, 37), (3, 16), (3, 21)]
)
def test_every_cell_is_drawn_once_and_coarse_ones_first(axes: int, resolution: int) -> None:
    geometry = MapGeometry(tuple(range(axes)), (-1, 1), resolution, (0.0,) * axes)
    calls = list(coarse_to_fine(geometry, TILE))
    assert all(sum(block.count for block in blocks) <= TILE for blocks in calls)
    blocks = [block for blocks in calls for block in blocks]
    assert [block.level for block in blocks] == sorted(block.level for block in blocks)
    assert sum(block.count for block in blocks if block.level == 0) <= COARSE
    numbered = np.arange(geometry.cells).reshape(geometry.shape)
    drawn = np.zeros(geometry.cells, int)
    for block in blocks:
        cells = block.cells(resolution)
        assert np.array_equal(cells, numbered[block.place].ravel())
        np.add.at(drawn, cells, 1)
    assert (drawn == 1).all()


@pytest.mark.parametrize(("dim", "resolution"), [(2, 40), (3, 9)])
async def test_a_stream_is_the_map_and_fills_the_cache(
    gateway: Gateway, http: httpx.AsyncClient, dim: int, resolution: int
) -> None:
    gateway.publish(dim=dim)
    url = f"/v1/models/quad/map/stream?resolution={resolution}"
    response = await http.get(url)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-model-version"] == "10"
    events = _events(response.text)
    assert {name for name, _ in events[:-1]} == {"tile"}
    tiles = [data for _, data in events[:-1]]
    name, done = events[-1]
    points = np.concatenate([question.inputs["z"] for question in gateway.client.questions])
    assert len(points) == len(np.unique(points, axis=0)) == resolution**dim

    answer = await http.get(f"/v1/models/quad/map?resolution={resolution}")
    assert answer.headers["x-cache"] == "hit"
    whole = answer.json()
    assert _assembled(tiles, resolution, dim).tolist() == whole["classes"]
    assert name == "done"
    assert answer.headers["etag"].startswith(f'"{done["id"]}')
    assert {key: done[key] for key in done if key != "id"} == {
        key: whole[key] for key in whole if key != "classes"
    }
    # Again, from the cache: nothing is computed, and it is the same map.
    asked = len(gateway.client.questions)
    again = _events((await http.get(url)).text)
    assert len(gateway.client.questions) == asked
    assert _assembled((data for _, data in again[:-1]), resolution, dim).tolist() == whole["classes"]
    assert again[-1] == ("done", done)


async def test_who_comes_later_sees_the_drawing_from_its_beginning(gateway: Gateway) -> None:
    gateway.publish()
    maps = gateway.maps
    question = await maps.question("quad", MapQuery())
    first = maps.stream(question)
    seen = [await anext(first)]
    gateway.client.gate = asyncio.Event()
    late = maps.stream(question)
    assert isinstance(seen[0], Tile)
    piece = await anext(late)
    assert isinstance(piece, Tile)
    assert piece.block == seen[0].block
    # One that leaves takes nothing from the other.
    await first.aclose()
    gateway.client.gate.set()
    pieces = [piece async for piece in late]
    assert sum(len(call.inputs["z"]) for call in gateway.client.questions) == 100 * 100
    assert len(pieces) > 10


async def test_the_last_one_to_leave_stops_the_drawing(gateway: Gateway) -> None:
    gateway.publish()
    maps = gateway.maps
    stream = maps.stream(await maps.question("quad", MapQuery()))
    await anext(stream)
    gateway.client.gate = asyncio.Event()
    async with asyncio.timeout(20):
        while gateway.client.in_flight < 2:
            await asyncio.sleep(0)
        await stream.aclose()
        while gateway.client.in_flight:
            await asyncio.sleep(0)
    asked = len(gateway.client.questions)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(gateway.client.questions) == asked < 20


async def test_what_fails_before_the_first_tile_is_an_error(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    gateway.publish()
    gateway.client.error = ServingUnavailable("away")
    response = await http.get("/v1/models/quad/map/stream")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert (await http.get("/v1/models/quad/map/stream?axes=7")).status_code == 503
    gateway.client.error = None
    assert (await http.get("/v1/models/quad/map/stream?axes=7")).status_code == 422
    refused = await http.get("/v1/models/quad/map/stream", headers={"Accept": "image/png"})
    assert refused.status_code == 406


async def test_what_fails_on_the_way_is_told(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    predict = gateway.client.predict
    calls = 0

    async def failing(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise ServingUnavailable("The model server has gone.")
        return await predict(*arguments)

    gateway.client.predict = failing  # type: ignore[method-assign, assignment]
    events = _events((await http.get("/v1/models/quad/map/stream")).text)
    assert events[0][0] == "tile"
    name, problem = events[-1]
    assert (name, problem["status"], problem["detail"]) == ("problem", 503, "The model server has gone.")
    assert not gateway.map_store.kept


async def test_an_adaptive_map_computes_the_borders_alone(
    gateway: Gateway, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    gateway.publish()
    exact = await http.get("/v1/models/quad/map?resolution=101")
    asked = len(gateway.client.questions)
    response = await http.get("/v1/models/quad/map?resolution=101&refine=adaptive")
    assert response.headers["x-cache"] == "miss"
    body = response.json()
    points = np.concatenate([question.inputs["z"] for question in gateway.client.questions[asked:]])
    assert len(points) == len(np.unique(points, axis=0)) == body["computed"] < 101 * 101 / 5
    assert response.headers["x-computed-points"] == str(body["computed"])
    assert body["classes"] == exact.json()["classes"]
    assert "computed" not in exact.json()
    assert response.headers["etag"] != exact.headers["etag"]
    events = _events((await http.get("/v1/models/quad/map/stream?resolution=101&refine=adaptive")).text)
    assert events[-1][1]["computed"] == body["computed"]


@pytest.mark.parametrize("resolution", [2, 3, 4])
async def test_a_tiny_adaptive_map_is_drawn(
    gateway: Gateway, http: httpx.AsyncClient, resolution: int
) -> None:
    gateway.publish()
    asked = f"/v1/models/quad/map?resolution={resolution}"
    exact = (await http.get(asked)).json()
    assert (await http.get(f"{asked}&refine=adaptive")).json()["classes"] == exact["classes"]


async def test_an_adaptive_stream_grows_finer(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish(dim=3)
    events = _events((await http.get("/v1/models/quad/map/stream?resolution=20&refine=adaptive")).text)
    tiles = [data for name, data in events if name == "tile"]
    assert [tile["stride"] for tile in tiles] == [4, 2, 1]
    exact = (await http.get("/v1/models/quad/map?resolution=20")).json()
    assert _assembled(tiles, 20, 3).tolist() == exact["classes"]
