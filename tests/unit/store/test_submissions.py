from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from services.contracts.errors import Conflict
from services.contracts.experiments.planning import ExperimentSpec
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store import SubmissionStore
from tests.support.stored_specs import as_stored_before

SPEC = TrainingSpec(name="a", dataset="digits")
OTHER = TrainingSpec(name="a", dataset="digits", epochs=3)


@pytest.fixture
def store(tmp_path: Path) -> SubmissionStore:
    made = SubmissionStore(tmp_path)
    made.prepare()
    return made


def test_a_key_answers_with_the_first_answer_and_refuses_another_spec(store: SubmissionStore) -> None:
    with store.under("k", SPEC) as first:
        assert first.answer is None
        first.begin()
        first.end({"name": "a"})
    with store.under("k", SPEC) as again:
        assert (again.answer, again.mark) == ({"name": "a"}, first.mark)
    with pytest.raises(Conflict), store.under("k", OTHER):
        pass


def test_a_submission_is_known_after_a_crash(store: SubmissionStore) -> None:
    with store.under("k", SPEC) as first:
        first.begin()
    with store.under("k", SPEC) as again:
        assert again.answer is None
    with pytest.raises(Conflict), store.under("k", OTHER):
        pass


def test_a_key_of_an_earlier_release_answers_the_request_that_it_was_used_for(
    store: SubmissionStore, tmp_path: Path
) -> None:
    # As it was sent then and is sent now: without the fields that have been added in between.
    request = {"name": "a", "dataset": "digits", "network": {"activation": "elu"}}
    spec = parse_spec(request)
    with store.under("k", spec) as first:
        first.end({"name": "a"})
    file = tmp_path / f"{first.mark}.json"
    file.write_text(json.dumps({"answer": {"name": "a"}, "spec": as_stored_before(spec)}))
    with store.under("k", parse_spec(request)) as again:
        assert again.answer == {"name": "a"}
    with pytest.raises(Conflict), store.under("k", parse_spec(request | {"conditional": True})):
        pass


def test_a_key_used_for_another_kind_of_request_is_refused(store: SubmissionStore) -> None:
    with store.under("k", SPEC) as first:
        first.begin()
    experiment = ExperimentSpec(name="a", base={"dataset": "digits"})
    with pytest.raises(Conflict), store.under("k", experiment):
        pass


def test_a_key_is_free_if_nothing_was_made(store: SubmissionStore) -> None:
    with store.under("k", SPEC) as first:
        first.begin()
        first.forget()
    with store.under("k", OTHER) as other:
        assert other.answer is None


def test_a_key_is_held_by_one_request_at_a_time(store: SubmissionStore, tmp_path: Path) -> None:
    # Another store of the same folder, as another process has one.
    elsewhere, entered = SubmissionStore(tmp_path), threading.Event()
    answers = []

    def second() -> None:
        entered.set()
        with elsewhere.under("k", SPEC) as submission:
            answers.append(submission.answer)

    with store.under("k", SPEC) as first:
        thread = threading.Thread(target=second)
        thread.start()
        assert entered.wait(20)
        first.begin()
        first.end({"name": "a"})
    thread.join(20)
    assert answers == [{"name": "a"}]


def test_keys_expire_after_a_day(tmp_path: Path) -> None:
    later = 0.0

    def clock() -> float:
        return tmp_path.stat().st_mtime + later

    store = SubmissionStore(tmp_path, clock=clock)
    store.prepare()
    for key in ("ended", "begun"):
        with store.under(key, SPEC) as submission:
            submission.begin()
            if key == "ended":
                submission.end({"name": "a"})
    (tmp_path / ".left-by-a-crash").touch()
    later = 23 * 3600.0
    store.sweep()
    assert len([file for file in tmp_path.iterdir() if file.suffix == ".json"]) == 2
    later = 25 * 3600.0
    with store.under("ended", OTHER) as submission:
        assert submission.answer is None
    store.sweep()
    assert {file.name[:6] for file in tmp_path.iterdir()} == {".lock-"}
