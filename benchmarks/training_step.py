"""One training step, ours at `precision: auto`, against the same step written by the book.

All train the same networks (`dcgan28`, two latent dimensions) on a batch of 256 images. One other loop is
the TensorFlow DCGAN tutorial's in float32, written as the tutorial writes it: Keras layers,
`tf.function`, two tapes, the discriminator run over real and generated images apart, Keras' Adam. The
other one is PyTorch's, see `pytorch_step`; it is measured where the environment variable
`BENCH_PYTORCH` names a Python interpreter that has PyTorch. The last row compares the presets at one batch
size: `measured`, whose gradient penalties are due in one step of several, and `study`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ratio import Ratio, in_turns
from benchmarks.study import study_generator
from services.contracts.training.presets import with_preset
from services.contracts.training.spec import TrainingSpec, parse_spec

BATCH = 256
ROUNDS = 15


def run() -> list[Ratio]:
    """Measure both in turns."""
    from services.trainer.backend import make_deterministic, resolve_precision

    make_deterministic()
    spec = parse_spec({"name": "bench", "dataset": "mnist", "batch_size": BATCH})
    images = np.random.default_rng(0).uniform(-1, 1, (BATCH, 28, 28, 1)).astype(np.float32)
    precision = resolve_precision(spec.precision)
    what = f"training step, dcgan28 2D, batch {BATCH}, {precision}"
    our = our_step(spec, precision, images)
    by_the_book = in_turns(our, tutorial_step(images), ROUNDS, warm_up=3)
    reach = 0.50 if precision == "mixed_bfloat16" else 0.95
    rows = [Ratio(what, "the same networks in the tutorial's loop, float32", *by_the_book, reach)]
    interpreter = os.environ.get("BENCH_PYTORCH")
    if interpreter:
        with pytorch_step(interpreter) as step:
            in_pytorch = in_turns(our, step, ROUNDS, warm_up=3)
        rows.append(Ratio(what, "PyTorch, bfloat16, compiled", *in_pytorch, reach=0.40))
    else:
        print("BENCH_PYTORCH names no interpreter with PyTorch: not compared with it", file=sys.stderr)
    measured, study = (_of_preset(name) for name in ("measured", "study"))
    count = measured.regularization.penalty_every
    of_presets = in_turns(
        several(our_step(measured, precision, images), count),
        several(our_step(study, precision, images), count),
        ROUNDS,
        warm_up=3,
    )
    what = f"{count} training steps by the preset measured, batch {BATCH}, {precision}"
    return [*rows, Ratio(what, "as many by the preset study", *of_presets, reach=1.25)]


def _of_preset(name: str) -> TrainingSpec:
    return parse_spec(with_preset(name, {"name": "bench", "dataset": "mnist", "batch_size": BATCH}))


def several(step: Callable[[], object], count: int) -> Callable[[], object]:
    """So many steps."""

    def steps() -> None:
        for _ in range(count):
            step()

    return steps


@contextmanager
def pytorch_step(interpreter: str) -> Iterator[Callable[[], object]]:
    """One step of `pytorch_step.py` in a process of its own."""
    script = Path(__file__).with_name("pytorch_step.py")
    with subprocess.Popen(
        [interpreter, str(script), str(BATCH)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None
        if answers.readline().strip() != "ready":
            raise RuntimeError(f"{interpreter} could not run {script.name}; see above.")

        def step() -> str:
            asked.write("\n")
            asked.flush()
            return answers.readline()

        yield step


def our_step(spec: TrainingSpec, precision: str, images: Any) -> Callable[[], object]:
    """One step of the trainer, ending when its losses are known."""
    from services.trainer.backend import tf
    from services.trainer.networks import models
    from services.trainer.training.step import SEEDS_PER_STEP, Step

    generator = models.generator(spec, 1, 10, precision)
    average = None
    if spec.regularization.ema:
        average = [tf.Variable(weight, trainable=False) for weight in generator.trainable_variables]
    step = Step(spec, generator, models.discriminator(spec, 1, 10, precision), average)
    real = tf.constant(images)

    def traced(number: Any, penalized: bool) -> Any:
        seed = tf.stack([tf.constant(0, tf.int64), number * SEEDS_PER_STEP])
        z = tf.random.stateless_uniform([BATCH, spec.latent.dim], seed, -1.0, 1.0)
        return step.run(real, z, None, seed, penalized)

    compiled = tf.function(traced, autograph=False)
    numbers = iter(range(10**6))

    def run_step() -> object:
        number = next(numbers)
        return compiled(tf.constant(number, tf.int64), step.penalties_due(number)).numpy()

    return run_step


def tutorial_step(images: Any) -> Callable[[], object]:
    """The same by the book."""
    from services.trainer.backend import keras, tf

    layers = keras.layers
    generator = study_generator()
    discriminator = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(64, 5, strides=2, padding="same"),
            layers.LeakyReLU(0.3),
            layers.Dropout(0.3, seed=1),
            layers.Conv2D(128, 5, strides=2, padding="same"),
            layers.LeakyReLU(0.3),
            layers.Dropout(0.3, seed=2),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    generator_optimizer = keras.optimizers.Adam(1e-4)
    discriminator_optimizer = keras.optimizers.Adam(1e-4)
    real = tf.constant(images)

    @tf.function  # type: ignore[untyped-decorator]
    def train_step(images: Any) -> Any:
        noise = tf.random.uniform([BATCH, 2], -1.0, 1.0, seed=3)
        with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
            generated = generator(noise, training=True)
            real_output = discriminator(images, training=True)
            fake_output = discriminator(generated, training=True)
            gen_loss = cross_entropy(tf.ones_like(fake_output), fake_output)
            disc_loss = cross_entropy(tf.ones_like(real_output), real_output) + cross_entropy(
                tf.zeros_like(fake_output), fake_output
            )
        of_generator = gen_tape.gradient(gen_loss, generator.trainable_variables)
        of_discriminator = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
        generator_optimizer.apply_gradients(zip(of_generator, generator.trainable_variables, strict=True))
        discriminator_optimizer.apply_gradients(
            zip(of_discriminator, discriminator.trainable_variables, strict=True)
        )
        return gen_loss, disc_loss

    return lambda: train_step(real)[1].numpy()
