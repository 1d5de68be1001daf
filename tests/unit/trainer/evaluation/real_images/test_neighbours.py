import numpy as np

from services.trainer.evaluation.real_images.neighbours import Nearest, distances

_random = np.random.default_rng(4)
IMAGES, OTHERS = (_random.integers(0, 256, (count, 4, 4, 3)).astype(np.uint8) for count in (30, 200))
APART = np.sqrt((((IMAGES[:, None].astype(float) - OTHERS[None]) / 127.5) ** 2).mean((2, 3, 4)))


def test_the_nearest_are_those_of_a_full_table_however_they_come() -> None:
    known = Nearest(IMAGES, keep=3)
    for part in np.split(OTHERS, [1, 50, 120]):
        known.show(part)
    np.testing.assert_array_equal(known.index, np.argsort(APART, axis=1)[:, :3])
    rms = np.sqrt(known.squared / IMAGES[0].size)
    np.testing.assert_allclose(rms, np.sort(APART, axis=1)[:, :3], rtol=1e-4)


def test_with_fewer_shown_than_wanted_the_rest_is_empty() -> None:
    known = Nearest(IMAGES, keep=3)
    known.show(OTHERS[:2])
    np.testing.assert_array_equal(known.index[:, 2], -1)


def test_distances_are_exact() -> None:
    np.testing.assert_allclose(distances(IMAGES, OTHERS[:30]), np.diag(APART[:, :30]), rtol=1e-6)
    assert not distances(IMAGES, IMAGES).any()
