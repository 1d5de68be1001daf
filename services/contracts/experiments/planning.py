"""Experiments: the same training with some fields varied, each combination with several seeds.

Pure functions from an `ExperimentSpec` to its runs. Errors carry the path of the field in the
experiment: ``base.epochs``, ``vary.network.activation.1``, ``seeds.0``.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.sentences import UNKNOWN_FIELD
from services.contracts.training.spec import RunName, TrainingSpec, parse_spec

MOST_RUNS = 256
"""More trainings in one experiment are refused; they would occupy a worker for weeks."""
_NAME_LENGTH = 63
_OWN_FIELDS = {
    "name": "cannot be varied; the runs' names are made from the experiment's",
    "seed": "cannot be varied here; give `seeds`",
}

Seed = Annotated[int, Field(ge=0, lt=2**31)]


class ExperimentSpec(BaseModel):
    """What is compared: every combination of the varied values, trained once with each seed."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        json_schema_extra={
            "examples": [
                {
                    "name": "relu-or-elu",
                    "base": {"dataset": "digits", "epochs": 100},
                    "vary": {"network.activation": ["relu", "elu"]},
                    "seeds": [0, 1, 2],
                }
            ]
        },
    )

    name: RunName
    base: dict[str, Any] = Field(
        description="TrainingSpec that all runs share; its `name` may be left out, since each run gets "
        "one made from the experiment's",
        examples=[{"dataset": "digits", "epochs": 100}],
    )
    vary: dict[str, list[Any]] = Field(
        default_factory=dict,
        description="By dotted path of a field of the training spec, the values that it takes. "
        "A path that ends in `.name` replaces the whole part, with the defaults of the one named",
        examples=[{"network.activation": ["relu", "leaky_relu"], "latent.dim": [2, 3]}],
    )
    seeds: list[Seed] | None = Field(
        None,
        min_length=1,
        description="Each combination is trained once with each; the base's if not given",
    )


@dataclass(frozen=True)
class Combination:
    """One choice of the varied values: a row of the comparison."""

    values: dict[str, Any]
    """Value of each varied path."""
    places: dict[str, int]
    """Number of that value in its list."""

    @property
    def label(self) -> str:
        """For people: ``elu, dim 3``; ``base`` where nothing is varied."""
        return ", ".join(_named(path, value) for path, value in self.values.items()) or "base"


@dataclass(frozen=True)
class PlannedRun:
    """One training of an experiment."""

    combination: int
    seed: int
    spec: TrainingSpec


@dataclass(frozen=True)
class Plan:
    """Everything that follows from an experiment's spec."""

    seeds: tuple[int, ...]
    combinations: tuple[Combination, ...]
    runs: tuple[PlannedRun, ...]
    """In the order in which they are trained: every combination with the first seed, then with the next,
    so that the comparison is whole early."""


def plan(experiment: ExperimentSpec) -> Plan:
    """All runs of an experiment. `InvalidInput` names every field that is wrong."""
    _check_shape(experiment)
    base = _base(experiment)
    seeds = tuple(experiment.seeds or (base.seed,))
    combinations = tuple(_combinations(experiment.vary))
    specs = _specs(base, combinations)
    _refuse_twins(specs, combinations)
    cells = [(number, seed) for seed in seeds for number in range(len(combinations))]
    names = _names(experiment.name, combinations, cells)
    runs = tuple(
        PlannedRun(number, seed, specs[number].model_copy(update={"name": name, "seed": seed}))
        for (number, seed), name in zip(cells, names, strict=True)
    )
    return Plan(seeds, combinations, runs)


def located(problems: Iterable[FieldProblem], combination: Combination) -> tuple[FieldProblem, ...]:
    """Problems of one run's spec, by the fields of the experiment that caused them."""
    return tuple(_located(item, combination) for item in problems)


# What is given ----------------------------------------------------------------------------


def _check_shape(experiment: ExperimentSpec) -> None:
    """Refuse what can be refused before any run is planned."""
    problems = []
    for path, values in experiment.vary.items():
        if path in _OWN_FIELDS:
            problems.append(FieldProblem(f"vary.{path}", _OWN_FIELDS[path]))
        elif not path or not all(path.split(".")):
            problems.append(FieldProblem(f"vary.{path}", UNKNOWN_FIELD))
        if not values:
            problems.append(FieldProblem(f"vary.{path}", "needs at least one value"))
        problems += _repeated(f"vary.{path}", values)
        for other in experiment.vary:
            if path.startswith(f"{other}."):
                problems.append(FieldProblem(f"vary.{path}", f"is a part of {other}, which is varied too"))
    problems += _repeated("seeds", experiment.seeds or [])
    _raise(problems)
    count = math.prod(len(values) for values in experiment.vary.values()) * len(experiment.seeds or [0])
    if count > MOST_RUNS:
        raise InvalidInput.field("vary", f"makes {count} runs with these seeds; at most {MOST_RUNS} can be")


def _repeated(path: str, values: list[Any]) -> list[FieldProblem]:
    first: dict[str, int] = {}
    problems = []
    for index, value in enumerate(values):
        before = first.setdefault(json.dumps(value, sort_keys=True), index)
        if before != index:
            problems.append(FieldProblem(f"{path}.{index}", f"is the same as number {before}"))
    return problems


def _base(experiment: ExperimentSpec) -> TrainingSpec:
    given = {**experiment.base, "name": experiment.base.get("name", experiment.name)}
    if "dataset" not in given and "dataset" in experiment.vary:
        # Each run has one; which one stands in for it here makes no difference.
        given["dataset"] = experiment.vary["dataset"][0]
    try:
        return parse_spec(given)
    except InvalidInput as error:
        problems = tuple(FieldProblem(f"base.{item.path}", item.problem) for item in error.problems)
        raise _invalid(problems) from error


def _raise(problems: Iterable[FieldProblem]) -> None:
    if found := tuple({item.path + item.problem: item for item in problems}.values()):
        raise _invalid(found)


def _invalid(problems: tuple[FieldProblem, ...]) -> InvalidInput:
    said = "; ".join(item.message for item in problems[:5])
    return InvalidInput(f"The experiment is not valid: {said}", problems)


# Combinations -----------------------------------------------------------------------------


def _combinations(vary: Mapping[str, list[Any]]) -> Iterator[Combination]:
    """All of them; the last path changes fastest."""
    for places in itertools.product(*(range(len(values)) for values in vary.values())):
        chosen = dict(zip(vary, places, strict=True))
        yield Combination({path: vary[path][place] for path, place in chosen.items()}, chosen)


def _specs(base: TrainingSpec, combinations: tuple[Combination, ...]) -> list[TrainingSpec]:
    specs: list[TrainingSpec] = []
    problems: list[FieldProblem] = []
    for combination in combinations:
        data = base.model_dump(mode="json")
        # A part is chosen before its own fields are set.
        for path in sorted(combination.values, key=lambda path: not path.endswith(".name")):
            _set(data, path, combination.values[path])
        try:
            specs.append(parse_spec(data))
        except InvalidInput as error:
            problems += located(error.problems, combination)
    _raise(problems)
    return specs


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        inner = data.get(parent)
        if not isinstance(inner, dict):
            data[parent] = inner = {}  # refused when the spec is parsed
        data = inner
    if last == "name" and data.get("name") not in (None, value):
        data.clear()  # another activation or optimiser has other knobs
    data[last] = value


def _located(problem: FieldProblem, combination: Combination) -> FieldProblem:
    path = problem.path
    for varied, index in combination.places.items():
        if varied.startswith(f"{path}.") or (path == varied and problem.problem == UNKNOWN_FIELD):
            return FieldProblem(f"vary.{varied}", UNKNOWN_FIELD)
        if path == varied or path.startswith(f"{varied}."):
            return FieldProblem(f"vary.{varied}.{index}", problem.problem)
    return FieldProblem(f"base.{path}" if path else "base", problem.problem)


def _refuse_twins(specs: list[TrainingSpec], combinations: tuple[Combination, ...]) -> None:
    """``"relu"`` and ``{"name": "relu"}`` are the same training."""
    first: dict[str, int] = {}
    for index, spec in enumerate(specs):
        before = first.setdefault(spec.model_dump_json(), index)
        if before != index:
            raise InvalidInput.field(
                "vary",
                f"makes the same training twice: {combinations[before].label} and "
                f"{combinations[index].label}",
            )


# Names ------------------------------------------------------------------------------------


def _names(
    experiment: str, combinations: tuple[Combination, ...], cells: list[tuple[int, int]]
) -> list[str]:
    """Names that say what the runs are, or numbers where those would be too long or not unique."""
    slugs = [
        "-".join(_slug(_named(path, value)) for path, value in combination.values.items())
        for combination in combinations
    ]
    names = ["-".join(filter(None, (experiment, slugs[number], f"s{seed}"))) for number, seed in cells]
    if len(set(names)) == len(names) and max(map(len, names)) <= _NAME_LENGTH:
        return names
    digits = len(str(len(cells)))
    stem = experiment[: _NAME_LENGTH - digits - 1]
    return [f"{stem}-{number:0{digits}d}" for number in range(1, len(cells) + 1)]


def _slug(label: str) -> str:
    numbers = re.sub(r"(?<=\d)\.(?=\d)", "p", label.lower())
    return re.sub(r"[^a-z0-9]+", "-", numbers).strip("-")


def _named(path: str, value: Any) -> str:
    """A value in words; one that does not explain itself comes with the name of its field."""
    parts = path.split(".")
    whose = "".join(f"{part} " for part in parts if part in ("generator", "discriminator"))
    if isinstance(value, str):
        return whose + value
    if isinstance(value, dict) and isinstance(name := value.get("name"), str):
        rest = [f"{key} {_text(part)}" for key, part in value.items() if key != "name"]
        return whose + (f"{name} ({', '.join(rest)})" if rest else name)
    return f"{whose}{parts[-1]} {_text(value)}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
