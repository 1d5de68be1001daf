"""The chain that answers questions about maps, and what its links have in common.

    local cache → shared cache → single flight → drawing

Each link answers what it can and asks the next one for the rest. `services.gateway.parts` puts them
together.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, Protocol

from services.gateway.maps.codec import ComputedMap, read_map, write_map
from services.gateway.maps.question import MapQuestion

Outcome = Literal["hit", "miss", "bypass"]
"""How the caches did; `bypass`: the shared one does not answer."""


class MapAnswer:
    """A map, as the object or as its message: whichever is missing is made when it is asked for."""

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
            AtlasError: it cannot be had now, such as `ServingUnavailable`, `DeadlineExceeded` or
                `Overloaded`.
        """
        ...
