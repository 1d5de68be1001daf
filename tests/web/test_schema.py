"""The page's API types are those of the gateway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.browser import ROOT, WEB


def test_the_generated_types_are_up_to_date(tmp_path: Path) -> None:
    description, types = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    with description.open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "services.gateway.openapi"], cwd=ROOT, stdout=file, check=True
        )
    node = [str(ROOT / "deploy" / "with-node"), str(ROOT / ".venv"), "node"]
    script = WEB / "scripts" / "generate.mjs"
    subprocess.run([*node, str(script), str(description), str(types)], cwd=ROOT, check=True)
    committed = (WEB / "src" / "api" / "schema.d.ts").read_text(encoding="utf-8")
    assert types.read_text(encoding="utf-8") == committed, "run `make generate` and commit what changed"


@pytest.mark.parametrize(
    ("module", "file"),
    [
        ("first_run", "firstRun.json"),
        ("presets", "presets.json"),
        ("forks", "changeable.json"),
    ],
)
def test_templates_and_what_a_fork_may_change_are_the_trainers_own(module: str, file: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", f"services.contracts.training.{module}"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    committed = (WEB / "src" / "api" / file).read_bytes()
    assert printed.stdout == committed, "run `make generate` and commit what changed"
