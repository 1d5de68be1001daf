"""What the judges of an exported version say of its whole map, in numbers.

A new figure is a field here, and its value in `services.trainer.evaluation.judges`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True)
class Row:
    """How a figure is shown in tables.

    Attributes:
        title: of its row.
        unit: of its value; empty: none.
        form: of its value, in Python's format specification.
    """

    title: str
    unit: str = ""
    form: str = ".3f"


class JudgeFigures(BaseModel):
    """Opinions of discriminator and two-sample network, and how the latent space is stretched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement: Annotated[float | None, Row("agreement of discriminator and two-sample network")] = Field(
        None,
        description="Rank correlation (Spearman) of the discriminator's and the two-sample network's "
        "opinion over the map, -1 to 1; null where one of them says the same everywhere",
    )
    discriminator_alone: Annotated[float, Row("real to the discriminator alone", "of the map", ".1%")] = (
        Field(
            description="Share of the map that the discriminator takes for real (above 0.5) and the "
            "two-sample network does not, 0 to 1"
        )
    )
    two_sample_alone: Annotated[float, Row("real to the two-sample network alone", "of the map", ".1%")] = (
        Field(
            description="Share of the map that the two-sample network takes for real and the "
            "discriminator does not, 0 to 1"
        )
    )
    discriminator_calibration: Annotated[float, Row("calibration error of the discriminator")] = Field(
        description="Expected calibration error of the discriminator on as many held-out real images as "
        "generated ones (10 bins, Guo et al. 2017), 0 to 1; 0: of those it calls 80 % real, 80 % are"
    )
    two_sample_calibration: Annotated[float, Row("calibration error of the two-sample network")] = Field(
        description="The same of the two-sample network, 0 to 1"
    )
    stretch_mean: Annotated[float, Row("mean stretch", "pixel values per unit", ".3g")] = Field(
        description="Mean of `stretch` over the map: how far the image moves for a step in the latent space"
    )
    stretch_range: Annotated[
        tuple[float, float], Row("95 % range of stretch", "pixel values per unit", ".3g")
    ] = Field(description="95 % of the map lie between these values of `stretch`")
    surface: Annotated[float, Row("area of the generated surface", "pixel values^d", ".4g")] = Field(
        description="Area (volume, ...) of the images of the whole map: the integral of stretch^d over the "
        "latent box"
    )


def rows() -> dict[str, tuple[Row, str]]:
    """By the field's name, in the order of the report: how it is shown, and its explanation."""
    return {
        name: (_row(field), field.description or "") for name, field in JudgeFigures.model_fields.items()
    }


def _row(field: Any) -> Row:
    (row,) = (item for item in field.metadata if isinstance(item, Row))
    return row
