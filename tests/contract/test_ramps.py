"""The page draws numbers in the colours of the gateway's pictures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

from services.contracts.ramps import RAMPS
from services.contracts.themes import RampName

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "services" / "web" / "src" / "api" / "ramps.json"


def test_the_page_has_the_same_ramps() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "services.contracts.ramps"], cwd=_ROOT, capture_output=True, check=True
    )
    assert printed.stdout == _PAGE.read_bytes(), "run `make generate` and commit what changed"


def test_every_ramp_that_a_theme_may_name_has_its_colours() -> None:
    assert set(RAMPS) == set(get_args(RampName))
