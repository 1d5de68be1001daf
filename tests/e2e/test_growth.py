"""A run that is extended, looked at from all sides, forked and deleted, in the whole system."""

from __future__ import annotations

import pytest

from latent_atlas_client import Client
from latent_atlas_client.errors import StateNotKept
from tests.support.system import System

pytestmark = pytest.mark.e2e

SMALL = {
    "name": "grows",
    "dataset": "digits",
    "network": {"filters": 4},
    "batch_size": 256,
    "epochs": 2,
    "monitor": {"map_resolution": 8},
    "export": {"every": 1, "states": "all"},
}


def test_a_run_grows_and_its_fork_outlives_it(system: System) -> None:
    with Client(system.url) as atlas:
        atlas.runs.submit(SMALL)
        assert atlas.runs.wait("grows", timeout=240).state == "succeeded"
        with pytest.raises(StateNotKept, match="it keeps: 1, 2"):
            atlas.runs.fork("grows", "none", epoch=3)
        extended = atlas.runs.extend("grows", 3)
        assert extended.continuation.step_sizes.words == "Both step sizes stay 0.0001."
        run = atlas.runs.wait("grows", timeout=240)
        assert (run.state, run.epoch) == ("succeeded", 3)
        assert (run.extended_at, run.versions) == ((2,), (1, 2, 3))
        assert list(atlas.runs.epochs("grows")["epoch"]) == [1, 2, 3]
        assert atlas.runs.report("grows").epochs == 3
        surface = atlas.runs.compute_loss_surface("grows", resolution=5, timeout=240)
        assert (surface.loss.shape, list(surface.path.epochs)) == ((5, 5), [1, 2, 3])
        fork = atlas.runs.fork("grows", "grown", epoch=2, epochs=3, changes={"loss": "mse"})
        assert [(item.run, item.epoch) for item in fork.lineage] == [("grows", 2)]
        atlas.runs.delete("grows")
        assert atlas.runs.wait("grown", timeout=240).state == "succeeded"
        assert list(atlas.runs.epochs("grown")["epoch"]) == [3]
        assert atlas.models.generate("grown", [[0.0, 0.0]], version=3).pixels.shape == (1, 28, 28, 1)
        assert atlas.runs.prune_states("grown").kept == (3,)
