"""Colours of numbers on maps: from low to high, or to both sides of a middle.

Both were made in OKLCH (Ottosson 2020) and then cut into stops that are equally far from each other in
OKLab, so that equal differences of a value look equally large. They look the same on light and dark paper.

- sequential: lightness rises from 0.22 to 0.94 while the hue turns from indigo (296°) over blue, teal and
  green to straw (104°), with as much chroma on the way as sRGB holds. Lightness alone tells its order, so
  it can be read in grey and by colour-blind people.
- diverging: the lightness 0.95 without any colour in the middle falls to 0.5 on both sides, in blue (256°)
  for low and in orange (54°) for high values, a pair that protan, deutan and tritan eyes tell apart.

Between two stops colours are interpolated in sRGB. The page reads them from `ramps.json`, which is made
from this list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from services.contracts.themes import RampName

RAMPS: Mapping[RampName, tuple[str, ...]] = {
    "sequential": (
        "#1f1039",
        "#241a50",
        "#242766",
        "#1c3777",
        "#094981",
        "#005a84",
        "#036a84",
        "#207a86",
        "#2b8a8a",
        "#2f9b8e",
        "#3cac8d",
        "#58ba8a",
        "#7cc686",
        "#9fd083",
        "#c0db84",
        "#dde493",
        "#f4efb0",
    ),
    "diverging": (
        "#2a63ab",
        "#3f75bc",
        "#5587c9",
        "#6c99d4",
        "#84aadd",
        "#9ebce4",
        "#b8cdea",
        "#d3deed",
        "#eeeeee",
        "#ead9ce",
        "#e4c4af",
        "#dcaf91",
        "#d39974",
        "#c78558",
        "#ba703c",
        "#ab5d1f",
        "#9a4a00",
    ),
}
"""Equidistant stops from the lowest to the highest value, red, green and blue in hexadecimal."""

UNKNOWN = "#808080"
"""Where there is no number."""


def main() -> None:
    """Print the ramps as JSON; the page draws with them."""
    json.dump({"ramps": RAMPS, "unknown": UNKNOWN}, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
