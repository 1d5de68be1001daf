"""Keys of work: what messages of any release carry."""

from __future__ import annotations

import pytest

from services.contracts.runs.work import Work


@pytest.mark.parametrize(
    ("key", "work"),
    [("digits-2d", Work("digits-2d")), ("digits-2d/loss-surface", Work("digits-2d", "loss-surface"))],
)
def test_the_name_of_a_run_alone_is_its_training(key: str, work: Work) -> None:
    assert Work.of(key) == work
    assert work.key == key


@pytest.mark.parametrize(
    "key", ["", "/", "a/", "a/training", "a/b", "../x", "A", "a/loss-surface/x", "a\n"]
)
def test_any_other_text_is_the_key_of_nothing(key: str) -> None:
    with pytest.raises(ValueError, match="key of no work"):
        Work.of(key)
