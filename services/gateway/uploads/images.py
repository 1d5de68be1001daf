"""Single images of data sets."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.contracts.errors import NotFound
from services.kit.pictures.png import encode
from services.store import DatasetStore

Part = Literal["train", "test"]


def dataset_image(store: DatasetStore, name: str, part: Part, index: int, size: int | None) -> bytes:
    """One image: PNG.

    Args:
        store: of the data sets.
        name: of the data set.
        part: of the data set.
        index: number of the image in that part, from 0.
        size: pixels a side, scaled as for a training on images of that size; None: as it is.

    Raises:
        DatasetNotFound, NotFound: there is no such data set, or no such image.
    """
    info = store.info(name)
    count = info.train if part == "train" else info.test
    if index >= count:
        raise NotFound(f"The {part} part of {name!r} has {count} images, numbered from 0.")
    kept = np.load(store.images(name), mmap_mode="r", allow_pickle=False)
    image = np.array(kept[index + (info.train if part == "test" else 0)])
    if image.ndim == 2:
        image = image[..., None]
    return encode(image if size is None else _scaled(image, size))


def _scaled(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    channels = [
        Image.fromarray(image[..., channel]).resize((size, size), Image.Resampling.LANCZOS)
        for channel in range(image.shape[-1])
    ]
    return np.stack([np.asarray(channel, np.uint8) for channel in channels], axis=-1)
