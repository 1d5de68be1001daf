from __future__ import annotations

import numpy as np
import pytest

from services.gateway.explore.inversion import Box, distances, nearest, starts, survey

_SIDE = 16


async def _blobs(points: np.ndarray) -> np.ndarray:
    """Images as a generator makes them: a blob whose place, width and brightness are the coordinates.

    Rounded to 256 levels, as on the wire.
    """
    z = np.zeros((len(points), 4))
    z[:, : points.shape[1]] = points[:, :4]
    y, x = np.mgrid[0:_SIDE, 0:_SIDE] / (_SIDE - 1) * 2.5 - 1.25
    width = 0.5 + 0.2 * z[:, 2]
    away = (x[None] - z[:, 0, None, None]) ** 2 + (y[None] - z[:, 1, None, None]) ** 2
    images = np.exp(-away / width[:, None, None] ** 2) * (0.7 + 0.3 * z[:, 3, None, None])
    return np.asarray((np.rint(images * 255) / 255).reshape(len(points), -1), np.float32)


async def _free(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Blobs without penalties."""
    return await _blobs(points), np.zeros(len(points))


@pytest.mark.parametrize(("dim", "cell"), [(1, 2 / 99), (2, 2 / 99), (3, 2 / 15), (4, 2 / 15)])
async def test_a_points_image_leads_back_to_the_point(dim: int, cell: float) -> None:
    box = Box(dim, -1.0, 1.0)
    points, spacing = survey(box, 4096)
    images = await _blobs(points)
    wanted = np.random.default_rng(dim).uniform(-1, 1, (100, dim))
    asked = 0

    async def generate(some: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        nonlocal asked
        asked += len(some)
        return await _free(some)

    found = []
    for target in await _blobs(wanted):
        optima = await nearest(generate, target, box, points, distances(images, target), spacing)
        assert [item.distance for item in optima] == sorted(item.distance for item in optima)
        found.append(optima[0].point)
    assert np.mean(np.abs(np.array(found) - wanted).max(axis=1) < cell) >= 0.99
    assert asked / len(wanted) < 4096


async def test_an_image_that_no_point_has_gets_the_nearest() -> None:
    box = Box(2, -1.0, 1.0)
    points, spacing = survey(box, 400)
    target = (await _blobs(np.array([[0.3, -0.2]])))[0] * 0.9
    images = await _blobs(points)
    best, *_ = await nearest(_free, target, box, points, distances(images, target), spacing)
    fine = np.stack(np.meshgrid(np.linspace(0.2, 0.4, 101), np.linspace(-0.3, -0.1, 101)), -1).reshape(
        -1, 2
    )
    assert best.distance <= distances(await _blobs(fine), target).min() + 1e-4


async def test_points_stay_in_the_box() -> None:
    box = Box(2, -0.5, 0.5)
    points, spacing = survey(box, 100)
    target = (await _blobs(np.array([[0.9, 0.0]])))[0]
    images = await _blobs(points)
    best, *_ = await nearest(_free, target, box, points, distances(images, target), spacing)
    assert best.point[0] == 0.5


async def test_a_penalty_keeps_the_search_where_there_is_none() -> None:
    box = Box(2, -1.0, 1.0)
    points, spacing = survey(box, 400)
    images = await _blobs(points)
    target = (await _blobs(np.array([[-0.2, 0.3]])))[0]

    async def right_half(some: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return await _blobs(some), np.where(some[:, 0] < 0, 1.0, 0.0)

    away = distances(images, target) + np.where(points[:, 0] < 0, 1.0, 0.0)
    best, *_ = await nearest(right_half, target, box, points, away, spacing)
    assert best.point == pytest.approx([0.0, 0.3], abs=0.03)
    assert best.point[0] >= 0
    assert best.distance == pytest.approx(distances(await _blobs(best.point[None]), target)[0], abs=1e-6)


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_a_survey_is_a_grid_with_its_ends(dim: int) -> None:
    points, spacing = survey(Box(dim, -1.0, 1.0), 4096)
    side = round(4096 ** (1 / dim))
    assert points.shape == (side**dim, dim)
    assert spacing == pytest.approx(2 / (side - 1))
    assert {-1.0, 1.0} <= set(np.unique(points).tolist())


@pytest.mark.parametrize("dim", [4, 8, 100])
def test_a_survey_of_many_dimensions_is_spread_evenly(dim: int) -> None:
    points, _ = survey(Box(dim, -3.0, 3.0), 4096)
    assert points.shape == (4096, dim)
    assert np.abs(points).max() <= 3
    for axis in range(dim):
        shares = np.histogram(points[:, axis], 8, (-3, 3))[0] / 4096
        assert np.abs(shares - 1 / 8).max() < 0.02


def test_distances_are_the_root_of_the_mean_square() -> None:
    images = np.random.default_rng(0).integers(0, 256, (1100, 30)).astype(np.uint8)
    target = np.random.default_rng(1).uniform(0, 1, 30).astype(np.float32)
    expected = np.sqrt(np.mean((images / 255 - target) ** 2, axis=1))
    assert np.allclose(distances(images, target), expected, atol=1e-6)


def test_starts_are_apart() -> None:
    points = np.array([[0.0], [0.1], [0.5], [0.9]])
    assert starts(points, np.array([1.0, 0.9, 2.0, 3.0]), 0.2, 3).tolist() == [1, 2, 3]
    assert starts(points, np.array([1.0, 0.9, 2.0, 3.0]), 0.2, 1).tolist() == [1]
