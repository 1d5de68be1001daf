"""Uploaded data sets as the trainer sees them, and the groups it finds where there are no classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.datasets import GROUPS
from services.contracts.errors import DatasetNotFound, DataUnavailable
from services.store import Store
from services.trainer.data import datasets, pseudo_classes
from tests.support.images import blots
from tests.support.uploads import upload


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    return made


@pytest.mark.parametrize("size", [28, 64])
@pytest.mark.parametrize(("colour", "channels"), [(False, 1), (True, 3)])
def test_images_have_the_size_of_the_architecture(
    store: Store, size: int, colour: bool, channels: int
) -> None:
    upload(store, "mine", blots(30, classes=2, colour=colour))
    loaded = datasets.load("mine", size, None, store.datasets)
    assert loaded.image_shape == (size, size, channels)
    assert loaded.classes == ("class 0", "class 1")
    assert (len(loaded.train), len(loaded.test)) == (26, 4)
    assert np.bincount(loaded.train.labels).tolist() == [13, 13]
    assert loaded.train.images.dtype == np.uint8
    assert loaded.train.labels.dtype == np.int32


def test_unknown_names_are_answered_with_all_that_there_are(store: Store) -> None:
    upload(store, "mine", blots(20))
    with pytest.raises(DatasetNotFound, match="'cats'; there are: digits, mnist, fashion_mnist, mine"):
        datasets.load("cats", 28, None, store.datasets)


@pytest.mark.parametrize("content", [b"", b"damaged", None], ids=["empty", "damaged", "other"])
def test_damaged_images_are_said(store: Store, content: bytes | None) -> None:
    upload(store, "mine", blots(20))
    images, labels = store.datasets.arrays("mine")
    if content is None:
        np.save(images, np.load(images)[:5])
        np.save(labels, np.load(labels)[:5])
    else:
        images.write_bytes(content)
    with pytest.raises(DataUnavailable, match=r"'mine' cannot be read.*upload it again"):
        datasets.load("mine", 28, None, store.datasets)


def test_without_classes_there_are_groups(store: Store) -> None:
    upload(store, "mine", blots(40))
    loaded = datasets.load("mine", 28, None, store.datasets)
    assert loaded.classes == GROUPS
    assert set(loaded.train.labels) <= set(range(8))
    again = datasets.load("mine", 64, None, store.datasets)
    # The same groups for every architecture.
    np.testing.assert_array_equal(loaded.train.labels, again.train.labels)
    np.testing.assert_array_equal(loaded.test.labels, again.test.labels)


def shades(levels: NDArray[np.int64]) -> NDArray[np.uint8]:
    noise = np.random.default_rng(0).integers(0, 10, (len(levels), 8, 8, 1))
    return (levels[:, None, None, None] + noise).astype(np.uint8)


def test_groups_hold_what_is_alike_the_largest_first() -> None:
    levels = np.array([20] * 10 + [200] * 30 + [110] * 20)
    order = np.random.default_rng(1).permutation(60)
    found = pseudo_classes.of(shades(levels)[order], 50, 3)
    expected = {200: 0, 110: 1, 20: 2}
    assert found.tolist() == [expected[level] for level in levels[order]]
    assert found.dtype == np.int32


def test_images_that_are_all_the_same_are_one_group() -> None:
    assert not pseudo_classes.of(np.full((30, 8, 8, 3), 7, np.uint8), 25, 8).any()
