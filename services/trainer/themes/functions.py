"""How an exported model computes each theme of `services.contracts.themes` that it answers by itself.

A function asks only what its theme needs: whoever looks at one theme pays for no other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from services.contracts.registry import Registry
from services.contracts.themes import EXPORTED
from services.trainer.backend import tf

if TYPE_CHECKING:  # a table of names, which can be read without all that they are made of
    from services.trainer.themes.networks import Gains, Networks

Function = Callable[["Networks", Any, "Any | None", "Gains | None"], Any]
"""From points z, float32[n, d], label (int32[n] or None) and what stages are scaled by, to float32[n]."""
_OfImages = Callable[["Networks", Any, "Any | None"], Any]
"""From images, uint8[n, h, w, c], and the label that was asked for, to float32[n]."""

FUNCTIONS: Registry[Function] = Registry("theme", offered=EXPORTED)

UNHURRIED = frozenset({"novelty"})
"""Those that no server tries before it announces a version: they read more than the version itself has."""


def _of_the_image(name: str) -> Callable[[_OfImages], _OfImages]:
    """Decorator for a theme that only looks at the image."""

    def register(function: _OfImages) -> _OfImages:
        def apply(networks: Networks, z: Any, label: Any | None, gains: Gains | None) -> Any:
            return function(networks, networks.image(z, label, gains), label)

        FUNCTIONS.add(name, apply)
        return function

    return register


@_of_the_image("confidence")
def confidence(networks: Networks, image: Any, label: Any | None) -> Any:
    """The classifier's probability of the class that it names."""
    return tf.reduce_max(networks.class_probabilities(image), axis=1)


@_of_the_image("discriminator")
def discriminator(networks: Networks, image: Any, label: Any | None) -> Any:
    """The discriminator's probability of being real, of a conditional model for the label asked for."""
    judges = networks.judges
    return judges.probability(judges.score(image, label))


@_of_the_image("two_sample")
def two_sample(networks: Networks, image: Any, label: Any | None) -> Any:
    """The two-sample network's probability of being real."""
    return networks.judges.two_sample_probability(image)


@FUNCTIONS.register("stretch")
def stretch(networks: Networks, z: Any, label: Any | None, gains: Gains | None) -> Any:
    """Geometric mean of the Jacobian's singular values."""
    return networks.stretch(z, label, gains)


@_of_the_image("novelty")
def novelty(networks: Networks, image: Any, label: Any | None) -> Any:
    """Distance to the nearest training image."""
    return networks.training_images.distance(image)


FUNCTIONS.require_all()
