"""Loss surfaces of runs: the loss over a plane in the space of a network's weights."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from latent_atlas_client import results
from latent_atlas_client._async.continuations import path_of
from latent_atlas_client._async.http import AsyncHttp
from latent_atlas_client.errors import Unavailable, WaitedTooLong
from latent_atlas_client.types import LossSurfaceJob
from latent_atlas_client.wire.arguments import given
from latent_atlas_client.wire.codec import decode

_ASK_AGAIN_SECONDS = 1.0


class AsyncSurfaces:
    """The part of the calls about runs that shows their loss surfaces."""

    def __init__(self, http: AsyncHttp) -> None:
        self._http = http

    async def loss_surface(
        self,
        name: str,
        *,
        network: Literal["generator", "discriminator"] | None = None,
        directions: Literal["path", "random"] | None = None,
    ) -> results.LossSurface:
        """The newest loss surface of a run that is done.

        Args:
            name: of the run.
            network: whose weights and whose loss; either if not given.
            directions: what spans the plane; either if not given.

        Raises:
            RunNotFound: there is none of this name.
            NotFound: none was asked for.
            Unavailable: the one that was asked for last waits or is being computed.
            Conflict: it has failed; the message says why.
        """
        found = await self._surface(name, network, directions)
        if isinstance(found, LossSurfaceJob):
            raise Unavailable(
                f"The loss surface of {name} is {found.state}; it can be read when it is done.",
                status=202,
                retry_after=_ASK_AGAIN_SECONDS,
            )
        return found

    async def queue_loss_surface(
        self,
        name: str,
        *,
        network: Literal["generator", "discriminator"] = "generator",
        directions: Literal["path", "random"] = "path",
        resolution: int = 41,
    ) -> LossSurfaceJob:
        """Ask for a loss surface, which a worker computes when it is its turn among the trainings.

        Args:
            name: of the run, which has to keep three training states at least: see `export.states`.
            network: whose weights and whose loss.
            directions: what spans the plane: the first two principal components of the training's path, or
                two random directions with the size of the filters (Li et al. 2018).
            resolution: values along each axis, 5 to 101; the time grows with its square.

        Raises:
            RunNotFound: there is none of this name.
            Conflict: it keeps too few training states, or another surface of it is under way.
            QueueUnavailable: nothing can be queued now; nothing was.
        """
        body = {"network": network, "directions": directions, "resolution": resolution}
        answer = await self._http.json("POST", f"{path_of(name)}/loss-surface", json=body)
        return decode(LossSurfaceJob, answer)

    async def compute_loss_surface(
        self,
        name: str,
        *,
        network: Literal["generator", "discriminator"] = "generator",
        directions: Literal["path", "random"] = "path",
        resolution: int = 41,
        on_progress: Callable[[LossSurfaceJob], None] | None = None,
        timeout: float | None = None,
    ) -> results.LossSurface:
        """Ask for a loss surface, and wait until it is done.

        Args:
            name: of the run.
            network: as for `queue_loss_surface`.
            directions: the same.
            resolution: the same.
            on_progress: called about once a second with how it stands.
            timeout: seconds to wait at most.

        Raises:
            Conflict: it has failed; or as for `queue_loss_surface`, with its other errors.
            NotFound: it was cancelled.
            WaitedTooLong: the time is up; it goes on.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        await self.queue_loss_surface(name, network=network, directions=directions, resolution=resolution)
        while True:
            found = await self._surface(name, network, directions)
            if not isinstance(found, LossSurfaceJob):
                return found
            if on_progress is not None:
                on_progress(found)
            if deadline is not None and time.monotonic() >= deadline:
                raise WaitedTooLong(f"The loss surface of {name} is not done in the time that was given.")
            await self._http.sleep(_ASK_AGAIN_SECONDS)

    async def remove_loss_surface(
        self,
        name: str,
        *,
        network: Literal["generator", "discriminator"] | None = None,
        directions: Literal["path", "random"] | None = None,
    ) -> None:
        """Remove loss surfaces of a run, and cancel the one that is under way.

        Args:
            name: of the run.
            network: only those of this network.
            directions: only those in these directions.

        Raises:
            RunNotFound: there is none of this name.
        """
        query = given(network=network, directions=directions)
        await self._http.json("DELETE", f"{path_of(name)}/loss-surface", params=query)

    async def _surface(
        self, name: str, network: str | None, directions: str | None
    ) -> results.LossSurface | LossSurfaceJob:
        query = given(network=network, directions=directions)
        answer = await self._http.json("GET", f"{path_of(name)}/loss-surface", params=query)
        return decode(LossSurfaceJob, answer) if "state" in answer else results.loss_surface(answer)
