"""Runs found and compared, models taken along, data sets uploaded and removed: on canned data."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, expect

from tests.web.conftest import Open
from tests.web.downloads import from_menu, saved
from tests.web.test_gallery import TAGS, WIDTHS, violations

pytestmark = pytest.mark.browser


# Runs ---------------------------------------------------------------------------------------


def test_runs_are_found_by_words_data_set_and_state_and_the_link_restores_it(open_scene: Open) -> None:
    page = open_scene("runs")
    cards = page.locator(".run-card h2 a")
    expect(cards).to_have_count(6)
    page.get_by_role("searchbox").fill("3d")
    expect(cards).to_have_text(["mnist-3d-conditional", "mnist-3d"])
    page.get_by_role("radio", name="Stopped").check()
    expect(cards).to_have_text(["mnist-3d"])
    page.get_by_label("Data set", exact=True).select_option("digits")
    expect(page.get_by_role("heading", name="No runs found")).to_be_visible()
    again = open_scene("runs", page.url[page.url.index("#") :])
    expect(again.get_by_role("searchbox")).to_have_value("3d")
    expect(again.get_by_label("Data set", exact=True)).to_have_value("digits")
    again.get_by_role("button", name="Show all runs").click()
    expect(again.locator(".run-card h2 a")).to_have_count(6)
    expect(again.get_by_role("searchbox")).to_have_value("")


def test_marked_runs_are_compared_and_the_link_restores_it(open_scene: Open) -> None:
    page = open_scene("runs")
    first = page.locator(".run-card").first
    place = first.bounding_box()
    page.get_by_label("Select mnist-2d for comparison").check()
    expect(page.get_by_role("link", name="Compare")).to_have_count(0)
    page.get_by_label("Select digits-2d for comparison").check()
    selected = page.get_by_role("region", name="Selected runs")
    expect(selected).to_contain_text("2 runs are selected.")
    assert first.bounding_box() == place, "what is selected shifts nothing"
    # At the end of the list it is still in reach, and below the bar of the page.
    page.set_viewport_size({"width": 1280, "height": 400})
    page.mouse.wheel(0, 2000)
    expect(page.locator(".run-card").last).to_be_in_viewport()
    expect(selected).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Runs compared")
    lines = page.locator(".chart-line")
    expect(lines).to_have_count(2)
    page.get_by_label("What is compared").select_option("classes")
    titles = ["Classes on the map", "Classes on the map, at the end"]
    expect(page.locator(".chart-title")).to_have_text(titles)
    again = open_scene("runs", page.url[page.url.index("#") :])
    expect(again.locator(".chart-title")).to_have_text(titles)
    expect(again.locator(".run-chip a")).to_have_text(["mnist-2d", "digits-2d"])

    page.get_by_label("Add a run", exact=True).select_option("mnist-3d")
    expect(lines).to_have_count(3)
    page.get_by_role("button", name="Remove digits-2d from the comparison").click()
    expect(lines).to_have_count(2)
    assert "runs=mnist-2d,mnist-3d" in page.url
    page.go_back()
    expect(lines).to_have_count(3)


def test_runs_that_differ_in_their_seed_are_one_curve_with_its_band_or_each_its_own(
    open_scene: Open,
) -> None:
    page = open_scene("compare-runs-seeds")
    lines, bands = page.locator(".chart-line"), page.locator(".chart-around")
    expect(lines).to_have_count(2)
    expect(bands).to_have_count(1)
    corners = str(bands.get_attribute("points")).split()
    assert len(corners) == 12, "low and high at six epochs; a single seed has no interval"
    expect(page.locator(".chart .readout-label")).to_have_text(["plain (3 seeds)", "deep"])
    expect(page.get_by_text("Bands are 95 % intervals")).to_be_visible()
    expect(page.get_by_role("region", name="Verdict")).to_contain_text(
        "Chance can be judged once two trainings have two seeds each: plain (3 seeds)"
    )
    expect(page.locator(".chart-band")).to_have_count(1)
    expect(page.locator(".chart-level-name")).to_have_text("pure guessing")
    expect(page.locator(".interval-bars dt")).to_have_text(["plain (3 seeds)", "deep"])
    swatches = page.locator(".run-chip .swatch")
    colours = [swatch.evaluate("(one) => one.style.background") for swatch in swatches.all()]
    assert colours[0] == colours[1] == colours[2] != colours[3]
    _, file = saved(page, page.get_by_role("button", name="Download these curves as CSV"))
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["epoch"] for row in rows if row["runs"] == "deep"] == ["10", "20", "30", "40", "50", "60"]
    first = rows[0]
    assert (first["runs"], first["n"]) == ("plain (3 seeds)", "3")
    assert float(first["low"]) < float(first["mean"]) < float(first["high"])

    page.get_by_role("radio", name="Each seed").check()
    expect(lines).to_have_count(4)
    expect(bands).to_have_count(0)
    page.wait_for_url(re.compile("seeds=each"))
    # Half of them has no such figure: all are named, and that is said.
    page.get_by_label("What is compared").select_option("surface")
    expect(page.locator(".chart .readout-label")).to_have_count(4)
    # What is measured once, at the end, is compared by its bars alone.
    page.get_by_label("What is compared").select_option("frechet_distance")
    expect(page.locator(".run-comparison .chart-plot")).to_be_hidden()
    expect(page.locator(".interval-bars dt")).to_have_text(["plain (3 seeds)", "deep"])
    expect(page.get_by_role("region", name="Verdict")).to_contain_text("deep 9.42 at epoch 60")
    page.get_by_label("What is compared").select_option("weak_test_error")
    again = open_scene("compare-runs-seeds", page.url[page.url.index("#") :])
    expect(again.locator(".chart-line")).to_have_count(4)
    expect(again.get_by_role("radio", name="Each seed")).to_be_checked()


def test_the_settings_that_differ_stand_side_by_side(open_scene: Open) -> None:
    page = open_scene("compare-runs-settings")
    table = page.get_by_role("region", name="Settings, table")
    expect(table.get_by_role("columnheader")).to_have_text(["Setting", "by-multiply", "by-projection"])
    expect(table.get_by_role("row", name="Conditioning").get_by_role("cell")).to_have_text(
        ["multiply", "projection"]
    )
    expect(table.get_by_role("row", name="Folds").get_by_role("cell")).to_have_text(["0", "2"])
    expect(table.get_by_role("row")).to_have_count(3)


def test_curves_and_reports_are_saved_as_csv(open_scene: Open) -> None:
    page = open_scene("compare-runs")
    name, file = saved(page, page.get_by_role("button", name="Download these curves as CSV"))
    assert name == "weak_test_error.csv"
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["epoch", "mnist-2d", "mnist-3d", "digits-2d"]
    assert [row[0] for row in rows[1:]] == ["10", "20", "30", "40", "50"]
    assert rows[5][2:] == ["", ""], "what was not measured is empty"
    table = page.get_by_role("region", name="Reports, table")
    expect(table.get_by_role("row", name="Strong two-sample test")).to_contain_text("0.0853")
    expect(table.get_by_role("row", name="Strong test, error")).to_contain_text("3.3 %")
    _, file = saved(page, page.get_by_role("button", name="Download the reports as CSV"))
    report = dict(row[:2] for row in csv.reader(file.read_text(encoding="utf-8").splitlines()))
    assert report["Generator"] == "1,101,632 parameters, 1,076,160 learnt"


def test_a_chart_is_saved_as_a_drawing_that_stands_alone(open_scene: Open) -> None:
    page = open_scene("run-finished")
    page.emulate_media(color_scheme="dark")
    name, file = from_menu(page, "Download Losses", "SVG")
    assert name == "mnist-2d-losses.svg"
    drawing = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    lines = drawing.findall(".//{*}polyline")
    assert len(lines) == 2
    assert all(line.get("stroke", "").startswith("rgb(") for line in lines), "no colour needs the page"
    texts = [text.text for text in drawing.findall(".//{*}text")]
    assert {"Losses", "mnist-2d", "generator", "discriminator", "epoch"} <= set(texts)
    assert "@font-face" in drawing.findtext("{*}style", ""), "it looks the same where the font is missing"
    name, file = from_menu(page, "Download Losses", "PNG")
    assert name == "mnist-2d-losses.png"
    with Image.open(file) as picture:
        picture.load()
        assert picture.info["Source"] == page.url
        # Light, also from a dark screen, unless that is asked for.
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 50


def test_dead_units_have_a_curve_for_each_layer(open_scene: Open) -> None:
    page = open_scene("run-live")
    chart = page.locator(".chart", has_text="Dead units")
    expect(chart.locator(".chart-line")).to_have_count(3)
    expect(chart.locator(".readout-item", has_text="conv_1")).to_contain_text("%")


def test_a_report_is_saved_in_three_forms(open_scene: Open) -> None:
    page = open_scene("run-finished")
    for form, suffix in (("Markdown", "md"), ("JSON", "json"), ("CSV", "csv")):
        button = page.get_by_role("button", name=f"Download the report as {form}")
        assert saved(page, button)[0] == f"mnist-2d-report.{suffix}"


# Models -------------------------------------------------------------------------------------


def test_code_is_copied_for_the_version_that_is_chosen(context: BrowserContext, open_scene: Open) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_scene("model")
    page.get_by_label("Version in the code").select_option("20")
    page.wait_for_url(re.compile("version=20"))
    page.get_by_role("radio", name="curl").check()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/v1/models/mnist-2d/versions/20/download" in copied
    page.go_back()
    expect(page.locator(".copy-box code")).to_contain_text("/versions/50/download")


def test_versions_have_the_figures_of_their_epoch_and_are_taken_along(open_scene: Open) -> None:
    page = open_scene("models")
    page.get_by_role("link", name="Card, versions, code of mnist-2d").click()
    rows = page.get_by_role("region", name="Versions, table").locator("tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text("39 %")
    assert saved(page, rows.last.get_by_text("Download"))[0] == "mnist-2d-10.zip"
    rows.nth(2).get_by_role("link", name="Explore").click()
    page.wait_for_url(re.compile(r"#/models/mnist-2d\?version=30"))


# Data sets and the form ---------------------------------------------------------------------


def test_a_data_set_is_uploaded_with_progress_trained_on_and_removed(
    open_scene: Open, tmp_path: Path
) -> None:
    page = open_scene("datasets")
    archive = tmp_path / "Hills and Sea.zip"
    archive.write_bytes(b"PK")
    cards = page.locator(".dataset-card h2")
    expect(cards).to_have_count(4)
    # What they look like; and what cannot be shown is not fetched for that.
    digits = page.locator(".dataset-card", has_text="Handwritten digits of scikit-learn")
    expect(digits.get_by_role("img", name="Images of 7", exact=True)).to_be_visible()
    garments = page.locator(".dataset-card", has_text="Fashion-MNIST")
    expect(garments).to_contain_text("not on this machine yet: the first training on it brings them along")
    expect(garments.get_by_role("img")).to_have_count(0)
    page.get_by_label("Your own images").set_input_files(archive)
    expect(page.get_by_text("Sending hills-and-sea: 50 %")).to_be_visible()
    review = page.get_by_role("region", name="Upload before it is kept")
    expect(review.get_by_role("img", name="Examples, a row for each class")).to_be_visible()
    expect(review).to_contain_text("100 training images, 20 test images (one sixth set aside for tests)")
    expect(review).to_contain_text("3 hidden and system files skipped")
    expect(review.get_by_role("row").nth(1)).to_contain_text("5010")
    expect(cards).to_have_count(4)
    # Its name may be another, and so may those of its classes.
    review.get_by_label("Name of the data set").fill("digits")
    review.get_by_role("button", name="Keep data set").click()
    expect(review.get_by_role("alert")).to_contain_text("choose another name")
    review.get_by_label("Name of forest").fill("Hills")
    review.get_by_label("Name of the data set").fill("hills-and-sea")
    review.get_by_label("Name of the data set").press("Enter")
    expect(page.get_by_text("hills-and-sea: 120 images, 2 classes.")).to_be_visible()
    expect(review).to_have_count(0)
    expect(page.locator(".dataset-card", has_text="hills-and-sea")).to_contain_text("2 classes: Hills, sea")
    expect(cards).to_have_text(["digits", "mnist", "fashion_mnist", "landscapes", "hills-and-sea"])
    page.get_by_role("button", name="Remove landscapes").click()
    page.get_by_role("button", name="Remove the data set").click()
    expect(cards).to_have_text(["digits", "mnist", "fashion_mnist", "hills-and-sea"])
    page.locator(".dataset-card", has_text="hills-and-sea").get_by_role("link", name="Train on it").click()
    expect(page.get_by_label("Images", exact=True)).to_have_value("hills-and-sea")
    expect(page.get_by_label("Name", exact=True)).to_have_value("hills-and-sea")


def test_everybody_can_look_at_an_upload_at_every_width(open_scene: Open, axe: str) -> None:
    page = open_scene("new")
    images: FilePayload = {"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK"}
    page.get_by_label("Your own images").set_input_files(files=[images])
    expect(page.locator(".upload-review .thumbnail:not(.loading) img")).to_be_visible()
    expect(page.locator(".upload-review")).to_be_focused()
    page.evaluate(axe)
    assert violations(page, {"runOnly": TAGS}) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("new Promise(requestAnimationFrame)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"


def test_an_upload_is_discarded(open_scene: Open) -> None:
    page = open_scene("datasets")
    images: FilePayload = {"name": "mnist_train.csv.gz", "mimeType": "application/gzip", "buffer": b"x"}
    page.get_by_label("Your own images").set_input_files(files=[images])
    expect(page.get_by_label("Name of the data set")).to_have_value("mnist_train")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Discarded; nothing was kept.")).to_be_visible()
    expect(page.locator(".dataset-card h2")).to_have_count(4)
    expect(page.get_by_label("Your own images")).to_be_enabled()


def test_the_time_is_estimated_from_runs_that_are_alike_and_else_not_known(open_scene: Open) -> None:
    page = open_scene("new-study")
    estimate = page.locator(".time-estimate")
    expect(estimate).to_contain_text("Takes about 3 d 23 h")
    page.get_by_label("Epochs", exact=True).fill("10")
    expect(estimate).to_contain_text(re.compile(r"Takes about 11 min \d\d s"))
    # A rhythm of maps that nothing was measured with tells a bound.
    page.locator("summary", has_text="Advanced").click()
    maps = page.get_by_label("Map every", exact=True)
    maps.fill("100")
    expect(estimate).to_contain_text("Takes at most about 11 min")
    maps.fill("")
    expect(estimate).to_contain_text("Takes about 11 min")
    page.get_by_label("Batch size", exact=True).fill("32")
    expect(estimate).to_contain_text("not known yet")


def test_an_emptied_field_stands_for_what_the_template_says(open_scene: Open) -> None:
    page = open_scene("new-study")
    epochs = page.get_by_label("Epochs", exact=True)
    expect(epochs).to_have_value("5000")
    epochs.fill("10")
    epochs.fill("")
    expect(epochs).to_have_attribute("placeholder", "5000")
    expect(epochs).to_have_accessible_description(re.compile("Left empty, it is 5000, as in the template."))
    expect(page.locator(".time-estimate")).to_contain_text("5,000 epochs")
    name = page.get_by_label("Name", exact=True)
    name.fill("")
    expect(name).to_have_attribute("placeholder", "study-2d")
    dropout = page.get_by_label("Dropout", exact=True)
    dropout.fill("0,5")
    dropout.press("Tab")
    expect(dropout).to_have_value("0.5")
    # It stays empty once it is left, and the next template is another one.
    expect(epochs).to_have_value("")
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    page.get_by_role("button", name="Study, 4D").click()
    expect(epochs).to_have_value("1000")
    epochs.fill("0")
    expect(page.get_by_text("Must be 1 or more, not 0.")).to_be_visible()
    expect(page.locator(".time-estimate")).to_contain_text("Time: not known")
