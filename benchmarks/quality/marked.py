"""Names of runs that say what is trained and how it is tested: what changed is a training of its own."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from services.contracts.training.spec import TrainingSpec
from services.trainer.evaluation.two_sample.recipes import STRONG, STUDY, Recipe

_DIGITS = 8


def marked(stem: str, spec: TrainingSpec) -> TrainingSpec:
    """The spec under the name of `stem` and a fingerprint of all that decides what is trained and found.

    Which versions and states are kept changes no result. What stays at its default does not count, so that
    a field of a later release, off by default, makes no stored training another one.
    """
    fields = spec.model_dump_json(exclude={"name", "export"}, exclude_defaults=True)
    tests = json.dumps([_decided(STRONG), _decided(STUDY)])
    mark = hashlib.sha256(f"{fields}{tests}".encode()).hexdigest()[:_DIGITS]
    return spec.model_copy(update={"name": f"{stem}-{mark}"})


def _decided(recipe: Recipe) -> dict[str, Any]:
    """What the recipe of a test sets beside its defaults."""
    return {
        field.name: value
        for field in dataclasses.fields(recipe)
        if (value := getattr(recipe, field.name)) != field.default
    }
