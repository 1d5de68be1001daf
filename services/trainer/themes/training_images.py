"""The training images as a version keeps them, and the distance of an image to the nearest.

Versions of one data set share the pixels, which lie beside the models in `services.store.references`.
The graph finds them from the place where the version itself lies, wherever that is mounted, and reads
them piece by piece, so that it never holds more than one.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
import weakref
import zlib
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from services.contracts.signatures import ReferenceCard
from services.store.references import FOLDER, MARK, ReferenceStore, part_file, write_parts
from services.trainer.backend import tf
from services.trainer.data.datasets import Dataset

_PART = 4_000_000
"""Bytes of a piece before it is compressed."""
_CANDIDATES = 4
"""Of a piece whose distance is computed from the pixels: products of large numbers are rounded."""
_SUFFIX = part_file(0).removeprefix("0")


class TrainingImages:
    """Those of one data set."""

    def __init__(self, dataset: Dataset, store: ReferenceStore | None = None, part: int = _PART) -> None:
        """Name them by their pixels.

        Args:
            dataset: the data set.
            store: where versions share them; None: each version keeps its own.
            part: bytes of a piece, before it is compressed.
        """
        self._images, self._store = dataset.train.images, store
        digest = hashlib.sha256(np.ascontiguousarray(self._images).data).hexdigest()
        self.name = f"{dataset.name}-{digest[:16]}"
        self._pixels = prod(dataset.image_shape)
        self._per_part = max(part // self._pixels, 1)
        self._parts = -(-len(self._images) // self._per_part)
        # An asset is copied from a file, at each export anew.
        made = tempfile.mkdtemp(prefix="latent-atlas-")
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        mark = Path(made) / Path(MARK).name
        mark.write_text(self.name)
        self.place = Place(str(mark))
        """Of the version; an export has to track it, and its file."""

    @property
    def card(self) -> ReferenceCard:
        """Description for the version's card."""
        return ReferenceCard(name=self.name, images=len(self._images), exact=True)

    def write(self, version: Path) -> None:
        """Have the pixels ready for a version in this folder."""
        if self._store is not None:
            self._store.keep(self.name, version, self._compressed)
            return
        folder = version / "assets" / self.name
        folder.mkdir(parents=True)
        write_parts(folder, self._compressed())

    def _compressed(self) -> Iterator[bytes]:
        for start in range(0, len(self._images), self._per_part):
            yield zlib.compress(self._images[start : start + self._per_part].tobytes())

    def distance(self, image: Any) -> Any:
        """Of images to the nearest training image: root mean square over pixels in [-1, 1].

        Args:
            image: uint8[n, h, w, c].

        Returns:
            float32[n]; exactly 0 for a training image.
        """
        folder = self._folder()
        x = tf.cast(tf.reshape(image, [-1, self._pixels]), tf.float32)

        def nearer(number: Any, best: Any) -> tuple[Any, Any]:
            return number + 1, tf.minimum(best, nearest(x, self._part(folder, number)))

        far = tf.fill([tf.shape(x)[0]], np.float32(np.inf))
        _, squared = tf.while_loop(
            lambda number, _: number < self._parts, nearer, [0, far], parallel_iterations=1
        )
        return tf.sqrt(squared / self._pixels) / 127.5

    def _folder(self) -> Any:
        """Where the pieces lie: inside the version, or else beside the models."""
        mark = self.place.path()
        inside = tf.strings.regex_replace(mark, "/[^/]+$", f"/{self.name}/")
        beside = tf.strings.regex_replace(mark, f"/[^/]+/[^/]+/{MARK}$", f"/{FOLDER}/{self.name}/")
        found = tf.io.matching_files(inside + part_file(0))
        return tf.where(tf.size(found) > 0, inside, beside)

    def _part(self, folder: Any, number: Any) -> Any:
        """A piece, float32[images, pixels]; where it is missing TensorFlow's error names its path."""
        data = tf.io.read_file(tf.strings.join([folder, tf.strings.as_string(number), _SUFFIX]))
        pixels = tf.io.decode_raw(tf.io.decode_compressed(data, "ZLIB"), tf.uint8)
        return tf.cast(tf.reshape(pixels, [-1, self._pixels]), tf.float32)


def nearest(x: Any, y: Any) -> Any:
    """Squared distance of each row of `x`, float32[n, p], to the nearest one of `y`, float32[m, p].

    A few candidates are found by products, and their distances computed from differences, which are
    exact for whole numbers.

    Returns:
        float32[n].
    """
    # Smaller numbers are rounded less.
    middle = tf.reduce_mean(y, axis=0)
    centred = y - middle
    nearness = tf.matmul(x - middle, centred, transpose_b=True) - tf.reduce_sum(centred**2, axis=1) / 2
    # There may be fewer rows than candidates.
    padded = tf.pad(nearness, [[0, 0], [0, _CANDIDATES - 1]], constant_values=-np.inf)
    candidates = tf.minimum(tf.math.top_k(padded, _CANDIDATES).indices, tf.shape(y)[0] - 1)
    distances = [
        tf.reduce_sum(tf.square(x - tf.gather(y, candidates[:, number])), axis=1)
        for number in range(_CANDIDATES)
    ]
    return tf.reduce_min(tf.stack(distances), axis=0)


class Place(tf.saved_model.experimental.TrackableResource):  # type: ignore[misc]
    """Where a version lies, as the path of one of its assets.

    A table holds the path: graphs of signatures cannot see an asset, which only initialisers are told.

    Attributes:
        file: the asset; an export has to track it.
        export: set before an export, to a name unlike that of any other.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self.file = tf.saved_model.Asset(path)
        self.export = uuid.uuid4().hex
        self._initialize()

    def path(self) -> Any:
        """The path, a string."""
        return tf.raw_ops.LookupTableFindV2(
            table_handle=self.resource_handle,
            keys=tf.constant([0], tf.int64),
            default_value=tf.constant(""),
        )[0]

    def move(self, path: str) -> None:
        """Stand for another place from now on."""
        self._insert(tf.constant(path))

    def _create_resource(self) -> Any:
        return tf.raw_ops.MutableHashTableV2(
            key_dtype=tf.int64, value_dtype=tf.string, shared_name=f"{self.export}/place"
        )

    def _initialize(self) -> None:
        self._insert(self.file.asset_path)

    def _insert(self, path: Any) -> None:
        tf.raw_ops.LookupTableInsertV2(
            table_handle=self.resource_handle,
            keys=tf.constant([0], tf.int64),
            values=tf.reshape(path, [1]),
        )
