from pathlib import Path

import numpy as np
import pytest

from services.contracts.datasets import DATASETS
from services.contracts.errors import DatasetNotFound, DataUnavailable
from services.trainer.data import datasets


def test_digits_are_as_announced() -> None:
    digits = datasets.load("digits", 28, None)
    info = DATASETS["digits"]
    assert digits.image_shape == info.image_shape
    assert (len(digits.train), len(digits.test)) == (info.train, info.test)
    assert digits.train.images.dtype == np.uint8
    assert digits.train.labels.dtype == np.int32
    # Stratified: each class has its share of the test images.
    assert np.bincount(digits.test.labels).min() >= 34
    again = datasets.load("digits", 28, None)
    np.testing.assert_array_equal(digits.train.images, again.train.images)


def test_images_are_scaled_to_the_size_of_the_architecture() -> None:
    assert datasets.load("digits", 64, None).image_shape == (64, 64, 1)


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_an_archive_in_the_data_folder_comes_first(tmp_path: Path, name: str) -> None:
    images = np.arange(4 * 28 * 28, dtype=np.uint32).reshape(4, 28, 28).astype(np.uint8)
    labels = np.array([3, 1, 4, 1], np.uint8)
    np.savez(tmp_path / f"{name}.npz", x_train=images, y_train=labels, x_test=images[:2], y_test=labels[:2])
    loaded = datasets.load(name, 28, tmp_path)
    np.testing.assert_array_equal(loaded.train.images[..., 0], images)
    np.testing.assert_array_equal(loaded.test.labels, [3, 1])


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").write_bytes(b"not an archive")
    with pytest.raises(DataUnavailable, match=r"mnist\.npz is not a readable"):
        datasets.load("mnist", 28, tmp_path)


def test_a_failed_download_says_what_to_do() -> None:
    def fail() -> None:
        raise OSError("no route to host")

    with pytest.raises(DataUnavailable, match=r"no route to host.*ATLAS_DATA_DIR"):
        datasets.archive_or_download("mnist", None, fail)


def test_unknown_name() -> None:
    with pytest.raises(DatasetNotFound, match="'cats'; there are: digits"):
        datasets.load("cats", 28, None)


def test_every_data_set_that_is_offered_can_be_loaded() -> None:
    assert set(datasets.LOADERS) == set(DATASETS)
