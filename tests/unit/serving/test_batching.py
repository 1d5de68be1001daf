import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from services.serving.base.errors import Code, ServingError
from services.serving.base.servable import Array, TensorInfo
from services.serving.config.batching_options import BatchingOptions
from services.serving.runtime.batching import BatchingServable, BatchScheduler
from tests.support.waiting import wait_for
from tests.unit.serving.fakes import HALF_PLUS_TWO, FakeServable


class Gate(FakeServable):
    """A servable whose runs wait until the test opens it."""

    def __init__(self) -> None:
        other = replace(HALF_PLUS_TWO, outputs={"z": TensorInfo("z:0", 1)})
        super().__init__({"serving_default": HALF_PLUS_TWO, "other": other})
        self.open = threading.Event()
        self.entered = threading.Semaphore(0)

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        self.entered.release()
        assert self.open.wait(30)
        return super().run(feeds, fetches, timeout)


class Bench:
    """A scheduler with one thread, which the first request holds at the gate while others queue up."""

    def __init__(self, **options: Any) -> None:
        self.scheduler = BatchScheduler(BatchingOptions(num_batch_threads=1, **options))
        self.gate = Gate()
        self.servable = BatchingServable(self.gate, self.scheduler)
        self._clients = ThreadPoolExecutor(16)
        self.first = self.send([[0.0]])
        assert self.gate.entered.acquire(timeout=30)

    def send(
        self, rows: Any, fetches: Sequence[str] = ("y:0",), timeout: float | None = None
    ) -> Future[list[Array]]:
        before = self.waiting()
        array = np.array(rows, np.float32)
        future = self._clients.submit(self.servable.run, {"x:0": array}, fetches, timeout)
        if hasattr(self, "first"):
            wait_for(lambda: self.waiting() > before or future.done())
        return future

    def waiting(self) -> int:
        return self.scheduler.queued()

    def finish(self) -> None:
        self.gate.open.set()
        self.scheduler.close()
        self._clients.shutdown()

    @property
    def sizes(self) -> list[int]:
        """Rows of each run after the first."""
        return [len(feeds["x:0"]) for feeds, _, _ in self.gate.runs[1:]]


def error_of(future: Future[list[Array]]) -> ServingError:
    error = future.exception(30)
    assert isinstance(error, ServingError)
    return error


def test_waiting_requests_run_together() -> None:
    bench = Bench()
    futures = [bench.send([[float(number)], [10.0 * number]]) for number in range(1, 5)]
    bench.finish()
    for number, future in enumerate(futures, 1):
        (y,) = future.result(30)
        assert y.tolist() == [[number / 2 + 2], [5 * number + 2]]
    assert bench.sizes == [8]


def test_other_outputs_shapes_and_types_run_separately() -> None:
    bench = Bench()
    futures = [
        bench.send([[1.0]]),
        bench.send([[1.0, 2.0]]),
        bench.send([[1.0]], ("z:0",)),
    ]
    bench.finish()
    assert [future.result(30)[0].shape for future in futures] == [(1, 1), (1, 2), (1, 1)]
    assert bench.sizes == [1, 1, 1]


@pytest.mark.parametrize(
    ("feeds", "fetches"),
    [
        ({"x:0": np.zeros((3, 1)), "gain:0": np.ones((1, 1))}, ["y:0"]),
        ({"x:0": np.zeros((3, 1))}, ["y:0", "z:0"]),
    ],
)
def test_runs_that_no_signature_declares_are_not_batched(
    feeds: dict[str, Array], fetches: list[str]
) -> None:
    scheduler = BatchScheduler(BatchingOptions(num_batch_threads=1, max_batch_size=1))
    alone = FakeServable()
    outputs = BatchingServable(alone, scheduler).run(feeds, fetches, None)
    assert [output.shape for output in outputs] == [(3, 1)] * len(fetches)
    assert alone.runs == [(feeds, fetches, None)]
    scheduler.close()


def test_the_size_of_a_batch_is_limited() -> None:
    bench = Bench(max_batch_size=4)
    futures = [bench.send([[0.0]] * 3), bench.send([[0.0]] * 2), bench.send([[0.0]] * 2)]
    bench.finish()
    for future in futures:
        future.result(30)
    assert bench.sizes == [3, 4]


def test_too_many_rows_and_a_full_queue() -> None:
    bench = Bench(max_batch_size=4, max_enqueued_batches=2)
    error = error_of(bench.send([[0.0]] * 5))
    assert error.code is Code.INVALID_ARGUMENT
    assert error.message == "Task size 5 is larger than maximum input batch size 4"
    futures = [bench.send([[0.0]] * 4), bench.send([[0.0]] * 3)]
    error = error_of(bench.send([[0.0]] * 2))
    assert error.code is Code.UNAVAILABLE
    assert error.message == (
        "The batch scheduling queue to which this task was submitted is full; currently 2 batches enqueued "
        "and max_enqueued_batches is 2"
    )
    bench.finish()
    for future in futures:
        future.result(30)


def test_batches_are_padded_to_allowed_sizes_with_valid_rows() -> None:
    bench = Bench(max_batch_size=8, allowed_batch_sizes=(2, 4, 8))
    futures = [bench.send([[1.0]] * 2), bench.send([[3.0]])]
    bench.finish()
    assert [len(future.result(30)[0]) for future in futures] == [2, 1]
    assert bench.sizes == [4]
    assert bench.gate.runs[-1][0]["x:0"].tolist() == [[1], [1], [3], [3]]


def test_shorter_rows_are_padded_on_request() -> None:
    bench = Bench(pad_variable_length_inputs=True)
    futures = [bench.send([[1.0, 2.0]]), bench.send([[5.0]])]
    bench.finish()
    assert [future.result(30)[0].tolist() for future in futures] == [[[2.5, 3.0]], [[4.5, 4.5]]]


def test_an_expired_request_is_not_run_and_does_not_affect_others() -> None:
    bench = Bench()
    early = bench.send([[1.0, 2.0], [3.0, 4.0]])
    late = [bench.send([[number, number]] * 3, timeout=0.0) for number in (1.0, 2.0)]
    patient = bench.send([[2.0, 6.0]], timeout=3600.0)
    bench.finish()
    assert early.result(30)[0].tolist() == [[2.5, 3], [3.5, 4]]
    assert patient.result(30)[0].tolist() == [[3, 5]]
    for future in late:
        error = error_of(future)
        assert error.code is Code.RESOURCE_EXHAUSTED
        assert error.message == "Run() timeout exceeded while waiting in batching queue"
    assert bench.sizes == [3]


@pytest.mark.parametrize(
    ("feeds", "message"),
    [
        ({}, "Batching Run() must have at least one input tensor"),
        ({"x:0": np.zeros(())}, "Batching Run() input tensors must have at least one dimension"),
        (
            {"x:0": np.zeros(1), "z:0": np.zeros(2)},
            "Batching Run() input tensors must have equal 0th-dimension size",
        ),
    ],
)
def test_requests_that_cannot_be_batched(feeds: dict[str, Array], message: str) -> None:
    scheduler = BatchScheduler(BatchingOptions(num_batch_threads=1))
    with pytest.raises(ServingError) as caught:
        scheduler.run(FakeServable(), feeds, ["y:0"], None)
    assert (caught.value.code, caught.value.message) == (Code.INVALID_ARGUMENT, message)
    scheduler.close()


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (np.zeros(()), "Batched output tensor has 0 dimensions"),
        (
            np.zeros(7),
            "Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes of "
            "the input tensors",
        ),
    ],
)
def test_outputs_that_cannot_be_divided(output: Array, message: str) -> None:
    class Odd(FakeServable):
        def run(
            self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None
        ) -> list[Array]:
            return [output]

    scheduler = BatchScheduler(BatchingOptions(num_batch_threads=1))
    with pytest.raises(ServingError) as caught:
        scheduler.run(Odd(), {"x:0": np.zeros(1)}, ["y:0"], None)
    assert (caught.value.code, caught.value.message) == (Code.FAILED_PRECONDITION, message)
    scheduler.close()


def test_an_incomplete_batch_waits_for_a_limited_time() -> None:
    scheduler = BatchScheduler(BatchingOptions(num_batch_threads=1, batch_timeout=0.01))
    (y,) = scheduler.run(FakeServable(), {"x:0": np.zeros(1)}, ["y:0"], None)
    assert y.tolist() == [2]
    scheduler.close()


def test_large_requests_run_in_pieces_that_share_batches() -> None:
    bench = Bench(
        max_batch_size=10,
        enable_large_batch_splitting=True,
        max_execution_batch_size=4,
        allowed_batch_sizes=(2, 4),
    )
    large = bench.send([[float(number)] for number in range(9)])
    wait_for(lambda: bench.waiting() == 3)
    small = bench.send([[20.0], [21.0]])
    too_large = error_of(bench.send(np.zeros([11, 1])))
    bench.finish()
    assert large.result(30)[0].tolist() == [[number / 2 + 2] for number in range(9)]
    assert small.result(30)[0].tolist() == [[12.0], [12.5]]
    # The last piece of the large one and the small one: three rows, filled up.
    assert bench.sizes == [4, 4, 4]
    assert too_large.message == "Task size 11 is larger than maximum input batch size 10"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {
                "max_batch_size": 8,
                "enable_large_batch_splitting": True,
                "max_execution_batch_size": 4,
                "allowed_batch_sizes": (2, 8),
            },
            "Last entry in allowed_batch_sizes must match max_execution_batch_size; last entry was 8; "
            "expected 4",
        ),
        (
            {"max_batch_size": 8, "enable_large_batch_splitting": True, "max_execution_batch_size": 9},
            "max_execution_batch_size must be positive and at most max_batch_size, 8; was 9",
        ),
        ({"max_batch_size": 0}, "max_batch_size must be positive; was 0"),
        (
            {"max_batch_size": 8, "allowed_batch_sizes": (2, 4)},
            "Last entry in allowed_batch_sizes must match max_batch_size; last entry was 4; expected 8",
        ),
        (
            {"max_batch_size": 8, "allowed_batch_sizes": (4, 2, 8)},
            "allowed_batch_sizes entries must be monotonically increasing",
        ),
    ],
)
def test_invalid_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ServingError) as caught:
        BatchingOptions(**options)
    assert caught.value.message == message
