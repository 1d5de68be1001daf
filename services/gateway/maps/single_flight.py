"""The link that combines concurrent questions for the same map."""

from __future__ import annotations

from services.gateway.maps.chain import MapAnswer, MapSource
from services.gateway.maps.question import MapQuestion
from services.gateway.plumbing.single_flight import SingleFlight


class MapSingleFlight:
    """Asks the next link once for all concurrent callers in this process."""

    def __init__(self, following: MapSource) -> None:
        self._following = following
        self._single_flight: SingleFlight[MapAnswer] = SingleFlight()

    async def get(self, question: MapQuestion) -> MapAnswer:
        return await self._single_flight.join(question.fingerprint, lambda: self._following.get(question))
