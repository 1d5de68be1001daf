"""Where the cells of a map lie."""

from typing import Any

import pytest

from services.contracts.errors import InvalidInput
from services.contracts.maps import MapGeometry, run_maps
from services.contracts.training.spec import parse_spec


def geometry(**changes: Any) -> MapGeometry:
    fields: dict[str, Any] = {"axes": (0, 1), "range": (-1.0, 1.0), "resolution": 10, "at": (0.0, 0.0)}
    return MapGeometry(**(fields | changes))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"axes": ()}, "axes"),
        ({"axes": (0, 0)}, "axes"),
        ({"axes": (0, 2)}, "axes"),
        ({"axes": (-1, 0)}, "axes"),
        ({"range": (1.0, 1.0)}, "range"),
        ({"range": (float("nan"), 1.0)}, "range"),
        ({"resolution": 1}, "resolution"),
        ({"resolution": 10_000}, "resolution"),
        ({"at": (0.0, float("inf"))}, "at"),
    ],
)
def test_an_impossible_map_is_refused_by_its_field(change: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        geometry(**change)
    assert [problem.path for problem in caught.value.problems] == [path]


def maps_of(dim: int, **more: Any) -> tuple[MapGeometry, ...]:
    return run_maps(parse_spec({"name": "a", "dataset": "mnist", "latent": {"dim": dim}} | more), 10)


def test_a_2d_run_draws_the_whole_plane() -> None:
    (only,) = maps_of(2)
    assert (only.axes, only.shape, only.range) == ((0, 1), (100, 100), (-1.0, 1.0))


def test_a_3d_run_draws_sixteen_slices_along_each_axis() -> None:
    (only,) = maps_of(3)
    assert (only.axes, only.shape) == ((0, 1, 2), (16, 16, 16))


def test_a_4d_run_draws_the_cubes_at_both_ends_of_the_fourth_axis() -> None:
    assert [drawn.at for drawn in maps_of(4)] == [(0.0, 0.0, 0.0, -1.0), (0.0, 0.0, 0.0, 1.0)]


def test_a_conditional_run_draws_a_map_for_each_label() -> None:
    assert [drawn.label for drawn in maps_of(3, conditional=True)] == list(range(10))


def test_the_resolution_can_be_chosen() -> None:
    assert maps_of(2, monitor={"map_resolution": 30})[0].cells == 900
