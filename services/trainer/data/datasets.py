"""Data sets by name, as arrays of the size that an architecture wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.contracts.datasets import DATASETS
from services.contracts.errors import DatasetNotFound, DataUnavailable
from services.kit.pictures.npy import npy
from services.store import DatasetStore
from services.trainer.data import pseudo_classes

_TEST_SHARE_SEED = 0
"""Of the split of `digits`: the same for all runs, as they share one classifier."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some images and their class ids.

    Attributes:
        images: uint8[n, h, w, c].
        labels: int32[n].
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.images)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Training images, test images that no network of a GAN ever trains on, and the names of classes."""

    name: str
    classes: tuple[str, ...]
    train: Part
    test: Part

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Height, width, channels."""
        height, width, channels = self.train.images.shape[1:]
        return (height, width, channels)


Loader = Callable[[Path | None], tuple[Part, Part]]
"""From the folder that may hold the data files already to the training and the test part."""


def load(name: str, size: int, data_dir: Path | None, uploads: DatasetStore | None = None) -> Dataset:
    """A data set with images of `size` × `size` pixels.

    Args:
        name: of the data set.
        size: of the images.
        data_dir: folder where data files may lie already.
        uploads: where uploaded ones lie, and where the images of others are kept to be shown.

    Raises:
        DatasetNotFound: no such name.
        DataUnavailable: it could not be found, fetched or read; says what to do.
    """
    if name in LOADERS:
        info, (train, test) = DATASETS[name], LOADERS[name](data_dir)
        if uploads is not None:
            parts = (train, test)
            uploads.keep_images(
                name,
                lambda: npy(np.concatenate([part.images for part in parts])),
                lambda: npy(np.concatenate([part.labels for part in parts])),
            )
    elif uploads is not None:
        info, (train, test) = uploads.info(name), _uploaded(name, uploads)
    else:
        raise DatasetNotFound(name, tuple(LOADERS))
    return Dataset(name, info.map_classes, _scaled(train, size), _scaled(test, size))


def _uploaded(name: str, uploads: DatasetStore) -> tuple[Part, Part]:
    info, (images_file, labels_file) = uploads.info(name), uploads.arrays(name)
    try:
        images = np.load(images_file, allow_pickle=False)
        labels = np.load(labels_file, allow_pickle=False)
        if len(images) != info.train + info.test:
            raise ValueError(f"{len(images)} images where {info.train + info.test} should be")
        whole = _part(images, labels)
    except (OSError, ValueError, EOFError) as error:
        raise DataUnavailable(
            f"The images of the data set {name!r} cannot be read ({_brief(error)}); upload it again."
        ) from error
    if not info.classes:
        whole = Part(whole.images, pseudo_classes.of(whole.images, info.train, len(info.map_classes)))
    cut = info.train
    return Part(whole.images[:cut], whole.labels[:cut]), Part(whole.images[cut:], whole.labels[cut:])


def _scaled(part: Part, size: int) -> Part:
    if part.images.shape[1:3] == (size, size):
        return part
    return Part(np.stack([_resize(image, size) for image in part.images]), part.labels)


def _resize(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    channels = [
        Image.fromarray(image[..., channel]).resize((size, size), Image.Resampling.LANCZOS)
        for channel in range(image.shape[-1])
    ]
    return np.stack([np.asarray(channel, np.uint8) for channel in channels], axis=-1)


def _digits(data_dir: Path | None) -> tuple[Part, Part]:
    """scikit-learn's 8×8 digits, with a margin of one pixel, scaled smoothly to 28×28."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    grey = np.pad(digits.images * (255 / 16), ((0, 0), (1, 1), (1, 1))).astype(np.float32)
    scaled = [
        np.asarray(Image.fromarray(image).resize((28, 28), Image.Resampling.BICUBIC)) for image in grey
    ]
    images = np.clip(np.rint(np.stack(scaled)), 0, 255).astype(np.uint8)[..., None]
    labels = digits.target.astype(np.int32)
    train, test = train_test_split(
        np.arange(len(labels)),
        test_size=DATASETS["digits"].test,
        stratify=labels,
        random_state=_TEST_SHARE_SEED,
    )
    return Part(images[train], labels[train]), Part(images[test], labels[test])


def _mnist(data_dir: Path | None) -> tuple[Part, Part]:
    from services.trainer.backend import keras

    return archive_or_download("mnist", data_dir, keras.datasets.mnist.load_data)


def _fashion_mnist(data_dir: Path | None) -> tuple[Part, Part]:
    from services.trainer.backend import keras

    return archive_or_download("fashion_mnist", data_dir, keras.datasets.fashion_mnist.load_data)


def archive_or_download(name: str, data_dir: Path | None, download: Callable[[], Any]) -> tuple[Part, Part]:
    """Training and test part of a data set whose archive `NAME.npz` lies in a folder, or is downloaded.

    Args:
        name: of the data set.
        data_dir: folder where the archive may lie already.
        download: makes the four arrays where it does not; may fail in any way.

    Raises:
        DataUnavailable: the archive cannot be read, or the download failed.
    """
    archive = data_dir / f"{name}.npz" if data_dir else None
    if archive is not None and archive.exists():
        try:
            with np.load(archive) as arrays:
                return (
                    _part(arrays["x_train"], arrays["y_train"]),
                    _part(arrays["x_test"], arrays["y_test"]),
                )
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise DataUnavailable(
                f"{archive} is not a readable {name} archive: {error}.",
                told=f"{archive.name} in ATLAS_DATA_DIR is not a readable {name} archive.",
            ) from error
    try:
        (train, train_labels), (test, test_labels) = download()
    except Exception as error:
        raise DataUnavailable(
            f"{DATASETS[name].title} could not be downloaded ({_brief(error)}). "
            f"Put {name}.npz into a folder and name that folder in ATLAS_DATA_DIR, or train on digits, "
            "which need no download."
        ) from error
    return _part(train, train_labels), _part(test, test_labels)


def _part(images: NDArray[Any], labels: NDArray[Any]) -> Part:
    if images.ndim == 3:
        images = images[..., None]
    if images.dtype != np.uint8 or images.ndim != 4 or len(images) != len(labels):
        raise ValueError(f"expected uint8 images with their labels, got {images.dtype}{images.shape}")
    return Part(images, labels.astype(np.int32).ravel())


def _brief(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        # Its text contains the whole path, and the run's error is public.
        return str(error.strerror)
    lines = str(error).strip().splitlines()
    return lines[0][:200].rstrip(".") if lines else type(error).__name__


LOADERS: dict[str, Loader] = {"digits": _digits, "mnist": _mnist, "fashion_mnist": _fashion_mnist}
