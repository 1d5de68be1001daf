"""Answers of a moment ago: the same as those of the long way, and never longer than they are right."""

from __future__ import annotations

import httpx
import pytest

from services.contracts.signatures import ModelCard
from services.gateway.catalog.catalog import Catalog
from services.gateway.maps import local_cache
from tests.support.gateway import Gateway

URL = "/v1/models/quad/map?resolution=8"


@pytest.fixture(autouse=True)
def _shelf_is_there(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway.near.enabled = True
    monkeypatch.setattr(local_cache, "PINNED_SECONDS", 0.0)
    monkeypatch.setattr(local_cache, "FRESH_SECONDS", 1000.0)


def _counted(gateway: Gateway) -> str:
    return gateway.metrics.exposition().decode()


@pytest.mark.parametrize("form", ["application/json", "image/png", "application/x-npy"])
async def test_the_second_answer_is_the_first_one(
    gateway: Gateway, http: httpx.AsyncClient, form: str
) -> None:
    gateway.publish()
    headers = {"Accept": form}
    first = await http.get(URL, headers=headers)
    gateway.shelf.kept.clear()  # so that only what is near can be a hit
    second = await http.get(URL, headers=headers)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "hit")
    assert second.content == first.content
    same = {name for name in first.headers if name not in ("x-cache", "x-request-id")}
    assert {name: second.headers[name] for name in same} == {name: first.headers[name] for name in same}
    known = await http.get(URL, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == first.headers["etag"]
    assert known.headers["cache-control"] == first.headers["cache-control"]
    figures = _counted(gateway)
    assert 'atlas_map_answers_total{cache="hit"} 1.0' in figures
    route = 'method="GET",route="/v1/models/{model}/map"'
    assert f'atlas_requests_total{{{route},status="200"}} 2.0' in figures
    assert f'atlas_requests_total{{{route},status="304"}} 1.0' in figures


async def test_what_is_known_already_needs_no_newer_look(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.publish()
    monkeypatch.setattr(local_cache, "FRESH_SECONDS", -1.0)
    etag = (await http.get(URL)).headers["etag"]
    looked = gateway.shelf.asked
    assert (await http.get(URL, headers={"If-None-Match": etag})).status_code == 304
    assert gateway.shelf.asked == looked
    # Who knows nothing, or something else, gets what the shared cache has.
    assert (await http.get(URL, headers={"If-None-Match": '"other"'})).status_code == 200
    assert gateway.shelf.asked > looked
    gateway.publish(version=20)
    assert (await http.get(URL, headers={"If-None-Match": etag})).status_code == 200


async def test_an_answer_may_be_forgotten_while_its_version_is_looked_up(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.publish()
    await http.get(URL)
    gateway.shelf.kept.clear()
    pinned = Catalog.pinned

    async def pinned_later(self: Catalog, model: str, version: int | None) -> ModelCard:
        # As when the cache's server goes in this moment.
        gateway.near._answers.clear()
        return await pinned(self, model, version)

    monkeypatch.setattr(Catalog, "pinned", pinned_later)
    answer = await http.get(URL)
    assert (answer.status_code, answer.headers["x-cache"]) == (200, "miss")


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


async def test_without_the_cache_nothing_is_near(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    gateway.near.enabled = False
    gateway.shelf.away = True
    assert (await http.get(URL)).headers["x-cache"] == "bypass"
    # What the cache did not give or take is not kept either.
    gateway.near.enabled = True
    assert (await http.get(URL + "&axes=0")).headers["x-cache"] == "bypass"
    assert (await http.get(URL + "&axes=0")).headers["x-cache"] == "bypass"


async def test_the_least_used_is_forgotten_first(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.publish()
    await http.get(URL + "&range=-1,1.0")
    monkeypatch.setattr(local_cache, "MOST_BYTES", 3 * gateway.near.bytes + 50)
    for number in range(1, 4):
        await http.get(URL + f"&range=-1,1.{number}")
        await http.get(URL + "&range=-1,1.0")
    gateway.shelf.kept.clear()
    assert (await http.get(URL + "&range=-1,1.0")).headers["x-cache"] == "hit"
    assert (await http.get(URL + "&range=-1,1.1")).headers["x-cache"] == "miss"


async def test_the_question_counts_as_what_is_kept_does(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.publish()
    # Who asks for endless forms of one small answer.
    for number in range(50):
        await http.get(URL, headers={"Accept": f"application/json, a/{number:0900}"})
    kept = gateway.near._answers
    assert len(kept) == 50
    texts = sum(len(part) for key in kept for part in key)
    assert gateway.near.bytes > texts > 50 * 900
    monkeypatch.setattr(local_cache, "MOST_BYTES", gateway.near.bytes // 2)
    await http.get(URL, headers={"Accept": "application/json, b/b"})
    assert len(kept) == 25
    # Longer questions are answered, and not kept.
    held = gateway.near.bytes
    for part in ("path", "query", "form"):
        name = "x" * local_cache.LONGEST_KEY
        url = (
            URL.replace("quad", name)
            if part == "path"
            else URL + (f"&at={name}" if part == "query" else "")
        )
        await http.get(url, headers={"Accept": f"application/json, {name if part == 'form' else 'a'}/a"})
    assert len(kept) == 25
    assert gateway.near.bytes == held


async def test_what_is_forgotten_counts_no_more(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    assert gateway.near.bytes > 0
    gateway.publish(version=20)
    await http.get(URL + "&axes=1,0")
    gateway.store.models.delete("quad")
    for url in (URL, URL + "&axes=1,0"):
        assert (await http.get(url)).status_code == 404
    assert gateway.near.bytes == 0


async def test_answers_get_old(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_cache, "FRESH_SECONDS", -1.0)
    gateway.publish()
    await http.get(URL)
    gateway.shelf.kept.clear()
    assert (await http.get(URL)).headers["x-cache"] == "miss"


async def test_keys_are_asked_for_first(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.publish()
    await http.get(URL)
    key = gateway.store.keys.create("ci")
    assert (await http.get(URL)).status_code == 401
    assert (await http.get(URL, headers={"X-API-Key": key})).headers["x-cache"] == "hit"
