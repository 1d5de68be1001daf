"""The training worker: ``python -m services.trainer.worker``."""

from __future__ import annotations

import sys

from services.contracts.errors import AtlasError
from services.kit.logs import configure_logging
from services.kit.settings import load_settings


def main() -> int:
    """Take trainings off the queue until told to stop."""
    try:
        settings = load_settings()
        configure_logging(settings)
        from services.trainer.tasks import serve

        return serve(settings)
    except AtlasError as error:
        print(error.message, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
