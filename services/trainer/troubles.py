"""What goes wrong in GAN training, seen in the figures of its epochs and said in plain words.

Each detector is a pure function of the history and wants the trouble to last, so that one odd epoch
raises no alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from services.contracts.events import EpochFigures
from services.contracts.store import RunWarning

History = Sequence[EpochFigures]
Detector = Callable[[History], str | None]
"""Returns what to say, or None when all is well."""

HISTORY = 200
"""Epochs that the detectors look back at most."""

_WARM_UP = 3
"""Epochs in which a young training may look like anything."""


def _mode_collapse(history: History) -> str | None:
    """Few classes are left on the map, twice in a row."""
    shares = [figures.shares for figures in history[_WARM_UP:] if figures.shares][-2:]
    if len(shares) < 2 or len(shares[-1]) < 3:
        return None
    needed = max(2, len(shares[-1]) * 3 // 10)
    present = [sum(share >= 0.005 for share in map_.values()) for map_ in shares]
    if max(present) > needed:
        return None
    return (
        f"Mode collapse: only {present[-1]} of {len(shares[-1])} classes are left on the map. A smaller "
        "learning rate for the generator, or another seed, may help."
    )


def _discriminator_wins(history: History) -> str | None:
    """The discriminator's loss is next to nothing while the generator's is high and not falling."""
    recent = history[_WARM_UP:][-5:]
    if len(recent) < 5:
        return None
    own = max(figures.discriminator_loss for figures in recent)
    others = min(figures.generator_loss for figures in recent)
    if own > 0.05 or others < 4 * max(own, 0.05) or recent[-1].generator_loss < recent[0].generator_loss:
        return None
    return (
        "The discriminator wins: it tells real from generated images almost without fail, so the generator "
        "learns little. Lower its learning rate, or add dropout, label smoothing or an R1 penalty."
    )


def _oscillating(history: History) -> str | None:
    """The losses swing widely from epoch to epoch without a trend."""
    recent = history[_WARM_UP:][-10:]
    if len(recent) < 10:
        return None
    losses = [figures.generator_loss for figures in recent]
    steps = [after - before for before, after in pairwise(losses)]
    turns = sum(a * b < 0 for a, b in pairwise(steps))
    swing = pstdev(losses) / max(abs(fmean(losses)), 0.1)
    if turns < 5 or swing < 0.3:
        return None
    return (
        "The losses oscillate: the generator's swings by "
        f"{swing:.0%} around its mean. Smaller learning rates or a smaller beta_1 may calm them."
    )


def _dying_units(history: History) -> str | None:
    """Much of a layer never changes, whatever the point."""
    layers = [figures.dead_units for figures in history if figures.dead_units][-2:]
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


def _map_stands_still(history: History) -> str | None:
    """The map has hardly changed for many maps in a row."""
    changes = [figures.map_change for figures in history[_WARM_UP:] if figures.map_change is not None][-10:]
    if len(changes) < 10 or max(changes) > 0.005:
        return None
    return (
        "The map stands still: less than 0.5 % of it has changed in each of the last 10 maps. More epochs "
        "will change little; the stop rule can end such a training by itself."
    )


def _exploding(history: History) -> str | None:
    """A loss has left every sensible range."""
    if not history or max(abs(history[-1].generator_loss), abs(history[-1].discriminator_loss)) < 1e3:
        return None
    return "The losses explode: they have passed 1,000. Lower the learning rates."


DETECTORS: dict[str, Detector] = {
    "mode_collapse": _mode_collapse,
    "discriminator_wins": _discriminator_wins,
    "oscillating_losses": _oscillating,
    "dying_units": _dying_units,
    "map_stands_still": _map_stands_still,
    "exploding_losses": _exploding,
}


def troubles(history: History) -> tuple[RunWarning, ...]:
    """Every trouble that the figures show now, oldest epoch first in `history`."""
    if not history:
        return ()
    found = ((code, detect(history)) for code, detect in DETECTORS.items())
    return tuple(
        RunWarning(code=code, message=message, epoch=history[-1].epoch)
        for code, message in found
        if message
    )
