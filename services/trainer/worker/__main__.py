"""The training worker: ``python -m services.trainer.worker``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from services.contracts.errors import AtlasError
from services.kit.logs import configure_logging
from services.kit.settings import load_settings


def main() -> int:
    """Take trainings off the queue until a signal ends it."""
    parser = argparse.ArgumentParser(prog="services.trainer.worker")
    parser.add_argument(
        "--once", action="store_true", help="end after one training, or when none comes within a minute"
    )
    parser.add_argument(
        "--pulse", type=Path, help="file to touch every few seconds, for `services.trainer.worker.liveness`"
    )
    given = parser.parse_args()
    try:
        settings = load_settings()
        configure_logging(settings)
        from services.trainer.worker.tasks import serve

        return serve(settings, once=given.once, pulse=given.pulse)
    except AtlasError as error:
        print(error.message, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
