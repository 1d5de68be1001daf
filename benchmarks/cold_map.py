"""A class map that nobody asked for before, through the gateway, against two other ways to it.

The bare function is the same exported signature, called in this process over the same tiles. The study's
way is two Keras models one after the other: `predict` of the generator, `predict` of a classifier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.ratio import Ratio, in_turns
from benchmarks.served import RESOLUTION, Served, served_model
from benchmarks.study import study_generator
from services.contracts.maps import MapGeometry
from services.kit.grid import tiles

TILE = 500
BATCH = 256
ROUNDS = 7


def run() -> list[Ratio]:
    """Map one served model in all three ways."""
    with served_model() as served:
        fused = in_turns(through_the_gateway(served), in_one_process(served), ROUNDS, warm_up=2)
        study = in_turns(through_the_gateway(served), the_studys_way(), ROUNDS, warm_up=2)
    what = f"cold class map {RESOLUTION}×{RESOLUTION} through the gateway"
    return [
        Ratio(what, "the exported classify function in one process", *fused, reach=1.15),
        Ratio(what, "the study's way: predict generator, then classifier, float32", *study, reach=0.40),
    ]


def through_the_gateway(served: Served) -> Callable[[], object]:
    """A map of a range that nobody asked for before."""
    return lambda: served.fresh_map(RESOLUTION)


def in_one_process(served: Served) -> Callable[[], object]:
    """The exported function itself."""
    import tensorflow as tf

    saved = tf.saved_model.load(str(served.saved_model))
    classify = saved.signatures["classify"]

    def compute() -> None:
        geometry = MapGeometry((0, 1), served.fresh_range(), RESOLUTION, (0.0, 0.0))
        classes = np.empty(geometry.cells, np.uint8)
        for place, points in tiles(geometry, TILE):
            classes[place] = classify(z=tf.constant(points))["class_id"].numpy()

    # The function lives as long as what it was loaded from.
    compute.saved = saved  # type: ignore[attr-defined]
    return compute


def the_studys_way() -> Callable[[], object]:
    """Images of all points first, then their classes; weights do not matter for the time."""
    from services.trainer.backend import keras

    layers = keras.layers
    generator = study_generator()
    classifier = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    geometry = MapGeometry((0, 1), (-1.0, 1.0), RESOLUTION, (0.0, 0.0))
    points: Any = np.concatenate([piece for _, piece in tiles(geometry, TILE)])

    def compute() -> None:
        images = generator.predict(points, batch_size=BATCH, verbose=0)
        classifier.predict(images, batch_size=BATCH, verbose=0).argmax(axis=1)

    return compute
