"""Loss surfaces on disk, and the line in which they wait with the trainings."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.contracts.errors import Conflict, LeaseLost, NotFound, RunNotFound, StorageFailed, WrongState
from services.contracts.runs.surfaces import SurfaceState
from services.contracts.runs.work import Work
from services.contracts.training.spec import TrainingSpec
from services.store import Store
from services.store.surfaces import SurfaceStore
from tests.support.small_disk import small_disk
from tests.support.surfaces import a_surface, finish


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    made.runs.create(TrainingSpec(name="r", dataset="digits"))
    return made


@pytest.fixture
def surfaces(store: Store) -> SurfaceStore:
    return store.runs.surfaces


def test_from_the_question_to_the_surface(surfaces: SurfaceStore) -> None:
    asked = surfaces.ask("r", "generator", "path", 5, "request-1")
    assert (asked.state, asked.work.key, asked.parts, asked.done) == ("queued", "r/loss-surface", 5, 0)
    with pytest.raises(Conflict, match="queued already: generator, path"):
        surfaces.ask("r", "discriminator", "path", 5)
    fence = surfaces.claim("r")
    surfaces.update("r", fence, state="running")
    surfaces.write_part(surfaces.get("r"), fence, {"rows": [[1.0]]})
    surfaces.update("r", fence, rows=1, seconds_per_row=2.0)
    assert surfaces.part(surfaces.get("r")) == {"rows": [[1.0]]}
    assert (surfaces.get("r").done, surfaces.get("r").seconds_each) == (1, 2.0)
    surface = a_surface("r")
    surfaces.finish(surface, fence)
    assert surfaces.get("r").state == "succeeded"
    assert surfaces.all("r") == [surface]
    assert surfaces.part(surfaces.get("r")) is None


def test_those_of_other_networks_and_directions_stay(store: Store, surfaces: SurfaceStore) -> None:
    older, newer = a_surface("r", "generator", "random"), a_surface("r", "discriminator", "path")
    finish(store, older)
    finish(store, newer)
    assert surfaces.all("r") == [newer, older]
    surfaces.remove("r", directions="random")
    assert surfaces.all("r") == [newer]
    # The one that was asked for last is another one.
    assert surfaces.get("r").state == "succeeded"
    surfaces.remove("r")
    assert surfaces.all("r") == []
    assert surfaces.get("r").state == "cancelled"


def test_a_worker_that_has_lost_it_writes_nothing(surfaces: SurfaceStore) -> None:
    surfaces.ask("r", "generator", "path", 5)
    old = surfaces.claim("r")
    surfaces.update("r", old, state="running")
    # Its worker seems to have died.
    assert surfaces.let_go("r", "queued").state == "queued"
    new = surfaces.claim("r")
    assert new > old
    for write in (
        lambda: surfaces.update("r", old, rows=1),
        lambda: surfaces.write_part(surfaces.get("r"), old, {}),
        lambda: surfaces.finish(a_surface("r"), old),
        lambda: surfaces.let_go("r", "failed", old),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert surfaces.all("r") == []


def test_a_cancelled_one_is_taken_from_its_worker(surfaces: SurfaceStore) -> None:
    surfaces.ask("r", "generator", "path", 5)
    fence = surfaces.claim("r")
    surfaces.update("r", fence, state="running")
    surfaces.write_part(surfaces.get("r"), fence, {"rows": []})
    surfaces.remove("r")
    with pytest.raises(LeaseLost):
        surfaces.finish(a_surface("r"), fence)
    assert surfaces.part(surfaces.get("r")) is None
    with pytest.raises(WrongState, match="loss surface of run 'r' is cancelled, so it cannot be computed"):
        surfaces.claim("r")


def test_one_that_is_asked_for_anew_begins_anew(surfaces: SurfaceStore) -> None:
    surfaces.ask("r", "generator", "path", 5)
    fence = surfaces.claim("r")
    surfaces.update("r", fence, state="running")
    surfaces.write_part(surfaces.get("r"), fence, {"rows": []})
    failed = surfaces.let_go("r", "failed", fence, "Why.")
    assert (failed.state, failed.error) == ("failed", "Why.")
    again = surfaces.ask("r", "generator", "path", 5)
    assert (again.state, again.error, again.rows) == ("queued", None, 0)
    assert surfaces.part(again) is None
    assert again.fence > fence


def test_what_does_not_exist(surfaces: SurfaceStore) -> None:
    with pytest.raises(NotFound, match="No loss surface of run 'r'"):
        surfaces.get("r")
    with pytest.raises(RunNotFound):
        surfaces.get("unknown")
    with pytest.raises(RunNotFound):
        surfaces.ask("unknown", "generator", "path", 5)
    surfaces.remove("r")
    assert surfaces.all("r") == []
    assert surfaces.records() == []


def test_a_run_made_anew_under_its_name_is_not_for_a_job_of_the_old_one(store: Store) -> None:
    surfaces = store.runs.surfaces
    surfaces.ask("r", "generator", "path", 5)
    old = surfaces.claim("r")
    store.runs.update("r", state="succeeded")
    store.runs.delete("r")
    with pytest.raises(RunNotFound):
        surfaces.finish(a_surface("r"), old)
    assert store.runs.names() == []
    store.runs.create(TrainingSpec(name="r", dataset="digits"))
    surfaces.ask("r", "generator", "path", 5)
    assert surfaces.claim("r") > old


def test_runs_and_surfaces_wait_in_one_line(store: Store) -> None:
    store.runs.surfaces.ask("r", "generator", "path", 5)
    for name in ("b", "a"):
        store.runs.create(TrainingSpec(name=name, dataset="digits"))
    waiting = [Work("r"), Work("r", "loss-surface"), Work("b"), Work("a")]
    assert store.line.waiting() == waiting
    # What a worker had to let go keeps its place.
    fence = store.line.claim(waiting[1])
    store.runs.surfaces.update("r", fence, state="running")
    assert store.line.waiting() == [Work("r"), Work("b"), Work("a")]
    assert store.line.let_go(waiting[1], "queued").state == "queued"
    assert store.line.waiting() == waiting
    assert [record.work for record in store.line.records()] == waiting


@pytest.mark.parametrize("after", ["failed", "queued"])
def test_on_a_full_disk_it_can_still_be_let_go(tmp_path: Path, after: SurfaceState) -> None:
    with small_disk(tmp_path, megabytes=1) as disk:
        store = Store(disk.path / "home")
        store.prepare()
        store.runs.create(TrainingSpec(name="r", dataset="digits"))
        surfaces = store.runs.surfaces
        surfaces.ask("r", "generator", "path", 5)
        fence = surfaces.claim("r")
        surfaces.update("r", fence, state="running")
        disk.fill()
        with pytest.raises(StorageFailed):
            surfaces.write_part(surfaces.get("r"), fence, {"rows": [[1.0] * 5] * 5})
        record = surfaces.let_go("r", after, fence, "The disk is full." if after == "failed" else None)
        assert record == surfaces.get("r")
        assert record.state == after
