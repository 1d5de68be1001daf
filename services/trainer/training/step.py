"""One training step of both networks, as few passes as the mathematics needs.

The tutorial's loop runs the discriminator over real and generated images apart and goes back through
it twice for the generated ones, once for each loss. Here they go through together, once. For each
generated image the gradients of the two losses differ by one factor only, that of its logit, because
nothing in the discriminator mixes images; so the gradient that arrives at the image for the
discriminator's loss, times the quotient of the two factors, is the generator's. The numbers are the
tutorial's, up to rounding.
"""

from __future__ import annotations

from typing import Any

from services.contracts.training.schedules import SCHEDULES
from services.contracts.training.spec import TrainingSpec
from services.trainer.backend import tf
from services.trainer.networks.models import Network
from services.trainer.networks.optimizers import Optimizer
from services.trainer.replicas import own
from services.trainer.training.coverage import pull
from services.trainer.training.losses import LOSSES

_TINY = 1e-12
"""Replaces a factor of zero in the quotient: far too small to change a weight."""


SEEDS_PER_STEP = 128
"""Seeds reserved for one step: each layer of each pass has its own."""
_DISCRIMINATOR_SEED, _PENALTY_SEED, _PULL_SEED, LATENT_SEED = 32, 64, 96, 127


class Step:
    """Both networks, their optimisers and the average, stepped together."""

    def __init__(
        self, spec: TrainingSpec, generator: Network, discriminator: Network, average: list[Any] | None
    ) -> None:
        """Bind the parts.

        Args:
            spec: the training.
            generator: see `networks`.
            discriminator: see `networks`.
            average: float32 variables that follow the generator's trainable weights; None: no average.
        """
        self._spec = spec
        self._loss = LOSSES[spec.loss]
        self.generator, self.discriminator = generator, discriminator
        self._average = average
        self.generator_optimizer = Optimizer(spec.optimizer.generator, generator.trainable_variables)
        self.discriminator_optimizer = Optimizer(
            spec.optimizer.discriminator, discriminator.trainable_variables
        )
        self._pull = tf.Variable(spec.regularization.coverage, trainable=False, name="pull")

    def follow_schedule(self, progress: float) -> None:
        """Set step sizes and the pull's weight for the share of the training that is done, 0 to 1."""
        self.generator_optimizer.follow_schedule(progress)
        self.discriminator_optimizer.follow_schedule(progress)
        weights = self._spec.regularization
        self._pull.assign(weights.coverage * SCHEDULES[weights.coverage_schedule].factor(progress))

    def run(self, real: Any, z: Any, label: Any | None, seed: Any, penalized: bool = True) -> Any:
        """One step.

        Args:
            real: float32[n, h, w, c] in [-1, 1].
            z: float32[n, d].
            label: int32[n], the classes of the real images, also asked of the generator; or None.
            seed: int64[2] for this step's random numbers: the run's seed, and the first of
                `SEEDS_PER_STEP` numbers that are this step's own.
            penalized: whether the gradient penalties are due in this step, see `penalties_due`.

        Returns:
            float32[2]: losses of generator and discriminator, means over the batch.
        """
        count = real.shape[0]
        with tf.GradientTape() as from_weights:
            generated = self.generator(z, label, training=True, seed=seed)
        with tf.GradientTape() as from_logits:
            from_logits.watch(generated)
            images = tf.concat([real, generated], 0)
            both = None if label is None else tf.concat([label, label], 0)
            logits = self.discriminator(
                images, both, training=True, seed=_further(seed, _DISCRIMINATOR_SEED)
            )[:, 0]
            losses, factors, quotient = self._losses(tf.stop_gradient(logits), count)
            objective = tf.reduce_sum(logits * factors)
            if penalized and self.penalizes:
                every = self._spec.regularization.penalty_every
                objective += every * self.gradient_penalties(
                    real, tf.stop_gradient(generated), label, _further(seed, _PENALTY_SEED)
                )
        weights = self.discriminator.trainable_variables
        gradients, at_images = from_logits.gradient(objective, [weights, generated])
        at_images *= tf.reshape(quotient, [-1, 1, 1, 1])
        if self._spec.regularization.coverage:
            at_images += tf.convert_to_tensor(self._pull) * pull(real, generated, label)
        self.generator_optimizer.apply(
            from_weights.gradient(generated, self.generator.trainable_variables, at_images)
        )
        self.discriminator_optimizer.apply(gradients)
        self.follow_average()
        return losses

    def _losses(self, logits: Any, count: int) -> tuple[Any, Any, Any]:
        """Losses, the discriminator's gradient at each logit, and the generator's in proportion to it."""
        smoothing = self._spec.regularization.label_smoothing
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(logits)
            real, generated = logits[:count], logits[count:]
            own = tf.reduce_mean(self._loss.discriminator(real, generated, smoothing))
            others = tf.reduce_mean(self._loss.generator(real, generated))
        factors, wanted = tape.gradient(own, logits), tape.gradient(others, logits)[count:]
        factor = factors[count:]
        factor = tf.where(tf.abs(factor) < _TINY, tf.fill(tf.shape(factor), _TINY), factor)
        factors = tf.concat([factors[:count], factor], 0)
        return tf.stack([others, own]), factors, wanted / factor

    @property
    def penalizes(self) -> bool:
        """Whether the spec asks for a gradient penalty."""
        return bool(self._spec.regularization.r1 or self._spec.regularization.r2)

    def penalties_due(self, number: int) -> bool:
        """Whether step `number` of the run, from 0, computes the gradient penalties.

        They change so slowly that one step in several can do it for all (Karras et al. 2020, "Analyzing and
        improving the image quality of StyleGAN", section 3.1). There the penalty has an optimiser step of
        its own; here it joins the loss of its step, so the optimiser's settings stay as they are.
        """
        return self.penalizes and number % self._spec.regularization.penalty_every == 0

    def gradient_penalties(self, real: Any, generated: Any, label: Any | None, seed: Any) -> Any:
        """R1 and R2 (Mescheder et al. 2018, eq. 9 and 10): half the mean squared gradient of the logit at
        real and at generated images, each times its weight.

        Args:
            real: float32[n, h, w, c].
            generated: the same.
            label: int32[n], of the images of either kind; or None.
            seed: int64[2] for the discriminator's random numbers.
        """
        weights = self._spec.regularization
        asked = [(real, weights.r1), (generated, weights.r2)]
        kinds, factors = zip(*((kind, weight) for kind, weight in asked if weight), strict=True)
        images = tf.concat(kinds, 0)
        labels = None if label is None else tf.concat([label] * len(kinds), 0)
        with tf.GradientTape() as tape:
            tape.watch(images)
            logits = self.discriminator(images, labels, training=True, seed=seed)
            total = tf.reduce_sum(logits)
        gradient = tape.gradient(total, images)
        squares = tf.reduce_sum(tf.square(gradient), axis=[1, 2, 3])
        means = [tf.reduce_mean(part) for part in tf.split(squares, len(kinds))]
        return 0.5 * sum(factor * mean for factor, mean in zip(factors, means, strict=True))

    def follow_average(self) -> None:
        """Move the average, where there is one, towards the weights."""
        if self._average is None:
            return
        decay = self._spec.regularization.ema
        # Early on the average follows faster, or it would remember the random start.
        steps = tf.cast(self.generator_optimizer.steps, tf.float32)
        share = 1.0 - tf.minimum(decay, (1.0 + steps) / (10.0 + steps))
        for mean, weight in zip(self._average, self.generator.trainable_variables, strict=True):
            own(mean).assign_sub(share * (mean - tf.convert_to_tensor(weight)))


def _further(seed: Any, by: int) -> Any:
    return seed + tf.constant([0, by], seed.dtype)
