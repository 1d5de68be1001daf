"""Which API calls the client makes, and which calls the API describes."""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from typing import Any

import httpx

from latent_atlas_client import AtlasError, Client

Calls = set[tuple[str, str]]
"""Method and path, with `GIVEN` in place of parameters."""

GIVEN: dict[str, Any] = {
    "name": "NAME",
    "run": "NAME",
    "names": ["NAME"],
    "epochs": 7,
    "model": "NAME",
    "version": 7,
    "epoch": 7,
    "spec": {},
    "source": b"zip",
    "preview": "0" * 32,
    "image": b"png",
    "picture": b"png",
    "target": "/nowhere/file",
    "point": [0.0],
    "start": [0.0],
    "end": [1.0],
    "edits": [],
    "part": "test",
    "index": 7,
}


def calls_of_the_client() -> Calls:
    """The calls that all methods of the client make, taken together."""
    asked = set()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.add((request.method.lower(), request.url.path))
        return httpx.Response(500)

    with Client("http://atlas", transport=httpx.MockTransport(answer)) as atlas:
        for group in (atlas.datasets, atlas.runs, atlas.experiments, atlas.models, atlas.recipes):
            for name, method in inspect.getmembers(group, inspect.ismethod):
                if name.startswith("_"):
                    continue
                parameters = inspect.signature(method).parameters
                needed = {key: GIVEN[key] for key, item in parameters.items() if item.default is item.empty}
                # A map that is watched is another call.
                watched = {"axes": [0], "resolution": 2, "on_progress": lambda *_: None}
                chosen = {key: value for key, value in watched.items() if key in parameters}
                for options in (needed, needed | chosen):
                    with suppress(AtlasError):
                        list(method(**options))
    return asked


def calls_of_the_api(description: dict[str, Any]) -> Calls:
    """The calls that an OpenAPI description offers below its version prefix."""
    return {
        (method, re.sub(r"\{(\w+)\}", lambda field: str(GIVEN.get(field[1], field[1])), path))
        for path, operations in description["paths"].items()
        if path.startswith("/v1/")
        for method in operations
    }
