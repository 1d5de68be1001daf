"""The process that does one piece of work: ``python -m services.trainer.worker.job WORK --fence N``.

The name of a run stands for its training, and ``RUN/loss-surface`` for its loss surface.

A worker starts it with a pipe as standard input and never writes to it. When the worker dies, however
it dies, the pipe closes, and this process ends at once: another worker may take the work over.
SIGTERM asks it to save its state and hand the work back.
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

from services.contracts.errors import AtlasError, LeaseLost, NotFound
from services.contracts.runs.work import Work
from services.kit.logs import configure_logging
from services.kit.settings import load_settings
from services.store import Store
from services.trainer.session.control import StoreControl
from services.trainer.session.session import train_run
from services.trainer.session.surfaces import compute_surface
from services.trainer.worker.lease import connect, waker

LEASE_LOST = 3
"""Exit code when the work has been taken from this worker."""
_LOOK_SECONDS = 1.0
_LEAVE_SECONDS = 5.0
"""Seconds that a job has to end in good order once its work is lost; then it is killed."""
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Do it; the exit code is 0 whenever the work's record says how it went."""
    parser = argparse.ArgumentParser(prog="services.trainer.worker.job")
    parser.add_argument("work", type=Work.of, help="its key")
    parser.add_argument("--fence", type=int, required=True)
    given = parser.parse_args()
    settings = load_settings()
    configure_logging(settings)
    work: Work = given.work
    log = structlog.get_logger().bind(work=work.key)
    store = Store(settings.home)
    _log_request(store, work)
    control = StoreControl(store, work, given.fence, on_signal="hand_back")
    signal.signal(signal.SIGTERM, lambda number, frame: control.interrupt())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_die_with_parent, daemon=True).start()
    Thread(target=_end_without_lease, args=(control,), daemon=True).start()
    _be_killed_with_parent()
    wake = waker(connect(settings.redis_url), work.run)
    state: str
    try:
        if work.kind == "training":
            state = train_run(store, work.run, given.fence, settings.data_dir, control, wake)
        else:
            state = compute_surface(store, work.run, given.fence, settings.data_dir, control, wake)
    except LeaseLost as error:
        log.warning(error.message)
        return LEASE_LOST
    except AtlasError as error:
        log.error("the work failed", error=error.message)
        return 0
    except Exception:
        log.exception("the work failed")
        return 0
    log.info("the work ended", state=state)
    return 0


def _log_request(store: Store, work: Work) -> None:
    """Put the id of the request that asked for the work into every line."""
    with suppress(NotFound):  # deleted meanwhile; the work itself reports it more precisely
        request_id = store.line.get(work).request_id
        if request_id is not None:
            structlog.contextvars.bind_contextvars(request_id=request_id)


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # No clean-up: what is published is complete, and a newer worker may have started already.
    os._exit(1)


def _end_without_lease(control: StoreControl) -> None:
    """A training notices that it is lost between its steps; this also covers long phases, like exports."""
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
