"""A constant load while versions appear, one is broken, and Redis and the model server go and come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from services.contracts.signatures import ModelCard
from services.store import Store
from tests.support import models
from tests.support.explorers import SHAPE, Explorers, Outcome, turn_of
from tests.support.gateway_process import GatewayProcess
from tests.support.model_server import ModelServerProcess
from tests.support.redis import RedisServer, redis_server
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow

CLIENTS = 16
PINNED = 10
_SECONDS = 90
Export = Callable[[int], Path]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Makes the SavedModel of a version."""
    from tests.support import tf_models  # it imports TensorFlow, which takes seconds

    root = tmp_path_factory.mktemp("exported")

    def version(number: int) -> Path:
        path = root / str(number)
        return path if path.exists() else tf_models.export(_card(number), path, turn_of(number))

    # Before there is any load.
    for number in (10, 20, 30, 50):
        version(number)
    return version


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path, export: Export) -> Store:
    store = Store(tmp_path / "home")
    store.prepare()
    models.publish(store, _card(PINNED), export(PINNED))
    return store


@pytest.fixture
def serving(store: Store) -> Iterator[ModelServerProcess]:
    process = ModelServerProcess(store)
    process.start()
    yield process
    process.kill()


@pytest.fixture
def gateway(store: Store, redis: RedisServer, serving: ModelServerProcess) -> Iterator[GatewayProcess]:
    settings = {"ATLAS_REDIS_URL": redis.url, "ATLAS_SERVING_ADDRESS": serving.address}
    process = GatewayProcess(store.home, **settings)
    try:
        yield process.start()
    finally:
        process.kill()


def _card(version: int) -> ModelCard:
    return models.make_card(version=version, image_shape=SHAPE)


def test_no_wrong_answer_and_no_needless_failure(
    gateway: GatewayProcess, store: Store, export: Export, redis: RedisServer, serving: ModelServerProcess
) -> None:
    def newest_answers(version: int) -> bool:
        answer = httpx.post(f"{gateway.url}/v1/models/quad/generate", json={"count": 1}, timeout=30)
        return bool(answer.headers.get("X-Model-Version") == str(version))

    wait_for(lambda: newest_answers(PINNED), _SECONDS, "the first version")
    with Explorers(gateway.url, "quad", PINNED, CLIENTS) as explorers:

        def more(count: int, found: Callable[[Outcome], bool] = lambda outcome: True) -> float:
            """Wait for so many further answers of a kind; the moment from which they were counted."""
            moment = time.monotonic()
            what = f"{count} answers"
            wait_for(lambda: sum(map(found, explorers.since(moment))) >= count, _SECONDS, what)
            return moment

        def answered_by(version: int) -> None:
            more(2 * CLIENTS, lambda outcome: outcome.version == version)

        # New versions appear.
        for version in (20, 30):
            models.publish(store, _card(version), export(version))
            answered_by(version)

        # Redis is stopped, and started again.
        redis.stop()
        more(CLIENTS, lambda outcome: outcome.cache == "bypass")
        redis.start()
        more(CLIENTS, lambda outcome: outcome.cache == "hit")

        # A version appears that cannot be loaded: it has a card, and half of its files.
        broken = models.broken(store, _card(40), export(50))
        more(10 * CLIENTS)

        # The model server is killed, and started again while the broken version is there.
        killed = time.monotonic()
        serving.kill()
        more(CLIENTS, lambda outcome: outcome.status == 503)
        serving.start()
        wait_for(lambda: newest_answers(30), _SECONDS, "the model server to be found again")
        recovered = time.monotonic()
        answered_by(30)

        # Life goes on: the next version is a good one.
        models.publish(store, _card(50), export(50))
        answered_by(50)

    outcomes = explorers.outcomes
    assert [outcome.wrong for outcome in outcomes if outcome.wrong] == []
    assert {outcome.version for outcome in outcomes} == {0, 10, 20, 30, 50}
    assert broken not in {outcome.version for outcome in outcomes}
    failed = [outcome for outcome in outcomes if outcome.status != 200]
    assert {outcome.status for outcome in failed} == {503}
    assert all(outcome.retry_after and outcome.retry_after.isdigit() for outcome in failed)
    needless = [outcome for outcome in failed if outcome.ended < killed or outcome.begun > recovered]
    assert needless == []
    code, log = gateway.stop()
    assert code == 0, log
    assert "Traceback" not in log
