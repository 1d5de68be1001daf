"""The OpenAPI description: what FastAPI finds in the routes, with our errors and our events added."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from services.contracts.api.judges import JudgeRequest
from services.contracts.api.maps import MapDone, MapTile, ScalarDone, ScalarTile
from services.contracts.api.problems import Problem
from services.contracts.runs.events import (
    EpochEnded,
    MapDrawn,
    ReportWritten,
    SnapshotTaken,
    StateChanged,
    VersionExported,
    WarningRaised,
)
from services.gateway.http.addresses import is_api

_REF = "#/components/schemas/{model}"
_EVENTS = (
    StateChanged,
    EpochEnded,
    SnapshotTaken,
    MapDrawn,
    VersionExported,
    WarningRaised,
    ReportWritten,
)
DESCRIPTION = """
Train generative adversarial networks whose latent space is small enough to see, and explore it.

* **Errors** are RFC 9457 problem details (`application/problem+json`). For 422, `errors` has the path of
  each wrong field. Where 503 comes with `Retry-After`, the same request will do later.
* **Parameters**: one that a call does not have, or that is given twice, is a 422 that names it.
* **HEAD** answers as GET does, without the body. **Range** gets a part where `Accept-Ranges` says so. What
  gets smaller by it is compressed for those who take `gzip`.
* **Forms**: JSON unless `Accept` asks for another of the forms listed with a call.
* **Keys**: when the server has keys, send one as `Authorization: Bearer <key>` or as `X-API-Key`. Their
  scopes: `read` looks and explores, `train` also submits and steers trainings and uploads data sets,
  `admin` also deletes. A key may have a rate: beyond it, 429 with `Retry-After`.
* **Whose page asks**: a browser's request that is no `GET`, `HEAD` or `OPTIONS` and comes from a page of
  another site or port is a 403; a server with keys can list such pages. A server without keys answers under
  its own names alone, others are a 421.
* **Limits** of a connection: 64 KiB of headers (431), and 408 where the rest of a request does not come.
* **Versions** of a model never change. `version` is optional everywhere: the newest available one.
""".strip()

_ALONE = (Problem, MapTile, ScalarTile, MapDone, ScalarDone, JudgeRequest)
"""Types that are only parts of streams, or one of several bodies."""


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once for an app."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        _add_models(schema)
        _add_security(schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _add_models(schema: dict[str, Any]) -> None:
    """Models that no route names as its JSON: problems, and the events of the stream."""
    _, found = models_json_schema(
        [(model, "serialization") for model in (*_ALONE, *_EVENTS)], ref_template=_REF
    )
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for name, model in found["$defs"].items():
        schemas.setdefault(name, model)
    schemas["Event"] = {
        "description": "`data` of a run's server-sent events; `event` tells the kinds apart",
        "oneOf": [{"$ref": _REF.format(model=event.__name__)} for event in _EVENTS],
        "discriminator": {
            "propertyName": "event",
            "mapping": {
                event.model_fields["event"].default: _REF.format(model=event.__name__) for event in _EVENTS
            },
        },
    }
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)


def _add_security(schema: dict[str, Any]) -> None:
    schema["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    seconds = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
    refusals = {
        "401": {"description": "No API key, or an unknown one", "content": content},
        "403": {"description": "The key may not do this, or a page of others asks", "content": content},
        "421": {"description": "The server does not answer under this name", "content": content},
        "429": {"description": "The key asks too often", "content": content, "headers": seconds},
    }
    unknown = {"description": "There is no such parameter; `errors` names it", "content": content}
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            _drop_default_error(operation["responses"])
            operation["responses"].setdefault("422", unknown)
            if is_api(path):
                # Open servers ask for none.
                operation["security"] = [{}, {"bearer": []}, {"key": []}]
                operation["responses"] |= refusals


def _drop_default_error(responses: dict[str, Any]) -> None:
    """FastAPI adds its own form of 422 to routes that name none and can hardly answer it."""
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]
