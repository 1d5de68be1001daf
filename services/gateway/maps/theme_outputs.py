"""Where a model server has what a map shows: signature, output and type, by the theme's source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.contracts.errors import InvalidInput
from services.contracts.signatures import (
    ABLATE,
    CLASS_ID,
    CLASSIFY,
    VALUE,
    ablated_theme_signature,
    theme_signature,
)
from services.contracts.themes import THEMES


@dataclass(frozen=True)
class ThemeOutput:
    """One output of one signature, and the type of a map's cells."""

    signature: str
    name: str
    dtype: type[Any]


def output(theme: str) -> ThemeOutput:
    """Of a theme that models compute."""
    if THEMES[theme].source == "classify":
        return ThemeOutput(CLASSIFY, CLASS_ID, np.uint8)
    return ThemeOutput(theme_signature(theme), VALUE, np.float32)


def ablated_output(theme: str) -> ThemeOutput:
    """The same while parts of layers are scaled.

    Raises:
        InvalidInput: at `map.theme`, when that has no effect on the theme.
    """
    source = THEMES[theme].source
    if source == "classify":
        return ThemeOutput(ABLATE, CLASS_ID, np.uint8)
    if source == "signature":
        return ThemeOutput(ablated_theme_signature(theme), VALUE, np.float32)
    raise InvalidInput.field("map.theme", f"{theme!r} does not depend on layers")
