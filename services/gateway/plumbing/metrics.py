"""Metrics for Prometheus."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

_MODEL_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0)
"""Few, because there is one set of them for each route and model."""
_POINT_BUCKETS = (1, 4, 16, 32, 64, 128, 250, 500, 1000)
_LATENCY_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """The gateway's metrics, in a registry of their own."""

    def __init__(self) -> None:
        # Creation times of counters are not used, and would double the page.
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
        self.model_latency = Histogram(
            "atlas_model_request_seconds",
            "The same by model, of models that have answered",
            ("route", "model"),
            buckets=_MODEL_BUCKETS,
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
        self.batches = Histogram(
            "atlas_batch_points",
            "Latent points in one call to the model server, by what for",
            ("work",),
            buckets=_POINT_BUCKETS,
            registry=self.registry,
        )
        self.admission = Gauge(
            "atlas_lane_requests",
            "Requests by kind of work, that are computed (running) or wait for their turn (waiting)",
            ("lane", "state"),
            registry=self.registry,
        )
        self.model_versions = Gauge(
            "atlas_model_versions",
            "Versions of a model that are exported (stored) and that can be asked (loaded)",
            ("model", "state"),
            registry=self.registry,
        )
        self.newest_version = Gauge(
            "atlas_model_newest_version",
            "Number of the newest version of a model that can be asked",
            ("model",),
            registry=self.registry,
        )
        self.tiles = Counter("atlas_map_tiles", "Tiles of maps that were computed", registry=self.registry)
        self.runs = Gauge("atlas_runs", "Runs by state", ("state",), registry=self.registry)
        self.surfaces = Gauge(
            "atlas_surfaces",
            "Loss surfaces, of each run the last one, by state",
            ("state",),
            registry=self.registry,
        )
        self.part_up = Gauge(
            "atlas_part_up", "1: this part answers the gateway", ("part",), registry=self.registry
        )
        self.workers = Gauge("atlas_workers", "Training workers that are ready", registry=self.registry)
        self.event_streams = Gauge("atlas_event_streams", "Open streams of events", registry=self.registry)

        self.connections = Gauge("atlas_connections", "Open HTTP connections", registry=self.registry)
        self.connections_ended = Counter(
            "atlas_connections_ended",
            "HTTP connections that were ended early, by why: a status, idle, unread, crowded, full",
            ("why",),
            registry=self.registry,
        )

    def computed(self, work: str, points: int) -> None:
        """Count one call to the model server that computed this many points."""
        self.points.labels(work).inc(points)
        self.batches.labels(work).observe(points)

    def exposition(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)
