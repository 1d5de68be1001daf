"""The gateway over HTTP: answers as they are, problems as `CliError` with one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_sse import ServerSentEvent, connect_sse

from services.contracts.errors import AtlasError
from services.contracts.events import FINISHED, Event, event_adapter

_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
_EVENT_TIMEOUT = httpx.Timeout(60.0, connect=5.0, read=60.0)


class CliError(AtlasError):
    """The gateway cannot be reached, or refused what was asked."""


@dataclass(frozen=True)
class Media:
    """A body that is not JSON."""

    data: bytes
    headers: httpx.Headers


class Client:
    """One gateway.

    Args:
        url: such as http://127.0.0.1:8000
        key: an API key, where the gateway asks for one.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        self._url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            self._http = httpx.Client(base_url=f"{self._url}/v1", headers=headers, timeout=_TIMEOUT)
        except httpx.InvalidURL as error:
            raise CliError(f"{url} is no address: {error}.") from error

    def json(self, method: str, path: str, **options: Any) -> Any:
        """Ask for JSON; None where the answer has no body."""
        response = self._send(method, path, **options)
        return response.json() if response.content else None

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """Ask for another form, such as image/png."""
        response = self._send(method, path, headers={"Accept": accept}, **options)
        return Media(response.content, response.headers)

    def events(self, run: str) -> Iterator[Event]:
        """Everything that a run says, from its start until it ends, across lost connections."""
        last = 0
        failures = 0
        while True:
            ended = False
            try:
                for message in self._connect(run, last):
                    failures = 0
                    if not message.data:  # the server only said how soon to reconnect
                        continue
                    event = event_adapter.validate_json(message.data)
                    last = max(last, event.id)
                    ended = _ends(event)
                    yield event
            except httpx.TransportError as error:
                failures += 1
                if failures > 5:
                    raise CliError(f"The connection to {self._url} was lost: {error}.") from error
            if ended:
                return

    def _connect(self, run: str, last: int) -> Iterator[ServerSentEvent]:
        headers = {"Last-Event-ID": str(last)} if last else {}
        with connect_sse(
            self._http, "GET", f"/runs/{run}/events", headers=headers, timeout=_EVENT_TIMEOUT
        ) as source:
            if source.response.is_error:
                source.response.read()
                raise _refused(source.response)
            yield from source.iter_sse()

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **options)
        except httpx.ConnectError as error:
            raise CliError(
                f"Nothing answers at {self._url}; start the system with `atlas up`, or give --url."
            ) from error
        except httpx.TransportError as error:
            raise CliError(f"{self._url} did not answer ({type(error).__name__}).") from error
        if response.is_error:
            raise _refused(response)
        return response


def _ends(event: Event) -> bool:
    """Whether a run says nothing more after this event."""
    return event.event == "state" and event.id > 0 and event.state in FINISHED


def _refused(response: httpx.Response) -> CliError:
    try:
        problem = response.json()
        detail = problem["detail"]
    except (ValueError, KeyError, TypeError):
        return CliError(f"{response.url} answered {response.status_code}.")
    errors = problem.get("errors") or []
    lines = [f"  {item['path']}: {item['message']}" for item in errors]
    return CliError("\n".join([detail, *lines]) if len(lines) > 1 else detail)
