"""What can be known of a data set without loading it, and the data sets that come with Latent Atlas."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from services.contracts.errors import InvalidInput
from services.contracts.training.spec import DATASET_PATTERN, TrainingSpec

GROUPS = tuple(f"group {number}" for number in range(1, 9))
"""Of images that came without classes: the trainer finds groups of similar ones, so that there is a map."""
_THREE_NUMBERS = {"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3}
_DIGITS = tuple(str(digit) for digit in range(10))


class DatasetInfo(BaseModel):
    """What one can know of a data set without loading it."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name to give as `dataset` of a training")
    title: str = Field(description="Name for people")
    image_shape: Annotated[tuple[int, int, int], WithJsonSchema(_THREE_NUMBERS)] = Field(
        description="Height, width and channels of its images, in pixels"
    )
    classes: tuple[str, ...] = Field(
        description="Names of its classes, in the order of their ids; empty if it has none"
    )
    train: int = Field(description="Number of training images")
    test: int = Field(description="Number of test images, never trained on")
    uploaded: bool = Field(False, description="Whether it was uploaded, and so can be removed")

    @property
    def map_classes(self) -> tuple[str, ...]:
        """Names of the classes that maps of its models show: its own, or else of the groups found in it."""
        return self.classes or GROUPS

    def refuse_impossible(self, spec: TrainingSpec) -> None:
        """`InvalidInput` when a spec asks for what this data set cannot give."""
        if spec.conditional and not self.classes:
            raise InvalidInput.field(
                "conditional",
                f"must be false: the data set {self.name!r} has no classes to be given to the networks",
            )


class UploadedDataset(DatasetInfo):
    """A data set that was just made of an upload, and what was done with it."""

    own_parts: bool = Field(
        description="Whether the upload itself said which images are for tests; else a sixth was set aside"
    )
    skipped: int = Field(
        description="Files that were passed over: hidden ones, and what systems leave behind"
    )


class ClassCount(BaseModel):
    """A class of an upload."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Its name, as the upload has it")
    train: int = Field(description="Number of its training images")
    test: int = Field(description="Number of its test images")


class DatasetPreview(BaseModel):
    """What an upload would become: kept or discarded as the caller says, or given up after a while."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="To keep it, to discard it and to see its samples")
    image_shape: Annotated[tuple[int, int, int], WithJsonSchema(_THREE_NUMBERS)] = Field(
        description="Height, width and channels of its images, in pixels"
    )
    classes: tuple[ClassCount, ...] = Field(
        description="Its classes, in the order of their ids; empty if it has none"
    )
    train: int = Field(description="Number of training images")
    test: int = Field(description="Number of test images, never trained on")
    own_parts: bool = Field(
        description="Whether the upload itself says which images are for tests; else a sixth is set aside"
    )
    skipped: int = Field(
        description="Files that were passed over: hidden ones, and what systems leave behind"
    )
    expires: datetime = Field(description="When it is given up, unless it is kept before")


class KeepDataset(BaseModel):
    """How a previewed upload is kept."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"name": "landscapes", "classes": {"0": "hills"}}]},
    )

    name: str = Field(pattern=DATASET_PATTERN, description="Name of the data set, which has to be free")
    classes: dict[str, str] = Field(
        default_factory=dict, description="Other names for some of its classes, by the names they have"
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
