"""Whether it lives, whether it can serve, and its figures."""

from __future__ import annotations

from typing import Literal

from anyio import to_thread
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from services.gateway.api.common import PartsOf
from services.gateway.api.parameters import StrictRoute

router = APIRouter(tags=["system"], route_class=StrictRoute)


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """What the gateway can do now, part by part."""

    status: Literal["ready", "degraded", "unavailable"] = Field(
        description="degraded: models can be explored, something else cannot; unavailable: answered as 503"
    )
    serving: bool = Field(description="The model server answers")
    queue: bool = Field(description="Trainings can be submitted")
    cache: bool = Field(description="Computed maps are kept")
    workers: int | None = Field(description="Training workers that are ready; null: not known")
    reason: str | None = Field(
        None,
        description="What is amiss, in sentences; not given where nothing is",
        exclude_if=lambda reason: reason is None,
    )


@router.get("/healthz", summary="Is it alive?")
async def healthz() -> Alive:
    """Answers as long as the process does."""
    return Alive()


@router.get(
    "/readyz",
    summary="Can it serve?",
    responses={503: {"description": "The model server does not answer", "model": Readiness}},
)
async def readyz(parts: PartsOf, response: Response) -> Readiness:
    """Ready means that models can be explored. Without Redis it is ready still, but degraded."""
    readiness = await parts.health.readiness()
    if not readiness.serving:
        response.status_code = 503
        response.headers["Retry-After"] = "2"
    return Readiness.model_validate(readiness, from_attributes=True)


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"description": "Prometheus' text format", "content": {"text/plain": {}}}},
)
async def metrics(parts: PartsOf) -> Response:
    """Requests, latency by route and model, queues, cache outcomes, points, versions, runs, parts."""
    (await parts.health.readiness()).record(parts.metrics)
    await to_thread.run_sync(parts.run_views.count, parts.metrics)
    await parts.models.record(parts.metrics)
    return Response(parts.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
