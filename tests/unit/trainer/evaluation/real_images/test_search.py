import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.data.datasets import Part
from services.trainer.evaluation.latent_box import Box
from services.trainer.evaluation.real_images.search import chosen, find, spread_candidates
from services.trainer.evaluation.thoroughness import Thoroughness
from tests.support.generators import WavyGenerator

SEARCH = Thoroughness(surveyed=2500)
COUNT = 300


def silent(done: int, steps: int) -> None:
    """Ignore the progress."""


def own_images(
    generator: WavyGenerator, box: Box, labels: NDArray[np.int32] | None
) -> tuple[NDArray[np.float32], Part]:
    """Known points, the corners among them, and the images that the generator makes there."""
    random = np.random.default_rng(1)
    points = random.uniform(box.low, box.high, (COUNT, box.dim)).astype(np.float32)
    points[0], points[1] = box.low, box.high
    return points, Part(
        generator.images(points, labels), np.zeros(COUNT, np.int32) if labels is None else labels
    )


@pytest.mark.parametrize(
    ("dim", "cell", "conditional"),
    [(1, 2 / 99, False), (2, 2 / 99, False), (2, 2 / 99, True), (3, 2 / 15, False), (4, 2 / 15, False)],
)
def test_images_that_the_generator_made_are_found_within_one_cell(
    dim: int, cell: float, conditional: bool
) -> None:
    generator, box = WavyGenerator(dim), Box(dim, -1.0, 1.0)
    labels = np.arange(COUNT, dtype=np.int32) % 3 if conditional else None
    points, made = own_images(generator, box, labels)
    index = np.arange(COUNT, dtype=np.int32)
    found = find(generator, box, made, index, conditional, SEARCH, silent)
    assert np.mean(np.abs(found.point - points).max(axis=1) <= cell) >= 0.99
    assert (np.abs(found.point) <= 1).all()
    np.testing.assert_array_equal(found.class_id, generator.classify(found.point, labels))


def test_distances_are_those_of_the_images_at_the_points() -> None:
    generator, box = WavyGenerator(2), Box(2, -1.0, 1.0)
    random = np.random.default_rng(2)
    wanted = Part(random.integers(0, 256, (40, 6, 6, 1)).astype(np.uint8), np.arange(40, dtype=np.int32))
    index = chosen(40, 25)
    found = find(generator, box, wanted, index, False, SEARCH, silent)
    pictures = generator.images(found.point, None).astype(float)
    squares = ((pictures - wanted.images[index]) / 127.5) ** 2
    np.testing.assert_allclose(found.distance, np.sqrt(squares.mean((1, 2, 3))), rtol=1e-6)
    np.testing.assert_array_equal(found.label, index)
    survey = generator.images(box.spread(SEARCH.surveyed_for(40)), None).astype(float)
    surveyed = (((survey[None] - wanted.images[index][:, None]) / 127.5) ** 2).mean((2, 3, 4)).min(1)
    assert (found.distance <= np.sqrt(surveyed) + 1e-6).all()


def test_progress_never_goes_back_and_ends_at_the_last_step() -> None:
    told: list[tuple[int, int]] = []
    generator, box = WavyGenerator(2), Box(2, -1.0, 1.0)
    _, made = own_images(generator, box, None)
    find(
        generator,
        box,
        made,
        chosen(COUNT, COUNT),
        False,
        SEARCH,
        lambda done, steps: told.append((done, steps)),
    )
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_search_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    def stop(done: int, steps: int) -> None:
        if done > 0:
            raise Stop

    generator, box = WavyGenerator(2), Box(2, -1.0, 1.0)
    _, made = own_images(generator, box, None)
    with pytest.raises(Stop):
        find(generator, box, made, chosen(COUNT, 10), False, SEARCH, stop)


def test_fewer_images_are_always_among_more_of_them() -> None:
    assert set(chosen(50, 10)) < set(chosen(50, 20)) < set(range(50))
    np.testing.assert_array_equal(chosen(5, 9), np.arange(5))


def test_candidates_are_apart_and_neighbours_fill_up() -> None:
    survey = np.array([[0.0], [0.1], [0.2], [1.0]], np.float32)
    nearest = np.array([[0, 1, 3, 2], [1, 0, 2, 3]])
    found = spread_candidates(survey, nearest, apart=0.3, count=3)
    np.testing.assert_array_equal(found, [[0, 3, 1], [1, 3, 0]])
