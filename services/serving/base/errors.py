"""The error of the model server: a canonical status code and a message in TensorFlow Serving's words.

Each edge (gRPC, HTTP) maps the codes in one place.
"""

from __future__ import annotations

from enum import IntEnum

# TensorFlow Serving cuts longer messages, so that they fit into HTTP/2 trailers.
MESSAGE_LIMIT = 1024


class Code(IntEnum):
    """Canonical status codes: the numbers of `tensorflow.error.Code` and of gRPC."""

    OK = 0
    CANCELLED = 1
    UNKNOWN = 2
    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    PERMISSION_DENIED = 7
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    ABORTED = 10
    OUT_OF_RANGE = 11
    UNIMPLEMENTED = 12
    INTERNAL = 13
    UNAVAILABLE = 14
    DATA_LOSS = 15
    UNAUTHENTICATED = 16


class ServingError(Exception):
    """An error for the client: a code and a message."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code.name}: {self.message}"


def invalid_argument(message: str) -> ServingError:
    return ServingError(Code.INVALID_ARGUMENT, message)


def failed_precondition(message: str) -> ServingError:
    return ServingError(Code.FAILED_PRECONDITION, message)


def not_found(message: str) -> ServingError:
    return ServingError(Code.NOT_FOUND, message)


def as_serving_error(error: BaseException) -> ServingError:
    """Any exception as a `ServingError`; an unexpected one becomes INTERNAL and names its type."""
    if isinstance(error, ServingError):
        return error
    if isinstance(error, MemoryError):
        return ServingError(Code.RESOURCE_EXHAUSTED, f"Out of memory: {error}")
    return ServingError(Code.INTERNAL, f"{type(error).__name__}: {error}")


def truncated(message: str) -> str:
    """The message as sent to clients: cut after `MESSAGE_LIMIT` bytes and marked as cut."""
    data = message.encode()
    if len(data) <= MESSAGE_LIMIT:
        return message
    return data[:MESSAGE_LIMIT].decode(errors="ignore") + "...TRUNCATED"
