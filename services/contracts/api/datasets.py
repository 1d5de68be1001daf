"""Data sets as they are listed, uploaded and looked at before they are kept."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.api.base import Answer, Page
from services.contracts.datasets import DatasetInfo, ImageShape
from services.contracts.names import DATASET_PATTERN


class DatasetList(Page):
    """Some data sets."""

    datasets: list[DatasetInfo] = Field(description="By name")


class UploadedDataset(DatasetInfo):
    """A data set that was just made of an upload, and what was done with it."""

    own_parts: bool = Field(
        description="Whether the upload itself said which images are for tests; else a sixth was set aside"
    )
    skipped: int = Field(
        description="Files that were passed over: hidden ones, and what systems leave behind"
    )


class ClassCount(Answer):
    """A class of an upload."""

    name: str = Field(description="Its name, as the upload has it")
    train: int = Field(description="Number of its training images")
    test: int = Field(description="Number of its test images")


class DatasetPreview(Answer):
    """What an upload would become: kept or discarded as the caller says, or given up after a while."""

    id: str = Field(description="To keep it, to discard it and to see its samples")
    image_shape: ImageShape = Field(description="Height, width and channels of its images, in pixels")
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
