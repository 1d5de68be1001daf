import pytest

from services.contracts.experiments.metrics import METRICS, USUAL
from services.contracts.reports.report import Report
from services.contracts.runs.events import EpochFigures, WeakTest
from services.contracts.runs.judges import JudgeFigures
from tests.support.reports import REPORT

EPOCH = EpochFigures(
    epoch=1,
    seconds=2.5,
    generator_loss=0.75,
    discriminator_loss=1.25,
    map_change=0.125,
    shares={"zero": 0.9, "one": 0.096, "two": 0.004},
    dead_units={"dense": 0.25, "conv_1": 0.5},
    judges=JudgeFigures(
        agreement=-0.5,
        discriminator_alone=0.375,
        two_sample_alone=0.0625,
        discriminator_calibration=0.3,
        two_sample_calibration=0.2,
        stretch_mean=0.7,
        stretch_range=(0.1, 1.5),
        surface=2.5,
    ),
    weak_test=WeakTest(error=0.25, cross_entropy=0.5, p_value=0.1, band=(0.4, 0.6)),
)
EXPECTED = {
    "weak_test_error": 0.25,
    "weak_test_cross_entropy": 0.5,
    "generator_loss": 0.75,
    "discriminator_loss": 1.25,
    "map_change": 0.125,
    "judges_agreement": -0.5,
    "discriminator_alone": 0.375,
    "two_sample_alone": 0.0625,
    "discriminator_calibration": 0.3,
    "two_sample_calibration": 0.2,
    "stretch_mean": 0.7,
    "surface": 2.5,
    "classes": 2,
    "dead_units": 0.5,
    "seconds": 2.5,
    "strong_test_cross_entropy": 0.0934,
    "strong_test_error": 0.03275,
    "study_test_cross_entropy": 0.1875,
    "study_test_error": 0.0625,
    "frechet_distance": 12.5,
    "kernel_distance": 0.05,
    "precision": 0.91,
    "recall": 0.4,
    "density": 1.02,
    "coverage": 0.66,
    "classifier_score": 9.1,
    "pixel_coverage": 0.4,
    "pixel_distance": 0.31,
    "peak_memory": 2048.4,
    "label_fidelity": REPORT["label_fidelity"]["overall"],
}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_read_from_where_it_is_measured(name: str) -> None:
    metric = METRICS[name]
    assert metric.value(REPORT if metric.source == "report" else EPOCH) == EXPECTED[name]


def test_what_was_not_measured_has_no_value() -> None:
    bare = EpochFigures(epoch=1, seconds=2, generator_loss=1, discriminator_loss=1)
    assert METRICS["weak_test_error"].value(bare) is None
    for name in ("map_change", "classes", "dead_units"):
        assert METRICS[name].value(bare) is None
    assert METRICS["dead_units"].value({"dead_units": {}}) is None
    for name in ("study_test_cross_entropy", "study_test_error"):
        assert METRICS[name].value({"strong_test": {"error": 0.1}}) is None
    for report in (None, {}, {"strong_test": None}, {"strong_test": {"error": "low"}}, {"strong_test": 3}):
        assert METRICS["strong_test_error"].value(report) is None
    assert METRICS["strong_test_error"].value(Report.model_validate(REPORT)) == 0.03275


def test_the_usual_one_is_measured_in_the_course_of_a_training() -> None:
    assert METRICS[USUAL].source == "epoch"
