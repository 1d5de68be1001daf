"""Lists of data sets."""

from __future__ import annotations

from pydantic import Field

from services.contracts.api.base import Page
from services.contracts.datasets import DatasetInfo


class DatasetList(Page):
    """Some data sets."""

    datasets: list[DatasetInfo] = Field(description="By name")
