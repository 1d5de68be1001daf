"""The process: a check of its ports before they are needed, and the signals that end it."""

from __future__ import annotations

import os
import signal
import socket
import threading

from services.serving.base.errors import Code, ServingError

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def stop_on_signals(stopped: threading.Event) -> None:
    """Set `stopped` at the first SIGTERM or SIGINT; end the process at the second.

    Call it before any other thread is started, so that all threads inherit the blocked signals. One thread
    waits for them; unlike a signal handler, it can take locks.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)

    def watch() -> None:
        signal.sigwait(_SIGNALS)
        stopped.set()
        signal.sigwait(_SIGNALS)
        os._exit(1)

    threading.Thread(target=watch, name="signals", daemon=True).start()


def require_free(host: str, port: int) -> None:
    """`ServingError` if the port is taken, so that this is known before models are loaded."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServingError(
                Code.UNAVAILABLE, f"Cannot listen on {host}:{port}: {error.strerror}."
            ) from error
