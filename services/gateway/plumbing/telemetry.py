"""Traces for OpenTelemetry, if an exporter is configured.

FastAPI makes a span of each request once there is a tracer provider. This module makes the provider from
the standard variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on), and
spans of the calls to the model server, which pass on the trace and the request's id.
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
    """Export traces if an endpoint is configured; returns a function that flushes and stops the export."""
    environ = os.environ if environ is None else environ
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED") == "true":
        return lambda: None
    try:
        # An optional dependency: most installations have no collector, and start faster without it.
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
    """A span around one call to the model server; yields the metadata to send with the call."""
    attributes = {"rpc.system": "grpc", "rpc.method": method, "latent_atlas.model": model}
    with _tracer.start_as_current_span(method, kind=trace.SpanKind.CLIENT, attributes=attributes):
        carried: dict[str, str] = {}
        propagate.inject(carried)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        if request_id is not None:
            carried[REQUEST_ID] = request_id
        yield tuple(carried.items())
