"""Maps of a moment ago: the same answers as those of the long way, and never longer than they are right."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from services.gateway.api.known_maps import LONGEST_TEXT
from services.gateway.http import content_types
from services.gateway.maps.local_cache import EncodedMap, LocalCache, MapRequest
from services.gateway.plumbing.metrics import Metrics
from tests.support.gateway import Gateway
from tests.support.map_links import question

URL = "/v1/models/quad/map?resolution=8"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """One whose local cache is never too old, and which looks up versions each time."""
    gateway = Gateway(tmp_path, fresh_seconds=1000.0, recent_seconds=0.0)
    gateway.encoded_maps.enabled = True
    return gateway


@pytest.mark.parametrize("form", ["application/json", "image/png", "application/x-npy"])
async def test_the_second_answer_is_the_first_one(
    gateway: Gateway, http: httpx.AsyncClient, form: str
) -> None:
    gateway.publish()
    headers = {"Accept": form}
    first = await http.get(URL, headers=headers)
    gateway.map_store.kept.clear()  # so that only the local cache can have it
    second = await http.get(URL, headers=headers)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "hit")
    assert second.content == first.content
    same = {name for name in first.headers if name not in ("x-cache", "x-request-id")}
    assert {name: second.headers[name] for name in same} == {name: first.headers[name] for name in same}
    known = await http.get(URL, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == first.headers["etag"]
    assert known.headers["cache-control"] == first.headers["cache-control"]
    figures = gateway.metrics.exposition().decode()
    assert 'atlas_map_answers_total{cache="hit"} 1.0' in figures
    route = 'method="GET",route="/v1/models/{model}/map"'
    assert f'atlas_requests_total{{{route},status="200"}} 2.0' in figures
    assert f'atlas_requests_total{{{route},status="304"}} 1.0' in figures


async def test_the_same_map_in_other_words_is_kept_once(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    held = gateway.encoded_maps.bytes
    gateway.map_store.kept.clear()
    for number in range(50):
        answer = await http.get(URL, headers={"Accept": f"application/json, a/{number:0900}"})
        assert answer.headers["x-cache"] == "hit"
    assert (await http.get(URL + "&axes=0,1&at=&label=")).status_code == 422
    assert (await http.get(URL + "&axes=0,1&refine=")).headers["x-cache"] == "hit"
    assert gateway.encoded_maps.bytes == held
    # Long texts are parsed each time; their answers are the same.
    long = {"Accept": f"application/json, a/{'x' * LONGEST_TEXT}"}
    assert (await http.get(URL, headers=long)).headers["x-cache"] == "hit"


async def test_what_is_known_already_needs_no_look(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, fresh_seconds=-1.0, recent_seconds=0.0)
    gateway.encoded_maps.enabled = True
    gateway.publish()
    async with gateway.http() as http:
        etag = (await http.get(URL)).headers["etag"]
        looked = gateway.map_store.asked
        assert (await http.get(URL, headers={"If-None-Match": etag})).status_code == 304
        assert gateway.map_store.asked == looked
        # Who knows nothing, or something else, gets what the shared cache has.
        assert (await http.get(URL, headers={"If-None-Match": '"other"'})).status_code == 200
        assert gateway.map_store.asked > looked
        gateway.publish(version=20)
        assert (await http.get(URL, headers={"If-None-Match": etag})).status_code == 200


async def test_other_questions_have_other_answers(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    assert (await http.get(URL, headers={"Accept": "application/x-npy"})).content[:6] == b"\x93NUMPY"
    assert (await http.get(URL + "&axes=1,0")).json()["axes"] == [1, 0]


async def test_what_changes_is_noticed(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    await http.get(URL + "&version=10")
    gateway.publish(version=20)
    assert (await http.get(URL)).json()["version"] == 20
    assert (await http.get(URL + "&version=10")).json()["version"] == 10
    gateway.client.loaded = frozenset()
    assert (await http.get(URL)).status_code == 503
    gateway.client.loaded = None
    gateway.store.models.delete("quad")
    assert (await http.get(URL)).status_code == 404
    gateway.publish(version=20, uid="trained-anew")
    assert (await http.get(URL)).headers["x-cache"] == "miss"


async def test_without_the_shared_cache_nothing_is_kept(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    gateway.encoded_maps.enabled = False
    gateway.map_store.away = True
    assert (await http.get(URL)).headers["x-cache"] == "bypass"
    # What the cache did not give or take is not kept either.
    gateway.encoded_maps.enabled = True
    assert (await http.get(URL + "&axes=0")).headers["x-cache"] == "bypass"
    assert (await http.get(URL + "&axes=0")).headers["x-cache"] == "bypass"


async def test_answers_get_old(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, fresh_seconds=-1.0, recent_seconds=0.0)
    gateway.encoded_maps.enabled = True
    gateway.publish()
    async with gateway.http() as http:
        await http.get(URL)
        gateway.map_store.kept.clear()
        assert (await http.get(URL)).headers["x-cache"] == "miss"


async def test_keys_are_asked_for_first(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    key = gateway.store.keys.create("ci")
    assert (await http.get(URL)).status_code == 401
    assert (await http.get(URL, headers={"X-API-Key": key})).headers["x-cache"] == "hit"


class _Sized:
    """Has maps of so many bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[int] = []

    async def get(self, request: MapRequest) -> EncodedMap:
        self.asked.append(request.question.geometry.resolution)
        return EncodedMap(bytes(self.size), "miss")


def _request(resolution: int) -> MapRequest:
    return MapRequest(question(resolution), content_types.NPY)


async def test_the_least_used_is_forgotten_first() -> None:
    source = _Sized(4000)
    cache = LocalCache(source, Metrics(), most_bytes=3 * 5000 + 50)
    cache.enabled = True
    for number in range(10, 14):
        await cache.get(_request(number))
        await cache.get(_request(10))
    assert source.asked == [10, 11, 12, 13]
    assert cache.recent(_request(10)) is not None
    assert cache.recent(_request(11)) is None
    assert 3 * 4000 < cache.bytes <= 3 * 5000


async def test_large_maps_are_not_kept() -> None:
    source = _Sized(101)
    cache = LocalCache(source, Metrics(), largest=100)
    cache.enabled = True
    for _ in range(2):
        assert (await cache.get(_request(10))).outcome == "miss"
    assert (len(source.asked), cache.bytes) == (2, 0)
