"""What the judges say of images, and where real images lie on the map.

`n` images, `k` classes, `d` latent dimensions.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_atlas_client.results.images import ImageClass, image_class


@dataclass(frozen=True)
class Judgement:
    """What the three judges say of one image."""

    classes: tuple[ImageClass, ...]
    """All k classes, the most probable one first."""
    discriminator_score: float
    """Output of the discriminator; the larger, the more real."""
    discriminator: float
    """Probability of being a real image, 0 to 1, by the discriminator, which was trained against this
    generator."""
    two_sample: float
    """The same by the two-sample network, which was trained apart, at that export."""

    @property
    def sentence(self) -> str:
        """In plain words whether the two take the image for real: a probability above one half."""
        match (self.discriminator > 0.5, self.two_sample > 0.5):
            case (True, True):
                return "The discriminator takes this for real, and so does an independent network."
            case (True, False):
                return "The discriminator takes this for real, an independent network does not."
            case (False, True):
                return "The discriminator does not take this for real, an independent network does."
            case _:
                return "Neither the discriminator nor an independent network takes this for real."


@dataclass(frozen=True, eq=False)
class Judged:
    """What the judges of a version say of n images."""

    model: str
    version: int
    judgements: tuple[Judgement, ...]
    """One for each image."""

    @property
    def class_probabilities(self) -> NDArray[np.float64]:
        """float64[n, k], 0 to 1, in the order of the class ids."""
        ordered = [sorted(item.classes, key=lambda one: one.index) for item in self.judgements]
        return np.array([[one.probability for one in classes] for classes in ordered], np.float64)

    @property
    def discriminator_scores(self) -> NDArray[np.float64]:
        """float64[n]; the larger, the more real."""
        return np.array([item.discriminator_score for item in self.judgements], np.float64)

    @property
    def discriminator(self) -> NDArray[np.float64]:
        """float64[n], 0 to 1: the discriminator's probability of being a real image."""
        return np.array([item.discriminator for item in self.judgements], np.float64)

    @property
    def two_sample(self) -> NDArray[np.float64]:
        """float64[n], 0 to 1: the two-sample network's probability of being a real image."""
        return np.array([item.two_sample for item in self.judgements], np.float64)


@dataclass(frozen=True, eq=False)
class RealImages:
    """Held-out images of the data set, each at the nearest point of the latent space that was found."""

    model: str
    version: int
    dataset: str
    """`datasets.image` shows its images, by their `indices` in its test part."""
    indices: NDArray[np.int64]
    """int64[n]: number of each image in the test part of the data set."""
    labels: NDArray[np.int64]
    """int64[n]: class id of each image."""
    points: NDArray[np.float32]
    """float32[n, d]: nearest point of each image."""
    distances: NDArray[np.float64]
    """float64[n]: from the image to that of the point, root mean square over pixels in [-1, 1]."""
    class_ids: NDArray[np.int64]
    """int64[n]: class that the classifier sees in the image of the point."""
    median: float | None
    """Of the distances: half of the images are nearer; None if there are none."""
    p90: float | None
    """Nine of ten are nearer."""

    def __len__(self) -> int:
        return len(self.indices)

    @property
    def csv(self) -> str:
        """A line for each image: index, label, class_id, distance, z0, z1, ..."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(
            [
                "index",
                "label",
                "class_id",
                "distance",
                *(f"z{axis}" for axis in range(self.points.shape[1])),
            ]
        )
        columns = (self.indices, self.labels, self.class_ids, self.distances)
        for figures, point in zip(zip(*columns, strict=True), self.points, strict=True):
            # A float32 in its own shortest form, not with the digits of a float64.
            rows.writerow([*(figure.item() for figure in figures), *map(str, point)])
        return text.getvalue()

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Write the `points` to an npy file, or all figures to a csv file, by the ending of its name.

        Raises:
            ValueError: the name ends otherwise.
            OSError: the file cannot be written.
        """
        path = Path(target)
        match path.suffix.lower():
            case ".npy":
                with path.open("wb") as file:
                    np.save(file, self.points)
            case ".csv":
                path.write_text(self.csv)
            case _:
                raise ValueError(f"{path}: the name must end in .npy or .csv.")
        return path


def judged(answer: Mapping[str, Any]) -> Judged:
    return Judged(answer["model"], answer["version"], tuple(map(_judgement, answer["judgements"])))


def real_images(pages: Sequence[Mapping[str, Any]]) -> RealImages:
    """All pages of a list, at least one, as one."""
    first = pages[0]
    items = [item for page in pages for item in page["images"]]
    latent_dim = len(items[0]["point"]) if items else 0
    return RealImages(
        model=first["model"],
        version=first["version"],
        dataset=first["dataset"],
        indices=np.array([item["index"] for item in items], np.int64),
        labels=np.array([item["label"] for item in items], np.int64),
        points=np.array([item["point"] for item in items], np.float32).reshape(len(items), latent_dim),
        distances=np.array([item["distance"] for item in items], np.float64),
        class_ids=np.array([item["class"]["index"] for item in items], np.int64),
        median=first["distance"]["median"],
        p90=first["distance"]["p90"],
    )


def _judgement(item: Mapping[str, Any]) -> Judgement:
    return Judgement(
        classes=tuple(map(image_class, item["classes"])),
        discriminator_score=item["discriminator"]["score"],
        discriminator=item["discriminator"]["probability"],
        two_sample=item["two_sample"]["probability"],
    )
