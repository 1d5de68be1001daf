from __future__ import annotations

import numpy as np
import pytest

from services.contracts.maps import MapGeometry
from services.gateway.maps.codec import ComputedMap, read_map, write_map


@pytest.mark.parametrize("label", [None, 0, 3])
@pytest.mark.parametrize("axes", [(1,), (0, 2), (2, 1, 0)])
def test_a_map_survives_its_message(axes: tuple[int, ...], label: int | None) -> None:
    geometry = MapGeometry(axes, (-1.0, 0.1), 3, (0.0, 0.25, -0.3), label)
    classes = np.random.default_rng(0).integers(0, 3, geometry.shape).astype(np.uint8)
    computed = ComputedMap("m", 7, geometry, classes, ("a", "b", "c"))
    data = write_map(computed)
    back = read_map(data)
    assert (back.model, back.version, back.geometry, back.class_names) == (
        "m",
        7,
        geometry,
        ("a", "b", "c"),
    )
    assert np.array_equal(back.cells, classes)
    assert back.shares == computed.shares
    assert write_map(back) == data
