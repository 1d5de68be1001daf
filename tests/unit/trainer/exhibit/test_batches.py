from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.exhibit.batches import BATCH, in_batches

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("count", [1, 25, 26, BATCH, BATCH + 1, 2 * BATCH + 60])
def test_any_number_of_rows_goes_through_in_few_sizes(count: int) -> None:
    sizes: list[int] = []

    def function(points: Any, labels: Any) -> tuple[Any, Any]:
        sizes.append(len(points))
        return tf.reduce_sum(points, axis=1), labels + 1

    points = np.random.default_rng(0).standard_normal((count, 3), np.float32)
    labels = np.arange(count, dtype=np.int32)
    totals, following = in_batches(function, [points, None, labels])
    np.testing.assert_allclose(totals, points.sum(axis=1), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(following, labels + 1)
    assert all(size % 25 == 0 and size <= BATCH for size in sizes)
    assert sum(sizes) - count < 25
