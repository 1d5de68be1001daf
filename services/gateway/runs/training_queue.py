"""The line of trainings and other work: Celery over Redis, with notes there of what the broker holds.

This is the only file of the gateway that imports Celery.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError
from redis.retry import Retry

from services.contracts.errors import QueueUnavailable
from services.contracts.runs.queue import (
    TRAIN_TASK,
    TRAINING_QUEUE,
    WORKER_PREFIX,
    lease_key,
    queued_key,
    wake_channel,
)
from services.kit.celery_settings import celery_settings

NOTE_SECONDS = 60
"""How long a note of a sent message lasts. It is renewed while messages wait, so that a message which got
lost on its way to a worker is sent again after this time."""

_ANSWER_SECONDS = 1.0
_CONNECT_SECONDS = 0.5
_SILENT_SECONDS = 5.0
"""Seconds without wake-ups after one failed. Readers poll anyway, and a caller who changes many runs must
not wait for each."""


class TrainingQueue(Protocol):
    """What the gateway needs of the queue. Every call raises `QueueUnavailable` when it does not answer."""

    def check(self) -> None:
        """Return when trainings can be sent."""
        ...

    def send(self, work: str) -> None:
        """Tell the workers that some work waits, by its key."""
        ...

    def holds(self, work: str) -> bool:
        """Whether a message for this work waits, as far as is known."""
        ...

    def leased(self, work: str) -> bool:
        """Whether a live worker has this work."""
        ...

    def workers(self) -> int:
        """Number of workers that are ready."""
        ...

    def wake(self, run: str) -> None:
        """Tell readers that the run's folder has something new; never raises."""
        ...


class CeleryQueue:
    """The queue in Redis."""

    def __init__(self, url: str) -> None:
        # Retries once if the pooled connection was closed, but not after a timeout.
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=_ANSWER_SECONDS,
            socket_connect_timeout=_CONNECT_SECONDS,
            retry=Retry(NoBackoff(), 1, supported_errors=(NotConnected,)),
        )
        self._silent_until = 0.0
        self._celery = Celery("atlas", set_as_current=False)
        self._celery.conf.update(celery_settings(url))

    def check(self) -> None:
        with _answering():
            self._redis.ping()

    def send(self, work: str) -> None:
        with _answering():
            self._redis.set(queued_key(work), "1", ex=NOTE_SECONDS)
            try:
                # Once more: the pooled connection may be one that Redis has closed since.
                policy = {"max_retries": 1, "interval_start": 0}
                # So that the worker's log names the request.
                asked = structlog.contextvars.get_contextvars().get("request_id")
                headers = {} if asked is None else {"request_id": asked}
                self._celery.send_task(
                    TRAIN_TASK, (work,), retry=True, retry_policy=policy, headers=headers
                )
            except BaseException:
                with suppress(RedisError):
                    self._redis.delete(queued_key(work))
                raise

    def holds(self, work: str) -> bool:
        with _answering():
            if self._redis.llen(TRAINING_QUEUE):
                return bool(self._redis.expire(queued_key(work), NOTE_SECONDS))
            return bool(self._redis.exists(queued_key(work)))

    def leased(self, work: str) -> bool:
        with _answering():
            return bool(self._redis.exists(lease_key(work)))

    def workers(self) -> int:
        with _answering():
            return sum(1 for _ in self._redis.scan_iter(match=f"{WORKER_PREFIX}*", count=1000))

    def wake(self, run: str) -> None:
        if time.monotonic() < self._silent_until:
            return
        try:
            self._redis.publish(wake_channel(run), "")
        except RedisError:
            self._silent_until = time.monotonic() + _SILENT_SECONDS

    def close(self) -> None:
        """Close all connections."""
        self._redis.close()
        self._celery.close()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (RedisError, OperationalError, OSError) as error:
        raise QueueUnavailable("The queue of trainings (Redis) does not answer; try again soon.") from error
