"""What the three judges say of images."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from services.contracts.api.base import Answer, Page, Question
from services.contracts.api.models import MAX_POINTS, ClassName, ImageClass, Point


class JudgeRequest(Question):
    """Whose images are judged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"points": [[0.5, -0.2]]}]})

    points: list[Point] = Field(
        min_length=1, max_length=MAX_POINTS, description="n points of d coordinates: float[n, d]"
    )
    labels: list[int] | None = Field(
        None,
        min_length=1,
        max_length=MAX_POINTS,
        description="Conditional models: class id of each point",
    )
    version: int | None = Field(None, ge=1, description="The newest available one if not given")


class DiscriminatorOpinion(Answer):
    """What the network says that was trained against this generator."""

    score: float = Field(description="Its output; the larger, the more real")
    probability: float = Field(description="Of being a real image, 0 to 1")


class TwoSampleOpinion(Answer):
    """What the network says that was trained apart, at that export."""

    probability: float = Field(description="Of being a real image, 0 to 1")


class Judgement(Answer):
    """What all three say of one image."""

    classes: list[ImageClass] = Field(description="All classes, the most probable one first")
    discriminator: DiscriminatorOpinion = Field(description="Real or generated, trained against it")
    two_sample: TwoSampleOpinion = Field(description="Real or generated, trained apart")


class Judged(Answer):
    """What the judges of a version say."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version that answered: an exported epoch")
    judgements: list[Judgement] = Field(description="One for each image")


class RealImage(Answer):
    """A held-out image, at its nearest point of the latent space."""

    index: int = Field(description="Its number in the test part of the data set")
    label: int = Field(description="Its class id")
    point: list[float] = Field(description="The nearest point that was found: float[d]")
    distance: float = Field(
        description="From the image to that of the point: root mean square over pixels in [-1, 1]"
    )
    image_class: ClassName = Field(
        alias="class", description="What the classifier sees in the image of the point"
    )

    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Distances(Answer):
    """How far images lie from the map."""

    median: float | None = Field(description="Half of them are nearer; null: there are none")
    p90: float | None = Field(description="Nine of ten are nearer")


class RealImageList(Page):
    """Some held-out images on the map."""

    model: str = Field(description="Name of the model")
    version: int = Field(description="Version whose latent space it is: an exported epoch")
    dataset: str = Field(description="Name of the data set; its images can be had by their `index`")
    count: int = Field(description="Images that were looked for, of this label if one is given")
    images: list[RealImage] = Field(description="In the order of their indices")
    distance: Distances = Field(description="Of all of them")
