import numpy as np
import pytest

from services.kit.real_images import RealImages
from services.trainer.data.datasets import Dataset, Part
from services.trainer.evaluation.real_images.coverage import pixel_coverage

_random = np.random.default_rng(6)


def part(count: int) -> Part:
    images = _random.integers(0, 256, (count, 4, 4, 1)).astype(np.uint8)
    return Part(images, np.arange(count, dtype=np.int32) % 2)


DATASET = Dataset("random", ("zero", "one", "none"), part(90), part(40))


def found() -> RealImages:
    index = np.sort(_random.permutation(40)[:30]).astype(np.int32)
    return RealImages(
        index,
        DATASET.test.labels[index],
        np.zeros((30, 2), np.float32),
        _random.uniform(0.3, 0.9, 30).astype(np.float32),
        np.zeros(30, np.uint8),
    )


def test_against_numpy() -> None:
    images, covered = found(), []
    coverage = pixel_coverage(7, DATASET, images)
    assert coverage is not None
    assert list(coverage.classes) == ["zero", "one"]
    for number, name in enumerate(coverage.classes):
        wanted = DATASET.test.images[images.index[images.label == number]].astype(float)
        training = DATASET.train.images[DATASET.train.labels == number].astype(float)
        usual = np.median(np.sqrt((((wanted - training.mean(0)) / 127.5) ** 2).mean((1, 2, 3))))
        away = images.distance[images.label == number]
        row = coverage.classes[name]
        assert (row.images, row.covered) == (len(away), np.mean(away <= usual))
        assert row.usual_distance == pytest.approx(usual, rel=1e-6)
        assert row.median_distance == pytest.approx(np.median(away), rel=1e-6)
        covered += (away <= usual).tolist()
    assert coverage.covered == pytest.approx(np.mean(covered))
    assert coverage.median_distance == pytest.approx(np.median(images.distance), rel=1e-6)
    assert coverage.epoch == 7


def test_without_training_images_of_its_classes_there_is_none() -> None:
    other = Part(DATASET.train.images, np.full(90, 2, np.int32))
    assert pixel_coverage(7, Dataset("random", DATASET.classes, other, DATASET.test), found()) is None
