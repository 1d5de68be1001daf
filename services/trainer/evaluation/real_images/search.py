"""Finds held-out images in a latent space: the nearest points of a survey, refined by Gauss-Newton steps.

The same images are looked for at each version of each run of a data set, whatever the run's seed, so that
versions and runs can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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

AT_ONCE = 500
"""Points in one call of the generator."""
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
        progress: told how many points are done; may raise to stop.
    """
    images, labels = held_out.images[index], held_out.labels[index]
    asked = labels if conditional else None
    names = len(np.unique(labels)) if conditional else 1
    survey = box.spread(max(1, thoroughness.surveyed_for(len(held_out)) // names))
    candidates = min(thoroughness.candidates, len(survey))
    surveyed = len(survey) * names
    steps = surveyed + len(index) * candidates

    keep = min(len(survey), candidates * _PER_CANDIDATE)
    nearest = _surveyed(explored, survey, images, asked, keep, lambda done: progress(done, steps))
    starts = survey[spread_candidates(survey, nearest, _APART * box.spacing(len(survey)), candidates)]
    point, rows = np.empty((len(index), box.dim), np.float32), max(1, AT_ONCE // candidates)
    for start in range(0, len(index), rows):
        progress(surveyed + start * candidates, steps)
        part = slice(start, start + rows)
        label = None if asked is None else asked[part]
        point[part] = _refined(explored, box, images[part], label, starts[part], thoroughness.steps)
    away = distances(explored.images(point, asked), images)
    classes = explored.classify(point, asked)
    progress(steps, steps)
    return RealImages(index, labels, point, away, classes)


def _surveyed(
    explored: Explored,
    survey: Points,
    images: Images,
    asked: Labels,
    keep: int,
    tell: Callable[[int], None],
) -> NDArray[np.int64]:
    """Numbers of the points of the survey whose images, of the same label, are nearest: int64[n, keep]."""
    labels = np.zeros(len(images), np.int32) if asked is None else asked
    names = np.unique(labels)
    known = {name: Nearest(images[labels == name], keep) for name in names.tolist()}
    z, label = np.tile(survey, (len(names), 1)), np.repeat(names, len(survey))
    for start in range(0, len(z), AT_ONCE):
        tell(start)
        part = slice(start, start + AT_ONCE)
        pictures = explored.images(z[part], None if asked is None else label[part])
        for name in np.unique(label[part]).tolist():
            known[name].show(pictures[label[part] == name], partial(tell, start))
    found = np.empty((len(images), keep), np.int64)
    for name, nearest in known.items():
        found[labels == name] = nearest.index
    return found


def _refined(
    explored: Explored, box: Box, images: Images, label: Labels, starts: Points, steps: int
) -> Points:
    """Of each image's candidates, float32[n, candidates, d], the best end: float32[n, d]."""
    count, candidates, dim = starts.shape
    asked = None if label is None else np.repeat(label, candidates)

    def linearise(z: Points) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        pictures, columns = explored.image_and_jacobian(z, asked)
        return pictures.reshape(len(z), -1), columns.reshape(len(z), dim, -1)

    ends, squared = refine(
        linearise,
        lambda z: flat(explored.images(z, asked)),
        np.repeat(flat(images), candidates, axis=0),
        starts.reshape(-1, dim),
        box,
        steps,
    )
    best = squared.reshape(count, candidates).argmin(axis=1)
    nearest: Points = ends.reshape(starts.shape)[np.arange(count), best]
    return nearest


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
