"""Experiments on the page: the list, the form with its live count, the comparison."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Open

pytestmark = pytest.mark.browser


def test_from_the_list_to_the_comparison(open_scene: Open) -> None:
    page = open_scene("experiments")
    card = page.locator(".experiment-card")
    expect(card).to_contain_text("Generator: activation, 3 seeds")
    expect(card).to_contain_text("13 of 15 runs have ended")
    page.get_by_role("link", name="activations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("activations")
    table = page.get_by_role("region", name="Weak two-sample test, error, table")
    expect(table.get_by_role("row")).to_have_count(6)
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Combination", *(f"Epoch {epoch}" for epoch in (20, 40, 60, 80, 100))]
    )
    expect(table.get_by_role("row", name="prelu").get_by_role("cell").first).to_have_text(
        re.compile(r"^[\d.]+ % ± [\d.]+ %$")
    )
    expect(page.locator(".chart-line")).to_have_count(5)
    expect(page.locator(".chart-around")).to_have_count(5)
    expect(page.locator(".interval-bars .bar-row")).to_have_count(5)
    expect(page.locator(".bar-whisker")).to_have_count(5)
    expect(page.locator(".interval-bars")).to_contain_text("prelu")


def test_the_verdict_comes_first_and_orders_what_follows(open_scene: Open) -> None:
    page = open_scene("experiment")
    verdict = page.get_by_role("region", name="Verdict")
    expect(verdict.get_by_role("status")).to_have_text(
        re.compile(
            r"^No difference beyond chance at epoch 100: from rrelu 30.%.* \(smallest p.=.0\.49\)\.$"
        )
    )
    expect(verdict).to_contain_text("each of 10 pairs, corrected after Holm; beyond chance: p < 0.05.")
    expect(verdict.get_by_role("link", name="How it is decided")).to_have_attribute(
        "href", re.compile(r"/docs#Verdict$")
    )
    ordered = ["rrelu", "prelu", "leaky_relu", "elu", "relu"]
    table = page.get_by_role("region", name="Weak two-sample test, error, table")
    expect(table.get_by_role("rowheader")).to_have_text(ordered)
    expect(page.locator(".interval-bars dt")).to_have_text(ordered)
    pairs = page.get_by_role("region", name="Every pair, table")
    expect(pairs).to_be_hidden()
    page.get_by_text("Every pair", exact=True).click()
    expect(pairs.locator("tbody tr")).to_have_count(10)
    expect(pairs.locator("tbody tr").first).to_have_text(re.compile(r"^rrelu.*prelu.*no$"))


def test_whiskers_lie_within_their_scale_and_a_single_epoch_has_intervals(open_scene: Open) -> None:
    page = open_scene("experiment-brief")
    expect(page.locator(".chart-whisker")).to_have_count(2)
    dots = [box["x"] for dot in page.locator(".chart-dot").all() if (box := dot.bounding_box())]
    assert len(set(dots)) == 2
    for row in page.locator(".interval-bars .bar-row").all():
        bar, whisker = row.locator(".bar").bounding_box(), row.locator(".bar-whisker").bounding_box()
        assert bar
        assert whisker
        assert bar["x"] - 1 <= whisker["x"]
        assert whisker["x"] + whisker["width"] <= bar["x"] + bar["width"] + 1
    # A share cannot be less than nothing: there the whisker goes on without an end.
    expect(page.locator(".bar-whisker.open-low")).to_have_count(1)
    expect(page.locator(".bar-whisker.open-high")).to_have_count(0)
    expect(page.locator(".bar-ticks span")).to_have_text(["0", "5.0 %", "10 %", "15 %", "20 %"])


def test_models_of_an_experiment_are_explored_side_by_side(open_scene: Open) -> None:
    page = open_scene("experiment")
    page.get_by_role("link", name="Explore side by side").click()
    expect(page.locator(".compare-column")).to_have_count(5)
    expect(page.locator(".compare-column h2")).to_have_text(["RReLU", "PReLU", "Leaky ReLU", "ELU", "ReLU"])


def test_another_figure_is_chosen_kept_in_the_link_and_given_back(open_scene: Open) -> None:
    page = open_scene("experiment")
    page.get_by_label("What is compared").select_option("generator_loss")
    expect(page.get_by_role("region", name="Generator loss, table")).to_be_visible()
    expect(page.get_by_role("group", name="Generator loss, by epoch")).to_be_visible()
    assert "metric=generator_loss" in page.url
    page.go_back()
    expect(page.get_by_role("region", name="Weak two-sample test, error, table")).to_be_visible()
    expect(page.get_by_label("What is compared")).to_have_value("weak_test_error")


def test_the_chart_is_read_by_the_keyboard(open_scene: Open) -> None:
    page = open_scene("experiment")
    chart = page.get_by_role("group", name="Weak two-sample test, error, by epoch")
    chart.focus()
    chart.press("ArrowLeft")
    expect(page.locator(".readout-epoch")).to_have_text("epoch 80")
    expect(page.locator(".chart-readout .readout-label").first).to_have_text("rrelu")


def test_maps_stand_side_by_side_with_the_way_to_their_runs(open_scene: Open) -> None:
    page = open_scene("experiment")
    tiles = page.locator(".run-tile")
    expect(tiles).to_have_count(15)
    expect(page.get_by_role("img", name="Class map of elu, seed 2, at epoch 60")).to_be_visible()
    expect(tiles.last.locator(".thumbnail.none")).to_be_visible()
    expect(tiles.nth(2)).to_contain_text("no numbers any more")
    page.get_by_role("link", name="elu, seed 1", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("elu-s1$"))
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="activations").click()
    expect(tiles).to_have_count(15)


def test_an_experiment_is_cancelled_and_deleted_after_questions(open_scene: Open) -> None:
    page = open_scene("experiment")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel the trainings").click()
    expect(page.locator(".title-line .badge")).to_have_text("Cancelled")
    expect(page.locator('.run-tile .badge[data-state="cancelled"]')).to_have_count(2)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete the experiment", exact=True).click()
    expect(page.get_by_text("activations was deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="Compare activations")).to_be_visible()
    page.get_by_role("link", name="Runs", exact=True).click()
    expect(page.locator(".run-card h2 a", has_text="activations-")).to_have_count(15)


def test_an_experiment_is_deleted_with_its_runs_and_models_when_that_is_chosen(open_scene: Open) -> None:
    page = open_scene("experiment")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel the trainings").click()
    delete = page.get_by_role("button", name="Delete")
    delete.click()
    choice = page.get_by_role("checkbox", name="Delete its 15 runs and 12 models too")
    choice.check()
    expect(page.get_by_role("button", name="Delete the experiment", exact=True)).to_have_count(0)
    # Escape is the safe one too, wherever the focus is.
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("activations")
    delete.click()
    expect(choice).not_to_be_checked()
    choice.check()
    page.get_by_role("button", name="Delete the experiment, 15 runs and 12 models").click()
    expect(page.get_by_text("activations was deleted with its 15 runs and 12 models.")).to_be_visible()
    page.get_by_role("link", name="Runs", exact=True).click()
    expect(page.locator(".run-card").first).to_be_visible()
    expect(page.locator(".run-card h2 a", has_text="activations-")).to_have_count(0)


def test_the_table_is_saved_as_csv(open_scene: Open) -> None:
    page = open_scene("experiment")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert saved.value.suggested_filename == "activations-weak_test_error.csv"


def test_runs_are_counted_while_the_form_is_filled(open_scene: Open) -> None:
    page = open_scene("new-experiment")
    count = page.locator(".run-count")
    expect(count).to_have_text("15 trainings = 5 × 3")
    page.get_by_label("PReLU", exact=True).uncheck()
    expect(count).to_have_text("12 trainings = 4 × 3")
    page.get_by_role("button", name="Vary another setting").click()
    expect(count).to_have_text("36 trainings = 4 × 3 × 3")
    page.get_by_label("Values of Latent dimensions").fill("2, 3")
    expect(count).to_have_text("24 trainings = 4 × 2 × 3")
    seeds = page.get_by_label("Seeds", exact=True)
    seeds.fill("one")
    start = page.get_by_role("button", name="Start experiment")
    expect(start).to_be_disabled()
    seeds.fill(", ".join(str(seed) for seed in range(40)))
    expect(page.get_by_role("alert").filter(has_text="at most 256")).to_be_visible()
    seeds.fill("0, 1")
    page.get_by_role("button", name="Do not vary this").last.click()
    expect(count).to_have_text("8 trainings = 4 × 2")
    expect(start).to_be_enabled()


def as_json(page: Page) -> Locator:
    """The settings that all runs share, as text."""
    page.get_by_text("As JSON", exact=True).click()
    return page.get_by_label("Training spec, as JSON")


def test_generators_with_each_activation_share_one_discriminator(open_scene: Open) -> None:
    page = open_scene("new-experiment")
    expect(page.get_by_role("button", name="Activations, digits")).to_contain_text(
        "one and the same discriminator"
    )
    expect(page.get_by_role("group", name="Values of Generator: activation")).to_be_visible()
    spec = json.loads(as_json(page).input_value())
    assert spec["network"] == {"discriminator_activation": {"name": "leaky_relu", "negative_slope": 0.3}}


def test_every_field_of_a_training_can_be_set_or_varied(open_scene: Open) -> None:
    page = open_scene("new-experiment")
    epochs = page.get_by_label("Epochs", exact=True)
    expect(epochs).to_have_value("100")
    epochs.fill("30")
    spec = as_json(page)
    expect(spec).to_have_value(re.compile(r'"epochs": 30'))
    spec.fill('{"dataset": "digits", "epochs": 40}')
    expect(epochs).to_have_value("40")
    # What is varied is no longer shared, and the other way round.
    page.get_by_role("button", name="Vary this: Latent dimensions").click()
    values = page.get_by_label("Values of Latent dimensions")
    expect(values).to_be_focused()
    expect(values).to_have_value("2, 3, 4")
    expect(page.get_by_label("Latent dimensions", exact=True)).to_be_hidden()
    expect(page.get_by_text("Latent dimensions: varied, see above")).to_be_visible()
    expect(page.locator(".run-count")).to_have_text("45 trainings = 5 × 3 × 3")
    # The parameters of a part whose kind is varied are not shared either.
    generator = page.get_by_role("region", name="Networks").get_by_role("group", name="Generator")
    expect(generator.get_by_label("Slope below zero", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Do not vary this").last.click()
    expect(page.get_by_label("Latent dimensions", exact=True)).to_be_visible()


def test_a_decimal_comma_is_asked_about_and_what_is_understood_is_said(open_scene: Open) -> None:
    page = open_scene("new-experiment")
    page.get_by_label("Vary", exact=True).select_option("network.dropout")
    values = page.get_by_label("Values of Discriminator: dropout")
    values.fill("0,5")
    expect(page.get_by_role("alert").filter(has_text="can be one number or two")).to_be_visible()
    expect(values).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Start experiment")).to_be_disabled()
    values.fill("0,1; 0,5")
    expect(page.get_by_text("2 values: 0.1 · 0.5")).to_be_visible()
    expect(page.locator(".run-count")).to_have_text("6 trainings = 2 × 3")
    seeds = page.get_by_label("Seeds", exact=True)
    seeds.fill("0, one")
    expect(page.get_by_text("“one” is not a whole number")).to_be_visible()


@pytest.mark.parametrize(
    ("template", "setting", "count"),
    [
        ("Folds, digits", "Folds", "12 trainings = 4 × 3"),
        ("Conditioning, digits", "Conditioning", "6 trainings = 2 × 3"),
        ("Losses, digits", "Loss", "15 trainings = 5 × 3"),
    ],
)
def test_a_template_varies_one_setting(open_scene: Open, template: str, setting: str, count: str) -> None:
    page = open_scene("new-experiment")
    page.get_by_role("button", name=template).click()
    expect(page.locator(".run-count")).to_have_text(count)
    expect(page.get_by_label("Vary", exact=True).locator("option:checked")).to_have_text(setting)
    expect(page.get_by_role("button", name="Start experiment")).to_be_enabled()


def test_what_is_wrong_is_said_where_it_is(open_scene: Open) -> None:
    page = open_scene("new-experiment")
    spec = as_json(page)
    start = page.get_by_role("button", name="Start experiment")
    spec.fill('{"epochs": 0')
    expect(spec).to_have_accessible_description(re.compile("not valid JSON"))
    expect(start).to_be_disabled()
    spec.fill('{"dataset": "digits", "epochs": 0}')
    expect(page.get_by_label("Epochs", exact=True)).to_have_accessible_description(
        re.compile("Must be 1 or more, not 0.")
    )
    spec.fill('{"dataset": "digits", "epochs": 20}')
    name = page.get_by_label("Name", exact=True)
    name.fill("activations")
    expect(name).to_have_accessible_description(re.compile("already taken"))
    name.fill("mine")
    page.get_by_label("Vary", exact=True).select_option("network.dropout")
    values = page.get_by_label("Values of Discriminator: dropout")
    values.fill("0.1, -1")
    expect(page.get_by_role("alert").filter(has_text="Value 2: must be 0 or more, not -1.")).to_be_visible()
    expect(start).to_be_disabled()
    values.fill("0.1, 0.3")
    start.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("mine")


def test_a_training_is_taken_along_into_an_experiment(open_scene: Open) -> None:
    page = open_scene("new")
    page.get_by_role("button", name="Latent dimensions: 3").click()
    page.get_by_role("button", name="Vary this in an experiment").click()
    expect(page.get_by_label("Latent dimensions", exact=True)).to_have_value("3")
    expect(as_json(page)).to_have_value(re.compile(r'"dim": 3'))
    assert "base=" in page.url
