from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.themes import EXPORTED
from services.contracts.training.losses import LOSSES as OFFERED_LOSSES
from services.trainer.backend import tf
from services.trainer.exhibit.judges import Judges
from services.trainer.exhibit.shown import Shown
from services.trainer.networks import models
from services.trainer.themes.functions import FUNCTIONS
from services.trainer.themes.networks import Gains, Networks
from services.trainer.themes.training_images import TrainingImages
from services.trainer.training.losses import LOSSES
from tests.support import float64_generator
from tests.support.training import blind_classifier, small_digits, small_spec

pytestmark = pytest.mark.tensorflow

COUNT = 6
Array = NDArray[np.float64]
Images = NDArray[np.uint8]


def in_range(images: Images) -> NDArray[np.float32]:
    return images.astype(np.float32) / 127.5 - 1


def softmax(logits: NDArray[Any]) -> Array:
    powers = np.exp(logits.astype(np.float64))
    shares: Array = powers / powers.sum(1, keepdims=True)
    return shares


class Example:
    """Networks with random weights, the points where they are asked, and what themes say by hand."""

    def __init__(self, loss: str = "bce", **changes: Any) -> None:
        self.spec = small_spec(loss=loss, **changes)
        data = small_digits()
        shown = Shown(self.spec, 1, 10, "float32", blind_classifier().judge("float32"))
        meaning = LOSSES[loss]
        self.judges = Judges(shown, (28, 28, 1), "float32", meaning.probability, 1, meaning.relative)
        random = np.random.default_rng(3)
        generator = models.generator(self.spec, 1, 10, "float32")
        shown.take([3 * weight for weight in generator.trainable_variables], seed=0)
        discriminator = models.discriminator(self.spec, 1, 10, "float32")
        two_sample = [np.asarray(weight) for weight in self.judges.two_sample.weights]
        self.judges.take([3 * weight for weight in discriminator.trainable_variables], two_sample)
        self.networks = Networks(self.judges, TrainingImages(data))
        self.z = random.uniform(-1, 1, (COUNT, self.spec.latent.dim)).astype(np.float32)
        conditional = self.spec.conditional
        self.label = np.arange(COUNT, dtype=np.int32) if conditional else None

    def ask(self, theme: str, gains: Gains | None = None) -> NDArray[np.float32]:
        label = None if self.label is None else tf.constant(self.label)
        values: NDArray[np.float32] = FUNCTIONS[theme](
            self.networks, tf.constant(self.z), label, gains
        ).numpy()
        return values

    def images(self, gains: dict[str, Array] | None = None) -> Images:
        pixels = float64_generator.generate(
            self.judges.shown.generator, self.z.astype(np.float64), self.label, gains
        )
        return np.rint((pixels + 1) * 127.5).astype(np.uint8)


def confidence(example: Example, gains: dict[str, Array] | None) -> Array:
    logits = example.judges.shown.judge.logits(example.images(gains))
    highest: Array = softmax(logits).max(1)
    return highest


def discriminator(example: Example, gains: dict[str, Array] | None) -> Array:
    score = example.judges.discriminator(in_range(example.images(gains)), example.label).numpy()[:, 0]
    probability: Array = 1 / (1 + np.exp(-score.astype(np.float64)))
    return probability


def two_sample(example: Example, gains: dict[str, Array] | None) -> Array:
    return softmax(example.judges.two_sample.logits(example.images(gains)))[:, 1]


def stretch(example: Example, gains: dict[str, Array] | None) -> Array:
    z = example.z.astype(np.float64)
    columns = float64_generator.jacobian(example.judges.shown.generator, z, example.label, gains)
    values = np.linalg.svd(columns.reshape(COUNT, z.shape[1], -1), compute_uv=False)
    mean: Array = np.prod(values, axis=1) ** (1 / z.shape[1])
    return mean


def novelty(example: Example, gains: dict[str, Array] | None) -> Array:
    x, y = (
        in_range(part).reshape(len(part), 1, -1)
        for part in (example.images(gains), small_digits().train.images)
    )
    distance: Array = np.sqrt(((x - y[:, 0]) ** 2).mean(2)).min(1)
    return distance


BY_HAND: dict[str, Callable[[Example, dict[str, Array] | None], Array]] = {
    "confidence": confidence,
    "discriminator": discriminator,
    "two_sample": two_sample,
    "stretch": stretch,
    "novelty": novelty,
}
VARIANTS: dict[str, dict[str, Any]] = {
    "plane": {},
    "conditional": {"conditional": True, "latent": {"dim": 3}},
    "projection of folds": {
        "conditional": True,
        "latent": {"dim": 2, "folds": 2},
        "network": {"conditioning": "projection"},
    },
}


@pytest.fixture(scope="module", params=VARIANTS)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    made, version = Example(**VARIANTS[request.param]), tmp_path_factory.mktemp("version")
    images = made.networks.training_images
    images.write(version)
    images.place.move(str(version / "assets" / "reference"))
    return made


@pytest.mark.parametrize("theme", EXPORTED)
def test_against_a_computation_by_hand(example: Example, theme: str) -> None:
    np.testing.assert_allclose(example.ask(theme), BY_HAND[theme](example, None), rtol=0.01)


@pytest.mark.parametrize("theme", EXPORTED)
def test_gains_act_on_it(example: Example, theme: str) -> None:
    stages = example.judges.shown.generator.table.stages
    gains = {name: np.ones((1, 1, 1, 1)) for name in stages}
    gains["conv_1"] = np.array([0.0, 1.0, 2.0, 0.5, 1.0, 1.5, 0.7, 0.1])[None, None, None]
    given = {name: tf.constant(gain, tf.float32) for name, gain in gains.items()}
    np.testing.assert_allclose(example.ask(theme, given), BY_HAND[theme](example, gains), rtol=0.01)
    assert not np.allclose(example.ask(theme, given), example.ask(theme), rtol=1e-3)


@pytest.mark.parametrize("loss", OFFERED_LOSSES)
def test_the_discriminators_probability_is_that_of_its_loss(loss: str) -> None:
    made = Example(loss)
    score = made.judges.discriminator(in_range(made.images()))[:, 0]
    np.testing.assert_allclose(made.ask("discriminator"), LOSSES[loss].probability(score), atol=0.01)


def test_judges_say_the_same_of_many_points_and_of_their_images(example: Example) -> None:
    z = np.tile(example.z, (100, 1))
    label = None if example.label is None else np.tile(example.label, 100)
    opinions = example.judges.opinions(z, label)
    images = example.judges.shown.images(z, label)
    for of_points, of_images, theme in zip(
        opinions,
        example.judges.opinions_of_images(images, label),
        ("discriminator", "two_sample"),
        strict=True,
    ):
        assert of_points.shape == (len(z),)
        np.testing.assert_allclose(of_points, of_images, atol=1e-5)
        np.testing.assert_allclose(of_points[: len(example.z)], example.ask(theme), atol=1e-5)
    np.testing.assert_allclose(example.judges.stretch(z, label)[-COUNT:], example.ask("stretch"), rtol=1e-4)
    pixels, columns = example.judges.image_and_jacobian(z, label)
    assert pixels.shape == (len(z), 28, 28, 1)
    assert columns.shape == (len(z), z.shape[1], 28, 28, 1)
