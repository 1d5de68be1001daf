from __future__ import annotations

import errno
import json
from pathlib import Path

import httpx
import pytest

from services.contracts import errors as atlas
from services.gateway.http.content_types import NotAcceptable
from services.gateway.http.problems import KINDS, error_response
from tests.support.gateway import Gateway


def _tree(root: type[atlas.AtlasError]) -> set[type[atlas.AtlasError]]:
    return {root}.union(*(_tree(child) for child in root.__subclasses__()))


def test_every_error_is_mapped() -> None:
    ours = {
        cls
        for cls in _tree(atlas.AtlasError)
        if cls.__module__.startswith(("services.contracts", "services.gateway"))
    }
    assert set(KINDS) == ours - {atlas.AtlasError}


def test_kinds_tell_errors_apart() -> None:
    slugs = {cls: kind.slug for cls, kind in KINDS.items() if cls is not atlas.FieldProblem}
    assert len(set(slugs.values())) == len(slugs)


@pytest.mark.parametrize(
    ("error", "status", "headers"),
    [
        (atlas.RunNotFound("x"), 404, {}),
        (atlas.NameTaken("run", "x"), 409, {}),
        (atlas.QueueUnavailable("away", retry_after=7), 503, {"retry-after": "7"}),
        (atlas.DataUnavailable("away"), 503, {"retry-after": "30"}),
        (atlas.AccessDenied("no"), 401, {"www-authenticate": "Bearer"}),
        (atlas.DeadlineExceeded("slow"), 504, {}),
        (atlas.StorageFailed("full"), 507, {}),
        (NotAcceptable("no"), 406, {}),
    ],
)
def test_the_answer_of_an_error(error: atlas.AtlasError, status: int, headers: dict[str, str]) -> None:
    response = error_response(error)
    body = json.loads(bytes(response.body))
    assert response.status_code == body["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert body["detail"] == error.message
    assert body["type"].startswith("/problems/")
    assert "errors" not in body
    for name, value in headers.items():
        assert response.headers[name] == value


def test_invalid_input_names_its_fields() -> None:
    body = json.loads(bytes(error_response(atlas.InvalidInput.field("a.b", "is wrong")).body))
    assert body["errors"] == [{"path": "a.b", "message": "is wrong"}]


def test_halves_of_surrogate_pairs_can_be_quoted() -> None:
    body = json.loads(bytes(error_response(atlas.InvalidInput.field("\ud800", "is \udfff")).body))
    assert body["errors"] == [{"path": "?", "message": "is ?"}]


def test_an_error_of_a_subclass_is_told_as_its_parent() -> None:
    class Stranger(atlas.WrongState):
        pass

    try:
        assert error_response(Stranger("a", "running", "deleted")).status_code == 409
    finally:
        del Stranger


async def test_answers_name_no_place_on_this_machine(
    gateway: Gateway, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mkdir(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    submitted = await http.post("/v1/runs", json={"name": "r", "dataset": "digits"})
    uploaded = await http.put("/v1/datasets/d", content=b"zip")
    gateway.store.keys.path.write_text("{")
    looked = await http.get("/v1/runs")
    for answer in (submitted, uploaded, looked):
        assert answer.status_code == 507
        assert "/" not in answer.json()["detail"]
    assert "the file system is read-only" in submitted.json()["detail"]
