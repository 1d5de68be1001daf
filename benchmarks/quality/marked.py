"""Names of runs that say what is trained, so that a changed spec is a training of its own."""

from __future__ import annotations

import hashlib

from services.contracts.training.spec import TrainingSpec

_DIGITS = 8


def marked(stem: str, spec: TrainingSpec) -> TrainingSpec:
    """The spec under the name of `stem` and a fingerprint of the fields that decide what is trained.

    Which versions and states are kept changes no result.
    """
    fields = spec.model_dump_json(exclude={"name", "export"})
    mark = hashlib.sha256(fields.encode()).hexdigest()[:_DIGITS]
    return spec.model_copy(update={"name": f"{stem}-{mark}"})
