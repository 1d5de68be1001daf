"""The Celery side of the trainer: takes a run off the queue and has a process of its own train it.

TensorFlow lives in that process alone. So the worker stays small and answers signals, and memory of a
GPU is free again after each run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import Any

import celery
import redis
import structlog
from celery import signals
from celery.platforms import SecurityWarning

from services.contracts.errors import LeaseLost, NotFound, StorageFailed, WrongState
from services.contracts.runs.queue import (
    TRAIN_TASK,
    WORKER_RENEW_SECONDS,
    WORKER_SECONDS,
    queued_key,
    worker_key,
)
from services.contracts.runs.states import RunState
from services.kit.celery_settings import celery_settings
from services.kit.settings import Settings
from services.store import Store
from services.trainer.worker.broker import TRANSPORT
from services.trainer.worker.lease import Lease, connect, periodically, waker, worker_name
from services.trainer.worker.pulse import Pulse
from services.trainer.worker.supervision import PATIENCE, Patience, Watch

log = structlog.get_logger()

_FRUITLESS_ATTEMPTS = 2
"""How often in a row a job may die or hang without finishing an epoch, before the run counts as failed."""
_CHECKPOINT_SECONDS = PATIENCE.saving
"""Seconds that a job has to save its state when the worker stops."""
_LEFTOVER_SECONDS = 3600.0
"""Seconds after which an unfinished file counts as abandoned when a worker starts."""
_ONCE_PATIENCE = 60.0
"""Seconds that a worker which is to train one run waits for it."""

Command = Callable[[str, int], list[str]]


def job_command(run: str, fence: int) -> list[str]:
    """The command line of the process that trains a run."""
    return [sys.executable, "-m", "services.trainer.worker.job", run, "--fence", str(fence)]


class Worker:
    """Takes one run at a time, keeps its lease, and starts its job."""

    def __init__(
        self,
        store: Store,
        client: redis.Redis,
        command: Command = job_command,
        pulse: Pulse | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        self.name = worker_name()
        self._store, self._client, self._command = store, client, command
        self._pulse, self._patience = pulse, patience
        self._stopping = Event()
        self._job: subprocess.Popen[bytes] | None = None

    def beat(self) -> None:
        """Beat the pulse, and renew the registration as ready."""
        if self._pulse is not None:
            self._pulse.beat()
        self._client.set(worker_key(self.name), "ready", ex=WORKER_SECONDS)

    def leave(self) -> None:
        """End the registration as ready."""
        with suppress(redis.RedisError):
            self._client.delete(worker_key(self.name))

    def stop(self) -> None:
        """Make the job save its state and return its run to the queue; take no other run."""
        self._stopping.set()
        job = self._job
        if job is not None:
            job.send_signal(signal.SIGTERM)

    def train(self, run: str) -> None:
        """Train the run whose turn it is among those that wait. Duplicate messages do no harm.

        A message says no more than that this run waits. Messages may come in another order than runs were
        queued in (when a worker hands one back, say); the store knows whose turn it is. The dispatcher
        sends what waits without a message again.
        """
        with suppress(redis.RedisError):
            self._client.delete(queued_key(run))
        waiting = self._store.runs.waiting()
        for candidate in waiting if run in waiting else [run]:
            if self._take(candidate):
                return

    def _take(self, run: str) -> bool:
        """Train a run; False, at once, if it has ended or another worker trains it.

        True also without Redis, where the next one would fare no better.
        """
        lease = Lease(self._client, run, self.name)
        try:
            if self._stopping.is_set() or self._store.runs.get(run).state not in ("queued", "running"):
                return False
            if not lease.take():
                return False
        except NotFound:
            return False
        except redis.RedisError as error:
            # Without a lease it would count as abandoned. It is queued again when Redis is back.
            log.warning("cannot take the lease", run=run, error=str(error))
            return True
        with lease.kept():
            self._see_through(run)
        return True

    def _see_through(self, run: str) -> None:
        fruitless = 0
        while not self._stopping.is_set():
            try:
                fence = self._store.runs.claim(run)
                self._sweep(run, fence)
                before = self._store.runs.get(run)
                end = self._run_job(run, fence)
                after = self._store.runs.get(run)
            except (WrongState, NotFound, LeaseLost):
                return
            if after.state not in ("queued", "running") or after.fence != fence:
                return
            # The job died without giving a reason: killed from outside, out of memory, or by this worker.
            log.warning(f"the training process {end}", run=run)
            fruitless = 0 if after.epoch > before.epoch else fruitless + 1
            if self._stopping.is_set() or after.request is not None:
                self._let_go(run, "queued", fence)
                return
            if fruitless >= _FRUITLESS_ATTEMPTS:
                sentence = (
                    f"The training process {end}, {fruitless} times in a row without finishing an epoch"
                )
                sentence += ", perhaps for want of memory." if end == _KILLED else "; see the worker's log."
                self._let_go(run, "failed", fence, sentence)
                return

    def _run_job(self, run: str, fence: int) -> str:
        """Start the job and watch it; returns how it ended, as the end of a sentence about it."""
        # A session of its own: Ctrl-C in a terminal goes to the worker, which passes the order on.
        job = subprocess.Popen(self._command(run, fence), stdin=subprocess.PIPE, start_new_session=True)
        watch = Watch(self._store.runs, run, fence, job.pid, self._patience)
        self._job = job
        try:
            if self._stopping.is_set():
                job.send_signal(signal.SIGTERM)
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return _how(job.wait(timeout=self._patience.look))
                complaint = watch.complaint(self._stopping.is_set())
                if complaint is not None:
                    return complaint
        finally:
            self._job = None
            if job.poll() is None:
                # Together with all processes that it started.
                with suppress(ProcessLookupError):
                    os.killpg(job.pid, signal.SIGKILL)
                job.wait()
            if job.stdin is not None:
                job.stdin.close()

    def _sweep(self, run: str, fence: int) -> None:
        """Remove unfinished files of killed jobs; their fence is too old for them to be published."""
        try:
            self._store.runs.sweep(run, fence)
            self._store.models.sweep(run)
        except StorageFailed as error:
            log.warning("leftovers stay", run=run, reason=error.message)

    def _let_go(self, run: str, otherwise: RunState, fence: int, error: str | None = None) -> None:
        """Carry out the order to a run whose job has died, or else requeue or fail the run."""
        with suppress(LeaseLost, WrongState, NotFound):
            self._sweep(run, fence)
            self._store.runs.let_go(run, otherwise, fence, error)
            waker(self._client, run)()


_KILLED = f"was killed by signal {signal.SIGKILL:d}"


def _how(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


class _OnlyOne:
    """Stops this process after its first training, or when there is none to take."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._timer = Timer(_ONCE_PATIENCE, self._stop)
        self._timer.daemon = True

    def wait(self) -> None:
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def train(self, run: str) -> None:
        self._timer.cancel()
        try:
            self._worker.train(run)
        finally:
            self._stop()

    def _stop(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def make_app(settings: Settings, train_run: Callable[[str], None]) -> Any:
    """The Celery application of one worker, which sees a run through by `train_run`."""
    app = celery.Celery("latent-atlas", set_as_current=False)
    app.conf.update(celery_settings(settings.redis_url))
    app.conf.broker_transport = TRANSPORT

    @app.task(name=TRAIN_TASK, bind=True)  # type: ignore[untyped-decorator]
    def train(task: Any, run: str) -> None:
        # The id of the request that submitted this training, so that both logs can be read together.
        asked = (task.request.headers or {}).get("request_id")
        with structlog.contextvars.bound_contextvars(**({} if asked is None else {"request_id": asked})):
            train_run(run)

    return app


def serve(settings: Settings, *, once: bool = False, pulse: Path | None = None) -> int:
    """Work until SIGTERM or SIGINT, or only `once`; returns the exit code."""
    store = Store(settings.home)
    store.prepare()
    for leftover in store.sweep(_LEFTOVER_SECONDS):
        log.info("a leftover of a killed process is taken away", path=str(leftover))
    worker = Worker(store, connect(settings.redis_url), pulse=None if pulse is None else Pulse(pulse))
    only = _OnlyOne(worker) if once else None
    app = make_app(settings, worker.train if only is None else only.train)
    beating = periodically("worker heartbeat", WORKER_RENEW_SECONDS, worker.beat)
    ready = Event()

    @signals.worker_ready.connect(weak=False)  # type: ignore[untyped-decorator]
    def begin(**_: Any) -> None:
        ready.set()
        beating.__enter__()
        if only is not None:
            only.wait()

    @signals.worker_shutting_down.connect(weak=False)  # type: ignore[untyped-decorator]
    def stop(**_: Any) -> None:
        worker.stop()

    arguments = ["worker", "--pool=threads", "--concurrency=1", "--hostname", f"{worker.name}@%h"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    # Celery warns of root because of pickled messages, which it does not accept here.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    try:
        app.worker_main(["--quiet", *arguments, *quiet])
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        if only is not None:
            only.cancel()
        if ready.is_set():
            beating.__exit__(None, None, None)
        worker.leave()
    return 0
