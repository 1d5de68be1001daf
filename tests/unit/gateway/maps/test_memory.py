"""A map takes the memory of its answer and of a few tiles, however large it is."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts.maps import MAX_CELLS
from services.gateway.api import map_stream
from services.gateway.catalog.validation import MapQuery
from services.gateway.http import content_types
from services.gateway.maps.drawing import TILE
from services.gateway.model_server.protocol import Question
from services.gateway.pictures import map_forms
from tests.support.gateway import Gateway

MEBIBYTE = 2**20
_ROOM = 30 * MEBIBYTE


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """One whose model is quick: the formula's classes and nothing else."""
    gateway = Gateway(tmp_path)
    gateway.publish(dim=3)

    async def predict(question: Question, seconds: float) -> dict[str, Any]:
        z = question.inputs["z"]
        assert len(z) <= TILE
        await asyncio.sleep(0)
        return {"class_id": ((z > 0) @ np.array([1, 2, 0])).astype(np.int32)}

    gateway.client.predict = predict  # type: ignore[method-assign]
    return gateway


async def test_a_cube_of_two_million_points(gateway: Gateway) -> None:
    maps = gateway.maps
    question = await maps.question("quad", MapQuery(resolution=128))
    assert question.geometry.cells == MAX_CELLS
    tracemalloc.start()
    try:
        answer = await maps.get(question)
        npy = map_forms.data(answer, content_types.NPY)
        json = map_forms.data(answer, content_types.JSON)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    classes = np.load(io.BytesIO(npy))
    assert classes.shape == (128, 128, 128)
    assert np.bincount(classes.ravel()).tolist() == [MAX_CELLS // 4] * 4
    assert json.count(b"3") >= MAX_CELLS // 4
    assert peak < len(npy) + len(json) + _ROOM


async def test_the_stream_of_a_cube(gateway: Gateway) -> None:
    maps = gateway.maps
    question = await maps.question("quad", MapQuery(resolution=128, refine="adaptive"))
    tracemalloc.start()
    try:
        sent = 0
        stream = maps.stream(question)
        async for piece in map_stream.events(question, await anext(stream), stream, asyncio.Event()):
            sent += len(piece)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > MAX_CELLS
    assert peak < 2 * MAX_CELLS + _ROOM + 16 * MEBIBYTE
