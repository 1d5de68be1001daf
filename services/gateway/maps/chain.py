"""The chain of responsibility that answers map questions, and the interface of its links.

    local cache → shared cache → single flight → counts of real images → drawing

Each link answers what it can and asks the next one for the rest. `services.gateway.parts` assembles
them.
"""

from __future__ import annotations

from copy import copy
from typing import Literal, Protocol

from services.gateway.maps.codec import ComputedMap, LatentMap
from services.gateway.maps.question import MapQuestion

Outcome = Literal["hit", "miss", "bypass"]
"""What the caches had; `bypass`: the shared cache does not answer."""


class MapAnswer(LatentMap):
    """A map, and what the caches had."""

    def __init__(self, source: ComputedMap | bytes, outcome: Outcome) -> None:
        super().__init__(source)
        self.outcome = outcome

    def with_outcome(self, outcome: Outcome) -> MapAnswer:
        """The same map, in the forms that it has already, after another outcome."""
        answer = copy(self)
        answer.outcome = outcome
        return answer


class MapSource(Protocol):
    """A link of the chain."""

    async def get(self, question: MapQuestion) -> MapAnswer:
        """The map that answers a question.

        Raises:
            AtlasError: it is not available now, such as `ServingUnavailable`, `DeadlineExceeded` or
                `Overloaded`.
        """
        ...
