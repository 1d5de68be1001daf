from services.contracts.reports.figures import FIGURES, QualityFigures
from services.contracts.reports.report import Report
from services.contracts.reports.tables import markdown, tables
from services.contracts.runs.judges import rows
from tests.support.reports import FIRST_QUALITY, OLD_REPORT, REPORT, full_report


def test_the_studys_tables_come_first_as_rows() -> None:
    training, quality, *_ = tables(full_report())
    assert dict(zip(training.columns, training.rows[0], strict=True)) == {
        "run": "r",
        "generator's parameters": "1,101,632",
        "trainable": "1,076,160",
        "discriminator's parameters": "212,865",
        "epochs": "30",
        "s/epoch": "140.35",
        "total": "1:10:10",
        "peak memory": "2,048 MiB",
        "precision": "float32",
    }
    # Of each test the cross-entropy comes first, the measure of the study's figures, and the error second.
    assert list(zip(quality.columns, quality.rows[0], strict=True)) == [
        ("run", "r"),
        ("strong test: cross-entropy", "0.0934"),
        ("its error", "3.28 %"),
        ("its p-value", "0"),
        ("guessing, 95 %", "48.45 % to 51.55 %"),
        ("as the study tested: cross-entropy", "0.1875"),
        ("its error", "6.25 %"),
        ("the study's own", "–"),
        ("weak test: cross-entropy", "0.3000"),
        ("its error", "12.00 %"),
        ("classifier's loss", "0.0176"),
        ("classifier's error", "1.58 %"),
    ]
    assert "8,000 images of each kind (the real ones of the test part), measured on 2,000" in quality.note
    assert "of the training part), its epoch chosen on 5,000, measured on 5,000" in quality.note


def test_the_studys_own_losses_stand_beside_those_of_the_same_latent_space_on_mnist() -> None:
    def beside(**changes: object) -> str:
        _, quality, *_ = tables(full_report().model_copy(update=changes))
        return quality.rows[0][7]

    assert beside(dataset="mnist", latent_dim=2, conditional=False) == (
        "0.0055 (1,000 epochs), 0.0154 (5,000 epochs)"
    )
    assert beside(dataset="mnist", latent_dim=3, conditional=True) == "0.00084"
    assert beside(dataset="mnist", latent_dim=4, conditional=False) == "0.0829 (1,000 epochs)"
    assert beside(dataset="mnist", latent_dim=5, conditional=False) == "–"
    assert beside(dataset="digits", latent_dim=2, conditional=False) == "–"


def test_the_curve_of_each_test_names_the_epoch_that_counts() -> None:
    strong, study = (table for table in tables(full_report()) if "own training" in table.title)
    assert strong.rows[-1] == ("2", "0.0934", "3.28 %")
    assert study.rows == (("5", "0.1875", "6.25 %"), ("50", "0.9000", "7.25 %"))
    assert "after epoch 5" in study.note


def test_markdown_holds_every_table_and_warning() -> None:
    text = markdown(full_report())
    assert text.startswith("# Report of r\n")
    for table in tables(full_report()):
        assert f"## {table.title}\n" in text
    assert "| Fréchet distance | 12.5 | 0 |" in text
    assert "| 2 | 0.0934 | 3.28 % |" in text
    assert "- Epoch 12: The losses oscillate." in text
    widths = [line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("| ")]
    assert set(widths) == {13, 10, 6, 5, 4, 3}


def test_the_table_of_figures_has_a_row_for_each_that_has_a_title() -> None:
    (table,) = [table for table in tables(full_report()) if table.title.startswith("Figures")]
    assert table.rows[:8] == (
        ("Fréchet distance", "12.5", "0"),
        ("the same of training images (its floor)", "0.25", ""),
        ("kernel distance (KID)", "0.05 ± 0.002", "0"),
        ("precision", "0.9100", "1"),
        ("recall", "0.4000", "1"),
        ("density", "1.0200", "1 or more"),
        ("coverage", "0.6600", "1"),
        ("classifier score", "9.1000", "9.8000"),
    )
    assert [row[0] for row in table.rows] == [figure.title for figure in FIGURES.values() if figure.title]


def test_each_figure_of_the_judges_has_its_value_unit_and_explanation() -> None:
    (table,) = [table for table in tables(full_report()) if table.title.startswith("Judges")]
    assert [row[:3] for row in table.rows] == [
        ("agreement of discriminator and two-sample network", "-0.125", ""),
        ("real to the discriminator alone", "25.0 %", "of the map"),
        ("real to the two-sample network alone", "6.2 %", "of the map"),
        ("calibration error of the discriminator", "0.200", ""),
        ("calibration error of the two-sample network", "0.050", ""),
        ("mean stretch", "12.5", "pixel values per unit"),
        ("95 % range of stretch", "3.25 to 40", "pixel values per unit"),
        ("area of the generated surface", "812", "pixel values^d"),
    ]
    assert [row[3] for row in table.rows] == [explanation for _, explanation in rows().values()]
    assert "epoch 30" in table.note


def test_a_judge_of_one_opinion_agrees_with_none() -> None:
    report = full_report()
    assert report.judges is not None
    figures = report.judges.figures.model_copy(update={"agreement": None})
    judges = report.judges.model_copy(update={"figures": figures})
    text = markdown(report.model_copy(update={"judges": judges}))
    assert "| agreement of discriminator and two-sample network | – |" in text


def test_coverage_in_pixels_is_told_by_class() -> None:
    (table,) = [table for table in tables(full_report()) if table.title == "Coverage in pixels"]
    assert table.rows == (
        ("all", "2,000", "0.310", "", "40.00 %"),
        ("zero", "1,200", "0.300", "0.350", "60.00 %"),
        ("one|two", "800", "0.330", "0.250", "10.00 %"),
    )


def test_figures_that_came_later_may_be_missing() -> None:
    old = full_report().model_copy(update={"quality": QualityFigures.model_validate(FIRST_QUALITY)})
    assert "| density | 1.0200 | 1 or more |" in markdown(old)
    assert old.quality is not None
    without = old.model_copy(update={"quality": old.quality.model_copy(update={"density": None})})
    assert "| density | – | 1 or more |" in markdown(without)


def test_figures_refer_to_others_that_exist() -> None:
    for figure in FIGURES.values():
        assert {figure.deviation, figure.best_figure} <= {None, *FIGURES}


def test_names_from_strangers_cannot_leave_their_cell() -> None:
    assert "| one\\|two | 95.00 % |" in markdown(full_report())
    shares = {"shares": {"<script>\n# x": 1.0}}
    text = markdown(full_report().model_copy(update=shares))
    assert "\\<script> # x" in text
    assert "\n# x" not in text


def test_a_report_of_an_older_version_lacks_what_came_later() -> None:
    old = Report.model_validate(OLD_REPORT | {"of_a_later_version": 1})
    assert old.strong_test is None
    assert old.study_test is None
    _, quality, *others = tables(old)
    assert quality.rows[0][1:8] == ("–",) * 7
    assert [table.title for table in others] == ["Classes on the last map"]
    assert "## Quality" in markdown(old)


def test_a_report_survives_its_file() -> None:
    assert full_report().model_dump(mode="json") == REPORT


def test_a_stored_strong_test_may_lack_what_a_later_one_says() -> None:
    later = ("epoch", "learning_rate", "trained_on", "choosing_images")
    strong = {name: value for name, value in REPORT["strong_test"].items() if name not in later}
    strong["tester"] = {name: value for name, value in strong["tester"].items() if name not in later}
    found = Report.model_validate(REPORT | {"strong_test": strong}).strong_test
    assert found is not None
    assert found.tester is not None
    assert (found.epoch, found.tester.trained_on, found.tester.choosing_images) == (None, "test", 0)
    assert found.tester.learning_rate == 0.002
