"""The gateway's pictures and the page give a class the same colour."""

from __future__ import annotations

import re
from pathlib import Path

from services.kit.pictures.colours import palette

_PAGE = Path(__file__).parents[2] / "services" / "web" / "src" / "core" / "latent" / "palette.ts"


def test_the_first_colours_are_the_pages() -> None:
    page = re.findall(r'^  "#([0-9a-f]{6})",', _PAGE.read_text(), re.MULTILINE)
    assert len(page) == 10
    assert ["".join(f"{value:02x}" for value in colour) for colour in palette(10)] == page
