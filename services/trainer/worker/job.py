"""The process that trains one run: ``python -m services.trainer.worker.job RUN --fence N``.

A worker starts it with a pipe as standard input and never writes to it. When the worker dies, however
it dies, the pipe closes, and this process ends at once: another worker may take the run over.
SIGTERM asks it to save its state and hand the run back.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from threading import Thread

import structlog

from services.contracts.errors import AtlasError, LeaseLost, RunNotFound
from services.kit.logs import configure_logging
from services.kit.settings import load_settings
from services.store import Store
from services.trainer.session.control import StoreControl
from services.trainer.session.session import train_run
from services.trainer.worker.lease import connect, waker

LEASE_LOST = 3
"""Exit code when the run has been taken from this worker."""
_LOOK_SECONDS = 1.0
_LEAVE_SECONDS = 5.0
"""Seconds that a job has to end in good order once its run is lost; then it is killed."""
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Train; the exit code is 0 whenever the run's record says how it went."""
    parser = argparse.ArgumentParser(prog="services.trainer.worker.job")
    parser.add_argument("run")
    parser.add_argument("--fence", type=int, required=True)
    given = parser.parse_args()
    settings = load_settings()
    configure_logging(settings)
    log = structlog.get_logger().bind(run=given.run)
    store = Store(settings.home)
    _log_request(store, given.run)
    control = StoreControl(store, given.run, given.fence, on_signal="hand_back")
    signal.signal(signal.SIGTERM, lambda number, frame: control.interrupt())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_die_with_parent, daemon=True).start()
    Thread(target=_end_without_lease, args=(control,), daemon=True).start()
    _be_killed_with_parent()
    wake = waker(connect(settings.redis_url), given.run)
    try:
        state = train_run(store, given.run, given.fence, settings.data_dir, control, wake)
    except LeaseLost as error:
        log.warning(error.message)
        return LEASE_LOST
    except AtlasError as error:
        log.error("training failed", error=error.message)
        return 0
    except Exception:
        log.exception("training failed")
        return 0
    log.info("training ended", state=state)
    return 0


def _log_request(store: Store, run: str) -> None:
    """Put the id of the request that submitted the run into every line."""
    with suppress(RunNotFound):  # deleted meanwhile; the training reports it more precisely
        request_id = store.runs.get(run).request_id
        if request_id is not None:
            structlog.contextvars.bind_contextvars(request_id=request_id)


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # No clean-up: what is published is complete, and a newer worker may have started already.
    os._exit(1)


def _end_without_lease(control: StoreControl) -> None:
    """The training notices a lost run between its steps; this also covers long phases such as an export."""
    while not control.lost():
        time.sleep(_LOOK_SECONDS)
    time.sleep(_LEAVE_SECONDS)
    os._exit(LEASE_LOST)


def _be_killed_with_parent() -> None:
    """Let Linux kill the process if it hangs: it would keep its locks and its GPU for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
