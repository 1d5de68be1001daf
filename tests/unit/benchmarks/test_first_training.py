"""The table of the first training: which trainings it asks for, and how the worst of them shows."""

from benchmarks.first_training import WAYS, Tried, Way, row, table
from services.contracts.training.first_run import FIRST_RUN
from tests.support.reports import full_report


def found(seed: int, smallest: float, seconds: float) -> Tried:
    shares = {"0": smallest, "1": 1 - smallest}
    changes = {"run": "first", "seed": seed, "shares": shares}
    return Tried(full_report().model_copy(update=changes), seconds)


def test_only_what_changes_its_rounding_differs_from_the_first_training() -> None:
    for way in WAYS:
        spec = way.spec(3)
        assert (spec.seed, spec.precision) == (3, way.precision)
        fields = {"name", "seed", "precision"}
        assert spec.model_dump(exclude=fields) == FIRST_RUN.model_dump(exclude=fields)
    assert len({(way.precision, *way.environment.items()) for way in WAYS}) == len(WAYS)
    assert len({way.spec(0).name for way in WAYS}) == len(WAYS)


def test_an_older_processor_is_a_limit_of_the_process_alone() -> None:
    way = Way("float32, AVX2", "float32", 2, "AVX2")
    assert way.environment == {"TF_NUM_INTRAOP_THREADS": "2", "ONEDNN_MAX_CPU_ISA": "AVX2"}
    assert way.spec(1).name.startswith("first-float32-2-avx2-s1")
    assert "ONEDNN_MAX_CPU_ISA" not in WAYS[0].environment


def test_a_row_tells_of_the_worst_seed() -> None:
    way = Way("float32, one thread", "float32", 1)
    line = row(way, [found(0, 0.3, 50.0), found(1, 0.01, 61.0)])
    assert line.startswith("| float32, one thread | 2 | 1 | 1.0 % |")
    assert line.endswith("| 50 … 61 |")


def test_the_table_has_the_ways_that_were_tried() -> None:
    text = table({WAYS[0]: [found(0, 0.3, 50.0)], WAYS[1]: []})
    assert WAYS[0].title in text
    assert WAYS[1].title not in text
