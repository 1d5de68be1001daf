"""A client whose gateway gives prepared answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from latent_atlas_client import Client


@dataclass
class Canned:
    """Answers by method and path below /v1, such as ``GET /models/m/map``; requests are kept."""

    answers: dict[str, Callable[[httpx.Request], httpx.Response]]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answers[f"{request.method} {request.url.path.removeprefix('/v1')}"](request)

    @property
    def queries(self) -> list[dict[str, str]]:
        """Of each request."""
        return [dict(request.url.params) for request in self.requests]

    @property
    def bodies(self) -> list[Any]:
        """JSON of each request."""
        return [json.loads(request.content) for request in self.requests]


@contextmanager
def client(canned: Canned) -> Iterator[Client]:
    """A client of this gateway."""
    with Client("http://atlas", transport=httpx.MockTransport(canned), retries=0) as atlas:
        yield atlas


def stream(events: Iterable[tuple[str, Any]]) -> httpx.Response:
    """Server-sent events with JSON."""
    text = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
    return httpx.Response(200, text=text, headers={"Content-Type": "text/event-stream"})
