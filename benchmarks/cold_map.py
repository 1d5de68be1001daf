"""A class map that nobody asked for before, through the gateway, against the bare function.

The bare function is the same exported signature, called in this process over the same tiles.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.ratio import Ratio, in_turns
from services.contracts.maps import MapGeometry
from services.kit.grid import tiles
from tests.support.system import System, small_training
from tests.support.waiting import wait_for

TILE = 500
ROUNDS = 7
RESOLUTION = 100


def run() -> list[Ratio]:
    """Train a full-size model for one epoch, then map it both ways."""
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder) / "home").start()
        try:
            spec = small_training("bench", epochs=1, network={}, export={"every": 1})
            system.json("POST", "/runs", 202, json=spec)
            system.wait_for_run("bench", "succeeded")
            wait_for(lambda: system.json("GET", "/models/bench")["loaded"], 60, "the model to be served")
            saved = tf.saved_model.load(str(system.home / "models" / "bench" / "1"))
            classify = saved.signatures["classify"]
            # Each question has a range of its own, so that no answer is in the cache.
            fresh = (1 + turn * 1e-6 for turn in itertools.count())

            def through_the_gateway() -> None:
                query = {"resolution": str(RESOLUTION), "range": f"-1,{next(fresh):.6f}"}
                answer = system.http.get(
                    "/v1/models/bench/map", params=query, headers={"Accept": "application/x-npy"}
                )
                answer.raise_for_status()
                if answer.headers["x-cache"] != "miss":
                    raise RuntimeError("the map was not cold")

            def in_one_process() -> None:
                geometry = MapGeometry((0, 1), (-1.0, next(fresh)), RESOLUTION, (0.0, 0.0))
                classes = np.empty(geometry.cells, np.uint8)
                for place, points in tiles(geometry, TILE):
                    classes[place] = classify(z=tf.constant(points))["class_id"].numpy()

            ours, theirs = in_turns(through_the_gateway, in_one_process, ROUNDS, warm_up=2)
        finally:
            system.stop_anyway()
    return [
        Ratio(
            "cold class map 100×100 through the gateway",
            "the exported classify function in one process",
            ours,
            theirs,
            reach=1.15,
        )
    ]
