"""Traces for OpenTelemetry, when an exporter is configured; without one nothing of this happens.

FastAPI makes a span of each request as soon as there is a tracer provider; here are the provider, made from
the standard variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on), and
the spans of the calls to the model server, which carry the trace and the request's id along.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog
from opentelemetry import propagate, trace

log = structlog.get_logger(__name__)

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
REQUEST_ID = "x-request-id"
_tracer = trace.get_tracer("latent-atlas.gateway")


def start(environ: Mapping[str, str] | None = None) -> Callable[[], None]:
    """Export traces if an endpoint is configured; what it returns ends that and sends what is left."""
    environ = os.environ if environ is None else environ
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED") == "true":
        return lambda: None
    try:
        # An extra: most installations have no collector, and start faster without.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("traces are configured but not installed: pip install latent-atlas[telemetry]")
        return lambda: None
    name = environ.get("OTEL_SERVICE_NAME") or "latent-atlas-gateway"
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    log.info("traces are exported", service=name)
    return provider.shutdown


@contextmanager
def model_call(method: str, model: str) -> Iterator[Sequence[tuple[str, str]]]:
    """A span of one call to the model server, and the metadata that the call sends along."""
    attributes = {"rpc.system": "grpc", "rpc.method": method, "latent_atlas.model": model}
    with _tracer.start_as_current_span(method, kind=trace.SpanKind.CLIENT, attributes=attributes):
        carried: dict[str, str] = {}
        propagate.inject(carried)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        if request_id is not None:
            carried[REQUEST_ID] = request_id
        yield tuple(carried.items())
