"""Versions as zips."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from services.contracts.signatures import CARD_FILE, ModelCard
from services.gateway.catalog.version_zip import VersionZip
from tests.support import models
from tests.support.gateway import Gateway

WEIGHTS = bytes(range(256)) * 4000
URL = "/v1/models/quad/versions/10/download"


@pytest.fixture
def card(gateway: Gateway, tmp_path: Path) -> ModelCard:
    """A published version with files in folders."""
    saved = tmp_path / "saved"
    (saved / "variables").mkdir(parents=True)
    (saved / "saved_model.pb").write_bytes(b"graph")
    (saved / "variables" / "variables.data-00000-of-00001").write_bytes(WEIGHTS)
    card = models.make_card(created="2026-03-14T12:34:56Z", themes=("class",))
    models.publish(gateway.store, card, saved)
    return card


async def test_a_version_comes_as_a_zip_that_a_model_server_can_take(
    card: ModelCard, http: httpx.AsyncClient
) -> None:
    response = await http.get(URL)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"] == 'attachment; filename="quad-10.zip"'
    assert response.headers["x-model-version"] == "10"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"quad/10/{CARD_FILE}",
            "quad/10/saved_model.pb",
            "quad/10/variables/variables.data-00000-of-00001",
        ]
        assert archive.read("quad/10/variables/variables.data-00000-of-00001") == WEIGHTS
        assert ModelCard.model_validate_json(archive.read(f"quad/10/{CARD_FILE}")) == card
        assert archive.getinfo("quad/10/saved_model.pb").date_time == (2026, 3, 14, 12, 34, 56)


async def test_who_has_it_is_not_sent_it_again(card: ModelCard, http: httpx.AsyncClient) -> None:
    first = await http.get(URL)
    assert first.headers["etag"] == f'"{card.uid}"'
    again = await http.get(URL, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await http.get(URL, headers={"If-None-Match": '"other"'})).content == first.content


async def test_a_version_that_is_not_loaded_can_be_taken_along(
    gateway: Gateway, card: ModelCard, http: httpx.AsyncClient
) -> None:
    gateway.client.loaded = frozenset()
    assert (await http.get(URL)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("quad/versions/11", 404),
        ("other/versions/10", 404),
        ("../quad/versions/10", 404),
        ("quad/versions/0", 422),
        ("quad/versions/ten", 422),
    ],
)
async def test_what_there_is_not(card: ModelCard, http: httpx.AsyncClient, path: str, status: int) -> None:
    response = await http.get(f"/v1/models/{path}/download")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


async def test_other_forms_are_refused(card: ModelCard, http: httpx.AsyncClient) -> None:
    assert (await http.get(URL, headers={"Accept": "image/png"})).status_code == 406


def test_a_version_that_is_let_go_of_meanwhile_is_sent_to_its_end(
    gateway: Gateway, card: ModelCard
) -> None:
    pieces = gateway.parts.models.packed(card).chunks()
    first = next(pieces)
    gateway.store.models.delete("quad")
    with zipfile.ZipFile(io.BytesIO(first + b"".join(pieces))) as archive:
        assert archive.testzip() is None


def test_memory_holds_a_piece_at_a_time(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 * 2**20)
    tracemalloc.start()
    try:
        archive = VersionZip({"large": large.open("rb")}, "m/1", datetime(2026, 1, 1))
        size = sum(len(piece) for piece in archive.chunks())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 64 * 2**20
    assert peak < 4 * 2**20


def test_its_files_are_closed_when_it_is_given_up(gateway: Gateway, card: ModelCard) -> None:
    files = gateway.store.models.opened("quad", 10)
    pieces = VersionZip(files, "quad/10", datetime(2026, 1, 1)).chunks()
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    del pieces
    assert all(file.closed for file in files.values())
