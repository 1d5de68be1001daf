import threading

import pytest
from structlog.testing import capture_logs

from services.serving.base.errors import Code, ServingError
from services.serving.lifecycle.manager import Limits, Manager
from services.serving.lifecycle.states import State
from tests.unit.serving.fakes import FakeClock, FakeLoader, FakeServable, Jobs, at_once

PATIENT = Limits(load_retries=2, retry_interval=60)


class Bench:
    """A manager whose loader, clock and executor the test controls."""

    def __init__(self, limits: Limits = PATIENT, jobs: Jobs | None = None):
        self.loader = FakeLoader()
        self.clock = FakeClock()
        self.manager = Manager(self.loader, jobs or at_once, self.clock, limits)

    def settle(self) -> float | None:
        """Do all that can be done now."""
        while True:
            revision = self.manager.revision
            due = self.manager.step()
            if self.manager.revision == revision:
                return due

    def states(self, name: str = "m") -> dict[int, str]:
        return {status.number: status.state.name for status in self.manager.statuses(name)}

    def aspire(self, *versions: int, name: str = "m") -> None:
        self.manager.aspire(name, {version: f"/{name}/{version}" for version in versions})


def served(manager: Manager, name: str, version: int | None = None) -> int:
    with manager.acquire(name, version) as lease:
        return lease.version


def test_loads_the_highest_first_and_serves_it_by_default() -> None:
    bench = Bench()
    bench.aspire(1, 3, 2)
    with capture_logs() as logs:
        bench.settle()
    assert bench.loader.loads == [("m", 3), ("m", 2), ("m", 1)]
    assert served(bench.manager, "m") == 3
    assert served(bench.manager, "m", 1) == 1
    assert logs[0]["event"] == "Successfully loaded servable version {name: m version: 3}"


def test_aspired_versions_are_known_before_the_next_step() -> None:
    bench = Bench()
    bench.aspire(1, 2)
    assert bench.states() == {2: "START", 1: "START"}
    bench.aspire(2)
    assert bench.states() == {2: "START", 1: "END"}


def test_a_missing_version_is_not_found_in_tensorflow_servings_words() -> None:
    bench = Bench()
    bench.aspire(1)
    bench.settle()
    for name, version, message in [
        ("nope", None, "Servable not found for request: Latest(nope)"),
        ("m", 42, "Servable not found for request: Specific(m, 42)"),
    ]:
        with pytest.raises(ServingError) as caught:
            bench.manager.acquire(name, version)
        assert (caught.value.code, caught.value.message) == (Code.NOT_FOUND, message)


def test_the_old_version_serves_until_the_new_one_does() -> None:
    jobs = Jobs()
    bench = Bench(jobs=jobs)
    bench.aspire(1)
    bench.settle()
    jobs.run_one()
    bench.aspire(2)
    bench.settle()
    assert bench.states() == {2: "LOADING", 1: "AVAILABLE"}
    assert served(bench.manager, "m") == 1
    jobs.run_one()
    assert served(bench.manager, "m") == 2
    bench.settle()
    jobs.run_one()
    assert bench.states() == {2: "AVAILABLE", 1: "END"}
    assert bench.loader.made["m", 1].closed


def test_a_version_in_use_is_freed_when_its_last_lease_ends() -> None:
    bench = Bench()
    bench.aspire(1)
    bench.settle()
    lease = bench.manager.acquire("m")
    other = bench.manager.acquire("m")
    bench.aspire()
    bench.settle()
    assert bench.states() == {1: "UNLOADING"}
    with pytest.raises(ServingError):
        bench.manager.acquire("m")
    with lease:
        pass
    bench.settle()
    assert not bench.loader.made["m", 1].closed
    with other:
        pass
    bench.settle()
    assert bench.loader.made["m", 1].closed
    assert bench.states() == {1: "END"}


def test_a_broken_version_is_retried_and_then_given_up_while_the_old_one_serves() -> None:
    bench = Bench()
    bench.aspire(1)
    bench.settle()
    bench.loader.broken.add("/m/2")
    bench.aspire(2)
    assert bench.settle() == 60
    assert bench.states() == {2: "LOADING", 1: "AVAILABLE"}
    bench.clock.now += 30
    assert bench.settle() == 30
    bench.clock.now += 30
    assert bench.settle() == 60
    bench.clock.now += 60
    assert bench.settle() is None
    assert bench.loader.loads == [("m", 1), ("m", 2), ("m", 2), ("m", 2)]
    assert served(bench.manager, "m") == 1
    status = bench.manager.statuses("m")[0]
    assert status.state is State.END
    assert status.error is not None
    assert (status.error.code, status.error.message) == (Code.DATA_LOSS, "/m/2 is broken")


def test_a_version_that_waits_for_a_retry_does_not_delay_others() -> None:
    bench = Bench()
    bench.loader.broken.add("/m/2")
    bench.aspire(1, 2)
    bench.aspire(5, name="other")
    bench.settle()
    assert served(bench.manager, "m") == 1
    assert served(bench.manager, "other") == 5


def test_a_version_is_not_loaded_again_while_it_stays_aspired() -> None:
    bench = Bench(Limits(load_retries=0))
    bench.loader.broken.add("/m/1")
    bench.aspire(1)
    bench.settle()
    bench.loader.broken.clear()
    bench.aspire(1)
    bench.settle()
    assert bench.states() == {1: "END"}
    bench.aspire()
    bench.settle()
    bench.aspire(1)
    bench.settle()
    assert bench.states() == {1: "AVAILABLE"}


def test_a_retry_is_dropped_with_its_version() -> None:
    bench = Bench()
    bench.loader.broken.add("/m/1")
    bench.aspire(1)
    bench.settle()
    bench.aspire()
    assert bench.settle() is None
    assert bench.states() == {1: "END"}
    bench.clock.now += 1000
    bench.settle()
    assert bench.loader.loads == [("m", 1)]


def test_a_version_dropped_while_it_loads_is_unloaded_afterwards() -> None:
    jobs = Jobs()
    bench = Bench(jobs=jobs)
    bench.aspire(1)
    bench.settle()
    bench.aspire()
    bench.settle()
    jobs.run_one()
    bench.settle()
    jobs.run_one()
    assert bench.states() == {1: "END"}
    assert bench.loader.made["m", 1].closed


def test_a_version_aspired_again_is_loaded_again_once_it_is_unloaded() -> None:
    bench = Bench()
    bench.aspire(1)
    bench.settle()
    lease = bench.manager.acquire("m")
    bench.aspire()
    bench.settle()
    bench.aspire(1)
    bench.settle()
    assert bench.states() == {1: "UNLOADING"}
    bench.loader.made.clear()
    with lease:
        pass
    bench.settle()
    assert bench.states() == {1: "AVAILABLE"}
    assert not bench.loader.made["m", 1].closed


def test_parallel_loads_are_limited() -> None:
    jobs = Jobs()
    bench = Bench(Limits(loads=2), jobs)
    bench.aspire(1, 2, 3)
    bench.settle()
    assert bench.states() == {3: "LOADING", 2: "LOADING", 1: "START"}
    jobs.run_one()
    bench.settle()
    assert bench.states() == {3: "AVAILABLE", 2: "LOADING", 1: "LOADING"}


def test_every_model_gets_a_version_before_any_gets_a_second() -> None:
    bench = Bench()
    bench.aspire(1, 2, 3, name="a")
    bench.aspire(1, 2, name="b")
    bench.settle()
    assert bench.loader.loads == [("a", 3), ("b", 2), ("a", 2), ("b", 1), ("a", 1)]


def test_an_unexpected_error_of_a_model_is_an_error_of_that_model() -> None:
    class Surprising(FakeLoader):
        def __call__(self, name: str, version: int, path: str) -> FakeServable:
            raise ZeroDivisionError("no")

    manager = Manager(Surprising(), at_once, FakeClock(), Limits(load_retries=0))
    manager.aspire("m", {1: "/m/1"})
    manager.step()
    (status,) = manager.statuses("m")
    assert status.error is not None
    assert str(status.error) == "INTERNAL: ZeroDivisionError: no"


def test_waiting_ends_with_the_change() -> None:
    bench = Bench()
    revision = bench.manager.revision
    seen: list[int] = []
    waiter = threading.Thread(target=lambda: seen.append(bench.manager.wait_for_change(revision, 30)))
    waiter.start()
    bench.aspire(1)
    waiter.join(30)
    assert seen
    assert seen[0] > revision
