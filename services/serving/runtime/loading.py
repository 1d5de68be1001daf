"""Makes the version at a path ready to serve: load it, set up batching, warm it up, record metrics."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from services.serving.base.errors import ServingError
from services.serving.base.metrics import Metrics
from services.serving.base.servable import Servable
from services.serving.config.batching_options import BatchingOptions
from services.serving.config.text_protos import read_batching_options
from services.serving.runtime.batching import BatchingServable, BatchScheduler
from services.serving.runtime.memory import release_memory
from services.serving.runtime.saved_model import SessionOptions, load_saved_model
from services.serving.runtime.warmup import warm_up

log = structlog.get_logger()

BATCHING_FILE = "batching_params.pbtxt"


@dataclass(frozen=True)
class Platform:
    """How the versions of some models are loaded and run."""

    session: SessionOptions
    batching: BatchingOptions | None = None
    """None: each request runs alone."""
    batching_by_model: bool = False
    """Batch only versions with a ``batching_params.pbtxt`` of their own, with its parameters."""
    warmup_iterations: int = 1
    """How often each warm-up request runs; 0: no warm-up."""


class SavedModelLoader:
    """The `Loader` of the models of one platform."""

    def __init__(self, platform: Platform, metrics: Metrics) -> None:
        self._platform = platform
        self._metrics = metrics
        self._scheduler = None if platform.batching is None else BatchScheduler(platform.batching)

    def __call__(self, name: str, version: int, path: str) -> Servable:
        """Load a version; `ServingError` if it cannot be loaded or a warm-up request fails."""
        servable = self._load(path)
        try:
            batched = self._batched(servable, path)
            self._warm_up(servable, path)
        except BaseException:
            servable.close()
            raise
        # Import, restore and the first runs leave garbage of about the size of the version itself.
        release_memory()
        return batched

    def close(self) -> None:
        """End the batching threads once their queues are empty."""
        if self._scheduler is not None:
            self._scheduler.close()

    def _batched(self, servable: Servable, path: str) -> Servable:
        if self._scheduler is None:
            return servable
        if not self._platform.batching_by_model:
            return BatchingServable(servable, self._scheduler)
        own = Path(path) / BATCHING_FILE
        if not own.exists():
            return servable
        return BatchingServable(servable, self._scheduler, read_batching_options(str(own)))

    def _load(self, path: str) -> Servable:
        started = time.monotonic()
        try:
            servable = load_saved_model(path, self._platform.session)
        except ServingError:
            self._metrics.load_attempts.add(path, "fail")
            raise
        self._metrics.load_attempts.add(path, "success")
        log.info(f"SavedModel {path} loaded in {1000 * (time.monotonic() - started):.0f} ms")
        return servable

    def _warm_up(self, servable: Servable, path: str) -> None:
        if not self._platform.warmup_iterations:
            return
        status = "OK"
        elapsed = stopwatch()
        try:
            count = warm_up(servable, path, self._platform.warmup_iterations)
        except ServingError as error:
            status = str(error)
            raise
        finally:
            self._metrics.warmup_latency.add(elapsed(), path, status)
        if count:
            log.info(f"Finished warm-up of {path}: {count} requests in {elapsed() / 1000:.0f} ms")


def stopwatch() -> Callable[[], float]:
    """Start a stopwatch; the result returns the microseconds since then."""
    started = time.perf_counter()
    return lambda: (time.perf_counter() - started) * 1e6
