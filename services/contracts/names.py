"""How runs, models, data sets and keys may be named: the patterns, and the same in words."""

from __future__ import annotations

import re

NAME_PATTERN = r"^[a-z0-9][a-z0-9-]{0,62}$"
NAME_RULE = "Lower-case letters, digits and hyphens, 63 at most, a letter or digit first"
"""Of runs, and so of models and experiments."""

DATASET_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,62}$"
DATASET_RULE = "Lower-case letters, digits, hyphens and underscores, 63 at most, a letter or digit first"

KEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"
KEY_RULE = "Letters, digits, dots, hyphens and underscores, 63 at most, a letter or digit first"
"""Of API keys."""

_LONGEST = 63


def possible_name(wanted: str) -> str:
    """The nearest name of a run or data set: "MNIST 2D" becomes "mnist-2d"; empty if there is none."""
    return re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:_LONGEST].rstrip("-")
