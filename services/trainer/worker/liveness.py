"""Health check of a worker: ``python -m services.trainer.worker.liveness PULSE [--ready]``.

Runs beside it. Exit code 0, or 1 and one sentence. Alive means that its pulse beats; ready means that
it is also registered in Redis, and takes trainings.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from services.trainer.worker.pulse import Pulse


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="services.trainer.worker.liveness")
    parser.add_argument("pulse", type=Path, help="the file that the worker was given as --pulse")
    parser.add_argument("--ready", action="store_true", help="ask whether it takes trainings, too")
    given = parser.parse_args(arguments)
    pulse = Pulse(given.pulse)
    if not pulse.beats():
        age = pulse.age()
        ago = "never" if age is None else f"{age:.0f} seconds ago"
        print(f"The worker's last sign of life was {ago}.", file=sys.stderr)
        return 1
    return _ready() if given.ready else 0


def _ready() -> int:
    # These imports cost more than the whole check of the pulse.
    import redis

    from services.contracts.errors import AtlasError
    from services.kit.settings import load_settings
    from services.trainer.worker.lease import connect, registered_here

    try:
        if registered_here(connect(load_settings().redis_url)):
            return 0
        print("The worker is not registered in Redis.", file=sys.stderr)
    except (redis.RedisError, AtlasError) as error:
        print(f"The worker cannot be looked up: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
