"""Data sets to train on."""

from __future__ import annotations

from fastapi import APIRouter

from services.contracts.api import DatasetList
from services.gateway.paging import page_of
from services.gateway.paths import API
from services.gateway.routes.common import Cursor, Limit, PartsOf, problems

router = APIRouter(prefix=API, tags=["datasets"])


@router.get("/datasets", summary="List the data sets", responses=problems(422))
def list_datasets(parts: PartsOf, limit: Limit = 100, cursor: Cursor = None) -> DatasetList:
    """Data sets that a training can name."""
    page = page_of(parts.store.datasets.infos(), lambda info: info.name, limit, cursor)
    return DatasetList(datasets=page.items, next_cursor=page.next_cursor)
