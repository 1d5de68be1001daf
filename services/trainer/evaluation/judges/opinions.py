"""Asks the judges of an epoch about the whole map, and about images that none of them trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.judges.figures import Opinions
from services.trainer.evaluation.latent_box import Box, Points, spread_over_labels
from services.trainer.evaluation.thoroughness import Thoroughness

Labels = NDArray[np.int32] | None
"""int32[n]; None: the model is not conditional."""
Probabilities = NDArray[np.float32]
"""float32[n], of being real."""

_CHUNK = 500


class Asked(Protocol):
    """Generator, discriminator and two-sample network of one epoch."""

    def opinions(self, z: Points, label: Labels) -> tuple[Probabilities, Probabilities]:
        """Of the discriminator and of the two-sample network about the images at float32[n, d]."""

    def opinions_of_images(
        self, images: NDArray[np.uint8], label: Labels
    ) -> tuple[Probabilities, Probabilities]:
        """The same about images uint8[n, h, w, c]."""

    def stretch(self, z: Points, label: Labels) -> NDArray[np.float32]:
        """At float32[n, d]: float32[n]."""


@dataclass(frozen=True, eq=False)
class HeldOut:
    """As many real as generated images that no judge trained on.

    Attributes:
        real: uint8[n, h, w, c], of the data set's test part.
        generated: uint8[n, h, w, c].
        labels: int32[n], of the real images, and what was asked of a conditional generator.
    """

    real: NDArray[np.uint8]
    generated: NDArray[np.uint8]
    labels: NDArray[np.int32]


def ask(
    judges: Asked,
    box: Box,
    classes: int | None,
    held_out: HeldOut,
    points: int,
    thoroughness: Thoroughness,
    progress: Progress,
) -> Opinions:
    """All that the figures are made of.

    The points cover the box as `Box.spread` says, of a conditional model each label with its share of them;
    where the Jacobian is large, the stretch is measured at every k-th of them.

    Args:
        judges: of the epoch.
        box: of the map.
        classes: labels; None: the model is not conditional.
        held_out: for the calibration.
        points: of the map, about.
        thoroughness: how many of these have their stretch measured.
        progress: told between the parts; may raise to stop.
    """
    z, label = spread_over_labels(box, points, classes)
    every = -(-len(z) // thoroughness.stretched_for(len(z), box.dim))
    stretched = (z[::every], None if label is None else label[::every])
    steps = len(z) + len(stretched[0])
    said = [judges.opinions(*part) for part in _parts(z, label, lambda done: progress(done, steps))]
    discriminator, two_sample = (np.concatenate(part) for part in zip(*said, strict=True))
    stretch = [
        judges.stretch(*part) for part in _parts(*stretched, lambda done: progress(len(z) + done, steps))
    ]
    images = np.concatenate([held_out.real, held_out.generated])
    of_images = judges.opinions_of_images(images, None if classes is None else np.tile(held_out.labels, 2))
    real = np.arange(len(images)) < len(held_out.real)
    return Opinions(discriminator, two_sample, *of_images, real, np.concatenate(stretch), box)


def _parts(z: Points, label: Labels, tell: Callable[[int], None]) -> Iterator[tuple[Points, Labels]]:
    for start in range(0, len(z), _CHUNK):
        tell(start)
        part = slice(start, start + _CHUNK)
        yield z[part], None if label is None else label[part]
