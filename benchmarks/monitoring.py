"""What watching a training costs: MNIST's epochs with all monitors at their defaults, and without.

The images are random, of MNIST's sizes: none of these costs depends on what they show. Both are counted
over the epochs after which weak two-sample test and export meet again, so that every monitor has its due
share; of an export that is what is measured of it (judges and real images), not that it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np

from benchmarks.ratio import Ratio, in_turns
from services.contracts.training.spec import TrainingSpec, parse_spec

TRAIN, TEST, CLASSES = 60_000, 10_000, 10
STEPS = 10
"""Of training in one measurement; an epoch is so many times longer as it has more steps."""
ROUNDS = 5


def run() -> list[Ratio]:
    """Measure a few steps, one epoch's look, weak test and inspection in turns; then add them up."""
    spec = parse_spec({"name": "bench", "dataset": "random"})
    work = parts(spec)
    step, looked = in_turns(work.steps, work.look, ROUNDS, warm_up=2)
    _, tested = in_turns(work.steps, work.test, ROUNDS, warm_up=1)
    _, inspected = in_turns(work.steps, work.inspect, ROUNDS, warm_up=1)
    test_every, export_every = spec.monitor.weak_test_every, spec.export.every
    epochs = lcm(test_every, export_every)
    plain = epochs * step * work.steps_per_epoch / STEPS
    watched = plain + epochs * (looked + tested / test_every + inspected / export_every)
    return [
        Ratio(
            f"{epochs} epochs of MNIST's size, {spec.latent.dim}D, with all monitoring at its defaults",
            "the same without monitors",
            watched,
            plain,
            reach=1.10,
            unit="s",
        )
    ]


@dataclass(frozen=True)
class Parts:
    """What a training does.

    Attributes:
        steps: `STEPS` steps of training.
        look: all that is looked at after each epoch.
        test: the weak two-sample test.
        inspect: what an exported epoch is looked at for besides.
        steps_per_epoch: how many.
    """

    steps: Callable[[], object]
    look: Callable[[], object]
    test: Callable[[], object]
    inspect: Callable[[], object]
    steps_per_epoch: int


def parts(spec: TrainingSpec) -> Parts:
    """A training with data of MNIST's sizes, in its parts."""
    from services.trainer.backend import make_deterministic, resolve_precision, tf
    from services.trainer.data.datasets import Dataset, Part
    from services.trainer.data.pixels import to_range
    from services.trainer.evaluation.judge import Judge
    from services.trainer.evaluation.two_sample.recipes import WEAK
    from services.trainer.exhibit.judges import Judges
    from services.trainer.exhibit.shown import Shown
    from services.trainer.networks import models
    from services.trainer.training.inspection import Inspection
    from services.trainer.training.losses import LOSSES
    from services.trainer.training.monitors import Monitors
    from services.trainer.training.step import SEEDS_PER_STEP, Step

    make_deterministic()
    random = np.random.default_rng(0)

    def part(count: int) -> Part:
        images = random.integers(0, 256, (count, 28, 28, 1), dtype=np.uint8)
        return Part(images, random.integers(0, CLASSES, count, dtype=np.int32))

    dataset = Dataset("random", tuple("0123456789"), part(TRAIN), part(TEST))
    precision = resolve_precision(spec.precision)
    generator = models.generator(spec, 1, CLASSES, precision)
    average = None
    if spec.regularization.ema:
        average = [tf.Variable(weight, trainable=False) for weight in generator.trainable_variables]
    discriminator = models.discriminator(spec, 1, CLASSES, precision)
    step = Step(spec, generator, discriminator, average)
    judge = Judge(dataset.image_shape, CLASSES, 0, precision, compact=True)
    shown = Shown(spec, 1, CLASSES, precision, judge)
    monitors = Monitors(spec, dataset, shown)
    loss = LOSSES[spec.loss]
    judges = Judges(shown, dataset.image_shape, precision, loss.probability, WEAK.width, loss.relative)
    inspection = Inspection(spec, dataset, judges)
    images = tf.constant(dataset.train.images)
    epochs = iter(range(1, 10**6))

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def train(number: Any) -> Any:
        chosen = tf.range(spec.batch_size) + tf.cast(number, tf.int32) % 100 * spec.batch_size
        seed = tf.stack([tf.constant(0, tf.int64), number * SEEDS_PER_STEP])
        z = tf.random.stateless_uniform([spec.batch_size, spec.latent.dim], seed, -1.0, 1.0)
        return step.run(to_range(tf.gather(images, chosen)), z, None, seed)

    def steps() -> None:
        for number in range(STEPS):
            train(tf.constant(number, tf.int64)).numpy()

    def look() -> None:
        shown.take(average or generator.trainable_variables, seed=0)
        monitors.snapshot()
        # Whole: along borders, a network that has learnt nothing would cost next to nothing.
        monitors.shares(monitors.maps(0, None, True, silent))
        monitors.dead_units()

    def test() -> None:
        monitors.weak_test(next(epochs), silent)

    _, held_out = monitors.weak_test(0, silent)

    def inspect() -> None:
        judges.take(discriminator.trainable_variables, monitors.weak_tester().arrays())
        judges.calibrate(held_out.real, held_out.generated, held_out.labels)
        inspection.judge_figures(held_out, silent)
        inspection.real_images(False, lambda phase: silent)

    return Parts(steps, look, test, inspect, TRAIN // spec.batch_size)


def silent(done: int, steps: int) -> None:
    """Ignore the progress."""
