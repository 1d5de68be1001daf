"""The verdict on a comparison: which sentence it is, in which order, how sure."""

import pytest

from services.contracts.experiments.metrics import METRICS
from services.contracts.experiments.verdict import Verdict, verdict
from services.contracts.experiments.wording import listed, p_words, shown

LABELS = ["relu", "elu", "prelu"]


def of(metric: str, *values: list[float], epoch: int = 50) -> Verdict:
    return verdict(METRICS[metric], LABELS[: len(values)], {epoch: values})


def test_no_difference_beyond_chance() -> None:
    found = of("map_change", [0.022, 0.042], [0.024, 0.026])
    assert (found.outcome, found.epoch, found.order) == ("no_difference", 50, (0, 1))
    # scipy.stats.ttest_ind([0.022, 0.042], [0.024, 0.026], equal_var=False).pvalue
    assert found.pairs[0].p == pytest.approx(0.610826964, rel=1e-6)
    assert found.sentence == (
        "No difference beyond chance at epoch 50: relu 3.2 % ± 13 %, elu 2.5 % ± 1.3 % (p = 0.61)."
    )


def test_a_difference_of_two() -> None:
    found = of("frechet_distance", [15.1, 14.2, 16.8], [11.0, 12.5, 10.1])
    assert (found.outcome, found.order) == ("difference", (1, 0))
    assert found.sentence == (
        "elu is better than relu beyond chance at epoch 50: elu 11.2 ± 3.01, relu 15.4 ± 3.28 (p = 0.016)."
    )


def test_where_no_value_is_better_the_higher_comes_first() -> None:
    found = of("stretch_mean", [1.0, 1.1], [3.0, 3.1])
    assert found.order == (1, 0)
    assert found.sentence.startswith("elu is higher than relu beyond chance at epoch 50: ")


def test_one_that_is_ahead_of_all_others() -> None:
    found = of("coverage", [0.90, 0.91, 0.90], [0.5, 0.52, 0.51], [0.5, 0.53, 0.5])
    assert found.sentence.startswith(
        "relu is better than each of the other 2 beyond chance at epoch 50: relu 90 % ± 1.4 %, "
    )
    assert [pair.beyond_chance for pair in found.pairs] == [True, True, False]


def test_some_pairs_that_differ() -> None:
    found = of("coverage", [0.90, 0.91, 0.90], [0.89, 0.92, 0.91], [0.5, 0.53, 0.5])
    assert found.order == (1, 0, 2)
    assert found.sentence.startswith(
        "2 of 3 pairs differ beyond chance at epoch 50: elu is better than prelu; relu is better than "
        "prelu (largest p"
    )


def test_pairs_are_corrected_for_their_number() -> None:
    values = [15.1, 13.5, 16.8], [11.0, 12.5, 10.1], [13.0, 12.0, 15.0]
    two, three = of("frechet_distance", *values[:2]), of("frechet_distance", *values)
    assert three.pairs[1].p == two.pairs[0].p
    assert three.pairs[1].adjusted == pytest.approx(3 * two.pairs[0].p)
    assert (two.outcome, three.outcome) == ("difference", "no_difference")


def test_what_cannot_be_decided_is_said() -> None:
    assert verdict(METRICS["coverage"], LABELS, {}).sentence == "Not measured."
    assert of("coverage", [0.5], [0.6]).sentence == (
        "One seed each cannot tell a difference from chance: elu 60 %, relu 50 % at epoch 50."
    )
    assert of("coverage", [0.5, 0.4], [0.6]).sentence.startswith(
        "Chance can be judged once two combinations"
    )
    assert of("coverage", [0.5, 0.4], []).sentence.startswith(
        "One combination alone is measured: relu 45 %"
    )
    assert of("classes", [10, 10], [9, 9]).sentence.startswith(
        "All seeds of a combination gave the same value"
    )
    for found in (of("coverage", [0.5], [0.6]), of("classes", [10, 10], [9, 9])):
        assert (found.outcome, found.pairs) == ("undecided", ())


def test_pairs_without_any_spread_are_not_passed_over() -> None:
    found = of("classes", [2, 2], [3, 4], [3, 3])
    assert [(pair.ahead, pair.behind) for pair in found.pairs] == [(1, 2), (1, 0)]
    assert found.sentence.endswith(
        "). One pair cannot be judged: without any spread over the seeds, nothing says how large chance is."
    )
    # Where both are the same throughout, there is nothing to judge.
    assert of("classes", [3, 3], [3, 4], [3, 3]).sentence.endswith("p = 1).")


def test_it_is_about_the_last_epoch_that_can_be_tested() -> None:
    measured = {10: [[0.1, 0.2], [0.1, 0.3], []], 20: [[0.5], [0.4, 0.5], []]}
    found = verdict(METRICS["coverage"], LABELS, measured)
    assert (found.epoch, found.order) == (10, (1, 0))
    assert found.sentence.endswith(" prelu is left out: fewer than two seeds at this epoch.")
    # Else about one at which there is something to compare.
    assert verdict(METRICS["coverage"], LABELS, {10: [[1.0], [2.0], []], 20: [[1.0], [], []]}).epoch == 10
    assert verdict(METRICS["coverage"], LABELS, {10: [[1.0], [], []], 20: [[1.0], [], []]}).epoch == 20


def test_what_is_compared_can_have_another_name() -> None:
    said = verdict(METRICS["coverage"], LABELS[:2], {5: [[0.5, 0.4], [0.6]]}, "training").sentence
    assert said.startswith("Chance can be judged once two trainings have two seeds each: ")


def test_of_many_the_first_and_the_last_are_named() -> None:
    labels = [f"c{number}" for number in range(6)]
    values = [[0.1 + 0.01 * number, 0.3 + 0.01 * number] for number in range(6)]
    sentence = verdict(METRICS["coverage"], labels, {5: values}).sentence
    assert "from c5 25 % ±" in sentence
    assert " to c0 20 % ±" in sentence
    assert "smallest p = 1" in sentence


@pytest.mark.parametrize(
    ("form", "value", "text"),
    # As the page's tests of `percent`, `figure` and `duration` have them.
    [
        ("share", 0.5, "50 %"),
        ("share", 0.0123, "1.2 %"),
        ("share", 0.00004, "<0.01 %"),
        ("share", 0, "0 %"),
        ("number", 0.69315, "0.693"),
        ("number", 12345.6, "12,346"),
        ("number", 0.00001234, "1.2·10^-5"),
        ("number", 0, "0"),
        ("seconds", 0.05, "50 ms"),
        ("seconds", 42.4, "42 s"),
        ("seconds", 200, "3 min 20 s"),
        ("seconds", 7500, "2 h 05 min"),
    ],
)
def test_figures_are_written_as_the_page_writes_them(form: str, value: float, text: str) -> None:
    assert shown(form, value) == text  # type: ignore[arg-type]


def test_words() -> None:
    assert [p_words(p) for p in (0.71, 0.0712, 0.0004)] == ["p = 0.71", "p = 0.071", "p < 0.001"]
    assert [listed(items) for items in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
