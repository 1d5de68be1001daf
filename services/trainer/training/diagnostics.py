"""Detectors of what goes wrong in GAN training, from the figures of its epochs, with advice in plain words.

Each detector is a pure function of the training's course and wants the trouble to last, so that one odd
epoch raises no alarm. The bounds are about twice what sound trainings of digits and MNIST show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean

from services.contracts.runs.events import EpochFigures
from services.contracts.runs.states import RunWarning
from services.contracts.training.losses import LOSSES
from services.contracts.training.spec import TrainingSpec


@dataclass(frozen=True)
class Course:
    """A training so far.

    Attributes:
        spec: what is trained.
        steps_per_epoch: how many.
        history: figures of its last epochs (`HISTORY` of them are enough), oldest first.
        cells: of all maps of one epoch.
        named: share of real images to which the classifier gives each name: what it never says of those,
            no map can show.
    """

    spec: TrainingSpec
    steps_per_epoch: int
    history: Sequence[EpochFigures]
    cells: int
    named: Mapping[str, float]

    @property
    def mature(self) -> list[EpochFigures]:
        """The epochs after the early phase of the training."""
        return [
            figures
            for figures in self.history
            if figures.epoch > _YOUNG_EPOCHS and figures.epoch * self.steps_per_epoch > _YOUNG_STEPS
        ]


Detector = Callable[[Course], str | None]
"""Returns what to say, or None when all is well."""

HISTORY = 200
"""Epochs that the detectors look back at most."""

_YOUNG_EPOCHS, _YOUNG_STEPS = 3, 100
"""A training that is younger may look like anything: grey images of one class, a discriminator that is
ahead. Epochs alone do not tell: 1,437 digits are 5 steps of 256, MNIST is 234."""


def _mode_collapse(course: Course) -> str | None:
    """At most three tenths of the classes are left on the map, twice in a row.

    Sound trainings drop to half of them now and then. With more than four dimensions the maps are thin
    slices of the latent space that may show one class while all are there, so nothing is concluded.
    """
    shares = [figures.shares for figures in course.mature if figures.shares][-2:]
    if len(shares) < 2 or len(shares[-1]) < 2 or course.spec.latent.dim > 4:
        return None
    few = max(1, len(shares[-1]) * 3 // 10)
    present = [sum(share >= 0.005 for share in map_.values()) for map_ in shares]
    if max(present) > few:
        return None
    return (
        f"Mode collapse: only {present[-1]} of {len(shares[-1])} classes are left on the map. A smaller "
        "learning rate for the generator, or another seed, may help."
    )


_LOST_MAPS = 5
"""Maps in a row: trainings in which all is well lose a class for up to three now and then."""
_COMMON, _EXPECTED_CELLS = 0.2, 20
"""A class is expected on the map that has a fifth of an even share of the real images, and would have so
many cells if it had the same share of the map."""
_MOST_NAMES = 5


def _lost_classes(course: Course) -> str | None:
    """Classes of the data set have had no cell for five maps in a row; gone once the last of them is back.

    Fewer classes than `_mode_collapse` asks for are told of there. Up to three dimensions the maps show the
    whole latent space, in four its two ends, where a class that is anywhere hardly ever has no cell. Of a
    conditional model the maps of all labels count together: a class that appears under another label is no
    lost one, but the report's label fidelity.
    """
    maps = [figures.shares for figures in course.mature if figures.shares][-_LOST_MAPS:]
    if len(maps) < _LOST_MAPS or course.spec.latent.dim > 4 or _mode_collapse(course):
        return None
    least = max(_COMMON / len(course.named), _EXPECTED_CELLS / course.cells)
    expected = [name for name, share in course.named.items() if share >= least]
    lost = [name for name in expected if not any(shares.get(name) for shares in maps)]
    if not lost:
        return None
    names = ", ".join(lost[:_MOST_NAMES])
    if len(lost) > _MOST_NAMES:
        names += f" and {len(lost) - _MOST_NAMES} more"
    return (
        f"Lost classes: {names}. The last {_LOST_MAPS} maps have no point where the generator makes "
        f"{'any of these' if len(lost) > 1 else 'this'}. {_ways_back(course.spec)}"
    )


def _ways_back(spec: TrainingSpec) -> str:
    """What may bring lost classes back, of what the spec does not do yet."""
    ways = ["a lower learning rate for the generator", "another seed"]
    if not spec.regularization.coverage:
        ways.insert(
            0, "regularization.coverage, which draws the generator to the images that it leaves out"
        )
    if spec.conditional and spec.network.conditioning == "multiply":
        ways.insert(0, 'network.conditioning "projection", which lets the labels decide more')
    elif not spec.latent.folds and spec.latent.dim <= 3:
        ways.append("latent.folds, which give a thin latent space room for more images")
    return f"What may bring them back: {'; '.join(ways)}."


_IGNORED_MAPS, _LITTLE = 3, 0.2
"""Maps in a row, and the part of the way from chance to obedience below which labels count as ignored."""


def _ignored_labels(course: Course) -> str | None:
    """A conditional generator shows the class that it is asked for hardly more often than by chance."""
    maps = [f for f in course.mature if f.label_fidelity is not None and f.shares][-_IGNORED_MAPS:]
    if len(maps) < _IGNORED_MAPS or len(maps[-1].shares or ()) < 2:
        return None
    chance = 1 / len(maps[-1].shares or ())
    if max(f.label_fidelity or 0.0 for f in maps) >= chance + _LITTLE * (1 - chance):
        return None
    multiplies = course.spec.network.conditioning == "multiply"
    way = (
        'network.conditioning "projection", which lets the labels decide more'
        if multiplies
        else ("a lower learning rate or another seed")
    )
    return (
        f"Ignored labels: {maps[-1].label_fidelity:.0%} of the map shows the class that is asked for, and "
        f"chance alone would give {chance:.0%}. What may help: {way}."
    )


def _discriminator_wins(course: Course) -> str | None:
    """For five epochs the discriminator's loss is next to its least, and the generator's does not fall.

    Then the discriminator is right about both kinds of images with some 97 % certainty, and what it
    teaches the generator is weak or erratic (Arjovsky & Bottou 2017).
    """
    recent = course.mature[-5:]
    if len(recent) < 5:
        return None
    smoothing = course.spec.regularization.label_smoothing
    # Smoothed labels cost even a discriminator without fault their entropy.
    least = _entropy(smoothing) if course.spec.loss == "bce" else 0.0
    guessing = LOSSES[course.spec.loss].guessing(smoothing).discriminator
    bound = least + 0.05 * (guessing - least)
    others = [figures.generator_loss for figures in recent]
    if max(figures.discriminator_loss for figures in recent) > bound:
        return None
    if fmean(others[-2:]) < 0.9 * fmean(others[:2]):
        return None
    return (
        "The discriminator wins: it tells real from generated images almost without fail, so the generator "
        "learns little. Lower its learning rate, or add dropout, label smoothing or an R1 penalty."
    )


def _entropy(p: float) -> float:
    """Entropy of a coin that falls on one side with probability `p`, in nats."""
    return 0.0 if p == 0 else -p * log(p) - (1 - p) * log(1 - p)


_SWINGS, _SWING = 4, 0.5
"""Twice down and up, each time by half of the loss's mean: sound losses stay within a fifth."""


def _oscillating(course: Course) -> str | None:
    """A loss has swung up and down widely, again and again, in the last twenty epochs."""
    recent = course.mature[-20:]
    if not recent:
        return None
    # Around zero, where the hinge loss of a generator lies, the mean is no measure.
    smoothing = course.spec.regularization.label_smoothing
    usual = LOSSES[course.spec.loss].guessing(smoothing).discriminator / 2
    for whose, losses in (
        ("generator", [figures.generator_loss for figures in recent]),
        ("discriminator", [figures.discriminator_loss for figures in recent]),
    ):
        scale = max(usual, fmean(map(abs, losses)))
        swings = _swings(losses, _SWING * scale)
        if swings >= _SWINGS:
            return (
                f"The losses oscillate: the {whose}'s has swung up and down widely, {swings} times in "
                f"{len(recent)} epochs. Smaller learning rates or a smaller beta_1 may calm them."
            )
    return None


def _swings(values: Sequence[float], least: float) -> int:
    """How many times a series has moved by `least` or more against its last such move.

    Unlike a deviation from the mean this leaves out trends, and noise that is smaller than `least`.
    """
    swings, up = 0, None
    low = high = values[0]
    for value in values[1:]:
        low, high = min(low, value), max(high, value)
        if up is not True and value - low >= least:
            swings, up, high = swings + 1, True, value
        elif up is not False and high - value >= least:
            swings, up, low = swings + 1, False, value
    return swings


def _dying_units(course: Course) -> str | None:
    """Much of a layer never changes, whatever the point. Sound ReLU networks lose about a tenth."""
    layers = [figures.dead_units for figures in course.history if figures.dead_units][-2:]
    if len(layers) < 2:
        return None
    dead = {name: share for name, share in layers[-1].items() if min(share, layers[0].get(name, 0)) > 0.4}
    if not dead:
        return None
    name, share = max(dead.items(), key=lambda item: item[1])
    return (
        f"Dying units: {share:.0%} of layer {name} gives the same output at every point. Leaky ReLU or a "
        "smaller learning rate keeps units alive."
    )


def _map_stands_still(course: Course) -> str | None:
    """The map has hardly changed for ten maps in a row, where it should.

    It should not where the step sizes have fallen to let it settle, where it shows a single class, or
    where it shows that a conditional generator obeys its labels.
    """
    maps = [figures for figures in course.mature if figures.map_change is not None and figures.shares][-10:]
    if len(maps) < 10 or max(figures.map_change or 0.0 for figures in maps) > 0.005:
        return None
    settles = course.spec.optimizer.generator.schedule == "cosine"
    if settles and maps[-1].epoch > 0.8 * course.spec.epochs:
        return None
    if course.spec.conditional or len(maps[-1].shares or ()) < 2:
        return None
    return (
        "The map stands still: less than 0.5 % of it has changed in each of the last 10 maps. More epochs "
        "will change little; the stop rule can end such a training by itself."
    )


def _exploding(course: Course) -> str | None:
    """A loss is far beyond any sensible range."""
    if not course.history:
        return None
    last = course.history[-1]
    if max(abs(last.generator_loss), abs(last.discriminator_loss)) < 1e3:
        return None
    return "The losses explode: they have passed 1,000. Lower the learning rates."


DETECTORS: dict[str, Detector] = {
    "mode_collapse": _mode_collapse,
    "lost_classes": _lost_classes,
    "ignored_labels": _ignored_labels,
    "discriminator_wins": _discriminator_wins,
    "oscillating_losses": _oscillating,
    "dying_units": _dying_units,
    "map_stands_still": _map_stands_still,
    "exploding_losses": _exploding,
}


def troubles(course: Course) -> tuple[RunWarning, ...]:
    """Every trouble that the figures show now."""
    if not course.history:
        return ()
    found = ((code, detect(course)) for code, detect in DETECTORS.items())
    return tuple(
        RunWarning(code=code, message=message, epoch=course.history[-1].epoch)
        for code, message in found
        if message
    )


def told(
    active: Sequence[RunWarning], found: Sequence[RunWarning]
) -> tuple[tuple[RunWarning, ...], tuple[RunWarning, ...]]:
    """Which of the troubles that were found are new, and how all of them are shown from now on.

    One that lasts keeps the epoch at which it began, and says how it is now: other classes may be lost
    than then.

    Args:
        active: warnings that were shown so far.
        found: from `troubles`.
    """
    since = {warning.code: warning.epoch for warning in active}
    raised = tuple(warning for warning in found if warning.code not in since)
    shown = (
        warning.model_copy(update={"epoch": since.get(warning.code, warning.epoch)}) for warning in found
    )
    return raised, tuple(shown)
