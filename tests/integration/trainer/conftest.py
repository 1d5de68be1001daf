"""What many tests of the trainer stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store import Store
from tests.support.redis import RedisServer, redis_server
from tests.support.training import training_store


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return training_store(tmp_path)
