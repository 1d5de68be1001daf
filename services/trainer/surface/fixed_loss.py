"""The loss of one network on one batch, as a function of its weights alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.runs.surfaces import SurfaceNetwork
from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.data.datasets import Dataset
from services.trainer.networks import models
from services.trainer.networks.labels import LabelEmbedding
from services.trainer.networks.layers import ConvTranspose
from services.trainer.surface.path import parted
from services.trainer.training.draws import Draws
from services.trainer.training.losses import LOSSES

MOST_IMAGES = 128
"""In the batch: the mean over more changes little, and each costs its time at every point of the plane."""
_PRECISION = "float32"
"""Whatever the run trains with: neighbours on the plane differ by less than the rounding of bfloat16."""


class FixedLoss:
    """The spec's own loss of generator or discriminator, the other one held.

    It is that of a training step without the gradient penalties and the pull of coverage, without dropout,
    and with the batch's statistics in batch norm. The batch is the first one of the training's first epoch,
    or the first `MOST_IMAGES` of it, with its latent points.

    Attributes:
        images: in the batch.
        weights: the trainable variables of the network.
        places: of these among the variables of a training, see `Training.variables`.
        filters: of each, the axis along which its filters lie; None for biases, scales and offsets.
    """

    def __init__(self, spec: TrainingSpec, dataset: Dataset, network: SurfaceNetwork) -> None:
        """Build both networks; `hold` gives them their weights."""
        channels, classes = dataset.image_shape[2], len(dataset.classes)
        self._generator = models.generator(spec, channels, classes, _PRECISION)
        self._discriminator = models.discriminator(spec, channels, classes, _PRECISION)
        self._spec, self._network, self._loss = spec, network, LOSSES[spec.loss]
        mine = self._generator if network == "generator" else self._discriminator
        before = 0 if network == "generator" else len(self._generator.weights)
        self.weights = list(mine.trainable_variables)
        order = {id(weight): place for place, weight in enumerate(mine.weights)}
        self.places = [before + order[id(weight)] for weight in self.weights]
        axes = _filter_axes(mine)
        self.filters = [axes.get(id(weight)) for weight in self.weights]

        draws = Draws(spec, dataset.train)
        draws.shuffle(0)
        self.images = min(draws.batch, MOST_IMAGES)
        first = tf.constant(0)
        self._real, self._label = draws.real(first, slice(0, self.images))
        self._points = draws.points(first, first)[: self.images]
        self._other: Any = None
        self._compiled: Any = None
        self._plane: Any = None

    def both(self) -> list[Any]:
        """The variables of both networks, as they begin the order of `Training.variables`."""
        return [*self._generator.weights, *self._discriminator.weights]

    def hold(self, arrays: Sequence[NDArray[Any]]) -> None:
        """Take the weights of both networks, and hold what does not depend on this one's.

        Args:
            arrays: in the order of `both`.
        """
        for variable, array in zip(self.both(), arrays, strict=True):
            variable.assign(array)
        # Of the generator's loss, the logits of the real images; of the discriminator's, the images.
        self._other = self._logits(self._real) if self._network == "generator" else self._generated()
        self._compiled = tf.function(self._mean, autograph=False)

    def at(self, row: NDArray[np.float32]) -> float:
        """The loss at these weights, float32[n]."""
        for variable, array in zip(self.weights, parted(row, self.weights), strict=True):
            variable.assign(array)
        return float(self._compiled())

    def span(self, origin: NDArray[np.float32], directions: NDArray[np.float32]) -> None:
        """Choose a plane: through `origin`, float32[n], along `directions`, float32[2, n]."""
        arrays = [parted(row, self.weights) for row in (origin, *directions)]
        at, first, second = ([tf.constant(array) for array in row] for row in arrays)

        def value(x: Any, y: Any) -> Any:
            for variable, start, one, two in zip(self.weights, at, first, second, strict=True):
                variable.assign(start + x * one + y * two)
            return self._mean()

        self._plane = tf.function(value, autograph=False)

    def on_plane(self, x: float, y: float) -> float:
        """The loss at a point of the plane."""
        return float(self._plane(tf.constant(x, tf.float32), tf.constant(y, tf.float32)))

    def _mean(self) -> Any:
        if self._network == "generator":
            return tf.reduce_mean(self._loss.generator(self._other, self._logits(self._generated())))
        real, generated = self._logits(self._real), self._logits(self._other)
        smoothing = self._spec.regularization.label_smoothing
        return tf.reduce_mean(self._loss.discriminator(real, generated, smoothing))

    def _generated(self) -> Any:
        return self._generator(self._points, self._label, estimating=True)

    def _logits(self, images: Any) -> Any:
        # Nothing in the discriminator mixes images, so kinds can go through it apart.
        return self._discriminator(images, self._label, estimating=True)[:, 0]


def _filter_axes(network: models.Network) -> dict[int, int]:
    """Of each weight that has filters, by its id, the axis along which they lie."""
    axes: dict[int, int] = {}
    for layer in network.held:
        axis = 2 if isinstance(layer, ConvTranspose) else 0 if isinstance(layer, LabelEmbedding) else -1
        axes |= {id(weight): axis for weight in layer.trainable_variables if len(weight.shape) > 1}
    return axes
