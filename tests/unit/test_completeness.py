"""Every name that the product offers has all that belongs to it.

A copy of the sources gets a made-up activation, optimiser, loss, figure, theme, metric and call, each in
the one place where its kind is listed. What else each of them needs must be listed as forgotten, and
nothing that the product really has.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    *(f"services/{name}" for name in ("client", "contracts", "gateway", "kit", "store", "trainer")),
    "tests/support",
    "tests/unit/trainer",
)
FILES = (
    "services/__init__.py",
    "services/web/src/api/schema.d.ts",
    "tests/__init__.py",
    "tests/unit/__init__.py",
)
TYPES, PAGE = "services/client/latent_atlas_client/types", "services/web/src/api/schema.d.ts"
MADE_UP = {
    "services/contracts/training/activations.py": (
        "if TYPE_CHECKING:\n    Activation =",
        """
@_activation
class Wobble(ActivationSpec):
    name: Literal["wobble"] = "wobble"
    height: float = 1.0
    width: float = Field(description="Of one wave")
""",
        (
            "activation wobble: no words say what it is",
            "activation wobble: no words say what its parameter height is",
            "activation wobble: its parameter width has no default",
            "activation wobble: no function in services/trainer/networks/activations.py",
            "activation wobble: no test in tests/unit/trainer/networks/test_activations.py",
            f"activation wobble: not in {TYPES}; run `make generate`",
            f"activation wobble: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/training/optimizers.py": (
        "if TYPE_CHECKING:\n    Optimizer =",
        '''
@_optimizer
class Stroll(OptimizerSpec):
    """Steps in any direction."""

    name: Literal["stroll"] = "stroll"
    learning_rate: LearningRate = 0.1
    schedule: StepSchedule = "constant"
''',
        (
            "optimiser stroll: no function in services/trainer/networks/optimizers.py",
            "optimiser stroll: no test in tests/unit/trainer/networks/test_optimizers.py",
            f"optimiser stroll: not in {TYPES}; run `make generate`",
            f"optimiser stroll: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/training/losses.py": (
        "if TYPE_CHECKING:",
        'LOSSES.add("grudge", OfferedLoss("", _hinge))\n\n',
        (
            "loss grudge: no words say what it is",
            "loss grudge: no function in services/trainer/training/losses.py",
            "loss grudge: no test in tests/unit/trainer/training/test_losses.py",
            f"loss grudge: not in {TYPES}; run `make generate`",
            f"loss grudge: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/reports/figures.py": (
        "FIGURES: Registry",
        '    charm: Annotated[float, Figure("charm")] = Field()\n\n',
        (
            "figure charm: no words say what it is",
            "figure charm: no function in services/trainer/evaluation/quality/figures.py",
            "figure charm: no test in tests/unit/trainer/evaluation/test_figures.py",
            "figure charm: stored reports lack it, so it needs None for its default",
            f"figure charm: not in {TYPES}; run `make generate`",
            f"figure charm: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/runs/judges.py": (
        "def rows()",
        '    whim: Annotated[float, Row("whim")] = Field()\n\n\n',
        (
            "judges' figure whim: no words say what it is",
            "judges' figure whim: no function in services/trainer/evaluation/judges/figures.py",
            "judges' figure whim: no test in tests/unit/trainer/evaluation/judges/test_figures.py",
            f"judges' figure whim: not in {TYPES}; run `make generate`",
            f"judges' figure whim: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/themes.py": (
        "EXPORTED =",
        'THEMES.add("fragrance", Theme("Fragrance", "", "whiff", ramp="sequential"))\n\n',
        (
            "theme fragrance: no words say what it is",
            "theme fragrance: no function in services/trainer/themes/functions.py",
            "theme fragrance: no test in tests/unit/trainer/themes/test_functions.py",
        ),
    ),
    "services/contracts/experiments/metrics.py": (
        "USUAL =",
        'METRICS.add("mood", MetricSpec("", "number", "mood"))\n\n',
        (
            "metric mood: no words say what it is",
            "metric mood: mood is no field of epochs",
            "metric mood: not named by experiments.get of Client",
            "metric mood: not named by experiments.get of AsyncClient",
            f"metric mood: not in {TYPES}; run `make generate`",
            f"metric mood: not in {PAGE}; run `make generate`",
        ),
    ),
    "services/contracts/reports/report.py": (
        None,
        '\n    weather: str = Field("", description="While it trained")\n',
        ("field weather of the report: not given in services/trainer/training/report.py",),
    ),
    "services/gateway/api/routes/runs/experiments.py": (
        None,
        """

@router.get("/experiments/{name}/gossip")
def gossip(name: ExperimentPath) -> str:
    return ""
""",
        (
            "call get /v1/experiments/NAME/gossip: no method of the client",
            "call get /v1/experiments/{name}/gossip: no words say what it does",
            f"call /v1/experiments/{{name}}/gossip: not in {PAGE}; run `make generate`",
        ),
    ),
}
"""By file: before what (None: at its end), what is made up, and what it then lacks."""


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is forgotten in the copy."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    for file in FILES:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, copy / file)
    for file, (before, made_up, _) in MADE_UP.items():
        text = (copy / file).read_text(encoding="utf-8")
        place = len(text) if before is None else text.index(before)
        (copy / file).write_text(text[:place] + made_up + text[place:], encoding="utf-8")
    path = os.pathsep.join([str(copy), str(copy / "services" / "client")])
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.completeness"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: list[str] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("file", MADE_UP)
def test_what_a_made_up_name_lacks_is_listed(forgotten: list[str], file: str) -> None:
    _, _, lacks = MADE_UP[file]
    assert set(lacks) - set(forgotten) == set()


def test_nothing_is_forgotten_of_what_there_is(forgotten: list[str]) -> None:
    made_up = {line for _, _, lacks in MADE_UP.values() for line in lacks}
    assert set(forgotten) - made_up == set()
