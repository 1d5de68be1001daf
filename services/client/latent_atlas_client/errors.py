"""The errors: one class for each kind of problem that the API answers with.

AtlasError                     everything below; one sentence for a person
├── NoAddress                  the gateway's address is not valid
├── Unreachable                nothing answers, or the connection broke
├── UnexpectedAnswer           the answer is not what this client expects: another version or another server
├── RunFailed                  the run that was waited for failed
├── WaitedTooLong              the run that was waited for has not ended in time
└── ApiError                   the gateway refused the request; RFC 9457 problem details
    ├── InvalidInput           422: fields are wrong, each with its path
    ├── NotFound               404
    │   ├── RunNotFound, ExperimentNotFound, EpochNotFound, StateNotKept
    │   └── DatasetNotFound, ModelNotFound, VersionNotFound
    ├── NotAcceptable          406
    ├── Conflict               409
    │   ├── NameTaken
    │   ├── WrongState
    │   └── LeaseLost
    ├── AccessDenied           401: no API key, or an unknown one
    │   └── ScopeMissing       403: the key may not do this
    ├── Unavailable            503: try again after `retry_after` seconds
    │   ├── ModelNotReady, ServingUnavailable, QueueUnavailable, DataUnavailable
    │   ├── Overloaded, FileLocked
    │   └── RateLimited        429
    ├── DeadlineExceeded       504
    └── StorageFailed          507
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from latent_atlas_client.types import Run


class AtlasError(Exception):
    """The base of all errors of this package."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NoAddress(AtlasError):
    """The gateway's address is not valid."""


class Unreachable(AtlasError):
    """Nothing answers at the address, or the connection broke during the answer."""

    def __init__(self, message: str, *, connected: bool) -> None:
        super().__init__(message)
        self.connected = connected
        """Whether there was a connection, so that the request may have arrived."""


class UnexpectedAnswer(AtlasError):
    """The answer is not what this client expects."""


class RunFailed(AtlasError):
    """The run that was waited for failed."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.error or f"{run.name} has failed.")
        self.run = run


class WaitedTooLong(AtlasError):
    """The run that was waited for has not ended in the given time; it continues."""


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field."""

    path: str
    """Dotted path of the field, such as ``network.activation.name``."""
    message: str
    """What is wrong, such as ``must be one of …``."""


class ApiError(AtlasError):
    """The gateway refused the request; `message` is the problem's `detail`."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        type: str = "about:blank",  # noqa: A002 - the name in RFC 9457
        title: str = "",
        errors: tuple[FieldProblem, ...] = (),
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status."""
        self.type = type
        """The kind of problem, such as ``/problems/run-not-found``."""
        self.title = title
        self.errors = errors
        """Of `InvalidInput`: each wrong field."""
        self.retry_after = retry_after
        """Seconds after which to repeat the request; None: unknown."""
        self.request_id = request_id
        """Id of the request in the gateway's log."""


class InvalidInput(ApiError): ...


class NotFound(ApiError): ...


class RunNotFound(NotFound): ...


class ExperimentNotFound(NotFound): ...


class EpochNotFound(NotFound): ...


class StateNotKept(NotFound): ...


class DatasetNotFound(NotFound): ...


class ModelNotFound(NotFound): ...


class VersionNotFound(NotFound): ...


class NotAcceptable(ApiError): ...


class Conflict(ApiError): ...


class NameTaken(Conflict): ...


class WrongState(Conflict): ...


class LeaseLost(Conflict): ...


class AccessDenied(ApiError): ...


class ScopeMissing(AccessDenied): ...


class Unavailable(ApiError): ...


class ModelNotReady(Unavailable): ...


class ServingUnavailable(Unavailable): ...


class QueueUnavailable(Unavailable): ...


class DataUnavailable(Unavailable): ...


class Overloaded(Unavailable): ...


class FileLocked(Unavailable): ...


class RateLimited(Unavailable): ...


class DeadlineExceeded(ApiError): ...


class StorageFailed(ApiError): ...


def _tree(root: type[ApiError]) -> dict[str, type[ApiError]]:
    """Every class by its slug: RunNotFound is ``run-not-found``."""
    found = {re.sub(r"(?<!^)(?=[A-Z])", "-", root.__name__).lower(): root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


KINDS = _tree(ApiError)
_BY_STATUS: dict[int, type[ApiError]] = {
    401: AccessDenied,
    403: ScopeMissing,
    404: NotFound,
    406: NotAcceptable,
    409: Conflict,
    422: InvalidInput,
    429: RateLimited,
    503: Unavailable,
    504: DeadlineExceeded,
    507: StorageFailed,
}
"""For problems of unknown kinds, and answers of proxies."""


def api_error(status: int, headers: Mapping[str, str], body: bytes, url: str) -> ApiError:
    """The error in an answer of the gateway, or of a proxy before it."""
    problem: Any
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    kind = str(problem.get("type", "about:blank"))
    fallback = _BY_STATUS.get(status, ApiError)
    cls = KINDS.get(kind.rpartition("/")[2], fallback)
    errors = tuple(
        FieldProblem(str(item.get("path", "")), str(item.get("message", "")))
        for item in problem.get("errors") or ()
    )
    return cls(
        str(problem.get("detail") or f"{url} answered {status}."),
        status=status,
        type=kind,
        title=str(problem.get("title", "")),
        errors=errors,
        retry_after=_seconds(headers.get("Retry-After", "")),
        request_id=headers.get("X-Request-ID"),
    )


def _seconds(text: str) -> float | None:
    try:
        return max(0.0, float(text))
    except ValueError:
        return None  # a date, which the gateway never sends
