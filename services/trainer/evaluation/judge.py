"""A small network that judges images: names their class, or tells generated from real ones.

Strided convolutions only, so that judging costs a thirtieth of generating: it sees every point of
every map.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.training.activations import ReLU
from services.contracts.training.optimizers import Adam
from services.trainer.backend import keras, tf
from services.trainer.data.pixels import to_range
from services.trainer.networks import layers
from services.trainer.networks.activations import activation
from services.trainer.networks.optimizers import Optimizer

_WIDTHS = (32, 64, 128, 128)
_KERNELS = (5, 3, 3, 3)
_SMALLEST = 4
"""Convolutions halve the image until its side is at most this."""
_HIDDEN = 128
_DROPOUT = 0.4
_STATISTICS_BATCHES, _STATISTICS_BATCH = 10, 200
_BATCH = 500
_SHIFT = 2
"""Pixels by which a batch may be moved in training, so that a digit off the centre keeps its name."""

Progress = Callable[[int, int], None]
"""Told (steps done, steps in all) between steps; may raise to stop."""


class Judge(keras.Model):  # type: ignore[misc]
    """Images in [-1, 1] to one logit for each class."""

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        classes: int,
        seed: int,
        policy: str = "float32",
        compact: bool = False,
        width: int = 1,
        batch_norm: bool = True,
    ) -> None:
        """Make the layers and their weights.

        Args:
            image_shape: height, width, channels.
            classes: how many.
            seed: decides the initial weights.
            policy: "float32" or "mixed_bfloat16".
            compact: keep kernels in the compute precision; for a judge that only runs.
            width: multiplies the number of channels and of hidden units.
            batch_norm: whether the convolutions are normalised.
        """
        super().__init__(dtype=policy, autocast=False)
        self.image_shape, self.classes, self.policy = image_shape, classes, policy
        common = {"dtype": policy, "compact": compact}
        self.held: list[Any] = []
        shape = list(image_shape)
        for number, (narrow, kernel) in enumerate(zip(_WIDTHS, _KERNELS, strict=True)):
            if shape[0] <= _SMALLEST:
                break
            channels = narrow * width
            initial = keras.initializers.HeNormal(seed=seed + number)
            self.held.append(layers.Conv(shape[-1], channels, kernel, 2, initial, **common))
            if batch_norm:
                self.held.append(layers.BatchNorm(channels, **common))
            self.held.append(activation(ReLU().model_dump(), channels, **common))
            shape = [-(-shape[0] // 2), -(-shape[1] // 2), channels]
        self._flat = prod(shape)
        initial = keras.initializers.HeNormal(seed=seed + 10)
        self.hidden = layers.Dense(self._flat, _HIDDEN * width, True, initial, **common)
        self.dropout = layers.Dropout(_DROPOUT, **common)
        self._judge = tf.function(lambda images: self(to_range(images)), autograph=False)
        self._both = tf.function(self._run_both, autograph=False)
        self.logit = layers.Dense(
            _HIDDEN * width, classes, True, keras.initializers.HeNormal(seed + 11), **common
        )
        self.built = True

    def features(
        self, x: Any, training: bool = False, seed: Any | None = None, estimating: bool = False
    ) -> Any:
        """Activations of the last but one layer, [n, 128 · width].

        Args:
            x: float32[n, h, w, c] in [-1, 1].
            training: whether layers behave as in training.
            seed: int[2] for the dropout, when training.
            estimating: let batch norm, and nothing else, behave as in training.
        """
        x = tf.cast(x, self.compute_dtype)
        for layer in self.held:
            trains = training or (estimating and isinstance(layer, layers.BatchNorm))
            x = layer(x, training=trains)
        x = self.hidden(tf.reshape(x, [-1, self._flat]), training=training)
        return self.dropout(tf.nn.relu(x), training=training, seed=seed)

    def call(
        self, x: Any, training: bool = False, seed: Any | None = None, estimating: bool = False
    ) -> Any:
        """Logits, float32[n, classes]; see `features`."""
        features = tf.cast(self.features(x, training, seed, estimating), tf.float32)
        return self.logit(features, training=training)

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Logits of many images, uint8[n, h, w, c], some at a time: float32[n, classes]."""
        starts = range(0, len(images), _BATCH)
        return np.concatenate(
            [self._judge(tf.constant(images[start : start + _BATCH])).numpy() for start in starts]
        )

    def features_and_logits(
        self, images: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Features and logits of images, uint8[n, h, w, c], by a judge in float32."""
        features, logits = self._both(tf.constant(images))
        return features.numpy(), logits.numpy()

    def _run_both(self, images: Any) -> tuple[Any, Any]:
        features = self.features(to_range(images))
        return features, self.logit(features)

    @property
    def summary(self) -> str:
        """Its layers in words."""
        convolutions = [layer.kernel.shape for layer in self.held if isinstance(layer, layers.Conv)]
        steps = [f"conv {shape[0]}×{shape[1]}×{shape[3]}" for shape in convolutions]
        steps += [f"dense {self.hidden.kernel.shape[1]}", f"dense {self.classes}"]
        plain = not any(isinstance(layer, layers.BatchNorm) for layer in self.held)
        return ", ".join(steps) + (", without batch normalisation" if plain else "")

    def arrays(self) -> list[NDArray[np.float32]]:
        """All weights, in a fixed order."""
        return [np.asarray(weight, np.float32) for weight in self.weights]

    def assign(self, arrays: list[NDArray[np.float32]]) -> None:
        """Take the weights from `arrays` of a judge of the same shape."""
        for weight, array in zip(self.weights, arrays, strict=True):
            weight.assign(array)


def sha256(arrays: list[NDArray[np.float32]]) -> str:
    """Hash of weights: of their bytes, in order."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


class Trainee:
    """A judge in training. Made once, it can be trained on new images again and again."""

    def __init__(self, judge: Judge, batch: int, shift: bool, seed: int, learning_rate: float) -> None:
        """Bind the judge.

        Args:
            judge: not a compact one.
            batch: images in one step.
            shift: whether to move images about.
            seed: decides every random choice.
            learning_rate: of Adam, in the first step.
        """
        self.judge = judge
        self._batch, self._shift, self._seed = batch, shift, seed
        self._learning_rate = learning_rate
        self._initial = judge.arrays()
        self._optimizer = Optimizer(
            Adam(learning_rate=learning_rate, beta_2=0.99), judge.trainable_variables
        )
        self._step = tf.function(self._train, autograph=False)
        self._estimate_statistics = tf.function(self._estimate, autograph=False)

    def fit(
        self,
        images: NDArray[np.uint8],
        labels: NDArray[np.int32],
        epochs: int,
        progress: Progress = lambda done, steps: None,
        after_epoch: Callable[[int], None] | None = None,
    ) -> None:
        """Train from the initial weights on, the learning rate falling to zero along a cosine.

        Args:
            images: uint8[n, h, w, c].
            labels: int32[n].
            epochs: passes over the images.
            progress: see `Progress`.
            after_epoch: called with the number of each epoch, from 1, when the judge is ready for use.
        """
        self.judge.assign(self._initial)
        for variable in self._optimizer.variables:
            variable.assign(tf.zeros_like(variable))
        data, names = tf.constant(images), tf.constant(labels)
        batch = min(self._batch, len(images))
        steps = len(images) // batch * epochs
        random = np.random.default_rng(self._seed)
        done = 0
        for epoch in range(1, epochs + 1):
            order = random.permutation(len(images)).astype(np.int32)
            for start in range(0, len(images) - batch + 1, batch):
                progress(done, steps)
                share = 0.5 * (1 + np.cos(np.pi * done / steps))
                self._optimizer.rate.assign(self._learning_rate * share)
                shift = random.integers(-_SHIFT, _SHIFT + 1, 2) if self._shift else np.zeros(2, int)
                chosen = tf.constant(order[start : start + batch])
                seed = tf.constant([self._seed, done], tf.int32)
                self._step(
                    tf.gather(data, chosen), tf.gather(names, chosen), tf.constant(shift, tf.int32), seed
                )
                done += 1
            if after_epoch is not None or epoch == epochs:
                self._settle(images)
            if after_epoch is not None:
                after_epoch(epoch)
        progress(done, steps)

    def _settle(self, images: NDArray[np.uint8]) -> None:
        """Estimate the batch-norm statistics anew: those followed in a short training are not there yet."""
        norms = [layer for layer in self.judge.held if isinstance(layer, layers.BatchNorm)]
        if not norms:
            return
        size = min(len(images), _STATISTICS_BATCH)
        order = np.random.default_rng(self._seed + 1).permutation(len(images))
        for number in range(min(len(images) // size, _STATISTICS_BATCHES)):
            chosen = np.sort(order[number * size : (number + 1) * size])
            with layers.averaging(norms, number):
                self._estimate_statistics(tf.constant(images[chosen]))

    def _estimate(self, images: Any) -> Any:
        # Called as a whole: a layer that is called alone would cast its statistics to bfloat16.
        return self.judge(to_range(images), estimating=True)

    def _train(self, images: Any, labels: Any, shift: Any, seed: Any) -> None:
        x = tf.roll(to_range(images), shift, [1, 2])
        with tf.GradientTape() as tape:
            logits = self.judge(x, training=True, seed=seed)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        weights = self.judge.trainable_variables
        self._optimizer.apply(tape.gradient(loss, weights))
