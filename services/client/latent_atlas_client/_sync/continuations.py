"""Runs that go on: forks, extensions, and the training states that these need.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from latent_atlas_client._sync.http import Http
from latent_atlas_client.types import Continuation, ContinuedRun, PrunedStates, StateList
from latent_atlas_client.wire.codec import decode


class Continuations:
    """The part of the calls about runs that lets them go on."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def fork(
        self,
        run: str,
        name: str,
        *,
        epoch: int | None = None,
        epochs: int | None = None,
        changes: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> ContinuedRun:
        """Queue a run that begins with a state of another one; neither depends on the other afterwards.

        Args:
            run: whose state.
            name: of the fork, and of its model.
            epoch: of the state; the newest that is kept if not given.
            epochs: to train to, those before the fork included. If not given: as many as the run was asked
                for or, where it has trained them all, as many more.
            changes: parts of a training spec, such as ``{"optimizer": {"generator": {"learning_rate":
                5e-4}}}``; what they leave out stays as it was.
            idempotency_key: as for `submit`.

        Returns:
            The fork; `continuation` says what is different, which optimisers go on, and what their step
            sizes do.

        Raises:
            RunNotFound: there is none of this name.
            StateNotKept: the state of that epoch is not kept; the message lists those that are.
            InvalidInput: a change is wrong, or needs new weights; `errors` has its path.
            NameTaken: there is a run of the new name.
            QueueUnavailable: nothing can be submitted now; nothing was.
        """
        body = _fork(epoch, epochs, changes) | {"name": name}
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        path = f"{path_of(run)}/fork"
        return decode(ContinuedRun, self._http.json("POST", path, json=body, headers=headers, safe=True))

    def preview_fork(
        self,
        run: str,
        *,
        epoch: int | None = None,
        epochs: int | None = None,
        changes: Mapping[str, Any] | None = None,
    ) -> Continuation:
        """How a fork would go on; makes nothing. Arguments and errors are those of `fork`."""
        body = _fork(epoch, epochs, changes)
        path = f"{path_of(run)}/fork/preview"
        return decode(Continuation, self._http.json("POST", path, json=body, safe=True))

    def extend(self, run: str, epochs: int) -> ContinuedRun:
        """Let a run that has succeeded go on.

        Args:
            run: its name.
            epochs: in all, those that are trained already included.

        Raises:
            RunNotFound: there is none of this name.
            WrongState: it has not succeeded.
            InvalidInput: it has trained so many already.
            StateNotKept: its last training state is gone.
            QueueUnavailable: nothing can be queued now; nothing was changed.
        """
        answer = self._http.json("POST", f"{path_of(run)}/extend", json={"epochs": epochs})
        return decode(ContinuedRun, answer)

    def preview_extension(self, run: str, epochs: int) -> Continuation:
        """What the step sizes would do; changes nothing. Arguments and errors are those of `extend`."""
        path = f"{path_of(run)}/extend/preview"
        return decode(Continuation, self._http.json("POST", path, json={"epochs": epochs}, safe=True))

    def states(self, run: str) -> StateList:
        """The training states that a run keeps: where it can be forked, and what they weigh.

        Raises:
            RunNotFound: there is none of this name.
        """
        return decode(StateList, self._http.json("GET", f"{path_of(run)}/states"))

    def prune_states(self, run: str, *, keep: Collection[int] = ()) -> PrunedStates:
        """Remove all training states but the newest.

        Args:
            run: its name.
            keep: epochs whose states stay as well.

        Raises:
            RunNotFound: there is none of this name.
            StateNotKept: one that shall stay is not there.
        """
        path = f"{path_of(run)}/states/prune"
        return decode(PrunedStates, self._http.json("POST", path, json={"keep": list(keep)}))


def path_of(run: str) -> str:
    """Path of a run in the API."""
    return f"/runs/{quote(run, safe='')}"


def _fork(epoch: int | None, epochs: int | None, changes: Mapping[str, Any] | None) -> dict[str, Any]:
    given = {"epoch": epoch, "epochs": epochs, "changes": None if changes is None else dict(changes)}
    return {name: value for name, value in given.items() if value is not None}
