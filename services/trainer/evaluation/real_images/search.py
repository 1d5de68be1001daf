"""Finds held-out images in a latent space: the nearest points of a survey, refined by Gauss-Newton steps.

The same images are looked for at each version of each run of a data set, whatever the run's seed, so that
versions and runs can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.kit.real_images import RealImages
from services.trainer.data.datasets import Part
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.latent_box import Box, Points
from services.trainer.evaluation.real_images.gauss_newton import refine
from services.trainer.evaluation.real_images.neighbours import Images, Nearest, distances, flat
from services.trainer.evaluation.thoroughness import Thoroughness

Labels = NDArray[np.int32] | None
"""int32[n]; None: the model is not conditional."""

_SURVEY_CHUNK = 500
_BYTES = 64 * 1024 * 1024
"""Of the Jacobians that are held at once, about."""
_MOST_AT_ONCE = 500
_PER_CANDIDATE = 6
"""Nearest points of the survey from which each candidate is chosen: the others are its neighbours."""
_APART = 1.5
"""Candidates are so many spacings of the survey apart, where there are such."""


class Explored(Protocol):
    """The generator of one epoch, with the classifier."""

    def images(self, z: Points, label: Labels) -> Images:
        """At float32[n, d]: uint8[n, h, w, c]."""

    def classify(self, z: Points, label: Labels) -> NDArray[np.uint8]:
        """Classes of these images: uint8[n]."""

    def image_and_jacobian(
        self, z: Points, label: Labels
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Images in [-1, 1], float32[n, h, w, c], and derivatives, float32[n, d, h, w, c]."""


def chosen(count: int, wanted: int) -> NDArray[np.int32]:
    """Numbers of the images that are looked for, int32[wanted], out of so many.

    Fewer of them are always among more of them.
    """
    order = np.random.default_rng(0).permutation(count)[:wanted]
    return np.sort(order).astype(np.int32)


def find(
    explored: Explored,
    box: Box,
    held_out: Part,
    index: NDArray[np.int32],
    conditional: bool,
    thoroughness: Thoroughness,
    progress: Progress,
) -> RealImages:
    """The nearest point of each image; of a conditional model, among those of the image's own label.

    Args:
        explored: the generator.
        box: where points are looked for.
        held_out: all images that there are.
        index: numbers of those to be looked for, int32[n].
        conditional: whether the model is asked for a label.
        thoroughness: of the survey and of the refinement.
        progress: told how many passes of the generator are done; may raise to stop.
    """
    labels = held_out.labels[index]
    names = np.unique(labels).tolist() if conditional else [None]
    survey = box.spread(thoroughness.surveyed_for(len(held_out)) // len(names))
    refined = len(index) * thoroughness.candidates
    steps, done = len(survey) * len(names) + refined, 0

    def advance(passes: int) -> None:
        nonlocal done
        progress(done, steps)
        done += passes

    point = np.empty((len(index), box.dim), np.float32)
    for name in names:
        mine = np.flatnonzero(labels == name) if conditional else np.arange(len(index))
        point[mine] = _Search(explored, box, name, advance).nearest(
            held_out.images[index[mine]], survey, thoroughness
        )
    asked = labels if conditional else None
    found = explored.images(point, asked)
    progress(steps, steps)
    away = distances(found, held_out.images[index])
    return RealImages(index, labels, point, away, explored.classify(point, asked))


class _Search:
    """For images under one label, or without any."""

    def __init__(
        self, explored: Explored, box: Box, name: int | None, advance: Callable[[int], None]
    ) -> None:
        self._explored, self._box, self._name, self._advance = explored, box, name, advance

    def nearest(self, images: Images, survey: Points, thoroughness: Thoroughness) -> Points:
        """The nearest point of each of uint8[n, h, w, c]: float32[n, d]."""
        candidates = min(thoroughness.candidates, len(survey))
        known = Nearest(images, min(len(survey), candidates * _PER_CANDIDATE))
        for start in range(0, len(survey), _SURVEY_CHUNK):
            z = survey[start : start + _SURVEY_CHUNK]
            self._advance(len(z))
            known.show(self._explored.images(z, self._labels(z)), lambda: self._advance(0))
        apart = _APART * self._box.spacing(len(survey))
        starts = survey[spread_candidates(survey, known.index, apart, candidates)]
        found, size = np.empty((len(images), self._box.dim), np.float32), self._at_once(images)
        for first in range(0, len(images), max(1, size // candidates)):
            part = slice(first, first + max(1, size // candidates))
            self._advance(starts[part].shape[0] * candidates)
            found[part] = self._refined(images[part], starts[part], thoroughness.steps)
        return found

    def _refined(self, images: Images, starts: Points, steps: int) -> Points:
        """The best end of each image's candidates, float32[n, candidates, d]."""
        count, candidates, dim = starts.shape
        ends, squared = refine(
            self._linearise,
            lambda z: flat(self._explored.images(z, self._labels(z))),
            np.repeat(flat(images), candidates, axis=0),
            starts.reshape(-1, dim),
            self._box,
            steps,
        )
        best = squared.reshape(count, candidates).argmin(axis=1)
        nearest: Points = ends.reshape(starts.shape)[np.arange(count), best]
        return nearest

    def _linearise(self, z: Points) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        images, columns = self._explored.image_and_jacobian(z, self._labels(z))
        return images.reshape(len(z), -1), columns.reshape(len(z), self._box.dim, -1)

    def _labels(self, z: Points) -> Labels:
        return None if self._name is None else np.full(len(z), self._name, np.int32)

    def _at_once(self, images: Images) -> int:
        size = 4 * images[0].size * self._box.dim
        return int(max(1, min(_MOST_AT_ONCE, _BYTES // size)))


def spread_candidates(
    survey: Points, nearest: NDArray[np.int64], apart: float, count: int
) -> NDArray[np.int64]:
    """Of each image's nearest points some that are no neighbours: one for each local optimum.

    Where there are not enough of those, the nearest of the others fill up.

    Args:
        survey: float32[m, d].
        nearest: int64[n, k], numbers of its points, the nearest first.
        apart: how far two points of an image must be apart along some axis.
        count: of points for each image, at most k.

    Returns:
        int64[n, count].
    """
    places = survey[nearest]
    free = np.ones(nearest.shape, bool)
    """Not taken; neighbours of what was taken come last."""
    near = np.zeros(nearest.shape, bool)
    rows = np.arange(len(nearest))
    taken = []
    for _ in range(count):
        column = np.argmin(near * 1 + ~free * 2, axis=1)
        free[rows, column] = False
        taken.append(nearest[rows, column])
        near |= np.abs(places - places[rows, column][:, None]).max(axis=2) <= apart
    return np.stack(taken, axis=1)
