"""Trainings that go on from another one's state: which knobs may be turned, and what is taken over.

A fork keeps the networks and their weights, so whatever decides their shape or their meaning stays. All
else may change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from typing import Any, Literal

from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.training.lineage import FieldChange, TakenOver
from services.contracts.training.optimizers import OptimizerSpec
from services.contracts.training.presets import merged
from services.contracts.training.spec import TrainingSpec, parse_spec

CHANGEABLE = (
    "loss",
    "optimizer",
    "regularization",
    "network.dropout",
    "batch_size",
    "epochs",
    "seed",
    "precision",
    "monitor",
    "export",
    "stop",
)
"""Fields of a training spec that a fork may change, with all that is in them."""

_NEEDS_NEW_WEIGHTS = "cannot be changed in a fork, which keeps its networks and their weights"
_GIVEN_APART = "is given beside the changes"


def forked(
    parent: TrainingSpec, epoch: int, name: str, epochs: int | None, changes: Mapping[str, Any]
) -> TrainingSpec:
    """The spec of a fork.

    Args:
        parent: spec of the run whose state it begins with.
        epoch: of that state.
        name: of the fork.
        epochs: that it trains to, those before the fork included; None: as many as its parent or, where
            that has trained them all, as many more.
        changes: parts of a training spec. What they leave out stays as it was; an optimiser of another
            name begins with its own defaults.

    Raises:
        InvalidInput: names every field that is wrong or cannot be changed.
    """
    if "name" in changes:
        raise InvalidInput.field("changes.name", _GIVEN_APART)
    if epochs is not None and changes.get("epochs", epochs) != epochs:
        raise InvalidInput.field("changes.epochs", "differs from `epochs`; give one of them")
    wanted = epochs if epochs is not None else changes.get("epochs")
    if wanted is None:
        wanted = parent.epochs if parent.epochs > epoch else epoch + parent.epochs
    beside = {"name"} if epochs is None else {"name", "epochs"}
    spec = _parsed(parent, {**changes, "name": name, "epochs": wanted}, beside)
    problems = [
        FieldProblem(f"changes.{change.field}", _NEEDS_NEW_WEIGHTS)
        for change in differences(parent, spec)
        if not _changeable(change.field)
    ]
    if spec.epochs <= epoch:
        field = "epochs" if "epochs" in beside else "changes.epochs"
        problems.append(
            FieldProblem(field, f"must be more than {epoch}, the epoch that the fork starts at")
        )
    if problems:
        raise _invalid(tuple(problems))
    return spec


def differences(before: TrainingSpec, after: TrainingSpec) -> tuple[FieldChange, ...]:
    """Fields whose values differ, apart from the name: each with its dotted path, in the spec's order.

    Of a part that has become another one, such as an optimiser, the name alone is listed.
    """
    parts = before.model_dump(mode="json"), after.model_dump(mode="json")
    return tuple(change for change in _differences("", *parts) if change.field != "name")


def taken_over(parent: TrainingSpec, fork: TrainingSpec) -> TakenOver:
    """What a fork takes over from its parent's state beside the networks."""
    average: Literal["taken", "begun_anew", "none"] = "none"
    if fork.regularization.ema:
        average = "taken" if parent.regularization.ema else "begun_anew"
    return TakenOver(
        generator_optimizer=_optimizer(parent.optimizer.generator, fork.optimizer.generator),
        discriminator_optimizer=_optimizer(parent.optimizer.discriminator, fork.optimizer.discriminator),
        average=average,
    )


def _optimizer(parent: OptimizerSpec, fork: OptimizerSpec) -> Literal["taken", "begun_anew"]:
    """An optimiser of the same name keeps the same numbers, whatever its step size is now."""
    return "taken" if parent.name == fork.name else "begun_anew"


def _parsed(parent: TrainingSpec, changes: Mapping[str, Any], beside: Collection[str]) -> TrainingSpec:
    """The changed spec; problems of fields that are not given `beside` the changes lie in these."""
    try:
        return parse_spec(merged(parent.model_dump(mode="json"), changes))
    except InvalidInput as error:
        problems = tuple(
            item if item.path in beside else FieldProblem(f"changes.{item.path}", item.problem)
            for item in error.problems
        )
        raise _invalid(problems) from error


def _invalid(problems: tuple[FieldProblem, ...]) -> InvalidInput:
    return InvalidInput("; ".join(item.message for item in problems[:5]), problems)


def _changeable(field: str) -> bool:
    return any(field == allowed or field.startswith(f"{allowed}.") for allowed in CHANGEABLE)


def _differences(path: str, before: Any, after: Any) -> list[FieldChange]:
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        inside = f"{path}." if path else ""
        if before.get("name") != after.get("name") and path:
            return [FieldChange(field=f"{inside}name", before=before["name"], after=after["name"])]
        return [
            change
            for key in after
            for change in _differences(f"{inside}{key}", before.get(key), after[key])
        ]
    return [FieldChange(field=path, before=before, after=after)]


def main() -> None:
    """Print what a fork may change as JSON; the page's form locks all else."""
    json.dump(CHANGEABLE, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
