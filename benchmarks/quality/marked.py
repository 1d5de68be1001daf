"""Names of runs that say what is trained, so that a changed spec is a training of its own."""

from __future__ import annotations

import hashlib

from services.contracts.training.spec import TrainingSpec

_DIGITS = 8


def marked(stem: str, spec: TrainingSpec) -> TrainingSpec:
    """The spec under the name of `stem` and a fingerprint of the fields that decide what is trained.

    Which versions and states are kept changes no result. What stays at its default does not count, so that
    a field of a later release, off by default, makes no stored training another one.
    """
    fields = spec.model_dump_json(exclude={"name", "export"}, exclude_defaults=True)
    mark = hashlib.sha256(fields.encode()).hexdigest()[:_DIGITS]
    return spec.model_copy(update={"name": f"{stem}-{mark}"})
