"""Runs that go on, are forked and belong to families, and their loss surfaces: on canned data."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.downloads import from_menu

pytestmark = pytest.mark.browser


# Extensions -----------------------------------------------------------------------------------


def test_a_run_is_extended_after_a_look_at_its_step_sizes(open_scene: Open) -> None:
    page = open_scene("run-finished")
    page.get_by_role("button", name="Train on…").click()
    dialog = page.get_by_role("dialog", name="Train mnist-2d on")
    epochs = dialog.get_by_label("Epochs in all")
    expect(epochs).to_have_value("100")
    expect(dialog).to_contain_text("Both step sizes stay 0.0001.")
    expect(dialog.locator(".chart-line")).to_have_count(1)
    expect(dialog.locator(".chart-event")).to_have_count(1)
    expect(dialog).to_contain_text("about 31.1 MB on the disk, 2 of 15.6 MB each")
    assert "extend=100" in page.url

    epochs.fill("40")
    expect(dialog).to_contain_text("Must be more than 50")
    confirm = dialog.get_by_role("button", name=re.compile("^Train"))
    expect(confirm).to_be_disabled()
    epochs.fill("51")
    expect(dialog.get_by_role("button", name="Train 1 more epoch", exact=True)).to_be_enabled()
    epochs.fill("80")
    dialog.get_by_role("button", name="Train 30 more epochs").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".title-line .badge")).to_have_text("Waiting")
    expect(page.locator(".progress-epochs")).to_have_text("Epoch 50 of 80")
    expect(page.locator(".chart-event").first).to_be_attached()
    expect(page.get_by_text("mnist-2d goes on to epoch 80.")).to_be_visible()
    assert "extend" not in page.url


def test_going_back_closes_the_dialog_of_an_extension(open_scene: Open) -> None:
    page = open_scene("run-finished")
    page.get_by_role("button", name="Train on…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Train on…").click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.wait_for_url(re.compile(r"#/runs/mnist-2d$"))


# Forks ----------------------------------------------------------------------------------------


def test_a_fork_is_made_of_the_epoch_that_is_shown(open_scene: Open) -> None:
    page = open_scene("run-fork", "#/runs/plain?epoch=40")
    page.get_by_role("link", name="Fork…").click()
    page.wait_for_url(re.compile(r"#/runs/plain/fork\?epoch=40"))
    begins = page.get_by_label("Begins after epoch")
    expect(begins).to_have_value("40")
    expect(page.get_by_label("Epochs in all")).to_have_value("80")
    expect(page.get_by_role("region", name="What is different")).to_contain_text("Nothing yet")
    expect(page.get_by_role("region", name="Training states", exact=True)).to_contain_text(
        "about 77.9 MB on the disk, 5 of 15.6 MB each"
    )
    begins.select_option("60")
    page.wait_for_url(re.compile("epoch=60"))
    expect(page.get_by_role("region", name="Training states", exact=True)).to_contain_text("about 46.7 MB")

    generator = page.get_by_role("group", name="Generator")
    generator.get_by_label("Learning rate").fill("0")
    expect(generator.get_by_text("Must be greater than 0.")).to_be_visible()
    start = page.get_by_role("button", name="Start the fork")
    expect(start).to_be_disabled()
    generator.get_by_label("Learning rate").fill("0.0005")
    different = page.get_by_role("region", name="What is different")
    expect(different).to_contain_text("Generator: learning rate")
    expect(different).to_contain_text("0.0005")
    expect(page.locator(".step-sizes")).to_contain_text("was 0.0001 in epoch 60, is 0.0005 in epoch 61")
    expect(page.locator(".step-sizes .chart-line")).to_have_count(2)
    page.get_by_role("group", name="Discriminator").get_by_label("Optimiser").select_option("sgd")
    expect(page.get_by_role("region", name="What goes on")).to_contain_text(
        "the discriminator’s begins anew"
    )

    name = page.get_by_label("Name", exact=True)
    name.fill("warmer")
    expect(page.get_by_text("is already taken; choose another one")).to_be_visible()
    name.fill("warmest")
    expect(start).to_be_enabled()
    start.click()
    page.wait_for_url(re.compile(r"#/runs/warmest$"))
    expect(page.get_by_role("region", name="Growth")).to_contain_text("Forked from plain at epoch 60.")
    expect(page.locator(".relative.own .relative-label")).to_have_text("warmest")


def test_what_a_fork_keeps_is_shown_and_locked_with_its_reason(open_scene: Open) -> None:
    page = open_scene("fork")
    kept = page.get_by_role("region", name="Stays as in plain")
    images = kept.get_by_label("Images")
    expect(images).to_be_disabled()
    expect(images).to_have_value("mnist")
    expect(images).to_have_accessible_description("Its networks have learnt these images.")
    expect(kept.get_by_label("Latent dimensions", exact=True)).to_have_value("2")
    for control in kept.locator("input, select, button").all():
        expect(control).to_be_disabled()


def test_a_fork_begins_at_the_nearest_state_that_is_kept(open_scene: Open) -> None:
    page = open_scene("fork", "#/runs/plain/fork?epoch=47")
    expect(page.get_by_label("Begins after epoch")).to_have_value("40")
    expect(page.get_by_text("The training state of epoch 47 is not kept")).to_be_visible()


# Families -------------------------------------------------------------------------------------


def test_the_charts_of_a_fork_begin_where_it_does(open_scene: Open) -> None:
    page = open_scene("run-fork")
    losses = page.locator(".chart", has_text="Losses")
    expect(losses.locator(".chart-line")).to_have_count(2)
    ticks = losses.locator(".chart-tick[text-anchor=middle]").all_text_contents()
    assert [int(tick) for tick in ticks] == sorted(int(tick) for tick in ticks)
    assert int(ticks[0]) > 40
    first = str(losses.locator(".chart-line").first.get_attribute("points")).split()[0]
    assert first.startswith("46.0,"), "no gap before the first epoch"
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".player-epoch").first).to_have_text("Epoch 41")


def test_relatives_are_linked_and_deleted_ones_are_named(open_scene: Open) -> None:
    page = open_scene("run-fork-orphan")
    growth = page.get_by_role("region", name="Growth")
    expect(growth).to_contain_text("Forked from narrow (deleted) at epoch 30.")
    expect(growth.locator(".relative-label")).to_have_text(
        ["plain", "narrow", "narrow-again", "warmer", "hinge", "hinge-smoothed"]
    )
    expect(growth.locator("a.relative-name")).to_have_count(4)
    growth.get_by_role("link", name="Show the family").click()
    page.wait_for_url(re.compile("runs=plain,narrow-again,warmer,hinge,hinge-smoothed"))
    expect(page.locator(".run-chip")).to_have_count(5)


def test_the_curves_of_a_family_are_one_tree(open_scene: Open) -> None:
    page = open_scene("compare-runs-family")
    chart = page.locator(".chart")
    expect(chart.locator(".chart-line")).to_have_count(5)
    rings = chart.locator(".chart-fork")
    expect(rings).to_have_count(3)
    expect(chart.locator(".chart-event")).to_have_count(1)
    # A fork's line begins at its ring, and the ring lies on its parent's line.
    plain = str(chart.locator(".chart-line").first.get_attribute("points")).split()
    ring = rings.first
    at = f"{float(str(ring.get_attribute('cx'))):.1f},{float(str(ring.get_attribute('cy'))):.1f}"
    assert at in plain
    starts = [str(line.get_attribute("points")).split()[0] for line in chart.locator(".chart-line").all()]
    assert at in starts
    page.get_by_role("button", name="Remove plain from the comparison").click()
    expect(rings).to_have_count(1)
    expect(page.get_by_text("A ring marks where a fork leaves its parent’s curve.")).to_be_visible()


def test_the_list_and_the_model_say_where_a_fork_came_from(open_scene: Open) -> None:
    page = open_scene("runs-family")
    card = page.locator(".run-card", has=page.get_by_role("link", name="hinge", exact=True))
    expect(card.locator(".origin-mark")).to_have_text("forked from plain, epoch 40")
    page = open_scene("model-fork")
    expect(page.get_by_role("region", name="Card")).to_contain_text("plain at epoch 40")


# Training states ------------------------------------------------------------------------------


def test_what_training_states_cost_follows_the_form(open_scene: Open) -> None:
    page = open_scene("new")
    page.locator("summary", has_text="Advanced").click()
    kept = page.get_by_label("Training states kept")
    field = page.locator(".field", has=kept)
    expect(field).to_contain_text("about 31.1 MB on the disk, 2 of 15.6 MB each")
    kept.select_option("all")
    page.get_by_label("Epochs", exact=True).fill("120")
    page.get_by_label("Version every").fill("10")
    expect(field).to_contain_text("about 202 MB on the disk, 13 of 15.6 MB each")
    page.get_by_label("Version every").fill("40")
    expect(field).to_contain_text("about 62.3 MB on the disk, 4 of 15.6 MB each")


def test_states_are_freed_once_it_was_said_what_is_lost(open_scene: Open) -> None:
    page = open_scene("run-fork", "#/runs/plain")
    growth = page.get_by_role("region", name="Growth")
    expect(growth).to_contain_text("140 MB on the disk")
    free = growth.get_by_role("button", name="Free…")
    free.click()
    dialog = page.get_by_role("dialog", name="Free 125 MB of the disk?")
    expect(dialog).to_contain_text("can no longer be forked there")
    expect(dialog).to_contain_text("loss surface")
    dialog.get_by_role("button", name="Remove the states").click()
    expect(page.get_by_text("125 MB of the disk are free again.")).to_be_visible()
    expect(growth.get_by_role("list", name="Fork the run").get_by_role("link")).to_have_text(["80"])
    expect(free).to_have_count(0)


# Loss surfaces --------------------------------------------------------------------------------


def test_a_loss_surface_is_asked_for_and_shown_once_it_is_computed(open_scene: Open) -> None:
    page = open_scene("run-fork", "#/runs/plain")
    surface = page.get_by_role("region", name="Loss surface")
    surface.get_by_role("radio", name="Discriminator").check()
    page.wait_for_url(re.compile("network=discriminator"))
    surface.get_by_role("button", name="Compute it").click()
    expect(surface.get_by_role("progressbar")).to_be_visible()
    expect(surface.locator(".surface-canvas")).to_be_visible()
    expect(surface).to_contain_text("The discriminator’s loss at the weights of each place")
    name, file = from_menu(page, "Download the loss surface", "PNG")
    assert name == "plain-discriminator-loss-surface.png"
    assert file.read_bytes().startswith(b"\x89PNG")
    _, file = from_menu(page, "Download the loss surface", "SVG")
    assert "loss of the discriminator around its training" in file.read_text(encoding="utf-8")


def test_the_epoch_that_is_shown_is_marked_on_the_path(open_scene: Open) -> None:
    page = open_scene("run-surface")
    surface = page.get_by_role("region", name="Loss surface")
    mark = surface.locator(".surface-epoch")
    expect(mark).to_have_text("epoch 30")
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    slider.focus()
    page.keyboard.press("End")
    expect(mark).to_have_text("epoch 80")
    surface.locator(".surface-plot").focus()
    page.keyboard.press("ArrowLeft")
    expect(mark).to_have_text("epoch 79")
    expect(page.locator(".player-epoch").first).to_have_text("Epoch 79")
    surface.get_by_role("radio", name="Linear").check()
    page.wait_for_url(re.compile("scale=linear"))
    surface.locator("summary", has_text="The path in numbers").click()
    expect(surface.locator("tbody tr")).to_have_count(9)


def test_a_loss_surface_that_is_computed_can_be_stopped(open_scene: Open) -> None:
    page = open_scene("run-surface-computing")
    surface = page.get_by_role("region", name="Loss surface")
    expect(surface.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "53")
    surface.get_by_role("button", name="Stop").click()
    expect(surface.get_by_role("button", name="Compute it")).to_be_visible()


def test_a_run_with_few_states_says_what_its_loss_surface_needs(open_scene: Open) -> None:
    page = open_scene("run-finished")
    surface = page.get_by_role("region", name="Loss surface")
    expect(surface).to_contain_text("It takes at least 3 training states, and this run keeps 2.")
    expect(surface.get_by_role("button", name="Compute it")).to_have_count(0)
