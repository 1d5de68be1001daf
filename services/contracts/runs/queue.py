"""Names that the gateway and the trainer share in Redis. The store has the truth, not these.

The broker hands out work, the lease says who does it, and the wake-up channel tells readers that a
run's folder has something new. All of it may vanish with Redis and is made again from the store.
"""

from __future__ import annotations

TRAIN_TASK = "atlas.train"
"""Celery task; its one argument is the key of the work that waits, see `work`."""
TRAINING_QUEUE = "atlas.training"


def queued_key(work: str) -> str:
    """Set while the broker holds a message for this work, by its key."""
    return f"atlas:queued:{work}"


def lease_key(work: str) -> str:
    """Held, with a time limit that its owner renews, by the worker that does this work, by its key."""
    return f"atlas:lease:{work}"


def wake_channel(run: str) -> str:
    """Published to whenever the run's folder has something new."""
    return f"atlas:wake:{run}"


LEASE_SECONDS = 30
"""Seconds after which a worker that has not renewed its lease counts as dead."""
LEASE_RENEW_SECONDS = 5


def worker_key(worker: str) -> str:
    """Held, with a time limit, by a worker that is ready to take trainings."""
    return f"{WORKER_PREFIX}{worker}"


WORKER_PREFIX = "atlas:worker:"
WORKER_SECONDS = 15
WORKER_RENEW_SECONDS = 5
