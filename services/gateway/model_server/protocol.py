"""The model server as the rest of the gateway sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Question:
    """One call of a signature of one pinned version."""

    model: str
    version: int
    signature: str
    inputs: Tensors
    outputs: Sequence[str]
    """Names of the outputs that are wanted; the others are not computed."""


class ModelClient(Protocol):
    """What the gateway needs of a model server."""

    async def predict(self, question: Question, seconds: float) -> dict[str, NDArray[Any]]:
        """Outputs by name.

        Raises:
            ModelNotReady: the server does not know this model or version (yet).
            ServingUnavailable: the server does not answer.
            DeadlineExceeded: no answer within `seconds`.
        """
        ...

    async def available(self, model: str) -> frozenset[int]:
        """Versions of a model that are loaded; empty for a model that the server does not know.

        Raises:
            ServingUnavailable: the server does not answer.
        """
        ...

    async def check(self) -> None:
        """Return when the server answers at all, else raise `ServingUnavailable`."""
        ...

    async def close(self) -> None: ...
