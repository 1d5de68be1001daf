"""The chain of responsibility that answers map questions, and the interface of its links.

    local cache → shared cache → single flight → drawing

Each link answers what it can and asks the next one for the rest. `services.gateway.parts` assembles
them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, Protocol

from services.gateway.maps.codec import ComputedMap, read_map, write_map
from services.gateway.maps.question import MapQuestion

Outcome = Literal["hit", "miss", "bypass"]
"""What the caches had; `bypass`: the shared cache does not answer."""


class MapAnswer:
    """A map as an object and as a message; the one that is missing is made on first use."""

    def __init__(self, source: ComputedMap | bytes, outcome: Outcome) -> None:
        self.outcome = outcome
        self._source = source

    @cached_property
    def computed(self) -> ComputedMap:
        return read_map(self._source) if isinstance(self._source, bytes) else self._source

    @cached_property
    def message(self) -> bytes:
        """`LatentMap`, serialised."""
        return self._source if isinstance(self._source, bytes) else write_map(self._source)


class MapSource(Protocol):
    """A link of the chain."""

    async def get(self, question: MapQuestion) -> MapAnswer:
        """The map that answers a question.

        Raises:
            AtlasError: it is not available now, such as `ServingUnavailable`, `DeadlineExceeded` or
                `Overloaded`.
        """
        ...
