from typing import Any

from services.contracts.events import EpochFigures
from services.trainer.troubles import DETECTORS, troubles


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


def codes(history: list[EpochFigures]) -> set[str]:
    return {warning.code for warning in troubles(history)}


def test_a_sound_training_raises_nothing() -> None:
    history = epochs(
        40, shares=EVEN, map_change=0.1, dead_units={"dense": 0.01}, generator_loss=lambda n: 0.9 + 0.01 * n
    )
    assert codes(history) == set()
    assert codes([]) == set()


def test_mode_collapse() -> None:
    assert codes(epochs(10, shares=lambda n: FEW if n > 6 else EVEN)) == {"mode_collapse"}
    assert codes(epochs(10, shares=lambda n: FEW if n == 9 else EVEN)) == set()
    assert codes(epochs(3, shares=FEW)) == set()


def test_mode_collapse_wants_few_of_many_classes() -> None:
    assert codes(epochs(10, shares=shares(0.5, 0.5))) == set()
    assert codes(epochs(10, shares=shares(0.3, 0.3, 0.2, 0.2, *[0.0] * 6))) == set()


def test_discriminator_wins() -> None:
    assert codes(epochs(10, discriminator_loss=0.01, generator_loss=6.0)) == {"discriminator_wins"}
    assert codes(epochs(10, discriminator_loss=0.01, generator_loss=lambda n: 9 - 0.5 * n)) == set()


def test_oscillating_losses() -> None:
    assert codes(epochs(20, generator_loss=lambda n: 1 + 0.8 * (-1) ** n)) == {"oscillating_losses"}
    assert codes(epochs(20, generator_loss=lambda n: 0.2 * n)) == set()


def test_dying_units() -> None:
    assert codes(epochs(5, dead_units={"dense": 0.1, "conv_1": 0.6})) == {"dying_units"}
    assert codes(epochs(5, dead_units=lambda n: {"conv_1": 0.6 if n == 5 else 0.1})) == set()


def test_map_stands_still() -> None:
    assert codes(epochs(20, map_change=0.001)) == {"map_stands_still"}
    assert codes(epochs(20, map_change=lambda n: 0.1 if n == 15 else 0.001)) == set()


def test_exploding_losses() -> None:
    assert "exploding_losses" in codes(epochs(5, discriminator_loss=1e5))


def test_every_trouble_has_a_sentence_that_names_it() -> None:
    assert len(DETECTORS) == 6
    [warning] = troubles(epochs(10, shares=lambda n: FEW if n > 6 else EVEN))
    assert warning.epoch == 10
    assert "only 2 of 10 classes" in warning.message
