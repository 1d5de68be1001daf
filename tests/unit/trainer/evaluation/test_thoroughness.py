import pytest

from services.trainer.evaluation.thoroughness import THOROUGH


@pytest.mark.parametrize("dim", [1, 2, 3, 4])
def test_up_to_four_dimensions_all_are_looked_for_at_the_end(dim: int) -> None:
    assert THOROUGH.images_for(10_000, dim, final=False) == 1000
    assert THOROUGH.images_for(10_000, dim, final=True) == 10_000
    assert THOROUGH.images_for(360, dim, final=True) == 360


def test_many_dimensions_and_small_sets_cost_less() -> None:
    assert THOROUGH.images_for(10_000, 128, final=False) < 100
    assert THOROUGH.stretched_for(2400, 128) < 400
    assert THOROUGH.stretched_for(2400, 4) == 2400
    assert (THOROUGH.surveyed_for(20), THOROUGH.points_for(20)) == (160, 80)
    assert (THOROUGH.surveyed_for(10_000), THOROUGH.points_for(10_000)) == (10_000, 2400)
