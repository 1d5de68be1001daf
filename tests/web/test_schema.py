"""The page's API types are those of the gateway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_the_quick_start_is_the_first_training() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "services.contracts.first_run"], cwd=ROOT, capture_output=True, check=True
    )
    committed = (WEB / "src" / "api" / "firstRun.json").read_bytes()
    assert printed.stdout == committed, "run `make generate` and commit what changed"
