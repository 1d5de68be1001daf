"""The Celery side of the trainer: takes work off the queue and has a process of its own do it.

TensorFlow lives in that process alone. So the worker stays small and answers signals, and memory of a
GPU is free again after each piece of work.
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
from services.contracts.runs.work import Work, WorkKind
from services.kit.celery_settings import celery_settings
from services.kit.settings import Settings
from services.store import Store
from services.trainer.worker.broker import TRANSPORT
from services.trainer.worker.lease import Lease, connect, periodically, waker, worker_name
from services.trainer.worker.pulse import Pulse
from services.trainer.worker.supervision import PATIENCE, Patience, Watch

log = structlog.get_logger()

_FRUITLESS_ATTEMPTS = 2
"""How often in a row a job may die or hang without finishing a part, before its work counts as failed."""
_WORDS: dict[WorkKind, tuple[str, str]] = {
    "training": ("The training process", "an epoch"),
    "loss-surface": ("The process that computes the loss surface", "a row"),
}
"""What people call a job, and a part of its work that stays done when it dies."""
_CHECKPOINT_SECONDS = PATIENCE.saving
"""Seconds that a job has to save its state when the worker stops."""
_LEFTOVER_SECONDS = 3600.0
"""Seconds after which an unfinished file counts as abandoned when a worker starts."""
_ONCE_PATIENCE = 60.0
"""Seconds that a worker which is to do one piece of work waits for it."""

Command = Callable[[str, int], list[str]]


def job_command(work: str, fence: int) -> list[str]:
    """The command line of the process that does some work, by its key."""
    return [sys.executable, "-m", "services.trainer.worker.job", work, "--fence", str(fence)]


class Worker:
    """Takes one piece of work at a time, keeps its lease, and starts its job."""

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
        """Make the job save its state and return its work to the queue; take no other."""
        self._stopping.set()
        job = self._job
        if job is not None:
            job.send_signal(signal.SIGTERM)

    def train(self, message: str) -> None:
        """Do the work whose turn it is among all that waits. Duplicate messages do no harm.

        A message is a key, and says no more than that this work waits. Messages may come in another order
        than work was queued in (when a worker hands some back, say); the store knows whose turn it is. The
        dispatcher sends what waits without a message again.
        """
        with suppress(redis.RedisError):
            self._client.delete(queued_key(message))
        waiting, named = self._store.line.waiting(), Work.of(message)
        for candidate in waiting if named in waiting else [named]:
            if self._take(candidate):
                return

    def _take(self, work: Work) -> bool:
        """Do some work; False, at once, if it has ended or another worker does it.

        True also without Redis, where the next one would fare no better.
        """
        lease = Lease(self._client, work.key, self.name)
        try:
            if self._stopping.is_set() or self._store.line.get(work).state not in ("queued", "running"):
                return False
            if not lease.take():
                return False
        except NotFound:
            return False
        except redis.RedisError as error:
            # Without a lease it would count as abandoned. It is queued again when Redis is back.
            log.warning("cannot take the lease", work=work.key, error=str(error))
            return True
        with lease.kept():
            self._see_through(work)
        return True

    def _see_through(self, work: Work) -> None:
        fruitless, (name, part) = 0, _WORDS[work.kind]
        while not self._stopping.is_set():
            try:
                fence = self._store.line.claim(work)
                self._sweep(work, fence)
                before = self._store.line.get(work)
                end = self._run_job(work, fence)
                after = self._store.line.get(work)
            except (WrongState, NotFound, LeaseLost):
                return
            if after.state not in ("queued", "running") or after.fence != fence:
                return
            # The job died without giving a reason: killed from outside, out of memory, or by this worker.
            log.warning(f"{name[:1].lower()}{name[1:]} {end}", work=work.key)
            fruitless = 0 if after.done > before.done else fruitless + 1
            if self._stopping.is_set() or after.request is not None:
                self._let_go(work, "queued", fence)
                return
            if fruitless >= _FRUITLESS_ATTEMPTS:
                sentence = f"{name} {end}, {fruitless} times in a row without finishing {part}"
                sentence += ", perhaps for want of memory." if end == _KILLED else "; see the worker's log."
                self._let_go(work, "failed", fence, sentence)
                return

    def _run_job(self, work: Work, fence: int) -> str:
        """Start the job and watch it; returns how it ended, as the end of a sentence about it."""
        # A session of its own: Ctrl-C in a terminal goes to the worker, which passes the order on.
        command = self._command(work.key, fence)
        job = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        watch = Watch(self._store.line, work, fence, job.pid, self._patience)
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

    def _sweep(self, work: Work, fence: int) -> None:
        """Remove unfinished files of killed jobs; their fence is too old for them to be published."""
        try:
            self._store.line.sweep(work, fence)
            if work.kind == "training":
                self._store.models.sweep(work.run)
        except StorageFailed as error:
            log.warning("leftovers stay", work=work.key, reason=error.message)

    def _let_go(self, work: Work, otherwise: str, fence: int, error: str | None = None) -> None:
        """Carry out the order to work whose job has died, or else requeue or fail it."""
        with suppress(LeaseLost, WrongState, NotFound):
            self._sweep(work, fence)
            self._store.line.let_go(work, otherwise, fence, error)
            waker(self._client, work.run)()


_KILLED = f"was killed by signal {signal.SIGKILL:d}"


def _how(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


class _OnlyOne:
    """Stops this process after its first piece of work, or when there is none to take."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._timer = Timer(_ONCE_PATIENCE, self._stop)
        self._timer.daemon = True

    def wait(self) -> None:
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def train(self, message: str) -> None:
        self._timer.cancel()
        try:
            self._worker.train(message)
        finally:
            self._stop()

    def _stop(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def make_app(settings: Settings, take: Callable[[str], None]) -> Any:
    """The Celery application of one worker, which passes the key in a message to `take`."""
    app = celery.Celery("latent-atlas", set_as_current=False)
    app.conf.update(celery_settings(settings.redis_url))
    app.conf.broker_transport = TRANSPORT

    @app.task(name=TRAIN_TASK, bind=True)  # type: ignore[untyped-decorator]
    def train(task: Any, work: str) -> None:
        # The id of the request that asked for this work, so that both logs can be read together.
        asked = (task.request.headers or {}).get("request_id")
        with structlog.contextvars.bound_contextvars(**({} if asked is None else {"request_id": asked})):
            take(work)

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
