"""Themes of maps: what a map shows at each point, as on a geographer's thematic maps.

A new one is an entry here and, where an exported model answers it, its function in
`services.trainer.themes.functions`. Gateway, client, command line and page show whatever a model offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.contracts.registry import Registry

Kind = Literal["classes", "scalar"]
RampName = Literal["sequential", "diverging"]
"""From low to high, or to both sides of the middle of the range."""


@dataclass(frozen=True)
class Theme:
    """What a map can show.

    Attributes:
        title: in legends and choices.
        words: what its value at a point says.
        unit: of its values; empty: they are class ids.
        range: smallest and largest value that there can be; None: that of the map.
        ramp: of its colours; None: those of the classes.
        source: signature: an exported model computes it at each point, by the signature
            `services.contracts.signatures.theme_signature`; classify: by the signature of the class map;
            real_images: the gateway counts the real images in each cell.
        low: what a small value means, in a few words.
        high: what a large value means.
    """

    title: str
    words: str
    unit: str = ""
    range: tuple[float, float] | None = None
    ramp: RampName | None = None
    source: Literal["signature", "classify", "real_images"] = "signature"
    low: str = ""
    high: str = ""

    @property
    def kind(self) -> Kind:
        return "classes" if self.ramp is None else "scalar"


CLASS_THEME = "class"
"""What a map shows when nothing else is asked for."""

THEMES: Registry[Theme] = Registry(
    "theme",
    [
        (
            CLASS_THEME,
            Theme("Class", "The class that the classifier names", source="classify"),
        ),
        (
            "confidence",
            Theme(
                "Confidence",
                "The classifier's probability of the class that it names",
                "probability",
                (0.0, 1.0),
                "sequential",
                low="unsure",
                high="sure",
            ),
        ),
        (
            "discriminator",
            Theme(
                "Discriminator",
                "Probability of being real, by the run's own discriminator at that epoch",
                "probability",
                (0.0, 1.0),
                "diverging",
                low="generated",
                high="real",
            ),
        ),
        (
            "two_sample",
            Theme(
                "Two-sample network",
                "Probability of being real, by the independent network that was trained at that export to "
                "tell generated images from real ones",
                "probability",
                (0.0, 1.0),
                "diverging",
                low="generated",
                high="real",
            ),
        ),
        (
            "stretch",
            Theme(
                "Stretch",
                "How far the image moves for a step in the latent space: geometric mean of the singular "
                "values of the Jacobian of the image (pixels in [-1, 1]) by the point",
                "pixel values per unit of the latent space",
                None,
                "sequential",
                low="still",
                high="fast",
            ),
        ),
        (
            "novelty",
            Theme(
                "Novelty",
                "Distance to the nearest training image: root mean square over pixels in [-1, 1]",
                "pixel value",
                None,
                "sequential",
                low="like a training image",
                high="unlike any",
            ),
        ),
        (
            "real_images",
            Theme(
                "Real images",
                "How many held-out images have their nearest point in the cell",
                "count",
                None,
                "sequential",
                source="real_images",
                low="none",
                high="many",
            ),
        ),
    ],
)
"""By name, in the order in which they are offered."""

EXPORTED = tuple(name for name, theme in THEMES.items() if theme.source == "signature")
"""Those that an exported model computes, each by a signature of its own."""
