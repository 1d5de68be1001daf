"""What is known of a data set without loading it, and the built-in data sets."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from services.contracts.errors import InvalidInput
from services.contracts.training.spec import TrainingSpec

GROUPS = tuple(f"group {number}" for number in range(1, 9))
"""Names for images without classes: the trainer finds groups of similar ones, which the map shows."""


ImageShape = Annotated[
    tuple[int, int, int],
    WithJsonSchema({"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3}),
]
"""Height, width and channels."""


_DIGITS = tuple(str(digit) for digit in range(10))


class DatasetInfo(BaseModel):
    """What one can know of a data set without loading it."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name to give as `dataset` of a training")
    title: str = Field(description="Name for people")
    image_shape: ImageShape = Field(description="Height, width and channels of its images, in pixels")
    classes: tuple[str, ...] = Field(
        description="Names of its classes, in the order of their ids; empty if it has none"
    )
    train: int = Field(description="Number of training images")
    test: int = Field(description="Number of test images, never trained on")
    uploaded: bool = Field(False, description="Whether it was uploaded, and so can be removed")
    at_hand: bool = Field(
        True,
        description="Whether its images are on this machine, so that they can be shown; those of built-in "
        "ones are once a training has loaded them",
    )

    @property
    def map_classes(self) -> tuple[str, ...]:
        """Names of the classes that maps of its models show: its own, or else those of its groups."""
        return self.classes or GROUPS

    def refuse_impossible(self, spec: TrainingSpec) -> None:
        """Raise `InvalidInput` if a spec asks for what this data set lacks."""
        if spec.conditional and not self.classes:
            raise InvalidInput.field(
                "conditional",
                f"must be false: the data set {self.name!r} has no classes to be given to the networks",
            )


DATASETS: dict[str, DatasetInfo] = {
    info.name: info
    for info in (
        DatasetInfo(
            name="digits",
            title="Handwritten digits of scikit-learn, 8×8 scaled to 28×28",
            image_shape=(28, 28, 1),
            classes=_DIGITS,
            train=1437,
            test=360,
        ),
        DatasetInfo(
            name="mnist",
            title="MNIST handwritten digits",
            image_shape=(28, 28, 1),
            classes=_DIGITS,
            train=60_000,
            test=10_000,
        ),
        DatasetInfo(
            name="fashion_mnist",
            title="Fashion-MNIST garments",
            image_shape=(28, 28, 1),
            classes=(
                "T-shirt/top",
                "Trouser",
                "Pullover",
                "Dress",
                "Coat",
                "Sandal",
                "Shirt",
                "Sneaker",
                "Bag",
                "Ankle boot",
            ),
            train=60_000,
            test=10_000,
        ),
    )
}
