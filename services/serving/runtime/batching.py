"""Runs concurrent requests as one batch, like TensorFlow Serving's `BatchingSession`.

Requests to one version that feed and fetch the same tensors are concatenated along axis 0, run at once, and
the resulting rows are returned to their requests. Unlike the original, requests in a batch also need the
same types and, unless they are padded, the same remaining shape, so that no request can make another fail.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from services.serving.base.errors import (
    Code,
    ServingError,
    as_serving_error,
    failed_precondition,
    invalid_argument,
)
from services.serving.base.servable import Array, Servable, Signature, TensorInfo
from services.serving.config.batching_options import BatchingOptions

Clock = Callable[[], float]
QueueKey = tuple[Any, ...]


@dataclass(eq=False)
class _Task:
    feeds: Mapping[str, Array]
    size: int
    enqueued: float
    deadline: float | None
    done: threading.Event = field(default_factory=threading.Event)
    outputs: list[Array] = field(default_factory=list)
    error: ServingError | None = None


@dataclass(eq=False)
class _Batch:
    servable: Servable
    options: BatchingOptions
    fetches: tuple[str, ...]
    started: float
    tasks: list[_Task] = field(default_factory=list)
    size: int = 0

    def add(self, task: _Task) -> None:
        self.tasks.append(task)
        self.size += task.size


class BatchScheduler:
    """The queues of all versions and the threads that process them."""

    def __init__(self, options: BatchingOptions, clock: Clock = time.monotonic) -> None:
        """`options`: the number of threads, and the options of versions without their own."""
        self.options = options
        self._clock = clock
        self._queues: dict[QueueKey, deque[_Batch]] = {}
        self._changed = threading.Condition(threading.Lock())
        self._closed = False
        for number in range(options.num_batch_threads):
            threading.Thread(target=self._work, name=f"batch-{number}", daemon=True).start()

    def run(
        self,
        servable: Servable,
        feeds: Mapping[str, Array],
        fetches: Sequence[str],
        timeout: float | None,
        options: BatchingOptions | None = None,
    ) -> list[Array]:
        """As `Servable.run`, in a batch; `options` are the servable's own, the same in every call.

        Raises:
            ServingError: INVALID_ARGUMENT if the request cannot be batched, UNAVAILABLE if the queue is
                full, RESOURCE_EXHAUSTED if the timeout ends while it is queued.
        """
        options = options or self.options
        now = self._clock()
        deadline = None if timeout is None else now + timeout
        rows = _rows(feeds)
        if rows > options.max_batch_size:
            raise invalid_argument(
                f"Task size {rows} is larger than maximum input batch size {options.max_batch_size}"
            )
        tasks = [
            _Task(piece, _rows(piece), now, deadline)
            for piece in _pieces(feeds, rows, options.execution_size)
        ]
        for task in tasks:
            self._enqueue(servable, options, tuple(fetches), task)
        for task in tasks:
            task.done.wait()
            if task.error is not None:
                raise task.error
        if len(tasks) == 1:
            return tasks[0].outputs
        return [np.concatenate(parts) for parts in zip(*(task.outputs for task in tasks), strict=True)]

    def queued(self) -> int:
        """Number of pieces of requests that wait for a batch to run."""
        with self._changed:
            return sum(len(batch.tasks) for queue in self._queues.values() for batch in queue)

    def close(self) -> None:
        """Let the threads end once the queues are empty."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _enqueue(
        self, servable: Servable, options: BatchingOptions, fetches: tuple[str, ...], task: _Task
    ) -> None:
        with self._changed:
            queue = self._queues.setdefault(_key(servable, options, fetches, task.feeds), deque())
            if not queue or queue[-1].size + task.size > options.execution_size:
                if len(queue) >= options.max_enqueued_batches:
                    raise ServingError(
                        Code.UNAVAILABLE,
                        "The batch scheduling queue to which this task was submitted is full; currently "
                        f"{len(queue)} batches enqueued and max_enqueued_batches is "
                        f"{options.max_enqueued_batches}",
                    )
                queue.append(_Batch(servable, options, fetches, task.enqueued))
            queue[-1].add(task)
            self._changed.notify()

    def _work(self) -> None:
        while True:
            batch = self._next_batch()
            if batch is None:
                return
            try:
                _process(batch, self._clock())
            except Exception as error:  # the waiting requests must get every error
                for task in batch.tasks:
                    task.error = as_serving_error(error)
            for task in batch.tasks:
                task.done.set()

    def _next_batch(self) -> _Batch | None:
        with self._changed:
            while True:
                now = self._clock()
                due: float | None = None
                for key, queue in self._queues.items():
                    options = queue[0].options
                    opens = queue[0].started + options.batch_timeout
                    full = len(queue) > 1 or queue[0].size >= options.execution_size
                    if full or opens <= now or self._closed:
                        batch = queue.popleft()
                        # Move the queue to the end, so that a busy model does not keep the others waiting.
                        del self._queues[key]
                        if queue:
                            self._queues[key] = queue
                            self._changed.notify()
                        return batch
                    due = opens if due is None else min(due, opens)
                if self._closed:
                    return None
                self._changed.wait(None if due is None else due - now)


class BatchingServable:
    """A servable whose runs go through the scheduler.

    As in TensorFlow Serving, only runs that feed and fetch exactly what a signature declares are batched. A
    run that fetches only some outputs runs at once and alone.
    """

    def __init__(
        self, servable: Servable, scheduler: BatchScheduler, options: BatchingOptions | None = None
    ) -> None:
        """`options`: those of this version; None for those of the scheduler."""
        self._servable = servable
        self._scheduler = scheduler
        self._options = options
        self._declared = {
            (_tensors(signature.inputs), _tensors(signature.outputs))
            for signature in servable.signatures.values()
        }

    @property
    def signatures(self) -> Mapping[str, Signature]:
        return self._servable.signatures

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        """See `Servable.run`."""
        if (frozenset(feeds), frozenset(fetches)) not in self._declared:
            return self._servable.run(feeds, fetches, timeout)
        return self._scheduler.run(self._servable, feeds, fetches, timeout, self._options)

    def signature_protos(self) -> Mapping[str, Any]:
        """See `Servable.signature_protos`."""
        return self._servable.signature_protos()

    def close(self) -> None:
        """See `Servable.close`."""
        self._servable.close()


def _tensors(aliases: Mapping[str, TensorInfo]) -> frozenset[str]:
    return frozenset(info.name for info in aliases.values())


def _key(
    servable: Servable, options: BatchingOptions, fetches: tuple[str, ...], feeds: Mapping[str, Array]
) -> QueueKey:
    """What requests must have in common to share a batch."""
    shapes = tuple(
        (name, array.dtype, array.ndim if options.pad_variable_length_inputs else array.shape[1:])
        for name, array in sorted(feeds.items())
    )
    return id(servable), fetches, shapes


def _rows(feeds: Mapping[str, Array]) -> int:
    if not feeds:
        raise invalid_argument("Batching Run() must have at least one input tensor")
    if any(array.ndim == 0 for array in feeds.values()):
        raise invalid_argument("Batching Run() input tensors must have at least one dimension")
    sizes = {len(array) for array in feeds.values()}
    if len(sizes) > 1:
        raise invalid_argument("Batching Run() input tensors must have equal 0th-dimension size")
    return sizes.pop()


def _pieces(feeds: Mapping[str, Array], rows: int, size: int) -> list[Mapping[str, Array]]:
    """Split a request into pieces of at most `size` rows."""
    if rows <= size:
        return [feeds]
    return [
        {name: array[start : start + size] for name, array in feeds.items()}
        for start in range(0, rows, size)
    ]


def _process(batch: _Batch, now: float) -> None:
    """Run a batch and distribute its rows; expired tasks are left out."""
    tasks = []
    for task in batch.tasks:
        if task.deadline is None or task.deadline > now:
            tasks.append(task)
        else:
            task.error = ServingError(
                Code.RESOURCE_EXHAUSTED, "Run() timeout exceeded while waiting in batching queue"
            )
    if not tasks:
        return
    size = sum(task.size for task in tasks)
    target = batch.options.padded(size)
    feeds = {name: _merge([task.feeds[name] for task in tasks], target - size) for name in tasks[0].feeds}
    deadlines = [task.deadline for task in tasks]
    timeout = None if None in deadlines else max(filter(None, deadlines)) - now
    outputs = batch.servable.run(feeds, batch.fetches, timeout)
    for output in outputs:
        if output.ndim == 0:
            raise failed_precondition("Batched output tensor has 0 dimensions")
        if len(output) != target:
            raise failed_precondition(
                "Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes "
                "of the input tensors"
            )
    at = 0
    for task in tasks:
        task.outputs = [output[at : at + task.size] for output in outputs]
        at += task.size


def _merge(arrays: list[Array], padding: int) -> Array:
    if len(arrays) == 1 and not padding:
        return arrays[0]
    longest = np.max([array.shape[1:] for array in arrays], axis=0).astype(int)
    arrays = [_padded(array, longest) for array in arrays]
    if padding:
        # Copies of a valid row, whose outputs are discarded.
        arrays.append(np.repeat(arrays[-1][:1], padding, axis=0))
    return np.concatenate(arrays)


def _padded(array: Array, shape: Array) -> Array:
    if array.shape[1:] == tuple(shape):
        return array
    if not array.size:
        raise invalid_argument("Got empty tensor in batch of non-empty tensors.")
    whole = np.full((len(array), *shape), array.flat[0], array.dtype)
    whole[tuple(slice(size) for size in array.shape)] = array
    return whole
