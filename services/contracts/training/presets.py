"""Ways of training to start from: parts of a `TrainingSpec` under a name.

Without a preset, a spec's defaults are those of the founding study. `measured` gave the best results on
MNIST in two to four dimensions, see ``docs/measurements.md``.
The page's templates and ``atlas train`` start from these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

_Part = dict[str, Any]

# No momentum, because each network's moves turn the other's gradients. Falling step sizes let the map
# settle.
_STEPS: _Part = {
    "name": "adam",
    "learning_rate": 1e-3,
    "schedule": "cosine",
    "beta_1": 0.0,
    "beta_2": 0.99,
}
_STUDY_STEPS: _Part = {"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9}

# The penalty keeps the discriminator's slope small at real images. That replaces dropout, under which the
# discriminator cannot tell images apart and the generator has nothing to learn from. It changes slowly: one
# step in two computes it. The pull towards real images brings every class onto the map, also where the
# latent space is too thin for all of them; it draws towards means, which are blurred, so it falls away.
_REGULARIZATION: _Part = {
    "ema": 0.999,
    "r1": 1.0,
    "r2": 0.0,
    "penalty_every": 2,
    "coverage": 10.0,
    "coverage_schedule": "cosine",
}
_NETWORK: _Part = {"dropout": 0.0, "conditioning": "projection"}

PRESETS: Mapping[str, _Part] = {
    "measured": {
        # They let a few coordinates come near many more kinds of images.
        "latent": {"folds": 2},
        "network": _NETWORK,
        "optimizer": {"generator": _STEPS, "discriminator": _STEPS},
        "loss": "bce",
        "regularization": _REGULARIZATION,
        "batch_size": 64,
    },
    "photos": {
        # Half the usual width: with all of it the discriminator knows a few thousand photographs by heart.
        "network": {"architecture": "dcgan64", "filters": 32, **_NETWORK},
        "optimizer": {"generator": _STEPS, "discriminator": _STEPS},
        "loss": "bce",
        # A weaker penalty, as there is more to tell apart than in digits; and small batches, as collections
        # of photographs are small and an epoch would have few steps.
        "regularization": _REGULARIZATION | {"r1": 0.1},
        "batch_size": 16,
    },
    "study": {
        "latent": {"prior": "uniform", "folds": 0},
        "network": {
            "architecture": "dcgan28",
            "activation": {"name": "leaky_relu", "negative_slope": 0.3},
            "discriminator_activation": {"name": "leaky_relu", "negative_slope": 0.3},
            "conditioning": "multiply",
            "batch_norm": True,
            "dropout": 0.3,
        },
        "loss": "bce",
        "optimizer": {"generator": _STUDY_STEPS, "discriminator": _STUDY_STEPS},
        "regularization": {
            "ema": 0.0,
            "r1": 0.0,
            "r2": 0.0,
            "penalty_every": 1,
            "coverage": 0.0,
            "label_smoothing": 0.0,
        },
        "batch_size": 256,
    },
}


def with_preset(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A preset's fields, overridden by those of `body`.

    Args:
        name: of the preset.
        body: fields of a `TrainingSpec`, not checked here.
    """
    return merged(PRESETS[name], body)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of one mapping, overridden by those of another; parts within are merged as well.

    A part of another name, such as another optimiser, replaces the one below as a whole.
    """
    both = deepcopy(dict(below))
    for key, value in above.items():
        under = both.get(key)
        if isinstance(under, dict) and isinstance(value, Mapping) and _same_part(under, value):
            both[key] = merged(under, value)
        else:
            both[key] = value
    return both


def _same_part(under: _Part, value: Mapping[str, Any]) -> bool:
    """Whether both describe the same part: an optimiser of another name has other parameters."""
    return bool(value.get("name", under.get("name")) == under.get("name"))


def main() -> None:
    """Print the presets as JSON; the page's templates are made from them."""
    json.dump(PRESETS, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
