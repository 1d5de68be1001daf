from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.backend import tf
from services.trainer.data.datasets import Dataset, Part
from services.trainer.themes.training_images import TrainingImages, nearest

pytestmark = pytest.mark.tensorflow


def dataset(shape: tuple[int, ...], count: int = 40) -> Dataset:
    random = np.random.default_rng(3)
    images = random.integers(0, 256, (count, *shape), dtype=np.uint8)
    part = Part(images, np.zeros(count, np.int32))
    return Dataset("noise", ("a",), part, part)


def kept(images: TrainingImages, version: Path) -> TrainingImages:
    """The same, as if loaded from a version in this folder."""
    images.write(version)
    (version / "assets" / "reference").write_text(images.name)
    images.place.move(str(version / "assets" / "reference"))
    return images


def by_hand(images: NDArray[np.uint8], training: NDArray[np.uint8]) -> NDArray[np.float64]:
    x, y = (part.reshape(len(part), 1, -1) / 127.5 - 1 for part in (images, training))
    distances: NDArray[np.float64] = np.sqrt(((x - y[:, 0]) ** 2).mean(2)).min(1)
    return distances


@pytest.mark.parametrize("shape", [(8, 8, 1), (5, 7, 3), (28, 28, 1)], ids=str)
@pytest.mark.parametrize("part", [100, 3000, 4_000_000])
def test_against_numpy(tmp_path: Path, shape: tuple[int, ...], part: int) -> None:
    data = dataset(shape)
    images = np.random.default_rng(4).integers(0, 256, (9, *shape), dtype=np.uint8)
    found = kept(TrainingImages(data, part=part), tmp_path).distance(tf.constant(images))
    np.testing.assert_allclose(found, by_hand(images, data.train.images), rtol=1e-5)


def test_a_training_image_is_not_new(tmp_path: Path) -> None:
    data = dataset((28, 28, 1))
    # Almost the same as others, so that rounded products cannot tell them apart.
    near = data.train.images[:10].copy()
    near[:, 3, 4] ^= 1
    both = np.concatenate([data.train.images, near])
    data = Dataset("noise", ("a",), Part(both, np.zeros(len(both), np.int32)), data.test)
    distances = kept(TrainingImages(data, part=10_000), tmp_path).distance(tf.constant(both))
    np.testing.assert_array_equal(distances, np.zeros(len(both)))


def test_products_alone_would_be_too_coarse() -> None:
    random = np.random.default_rng(5)
    y = random.integers(0, 256, (50, 12288)).astype(np.float32)
    x = y[:5].copy()
    x[:, 7] = 255 - x[:, 7]
    expected: Any = np.square(x - y[:5]).sum(1)
    np.testing.assert_array_equal(nearest(tf.constant(x), tf.constant(y)), expected)


def test_the_name_is_that_of_the_pixels() -> None:
    first, same = TrainingImages(dataset((8, 8, 1))), TrainingImages(dataset((8, 8, 1)))
    other = TrainingImages(dataset((8, 8, 1), 41))
    assert first.name == same.name != other.name
    assert first.name.startswith("noise-")
    assert len(first.name) == len("noise-") + 16


def test_missing_images_are_named_by_their_path(tmp_path: Path) -> None:
    images = kept(TrainingImages(dataset((8, 8, 1))), tmp_path / "models" / "m" / "1")
    (tmp_path / "models" / "m" / "1" / "assets" / images.name / "0.zlib").unlink()
    missing = tmp_path / "models" / ".references" / images.name / "0.zlib"
    with pytest.raises(tf.errors.NotFoundError, match=str(missing)):
        images.distance(tf.zeros((1, 8, 8, 1), tf.uint8))
