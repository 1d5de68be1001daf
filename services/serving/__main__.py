"""`python -m services.serving --port=8500 --model_config_file=...`: see `flags.py`."""

from __future__ import annotations

import logging
import os
import sys
import threading

from services.kit.logs import configure_logging
from services.kit.settings import Settings
from services.serving import VERSION
from services.serving.base.errors import ServingError
from services.serving.config.flag_checks import check_flags
from services.serving.config.flags import parse_flags
from services.serving.config.model_config import initial_config
from services.serving.process import require_free, stop_on_signals
from services.serving.quiet import import_tensorflow


def main() -> int:
    """Run the server; returns the exit code."""
    flags = parse_flags(sys.argv[1:])
    if flags.version:
        print(f"Latent Atlas model server {VERSION}")
        return 0
    configure_logging(Settings())
    stopped = threading.Event()
    stop_on_signals(stopped)
    try:
        check_flags(flags)
        config = initial_config(flags.model_config_file, flags.model_name, flags.model_base_path)
        for port in filter(None, (flags.port, flags.rest_api_port)):
            require_free(flags.bind_address, port)
        import_tensorflow()
        # It imports TensorFlow, so it comes after `import_tensorflow` and all checks that are quick.
        from services.serving.server import run

        run(flags, config, stopped)
    except ServingError as error:
        print(f"Failed to start server. Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that are still loading a model in TensorFlow would crash during an orderly exit.
    os._exit(code)
