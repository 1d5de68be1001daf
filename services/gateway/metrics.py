"""Figures for Prometheus."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

_LATENCY_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """The gateway's figures, in a registry of their own."""

    def __init__(self) -> None:
        # When a counter began is of no use to anybody, and doubles the page.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "atlas_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self.latency = Histogram(
            "atlas_request_seconds",
            "Time from a request to the first byte of its answer",
            ("method", "route"),
            buckets=_LATENCY_BUCKETS,
            registry=self.registry,
        )
        self.map_answers = Counter(
            "atlas_map_answers",
            "Maps by where they came from: hit, miss, bypass",
            ("cache",),
            registry=self.registry,
        )
        self.map_waits = Counter(
            "atlas_map_waits",
            "Maps that waited for another gateway to compute them",
            registry=self.registry,
        )
        self.points = Counter(
            "atlas_points", "Latent points computed, by what for", ("work",), registry=self.registry
        )
        self.tiles = Counter("atlas_map_tiles", "Tiles of maps that were computed", registry=self.registry)
        self.runs = Gauge("atlas_runs", "Runs by state", ("state",), registry=self.registry)
        self.part_up = Gauge(
            "atlas_part_up", "1: this part answers the gateway", ("part",), registry=self.registry
        )
        self.workers = Gauge("atlas_workers", "Training workers that are ready", registry=self.registry)
        self.event_streams = Gauge("atlas_event_streams", "Open streams of events", registry=self.registry)

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
