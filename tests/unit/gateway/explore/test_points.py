from __future__ import annotations

import asyncio

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.api.models import GenerateRequest, InterpolateRequest
from services.contracts.errors import (
    AtlasError,
    DeadlineExceeded,
    InvalidInput,
    ModelNotFound,
    ModelNotReady,
    ServingUnavailable,
    VersionNotFound,
)
from services.contracts.maps import MapGeometry
from services.gateway.catalog.validation import MapQuery
from services.gateway.explore.points import MOST_TOGETHER
from services.gateway.maps.budget import Budget
from services.gateway.maps.drawing import TILE, TILES_IN_FLIGHT
from services.gateway.maps.question import MapQuestion
from tests.support import models
from tests.support.gateway import Gateway


async def _map(gateway: Gateway, **query: object) -> np.ndarray:
    question = await gateway.maps.question("quad", MapQuery.model_validate(query))
    return (await gateway.maps.get(question)).computed.cells


def _expected(geometry: MapGeometry) -> np.ndarray:
    """Point by point, in the plainest way."""
    values = np.linspace(*geometry.range, geometry.resolution)
    classes = np.empty(geometry.shape, np.uint8)
    for index in np.ndindex(*geometry.shape):
        z = np.array(geometry.at, np.float64)
        for axis, i in zip(geometry.axes, reversed(index), strict=True):
            z[axis] = values[i]
        label = None if geometry.label is None else np.array([geometry.label])
        classes[index] = models.class_of(z[None].astype(np.float32), label)[0]
    return classes


@pytest.mark.parametrize(
    ("dim", "query", "geometry"),
    [
        (2, {}, MapGeometry((0, 1), (-1, 1), 100, (0, 0))),
        (2, {"axes": "1,0", "resolution": 30}, MapGeometry((1, 0), (-1, 1), 30, (0, 0))),
        (2, {"axes": "1", "at": "0.5,0", "resolution": 9}, MapGeometry((1,), (-1, 1), 9, (0.5, 0))),
        (3, {}, MapGeometry((0, 1, 2), (-1, 1), 16, (0, 0, 0))),
        (
            4,
            {"axes": "2,1,0", "range": "-2,0.5", "at": "9,9,9,-1", "resolution": 7},
            MapGeometry((2, 1, 0), (-2, 0.5), 7, (0, 0, 0, -1)),
        ),
        (1, {}, MapGeometry((0,), (-1, 1), 100, (0,))),
    ],
)
async def test_a_map_is_the_class_of_every_point(
    gateway: Gateway, dim: int, query: dict[str, object], geometry: MapGeometry
) -> None:
    gateway.publish(dim=dim)
    classes = await _map(gateway, **query)
    assert classes.dtype == np.uint8
    assert np.array_equal(classes, _expected(geometry))


async def test_a_conditional_map_is_of_its_label(gateway: Gateway) -> None:
    gateway.publish(conditional=True)
    for label in (0, 3):
        classes = await _map(gateway, resolution=8, label=label)
        assert np.array_equal(classes, _expected(MapGeometry((0, 1), (-1, 1), 8, (0, 0), label)))


async def test_a_map_is_asked_for_in_bounded_tiles(gateway: Gateway) -> None:
    gateway.publish()
    await _map(gateway, resolution=50)
    sizes = [len(question.inputs["z"]) for question in gateway.client.questions]
    assert sum(sizes) == 2500
    assert max(sizes) == TILE
    assert gateway.client.most_in_flight == TILES_IN_FLIGHT
    assert {question.outputs for question in gateway.client.questions} == {("class_id",)}
    assert {question.signature for question in gateway.client.questions} == {"classify"}


async def test_a_tile_that_fails_stops_the_others(gateway: Gateway) -> None:
    gateway.publish()
    gateway.client.error = DeadlineExceeded("slow")
    question = await gateway.maps.question("quad", MapQuery())
    with pytest.raises(DeadlineExceeded):
        await gateway.maps.get(question)
    assert len(gateway.client.questions) <= TILES_IN_FLIGHT
    gateway.client.error = None
    assert (await gateway.maps.get(question)).outcome == "miss"


async def test_a_caller_who_leaves_stops_the_map(gateway: Gateway) -> None:
    gateway.publish()
    gateway.client.gate = asyncio.Event()
    question = await gateway.maps.question("quad", MapQuery())
    caller = asyncio.ensure_future(gateway.maps.get(question))
    # The coarse picture is asked for first, and alone.
    while gateway.client.in_flight < 1:
        await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    while gateway.client.in_flight:
        await asyncio.sleep(0)
    assert gateway.client.cancelled == 1


async def test_a_map_that_takes_too_long(tmp_path_factory: pytest.TempPathFactory) -> None:
    gateway = Gateway(tmp_path_factory.mktemp("home"), budget=Budget(map=0.01))
    gateway.publish()
    gateway.client.gate = asyncio.Event()
    question = await gateway.maps.question("quad", MapQuery())
    with pytest.raises(DeadlineExceeded):
        await gateway.maps.get(question)
    assert gateway.client.cancelled == 1


_CARD = models.make_card(dim=3)
_COORDINATE = st.floats(-10, 10)


@settings(max_examples=50)
@given(
    at=st.tuples(_COORDINATE, _COORDINATE, _COORDINATE),
    other=_COORDINATE,
    axes=st.permutations([0, 1, 2]).map(lambda axes: tuple(axes[:2])),
)
def test_a_fingerprint_is_of_the_answer(
    at: tuple[float, float, float], other: float, axes: tuple[int, ...]
) -> None:
    def fingerprint(uid: str = "u", **changes: object) -> str:
        fields = {"axes": axes, "range": (-1.0, 1.0), "resolution": 4, "at": at} | changes
        geometry = MapGeometry(**fields)  # type: ignore[arg-type]
        return MapQuestion(_CARD.model_copy(update={"uid": uid}), geometry).fingerprint

    moved = list(at)
    moved[axes[0]] = other
    assert fingerprint(at=tuple(moved)) == fingerprint()
    held = ({0, 1, 2} - set(axes)).pop()
    moved[held] = at[held] + 1
    assert fingerprint(at=tuple(moved)) != fingerprint()
    different = {fingerprint(uid="v"), fingerprint(label=0), fingerprint(resolution=5)}
    different |= {fingerprint(range=(-1.0, 2.0)), fingerprint(axes=axes[::-1])}
    assert len(different | {fingerprint()}) == 6


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"axes": "0,0"}, "axes"),
        ({"axes": "0,5"}, "axes"),
        ({"axes": "x"}, "axes"),
        ({"axes": "-1,0"}, "axes"),
        ({"axes": ""}, "axes"),
        ({"resolution": 1}, "resolution"),
        ({"resolution": 10**9}, "resolution"),
        ({"resolution": -4}, "resolution"),
        ({"range": "1"}, "range"),
        ({"range": "1,-1"}, "range"),
        ({"range": "nan,1"}, "range"),
        ({"range": "-inf,1"}, "range"),
        ({"at": "0"}, "at"),
        ({"at": "0,nan"}, "at"),
        ({"at": "0,1e300"}, "at"),
        ({"label": 0}, "label"),
    ],
)
async def test_a_wrong_map_question_names_its_field(
    gateway: Gateway, query: dict[str, object], path: str
) -> None:
    gateway.publish()
    with pytest.raises(InvalidInput) as caught:
        await _map(gateway, **query)
    assert path in {problem.path for problem in caught.value.problems}


async def test_points_are_drawn_from_the_prior(gateway: Gateway) -> None:
    gateway.publish()
    gateway.publish(name="bell", prior="normal", uid="bell")
    uniform = (await gateway.explorer.generate("quad", GenerateRequest(count=1000, seed=1))).points
    again = (await gateway.explorer.generate("quad", GenerateRequest(count=1000, seed=1))).points
    normal = (await gateway.explorer.generate("bell", GenerateRequest(count=1000, seed=1))).points
    assert uniform.dtype == np.float32
    assert uniform.shape == (1000, 2)
    assert np.array_equal(uniform, again)
    assert np.abs(uniform).max() <= 1
    assert abs(uniform.std() - 3**-0.5) < 0.02
    assert abs(normal.std() - 1) < 0.05


async def test_images_belong_to_their_points_also_in_several_calls(gateway: Gateway) -> None:
    card = gateway.publish()
    images = await gateway.explorer.generate("quad", GenerateRequest(count=2 * MOST_TOGETHER + 20, seed=3))
    assert len(gateway.client.questions) == 3
    assert np.array_equal(images.pixels, models.image_of(images.points, card.image_shape))
    assert np.array_equal(images.class_ids, models.class_of(images.points))


@pytest.mark.parametrize(
    ("request_fields", "path"),
    [
        ({}, "points"),
        ({"points": [[0.0, 0.0]], "count": 1}, "count"),
        ({"points": [[0.0, 0.0]], "seed": 1}, "count"),
        ({"points": [[0.0, 0.0], [0.0]]}, "points.1"),
        ({"points": [[0.0, 0.0, 0.0]]}, "points.0"),
        ({"points": [[0.0, 1e7]]}, "points.0.1"),
        ({"count": 2, "labels": [0, 1]}, "labels"),
    ],
)
async def test_a_wrong_point_is_named(
    gateway: Gateway, request_fields: dict[str, object], path: str
) -> None:
    gateway.publish()
    with pytest.raises(InvalidInput) as caught:
        await gateway.explorer.generate("quad", GenerateRequest.model_validate(request_fields))
    assert caught.value.problems[0].path == path


@pytest.mark.parametrize(
    ("labels", "path"), [(None, "labels"), ([0], "labels"), ([0, 4], "labels.1"), ([-1, 0], "labels.0")]
)
async def test_conditional_models_need_a_label_for_each_point(
    gateway: Gateway, labels: list[int] | None, path: str
) -> None:
    gateway.publish(conditional=True)
    with pytest.raises(InvalidInput) as caught:
        await gateway.explorer.generate("quad", GenerateRequest(count=2, labels=labels))
    assert caught.value.problems[0].path == path


async def test_labels_reach_the_model(gateway: Gateway) -> None:
    gateway.publish(conditional=True)
    images = await gateway.explorer.generate(
        "quad", GenerateRequest(points=[[-1.0, -1.0]] * 4, labels=[0, 1, 2, 3])
    )
    assert images.class_ids.tolist() == [0, 1, 2, 3]


async def test_a_walk_and_its_crossings(gateway: Gateway) -> None:
    gateway.publish()
    request = InterpolateRequest(start=[-1.0, -0.9], end=[1.0, 1.1], steps=21)
    walk = await gateway.explorer.interpolate("quad", request)
    t = np.linspace(0, 1, 21)[:, None]
    assert np.allclose(walk.images.points, (1 - t) * [-1, -0.9] + t * [1, 1.1])
    assert np.array_equal(walk.images.points[[0, -1]], np.array([[-1, -0.9], [1, 1.1]], np.float32))
    ids = walk.images.class_ids
    assert [(c.source, c.target) for c in walk.crossings] == [("zero", "two"), ("two", "three")]
    for crossing in walk.crossings:
        step = int(crossing.t * 20)
        assert crossing.t == pytest.approx((step + 0.5) / 20)
        assert models.CLASSES[ids[step]] == crossing.source
        assert models.CLASSES[ids[step + 1]] == crossing.target


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"start": [0.0]}, "start"),
        ({"end": [0.0, 0.0, 0.0]}, "end"),
        ({"end": [0.0, -1e7]}, "end.1"),
        ({"label": 1}, "label"),
    ],
)
async def test_a_wrong_walk_is_named(gateway: Gateway, changes: dict[str, object], path: str) -> None:
    gateway.publish()
    fields = {"start": [0.0, 0.0], "end": [1.0, 1.0], "steps": 2} | changes
    with pytest.raises(InvalidInput) as caught:
        await gateway.explorer.interpolate("quad", InterpolateRequest.model_validate(fields))
    assert caught.value.problems[0].path == path


async def test_which_version_answers(gateway: Gateway) -> None:
    for version in (10, 20, 30):
        gateway.publish(version=version)
    one = GenerateRequest(count=1)
    gateway.client.loaded = frozenset({10, 20})
    assert (await gateway.explorer.generate("quad", one)).version == 20
    ten = GenerateRequest(count=1, version=10)
    assert (await gateway.explorer.generate("quad", ten)).version == 10
    gateway.client.loaded = frozenset({10, 20, 30, 99})
    assert (await gateway.explorer.generate("quad", one)).version == 30


@pytest.mark.parametrize(
    ("model", "version", "loaded", "error"),
    [
        ("none", None, {10}, ModelNotFound),
        ("../quad", None, {10}, ModelNotFound),
        ("quad", 11, {10}, VersionNotFound),
        ("quad", 10**30, {10}, VersionNotFound),
        ("quad", None, set(), ModelNotReady),
        ("quad", 10, {20}, ModelNotReady),
    ],
)
async def test_versions_that_cannot_answer(
    gateway: Gateway, model: str, version: int | None, loaded: set[int], error: type[AtlasError]
) -> None:
    gateway.publish(version=10)
    gateway.publish(version=20)
    gateway.client.loaded = frozenset(loaded)
    with pytest.raises(error):
        await gateway.explorer.generate(model, GenerateRequest(count=1, version=version))


async def test_a_model_trained_anew_is_another_one(gateway: Gateway) -> None:
    gateway.publish(uid="first")
    before = await gateway.maps.question("quad", MapQuery())
    gateway.store.models.delete("quad")
    gateway.publish(uid="second", classes=("a", "b", "c", "d"))
    after = await gateway.maps.question("quad", MapQuery())
    assert after.card.classes == ("a", "b", "c", "d")
    assert before.fingerprint != after.fingerprint


async def test_the_list_of_models_needs_no_model_server(gateway: Gateway) -> None:
    gateway.publish()
    gateway.client.error = ServingUnavailable("away")
    page = await gateway.parts.models.page(10, None)
    assert [(view.name, view.versions, view.loaded) for view in page.items] == [("quad", [10], [])]
