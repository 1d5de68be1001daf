"""The figures that compare generated with real images: the report's table of them is made from this list.

A new figure is a field here, and its function in `services.trainer.evaluation.quality.figures`. Stored
reports lack it, so it can be None, and is so by default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from services.contracts.registry import Registry
from services.contracts.reports.base import Reported


@dataclass(frozen=True)
class Figure:
    """How a figure is shown.

    Attributes:
        title: in the table; empty: it has no row of its own.
        form: of its value, in Python's format specification.
        best: the best value, in words; empty: none is.
        best_figure: name of the figure that has the best value, where that depends on the data.
        deviation: name of the figure that is its standard deviation.
    """

    title: str = ""
    form: str = ".4f"
    best: str = ""
    best_figure: str | None = None
    deviation: str | None = None


class QualityFigures(Reported):
    """Generated against real test images, in the classifier's last but one layer.

    They mean something beside figures of the same classifier alone.
    """

    classifier_sha256: str = Field(description="Of the classifier's weights")
    feature_dim: int = Field(description="Units of its last but one layer")
    real_images: int = Field(description="Test images compared")
    generated_images: int = Field(description="Generated images compared")
    frechet_distance: Annotated[float, Figure("Fréchet distance", ".4g", best="0")] = Field(
        description="Fréchet distance (Heusel et al. 2017); 0 is best"
    )
    frechet_floor: Annotated[float, Figure("the same of training images (its floor)", ".4g")] = Field(
        description="The same between real training and real test images: what no generator need go below"
    )
    kernel_distance: Annotated[
        float, Figure("kernel distance (KID)", ".4g", best="0", deviation="kernel_distance_std")
    ] = Field(
        description="KID (Bińkowski et al. 2018), kernel (x·y/d + 1)³, unbiased; mean over 100 subsets; "
        "0 is best"
    )
    kernel_distance_std: Annotated[float, Figure()] = Field(
        description="Its standard deviation over the subsets"
    )
    kernel_subset_size: Annotated[int, Figure()] = Field(description="Images of each kind in a subset")
    precision: Annotated[float, Figure("precision", best="1")] = Field(
        description="Share of the generated images that lie among real ones, 0 to 1 (Kynkäänniemi et al. "
        "2019, k = 3, ≤)"
    )
    recall: Annotated[float, Figure("recall", best="1")] = Field(
        description="Share of the real images that lie among generated ones, 0 to 1"
    )
    density: Annotated[float, Figure("density", best="1 or more")] = Field(
        description="How densely real images surround generated ones; 1 as for real ones, may be more "
        "(Naeem et al. 2020, k = 5, <)"
    )
    coverage: Annotated[float, Figure("coverage", best="1")] = Field(
        description="Share of the real images that have a generated neighbour, 0 to 1"
    )
    classifier_score: Annotated[float, Figure("classifier score", best_figure="classifier_score_real")] = (
        Field(
            description="exp of the mean KL(p(y|x) ‖ p(y)) (Salimans et al. 2016), "
            "1 to the number of classes"
        )
    )
    classifier_score_real: Annotated[float, Figure()] = Field(
        description="The same of the real test images"
    )


FIGURES: Registry[Figure] = Registry(
    "figure",
    [
        (name, figure)
        for name, field in QualityFigures.model_fields.items()
        for figure in field.metadata
        if isinstance(figure, Figure)
    ],
)
"""By name, in the order of the report."""
