"""Metrics with TensorFlow Serving's names, in Prometheus' text format.

Its paths (``/tensorflow/serving/request_count``) become names in which a colon replaces every character
that is not allowed, as ``util/prometheus_exporter.cc`` does.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left

# 10 microseconds times 1.8 to the n-th: up to about 20 minutes.
LATENCY_BOUNDS = tuple(10 * 1.8**power for power in range(33))


class Counter:
    """A number that only increases, for each combination of label values."""

    def __init__(self, path: str, *labels: str) -> None:
        self.path = path
        self.name = _metric_name(path)
        self._labels = labels
        self._values: dict[tuple[str, ...], int] = {}
        self._lock = threading.Lock()

    def add(self, *values: str) -> None:
        """Count one more."""
        with self._lock:
            self._values[values] = self._values.get(values, 0) + 1

    def total(self) -> int:
        """The sum over all label values."""
        with self._lock:
            return sum(self._values.values())

    def lines(self) -> list[str]:
        """The lines of the text format."""
        with self._lock:
            cells = list(self._values.items())
        return [f"# TYPE {self.name} counter"] + [
            f"{self.name}{{{_labels(self._labels, values)}}} {number}" for values, number in cells
        ]


class Histogram:
    """A distribution over exponential buckets, for each combination of label values."""

    def __init__(self, path: str, *labels: str, bounds: tuple[float, ...] = LATENCY_BOUNDS) -> None:
        self.name = _metric_name(path)
        self._labels = labels
        self._bounds = bounds
        self._cells: dict[tuple[str, ...], tuple[list[int], list[float]]] = {}
        self._lock = threading.Lock()

    def add(self, amount: float, *values: str) -> None:
        """Add an observation."""
        bucket = bisect_left(self._bounds, amount)
        with self._lock:
            cell = self._cells.get(values)
            if cell is None:
                cell = self._cells[values] = ([0] * (len(self._bounds) + 1), [0.0])
            cell[0][bucket] += 1
            cell[1][0] += amount

    def lines(self) -> list[str]:
        """The lines of the text format."""
        with self._lock:
            cells = [(values, list(counts), total[0]) for values, (counts, total) in self._cells.items()]
        lines = [f"# TYPE {self.name} histogram"]
        for values, counts, total in cells:
            labels = _labels(self._labels, values)
            seen = 0
            for bound, count in zip((*self._bounds, None), counts, strict=True):
                seen += count
                edge = "+Inf" if bound is None else f"{bound:g}"
                lines.append(f'{self.name}_bucket{{{labels},le="{edge}"}} {seen}')
            lines.append(f"{self.name}_sum{{{labels}}} {total:g}")
            lines.append(f"{self.name}_count{{{labels}}} {seen}")
        return lines


class Metrics:
    """All metrics of this server; latencies in microseconds."""

    def __init__(self) -> None:
        self.requests = Counter("/tensorflow/serving/request_count", "model_name", "status")
        self.request_latency = Histogram(
            "/tensorflow/serving/request_latency", "model_name", "API", "entrypoint"
        )
        self.runtime_latency = Histogram(
            "/tensorflow/serving/runtime_latency", "model_name", "API", "runtime"
        )
        self.warmup_latency = Histogram("/tensorflow/serving/model_warmup_latency", "model_path", "status")
        self.load_attempts = Counter(
            "/tensorflow/cc/saved_model/load_attempt_count", "model_path", "status"
        )

    def total(self, path: str) -> int:
        """The total of the counter with this path; 0 if there is no such counter."""
        counters = (self.requests, self.load_attempts)
        return next((counter.total() for counter in counters if counter.path == path), 0)

    def exposition(self) -> str:
        """All metrics in Prometheus' text format."""
        lines: list[str] = []
        for metric in vars(self).values():
            lines += metric.lines()
        return "\n".join(lines) + "\n"


def _metric_name(path: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", ":", path)


def _labels(names: tuple[str, ...], values: tuple[str, ...]) -> str:
    return ",".join(
        '{}="{}"'.format(name, value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        for name, value in zip(names, values, strict=True)
    )
