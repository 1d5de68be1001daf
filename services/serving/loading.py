"""From a path to a version that is ready to serve: load, batch, warm up, measure."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from services.serving.batching import BatchingServable, BatchScheduler
from services.serving.errors import ServingError
from services.serving.memory import give_memory_back
from services.serving.metrics import Metrics
from services.serving.saved_model import SessionOptions, load_saved_model
from services.serving.servable import Servable
from services.serving.warmup import warm_up

log = structlog.get_logger()


class SavedModelLoader:
    """The `Loader` of this server."""

    def __init__(
        self,
        options: SessionOptions,
        metrics: Metrics,
        scheduler: BatchScheduler | None = None,
        *,
        warmup_iterations: int = 1,
    ) -> None:
        """`scheduler`: None runs each request alone. `warmup_iterations`: 0 serves without warm-up."""
        self._options = options
        self._metrics = metrics
        self._scheduler = scheduler
        self._warmup_iterations = warmup_iterations

    def __call__(self, name: str, version: int, path: str) -> Servable:
        """Load a version; `ServingError` if it cannot be loaded or a warm-up request fails."""
        servable = self._load(path)
        try:
            self._warm_up(servable, path)
        except BaseException:
            servable.close()
            raise
        # Import, restoring and the first runs leave about as much behind as the version itself takes.
        give_memory_back()
        return servable if self._scheduler is None else BatchingServable(servable, self._scheduler)

    def _load(self, path: str) -> Servable:
        started = time.monotonic()
        try:
            servable = load_saved_model(path, self._options)
        except ServingError:
            self._metrics.load_attempts.add(path, "fail")
            raise
        self._metrics.load_attempts.add(path, "success")
        log.info(f"SavedModel {path} loaded in {1000 * (time.monotonic() - started):.0f} ms")
        return servable

    def _warm_up(self, servable: Servable, path: str) -> None:
        if not self._warmup_iterations:
            return
        status = "OK"
        elapsed = stopwatch()
        try:
            count = warm_up(servable, path, self._warmup_iterations)
        except ServingError as error:
            status = str(error)
            raise
        finally:
            self._metrics.warmup_latency.add(elapsed(), path, status)
        if count:
            log.info(f"Finished warm-up of {path}: {count} requests in {elapsed() / 1000:.0f} ms")


def stopwatch() -> Callable[[], float]:
    """Start it, then ask for the microseconds since then."""
    started = time.perf_counter()
    return lambda: (time.perf_counter() - started) * 1e6
