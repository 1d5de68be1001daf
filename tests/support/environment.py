"""The environment of the processes that tests start."""

from __future__ import annotations

import os


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment and these variables, without the ATLAS_* of whoever runs the tests."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ATLAS_")}
    return clean | settings
