"""Each detector on figures made up for it. `tests/integration/trainer/test_real_troubles.py` trains."""

from math import cos, pi
from typing import Any

import pytest

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.trainer.training.diagnostics import DETECTORS, Course, told, troubles
from tests.support.training import small_spec


def epochs(count: int, **of_each: Any) -> list[EpochFigures]:
    """Epochs whose figures are functions of their number, or constants."""
    plain: dict[str, Any] = {"seconds": 1.0, "generator_loss": 0.9, "discriminator_loss": 1.2}
    return [
        EpochFigures(
            epoch=number,
            **{
                name: value(number) if callable(value) else value
                for name, value in (plain | of_each).items()
            },
        )
        for number in range(1, count + 1)
    ]


def shares(*present: float) -> dict[str, float]:
    return {str(number): share for number, share in enumerate(present)}


EVEN = shares(*[0.1] * 10)
FEW = shares(0.7, 0.3, *[0.0] * 8)


def course(history: list[EpochFigures], steps_per_epoch: int = 1000, **spec: Any) -> Course:
    """Of a data set with as many real images of each class."""
    return Course(small_spec(epochs=100, **spec), steps_per_epoch, history, cells=10_000, named=EVEN)


def codes(history: list[EpochFigures], steps_per_epoch: int = 1000, **spec: Any) -> set[str]:
    return {warning.code for warning in troubles(course(history, steps_per_epoch, **spec))}


def test_a_sound_training_raises_nothing() -> None:
    history = epochs(
        40, shares=EVEN, map_change=0.1, dead_units={"dense": 0.1}, generator_loss=lambda n: 0.9 + 0.01 * n
    )
    assert codes(history) == set()
    assert codes([]) == set()


def test_mode_collapse() -> None:
    assert codes(epochs(10, shares=lambda n: FEW if n > 6 else EVEN)) == {"mode_collapse"}
    assert codes(epochs(10, shares=lambda n: FEW if n == 9 else EVEN)) == set()


@pytest.mark.parametrize(
    ("left", "of", "collapsed"),
    [(3, 10, True), (4, 10, False), (1, 4, True), (2, 4, False), (1, 2, True), (1, 1, False)],
)
def test_mode_collapse_wants_few_of_many_classes(left: int, of: int, collapsed: bool) -> None:
    drawn = shares(*[1 / left] * left, *[0.0] * (of - left))
    assert ("mode_collapse" in codes(epochs(10, shares=drawn))) == collapsed


def test_young_trainings_may_show_one_class() -> None:
    assert codes(epochs(3, shares=FEW)) == set()
    # Ten epochs of five steps are no training yet.
    assert codes(epochs(20, shares=FEW), steps_per_epoch=5) == set()
    assert codes(epochs(22, shares=FEW), steps_per_epoch=5) == {"mode_collapse"}


def test_slices_of_many_dimensions_do_not_tell_of_collapse() -> None:
    assert codes(epochs(10, shares=FEW), latent={"dim": 4}) == {"mode_collapse"}
    assert codes(epochs(10, shares=FEW), latent={"dim": 5}) == set()


LOST = {"lost_classes"}


def without(*lost: int) -> dict[str, float]:
    """Shares of a map that misses some of ten classes."""
    return shares(*[0.0 if number in lost else 0.1 for number in range(10)])


def test_classes_without_a_cell_for_five_maps_are_lost() -> None:
    assert codes(epochs(20, shares=lambda n: without(4) if n > 15 else EVEN)) == LOST
    assert codes(epochs(20, shares=lambda n: without(4) if n > 16 else EVEN)) == set()
    # Maps count, not epochs.
    assert codes(epochs(20, shares=lambda n: without(4) if n % 3 == 0 else None)) == LOST
    assert codes(epochs(20, shares=lambda n: without(4) if n % 5 == 0 else None)) == set()


def test_a_class_is_not_lost_any_more_once_it_has_a_cell() -> None:
    back = without(4) | {"4": 0.0001}
    assert codes(epochs(20, shares=lambda n: back if n == 20 else without(4))) == set()
    # Each may be missing for a while, as long as it is another one each time.
    assert codes(epochs(20, shares=lambda n: without(n % 3))) == set()


def test_lost_classes_are_named() -> None:
    [warning] = troubles(course(epochs(20, shares=without(2, 5))))
    assert (warning.code, warning.epoch) == ("lost_classes", 20)
    assert warning.message.startswith("Lost classes: 2, 5. The last 5 maps")
    [many] = troubles(course(epochs(20, shares=without(0, 1, 2, 3, 4, 5))))
    assert many.message.startswith("Lost classes: 0, 1, 2, 3, 4 and 1 more.")


@pytest.mark.parametrize(
    ("spec", "advised", "kept_quiet"),
    [
        ({}, ("regularization.coverage", "latent.folds"), ("projection",)),
        (
            {"latent": {"folds": 2}, "regularization": {"coverage": 1.0}},
            ("another seed",),
            ("latent.folds", "regularization.coverage"),
        ),
        ({"latent": {"dim": 4}}, ("regularization.coverage",), ("latent.folds",)),
        ({"conditional": True}, ("projection",), ()),
        (
            {"conditional": True, "network": {"conditioning": "projection"}},
            ("another seed",),
            ("projection",),
        ),
    ],
)
def test_the_advice_is_what_the_spec_does_not_do_yet(
    spec: dict[str, Any], advised: tuple[str, ...], kept_quiet: tuple[str, ...]
) -> None:
    [warning] = troubles(course(epochs(20, shares=without(4)), **spec))
    assert all(way in warning.message for way in advised)
    assert not any(way in warning.message for way in kept_quiet)


def test_lost_classes_want_maps_of_the_whole_space() -> None:
    assert codes(epochs(20, shares=without(4)), latent={"dim": 4}) == LOST
    assert codes(epochs(20, shares=without(4)), latent={"dim": 5}) == set()


@pytest.mark.parametrize(
    ("cells", "share", "lost"),
    [
        (10_000, 0.1, True),
        (10_000, 0.021, True),
        (10_000, 0.019, False),
        (100, 0.1, False),
        (10_000, 0, False),
    ],
)
def test_a_class_that_is_hardly_expected_is_not_lost(cells: int, share: float, lost: bool) -> None:
    """Rare in the data, never named by the classifier, or on a map too coarse to show it."""
    rest = (1 - share) / 9
    named = shares(*[share if number == 4 else rest for number in range(10)])
    history = epochs(20, shares=without(4))
    found = troubles(Course(small_spec(), 1000, history, cells, named))
    assert {warning.code for warning in found} == (LOST if lost else set())


WINS = {"discriminator_wins"}


def test_discriminator_wins() -> None:
    assert codes(epochs(10, discriminator_loss=0.01, generator_loss=6.0)) == WINS
    assert codes(epochs(10, discriminator_loss=0.01, generator_loss=lambda n: 9 - 0.5 * n)) == set()
    assert codes(epochs(10, discriminator_loss=0.2, generator_loss=4.0)) == set()


@pytest.mark.parametrize(
    ("loss", "smoothing", "wins", "not_yet"),
    [
        ("bce", 0.1, 0.35, 0.5),
        ("mse", 0.0, 0.02, 0.1),
        ("mse", 0.1, 0.02, 0.1),
        ("mae", 0.0, 0.04, 0.2),
        ("hinge", 0.0, 0.08, 0.4),
    ],
)
def test_how_low_a_winners_loss_is_depends_on_the_loss(
    loss: str, smoothing: float, wins: float, not_yet: float
) -> None:
    spec: dict[str, Any] = {"loss": loss, "regularization": {"label_smoothing": smoothing}}
    assert codes(epochs(10, discriminator_loss=wins, generator_loss=1.0), **spec) == WINS
    assert codes(epochs(10, discriminator_loss=not_yet, generator_loss=1.0), **spec) == set()


SWINGS = {"oscillating_losses"}


def test_oscillating_losses() -> None:
    assert codes(epochs(20, generator_loss=lambda n: 1 + 0.4 * (-1) ** n)) == SWINGS
    assert codes(epochs(20, discriminator_loss=lambda n: 1 + 0.4 * (-1) ** n)) == SWINGS
    # Slow swings too: six epochs up, six down.
    assert codes(epochs(30, generator_loss=lambda n: 1.5 + cos(pi * n / 5))) == SWINGS


def test_trends_and_small_swings_do_not_oscillate() -> None:
    assert codes(epochs(20, generator_loss=lambda n: 0.2 * n + 0.1 * (-1) ** n)) == set()
    assert codes(epochs(20, generator_loss=lambda n: 1 + 0.2 * (-1) ** n)) == set()
    # The hinge loss of a generator lies around zero.
    assert codes(epochs(20, generator_loss=lambda n: 0.2 * (-1) ** n), loss="hinge") == set()
    assert codes(epochs(20, generator_loss=lambda n: 0.6 * (-1) ** n), loss="hinge") == SWINGS


def test_dying_units() -> None:
    assert codes(epochs(5, dead_units={"dense": 0.1, "conv_1": 0.6})) == {"dying_units"}
    assert codes(epochs(5, dead_units=lambda n: {"conv_1": 0.6 if n == 5 else 0.1})) == set()


STILL: dict[str, Any] = {"map_change": 0.001, "shares": EVEN}


def test_map_stands_still() -> None:
    assert codes(epochs(20, **STILL)) == {"map_stands_still"}
    assert codes(epochs(20, **STILL | {"map_change": lambda n: 0.1 if n == 15 else 0.001})) == set()


def test_a_map_that_shall_stand_still_is_no_trouble() -> None:
    falling: dict[str, Any] = {"optimizer": {"generator": {"name": "adam", "schedule": "cosine"}}}
    assert codes(epochs(80, **STILL), **falling) == {"map_stands_still"}
    assert codes(epochs(81, **STILL), **falling) == set()
    assert codes(epochs(20, **STILL), conditional=True) == set()
    single = epochs(20, map_change=0.0, shares=shares(1.0))
    assert troubles(Course(small_spec(epochs=100), 1000, single, 10_000, {"0": 1.0})) == ()


def test_exploding_losses() -> None:
    assert "exploding_losses" in codes(epochs(5, discriminator_loss=1e5))


def test_every_trouble_has_a_sentence_that_names_it() -> None:
    assert len(DETECTORS) == 8
    [warning] = troubles(course(epochs(10, shares=lambda n: FEW if n > 6 else EVEN)))
    assert warning.epoch == 10
    assert "only 2 of 10 classes" in warning.message


def test_a_trouble_that_lasts_is_told_once_and_says_how_it_is_now() -> None:
    def lost(epoch: int, names: str) -> RunWarning:
        return RunWarning(code="lost_classes", message=names, epoch=epoch)

    other = RunWarning(code="dying_units", message="half", epoch=7)
    assert told((), (lost(5, "2"),)) == ((lost(5, "2"),), (lost(5, "2"),))
    assert told((lost(5, "2"),), (lost(7, "2, 3"), other)) == ((other,), (lost(5, "2, 3"), other))
    assert told((lost(5, "2, 3"), other), (other,)) == ((), (other,))
    assert told((other,), (lost(9, "4"),)) == ((lost(9, "4"),), (lost(9, "4"),))


def test_labels_that_decide_nothing_are_told_of() -> None:
    def obeying(share: float, **spec: Any) -> set[str]:
        return codes(epochs(10, shares=EVEN, label_fidelity=share), conditional=True, **spec)

    assert obeying(0.12) == {"ignored_labels"}
    # Chance is a tenth; the study's way of conditioning reaches three quarters on MNIST.
    assert obeying(0.29) == set()
    assert obeying(0.74) == set()
    assert codes(epochs(10, shares=EVEN)) == set()
    late = epochs(10, shares=EVEN, label_fidelity=lambda n: 0.1 if n < 10 else 0.9)
    assert codes(late, conditional=True) == set()


def test_ignored_labels_name_the_way_that_is_left() -> None:
    history = epochs(10, shares=EVEN, label_fidelity=0.1)
    [warning] = troubles(course(history, conditional=True))
    assert "10% of the map" in warning.message
    assert "projection" in warning.message
    [warning] = troubles(course(history, conditional=True, network={"conditioning": "projection"}))
    assert "another seed" in warning.message
