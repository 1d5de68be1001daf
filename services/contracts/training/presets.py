"""Ways of training to start from: parts of a `TrainingSpec` under a name.

A spec without them is the founding study's way, as far as the defaults go. `measured` is what came out
best on MNIST in two to four dimensions, see the README's table; `dcgan64` wants smaller steps of its
generator, which is the wider one. The page's templates and ``atlas train`` begin with these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

_Part = dict[str, Any]

# No momentum, since each network's gradients turn with the other's moves, and falling step sizes, so that
# the map settles. A penalty on the discriminator's slope (R1, Mescheder et al. 2018) in place of dropout:
# dropout keeps it from telling real from generated at all, so that the generator has nothing to learn from.
_STEPS: _Part = {
    "name": "adam",
    "learning_rate": 1e-3,
    "schedule": "cosine",
    "beta_1": 0.0,
    "beta_2": 0.99,
}
_STUDY_STEPS: _Part = {"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9}

PRESETS: Mapping[str, _Part] = {
    "measured": {
        "network": {"dropout": 0.0},
        "optimizer": {"generator": _STEPS, "discriminator": _STEPS},
        "regularization": {"ema": 0.999, "r1": 1.0},
        "batch_size": 64,
    },
    "study": {
        "latent": {"prior": "uniform"},
        "network": {
            "architecture": "dcgan28",
            "activation": {"name": "leaky_relu", "negative_slope": 0.3},
            "batch_norm": True,
            "dropout": 0.3,
        },
        "loss": "bce",
        "optimizer": {"generator": _STUDY_STEPS, "discriminator": _STUDY_STEPS},
        "regularization": {"ema": 0.0, "r1": 0.0, "label_smoothing": 0.0},
        "batch_size": 256,
    },
}


def with_preset(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A spec's fields over a preset's: what `body` says stands.

    Args:
        name: of the preset.
        body: fields of a `TrainingSpec`, not checked here.
    """
    return _over(PRESETS[name], body)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = deepcopy(dict(below))
    for key, value in above.items():
        under = merged.get(key)
        if isinstance(under, dict) and isinstance(value, Mapping) and _same_part(under, value):
            merged[key] = _over(under, value)
        else:
            merged[key] = value
    return merged


def _same_part(under: _Part, value: Mapping[str, Any]) -> bool:
    """Whether both are fields of one thing: an optimiser of another name knows none of this one's."""
    return bool(value.get("name", under.get("name")) == under.get("name"))


def main() -> None:
    """Print them: the page's templates are made of these."""
    json.dump(PRESETS, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
