import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.latent_box import Box, Points
from services.trainer.evaluation.real_images.gauss_newton import refine

BOX = Box(2, -1.0, 1.0)
_random = np.random.default_rng(3)
SLOPES = (_random.standard_normal((2, 30)) * 0.1).astype(np.float32)


def linear(z: Points) -> NDArray[np.float32]:
    image: NDArray[np.float32] = z @ SLOPES
    return image


def linearise(z: Points) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return linear(z), np.broadcast_to(SLOPES, (len(z), 2, 30))


def test_of_a_linear_generator_it_finds_the_least_squares_solution() -> None:
    targets = linear(_random.uniform(-0.9, 0.9, (20, 2)).astype(np.float32))
    targets += _random.normal(0, 0.02, targets.shape).astype(np.float32)
    points, squared = refine(linearise, linear, targets, np.zeros((20, 2), np.float32), BOX, steps=4)
    best = np.linalg.lstsq(SLOPES.T.astype(float), targets.T.astype(float), rcond=None)[0].T
    # Rounding to 256 levels moves the optimum a little.
    np.testing.assert_allclose(points, best, atol=5e-3)
    rounded = np.rint((linear(points) + 1) * 127.5) / 127.5 - 1
    np.testing.assert_allclose(squared, ((rounded - targets) ** 2).sum(1), rtol=1e-3)


def test_an_optimum_outside_the_box_is_sought_along_its_edge() -> None:
    """The nearest point of the edge, which is not the outer optimum with its coordinates clipped."""
    slopes = (SLOPES + np.array([[0], [0.5]], np.float32) * SLOPES[:1]).astype(np.float32)
    targets = np.array([[1.5, 0.2]], np.float32) @ slopes
    points, _ = refine(
        lambda z: (z @ slopes, np.broadcast_to(slopes, (len(z), 2, 30))),
        lambda z: z @ slopes,
        targets,
        np.zeros((1, 2), np.float32),
        BOX,
        steps=6,
    )
    rest = targets[0] - slopes[0]
    along = slopes[1] @ rest / (slopes[1] @ slopes[1])
    np.testing.assert_allclose(points, [[1.0, along]], atol=1e-2)
    assert abs(along - 0.2) > 0.05


def test_it_never_ends_farther_away_than_it_began() -> None:
    targets = _random.uniform(-1, 1, (20, 30)).astype(np.float32)
    start = _random.uniform(-1, 1, (20, 2)).astype(np.float32)
    _, squared = refine(linearise, linear, targets, start, BOX, steps=2)
    rounded = np.rint((linear(start) + 1) * 127.5) / 127.5 - 1
    assert (squared <= ((rounded - targets) ** 2).sum(1) * (1 + 1e-5)).all()
