"""Says what was forgotten of each name that the product offers: ``python -m tests.support.completeness``.

It looks at the sources in the working directory, from which it must be able to import. TensorFlow, which
takes seconds to load, is not needed: a stand-in is enough to see what the trainer registers.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, get_args
from unittest.mock import MagicMock

from pydantic import BaseModel

from latent_atlas_client import AsyncClient, Client
from services.contracts.experiments.metrics import METRICS
from services.contracts.registry import MissingEntries
from services.contracts.reports.figures import FIGURES, QualityFigures
from services.contracts.reports.report import Report
from services.contracts.runs.events import EpochFigures
from services.contracts.runs.judges import rows
from services.contracts.themes import EXPORTED, THEMES
from services.contracts.training.activations import ACTIVATIONS
from services.contracts.training.losses import LOSSES
from services.contracts.training.optimizers import OPTIMIZERS
from services.contracts.training.parts import Part
from services.contracts.training.schedules import SCHEDULES
from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.client_calls import calls_of_the_api, calls_of_the_client
from tests.support.reports import FIRST_QUALITY

PARTS: dict[str, Mapping[str, type[Part]]] = {"activation": ACTIVATIONS, "optimiser": OPTIMIZERS}
"""Kinds whose names have parameters."""
TRAINER = (
    "services.trainer.networks.activations",
    "services.trainer.networks.optimizers",
    "services.trainer.training.losses",
    "services.trainer.evaluation.quality.figures",
    "services.trainer.evaluation.judges.figures",
    "services.trainer.themes.functions",
)
"""Modules that register what the contracts offer."""
TESTS = {
    "activation": "tests/unit/trainer/networks/test_activations.py",
    "optimiser": "tests/unit/trainer/networks/test_optimizers.py",
    "schedule": "tests/unit/trainer/networks/test_optimizers.py",
    "loss": "tests/unit/trainer/training/test_losses.py",
    "figure": "tests/unit/trainer/evaluation/test_figures.py",
    "judges' figure": "tests/unit/trainer/evaluation/judges/test_figures.py",
    "theme": "tests/unit/trainer/themes/test_functions.py",
}
"""Where each name of a kind is tried."""
LISTED_BY_MODELS = {"theme"}
"""Kinds whose names the API tells model by model, and does not describe."""
GENERATED = ("services/client/latent_atlas_client/types", "services/web/src/api/schema.d.ts")
WRITES_REPORTS = "services/trainer/training/report.py"


def forgotten() -> Iterator[str]:
    """A line for each thing that is missing."""
    description = describe(bare_app())
    yield from _of_the_trainer()
    for kind, names in _names().items():
        mentioned = _mentions(TESTS[kind]) if kind in TESTS else None
        for name, words in names.items():
            if not words.strip():
                yield f"{kind} {name}: no words say what it is"
            if mentioned is not None and not mentioned & _aliases(kind, name):
                yield f"{kind} {name}: no test in {TESTS[kind]}"
    yield from _of_parameters()
    yield from _of_figures()
    yield from _of_metrics()
    yield from _of_reports()
    yield from _of_calls(description)
    yield from _of_generated(description)


def _names() -> dict[str, Mapping[str, str]]:
    """By kind, every name with its words."""
    return {
        **{
            kind: {name: part.__doc__ or "" for name, part in parts.items()}
            for kind, parts in PARTS.items()
        },
        "schedule": {name: schedule.words for name, schedule in SCHEDULES.items()},
        "loss": {name: loss.words for name, loss in LOSSES.items()},
        "figure": {name: QualityFigures.model_fields[name].description or "" for name in FIGURES},
        "judges' figure": {name: explanation for name, (_, explanation) in rows().items()},
        "metric": {name: metric.words for name, metric in METRICS.items()},
        "theme": {name: THEMES[name].words for name in EXPORTED},
    }


def _aliases(kind: str, name: str) -> set[str]:
    """How a test may call it: by its name or by the class of its parameters."""
    return {name, PARTS[kind][name].__name__} if kind in PARTS else {name}


def _mentions(path: str) -> set[str]:
    """Names that a file uses, and its strings."""
    found = set()
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.Name):
            found.add(node.id)
    return found


def _of_the_trainer() -> Iterator[str]:
    sys.modules["services.trainer.backend"] = _stand_in()
    for module in TRAINER:
        try:
            import_module(module)
        except MissingEntries as missing:
            for name in missing.names:
                yield f"{missing.what} {name}: no function in {module.replace('.', '/')}.py"


def _stand_in() -> ModuleType:
    """In place of the module that loads TensorFlow: it has everything, and does nothing."""
    backend: Any = ModuleType("services.trainer.backend")
    backend.tf, backend.keras, backend.on_cpu = MagicMock(), MagicMock(), MagicMock()
    backend.keras.layers.Layer = backend.keras.Model = object
    return backend  # type: ignore[no-any-return]


def _of_parameters() -> Iterator[str]:
    for kind, parts in PARTS.items():
        for name, part in parts.items():
            for field, info in part.model_fields.items():
                if field != "name" and not info.description:
                    yield f"{kind} {name}: no words say what its parameter {field} is"
                if info.is_required():
                    yield f"{kind} {name}: its parameter {field} has no default"


def _of_figures() -> Iterator[str]:
    for name in FIGURES:
        if name not in FIRST_QUALITY and QualityFigures.model_fields[name].is_required():
            yield f"figure {name}: stored reports lack it, so it needs None for its default"


def _of_metrics() -> Iterator[str]:
    for name, metric in METRICS.items():
        if not _leads_to_a_field(EpochFigures if metric.source == "epoch" else Report, metric.path):
            yield f"metric {name}: {metric.path} is no field of {metric.source}s"
        for client in (Client, AsyncClient):
            if name not in (client("http://atlas").experiments.get.__doc__ or ""):
                yield f"metric {name}: not named by experiments.get of {client.__name__}"


def _leads_to_a_field(model: Any, path: str) -> bool:
    for name in path.split("."):
        models = [part for part in (model, *get_args(model)) if isinstance(part, type)]
        fields = [part.model_fields for part in models if issubclass(part, BaseModel)]
        if not fields or name not in fields[0]:
            return False
        model = fields[0][name].annotation
    return True


def _of_reports() -> Iterator[str]:
    tree = ast.parse(Path(WRITES_REPORTS).read_text(encoding="utf-8"))
    given = {
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Report"
        for keyword in node.keywords
    }
    for name in Report.model_fields:
        if name not in given:
            yield f"field {name} of the report: not given in {WRITES_REPORTS}"


def _of_calls(description: dict[str, Any]) -> Iterator[str]:
    asked, described = calls_of_the_client(), calls_of_the_api(description)
    for method, path in sorted(described - asked):
        yield f"call {method} {path}: no method of the client"
    for method, path in sorted(asked - described):
        yield f"call {method} {path}: the client asks for it, but it is not described"
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            if not operation.get("description"):
                yield f"call {method} {path}: no words say what it does"


def _of_generated(description: dict[str, Any]) -> Iterator[str]:
    for path in GENERATED:
        files = sorted(Path(path).glob("*.py")) or [Path(path)]
        text = "".join(file.read_text(encoding="utf-8") for file in files)
        for kind, names in _names().items():
            for name in names if kind not in LISTED_BY_MODELS else ():
                # As a value of a choice, or as a field.
                if not any(form in text for form in (f'"{name}"', f" {name}: ", f" {name}?: ")):
                    yield f"{kind} {name}: not in {path}; run `make generate`"
    for route in description["paths"]:
        if f'"{route}": {{' not in text:
            yield f"call {route}: not in {path}; run `make generate`"


if __name__ == "__main__":
    json.dump(list(forgotten()), sys.stdout, indent=1)
