"""Training specs as earlier releases stored them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.contracts.training.spec import TrainingSpec

_ADDED: Mapping[str, tuple[str, ...]] = {
    "latent": ("folds",),
    "network": ("discriminator_activation", "conditioning"),
    "regularization": ("r2", "penalty_every", "coverage"),
}
"""By the part of a spec, fields that it did not have once."""


def as_stored_before(spec: TrainingSpec) -> dict[str, Any]:
    """A spec without the fields that have been added since the discriminator got its own activation."""
    data = spec.model_dump(mode="json")
    for part, fields in _ADDED.items():
        data[part] = {name: value for name, value in data[part].items() if name not in fields}
    return data
