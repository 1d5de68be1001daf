"""Experiments: the same training with some fields varied, compared."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from urllib.parse import quote

from latent_atlas_client._async.http import AsyncHttp
from latent_atlas_client._async.lists import items
from latent_atlas_client.types import Experiment, ExperimentSummary
from latent_atlas_client.wire.arguments import ExperimentLike, given
from latent_atlas_client.wire.codec import decode, encode

_POLL_SECONDS = 2.0
"""Between two looks at an experiment that is waited for."""


class AsyncExperiments:
    """Experiments: submit them, compare their runs, cancel and delete them."""

    def __init__(self, http: AsyncHttp) -> None:
        self._http = http

    async def submit(self, spec: ExperimentLike, *, idempotency_key: str | None = None) -> Experiment:
        """Queue one run for each combination of the varied values and each seed, 256 at most.

        Args:
            spec: `name`, `base`, `vary` and `seeds`.
            idempotency_key: see `runs.submit`.

        Raises:
            InvalidInput: a field is wrong; its path is ``base.…``, ``vary.<field>.<index>`` or ``seeds``.
            NameTaken: there is an experiment of this name, or a run named like one of its runs.
        """
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        answer = await self._http.json(
            "POST", "/experiments", json=encode(spec), headers=headers, safe=True
        )
        return decode(Experiment, answer)

    async def all(self) -> AsyncIterator[ExperimentSummary]:
        """Every experiment, newest first; requested page by page."""
        async for item in items(self._http, "/experiments", "experiments"):
            yield decode(ExperimentSummary, item)

    async def get(self, name: str, *, metric: str | None = None) -> Experiment:
        """Its runs, and for each combination the mean and 95 % interval over the seeds at each measured
        epoch.

        Args:
            name: of the experiment.
            metric: what is compared: weak_test_error (the default), weak_test_cross_entropy,
                strong_test_cross_entropy, strong_test_error, study_test_cross_entropy, study_test_error,
                frechet_distance, kernel_distance, precision, recall, density, coverage, classifier_score,
                pixel_coverage, pixel_distance, label_fidelity, generator_loss, discriminator_loss,
                classes, map_change, judges_agreement, discriminator_alone, two_sample_alone,
                discriminator_calibration, two_sample_calibration, stretch_mean, surface, dead_units,
                seconds or peak_memory.

        Raises:
            ExperimentNotFound: there is none of this name.
            InvalidInput: there is no such metric.
        """
        params = given(metric=metric)
        return decode(Experiment, await self._http.json("GET", _path(name), params=params))

    async def csv(self, name: str, *, metric: str | None = None) -> str:
        """The comparison as CSV, a line for each combination and epoch."""
        params = given(metric=metric)
        return (await self._http.media("GET", _path(name), "text/csv", params=params)).data.decode()

    async def wait(
        self, name: str, *, on_progress: Callable[[Experiment], None] | None = None
    ) -> Experiment:
        """Wait until none of its runs is queued or running.

        Args:
            name: of the experiment.
            on_progress: called with its present state, every two seconds.

        Raises:
            ExperimentNotFound: there is none of this name.
        """
        while True:
            experiment = await self.get(name)
            if on_progress is not None:
                on_progress(experiment)
            if not {"queued", "running"}.intersection(experiment.states):
                return experiment
            await self._http.sleep(_POLL_SECONDS)

    async def cancel(self, name: str) -> Experiment:
        """Cancel all of its runs that have not ended; their results so far are kept.

        Raises:
            ExperimentNotFound: there is none of this name.
            WrongState: all have ended.
        """
        return decode(Experiment, await self._http.json("POST", f"{_path(name)}/cancel"))

    async def delete(self, name: str, *, runs: bool = False) -> None:
        """Remove an experiment whose runs have all ended; with `runs`, they and their models too.

        Raises:
            ExperimentNotFound: there is none of this name.
            WrongState: a run has not ended.
        """
        await self._http.json("DELETE", _path(name), params={"runs": runs})


def _path(name: str) -> str:
    return f"/experiments/{quote(name, safe='')}"
