"""What the views do, on canned data: by pointer, by keys, and by link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.support.waiting import wait_for
from tests.web.conftest import Open

pytestmark = pytest.mark.browser


def pixels(page: Page, selector: str) -> str:
    """What a canvas shows, as text to compare."""
    return str(page.evaluate("(selector) => document.querySelector(selector).toDataURL()", selector))


def changed(page: Page, selector: str, before: str) -> None:
    """Wait until a canvas shows something else."""
    wait_for(lambda: pixels(page, selector) != before, what=f"another picture in {selector}")


def ready(page: Page) -> None:
    """Wait until map and image of an explorer are there."""
    for part in (".map-surface", ".point-image"):
        expect(page.locator(part)).not_to_have_class(re.compile("loading"))


IMAGE = ".point-image canvas"
MAP = ".map-surface .map-cells"
# Links to explorers whose map stays the same picture while nothing is done.
FLAT = "#/models/mnist-2d?z=0.24,-0.38&coarse=yes"
ASKED = "#/models/mnist-3d-conditional?z=0.2,0.1,-0.4&axes=0,2&label=3&coarse=yes"


# Explorer -----------------------------------------------------------------------------------


def test_dragging_the_point_changes_image_class_numbers_and_link(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    before = pixels(page, IMAGE)
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25, steps=4)
    changed(page, IMAGE, before)
    assert "z=0.24,-0.38" in page.url, "the link changes when the point is let go, not before"
    page.mouse.up()
    expect(page.get_by_label("z₁, typed")).to_have_value("-0.500")
    expect(page.get_by_label("z₂, typed")).to_have_value("0.500")
    assert "z=-0.5,0.5" in page.url
    expect(page.locator(".point-class")).to_have_text("9")


def test_from_the_explorer_to_the_models_card_and_back(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.get_by_role("region", name="Versions, table")).to_be_visible()
    page.get_by_role("link", name="Explore", exact=True).first.click()
    ready(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("z₁, typed")).to_have_value("0.240")


def test_back_and_forward_go_through_the_points(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    field = page.get_by_label("z₁, typed")
    field.fill("0.7")
    field.press("Enter")
    assert "z=0.7,-0.38" in page.url
    page.go_back()
    expect(field).to_have_value("0.240")
    page.go_forward()
    expect(field).to_have_value("0.700")


def test_arrow_keys_move_the_point_and_shift_moves_it_farther(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0,0")
    ready(page)
    point = page.get_by_role("slider", name="Point", exact=True)
    point.press("ArrowRight")
    expect(page.get_by_label("z₁, typed")).to_have_value("0.020")
    point.press("Shift+ArrowUp")
    expect(page.get_by_label("z₂, typed")).to_have_value("0.200")
    page.wait_for_url(re.compile(r"z=0\.02,0\.2"))


def test_sliders_move_the_point(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    before = pixels(page, IMAGE)
    page.get_by_label("z₂", exact=True).fill("0.9")
    changed(page, IMAGE, before)
    expect(page.get_by_role("slider", name="Point", exact=True)).to_have_attribute(
        "aria-valuetext", re.compile(r"z₂ \+0\.900")
    )


def test_a_walk_is_set_drawn_shown_and_restored_from_its_link(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=-0.75,-0.5")
    ready(page)
    expect(page.locator(".strip")).to_be_hidden()
    page.get_by_role("button", name="Set A here").click()
    page.get_by_label("z₁, typed").fill("0.8")
    page.get_by_label("z₂, typed").fill("0.6")
    page.get_by_label("z₂, typed").press("Enter")
    page.get_by_role("slider", name="Point", exact=True).press("b")
    frames = page.locator(".strip .frame")
    expect(frames).to_have_count(9)
    crossings = page.locator(".strip .crosses")
    assert crossings.count() == page.locator(".crossing").count() > 0
    expect(page.locator(".walk-line").first).to_be_visible()

    page.get_by_label("Images in the strip").select_option("17")
    expect(frames).to_have_count(17)
    again = open_scene("explorer", page.url[page.url.index("#") :])
    expect(again.locator(".strip .frame")).to_have_count(17)
    names = [frame.inner_text() for frame in frames.all()]
    assert [frame.inner_text() for frame in again.locator(".strip .frame").all()] == names

    frames.nth(8).click()
    expect(page.get_by_label("z₁, typed")).to_have_value("0.025")


def test_an_end_of_the_walk_can_be_dragged(open_scene: Open) -> None:
    page = open_scene("explorer-walk")
    ready(page)
    end = page.get_by_role("slider", name="B, end of the walk")
    box, surface = end.bounding_box(), page.locator(".map-surface").bounding_box()
    assert box is not None
    assert surface is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(surface["x"] + surface["width"] * 0.9, surface["y"] + surface["height"] * 0.9, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile(r"b=0\.8\d*,-0\.8"))
    assert "z=0.1,0.3" in page.url


def test_the_walk_plays_and_stops(open_scene: Open) -> None:
    page = open_scene("explorer-walk")
    ready(page)
    link = page.url
    before = pixels(page, IMAGE)
    page.get_by_role("button", name="Play", exact=True).click()
    changed(page, IMAGE, before)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert page.url == link, "a film is no history"


def test_a_suggested_walk_crosses_many_classes_and_says_where(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    page.get_by_role("button", name="Suggest a walk").click()
    expect(page.locator(".strip .crosses").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"a=[-\d.,]+&b="))
    stretches = page.locator(".ribbon-stretches span")
    assert stretches.count() >= 4
    numbers = [float(text.removesuffix(" %")) for text in page.locator(".ribbon-number").all_inner_texts()]
    assert numbers == sorted(numbers)
    assert 0 < numbers[0] < numbers[-1] < 100
    expect(page.locator(".walk-ribbon")).to_contain_text(re.compile(r"\d becomes \d at [\d.]+ %"))


def test_a_mark_runs_along_strip_and_map_with_the_walk(open_scene: Open) -> None:
    page = open_scene("explorer-walk")
    ready(page)
    mark = page.locator(".ribbon-mark")
    expect(mark).to_be_hidden()
    page.locator(".strip .frame").nth(4).click()
    expect(mark).to_be_visible()
    place = "parseFloat(document.querySelector('.ribbon-mark').style.left)"
    assert page.evaluate(place) == pytest.approx(50, abs=0.2)
    expect(page.locator(".strip [aria-current]")).to_have_count(1)
    expect(page.locator(".strip .frame").nth(4)).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(lambda: abs(page.evaluate(place) - 50) > 5, what="the mark to run")
    page.get_by_role("button", name="Stop", exact=True).click()


def test_a_class_is_singled_out_and_given_back(open_scene: Open) -> None:
    page = open_scene("explorer", FLAT)
    ready(page)
    before = pixels(page, MAP)
    row = page.locator(".legend-row").nth(8)
    row.click()
    changed(page, MAP, before)
    assert "only=8" in page.url
    expect(row).to_have_attribute("aria-pressed", "true")
    row.click()
    wait_for(lambda: pixels(page, MAP) == before, what="the whole map again")


def test_the_map_names_what_is_under_the_pointer(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.4)
    expect(page.locator(".tooltip:not([hidden])")).to_have_text(
        re.compile(r"^9z₁ −0\.5\d\d\s+z₂ \+0\.\d+$")
    )


def test_another_epoch_shows_another_map_and_image(open_scene: Open) -> None:
    page = open_scene("explorer", FLAT)
    ready(page)
    map_before, image_before = pixels(page, MAP), pixels(page, IMAGE)
    slider = page.get_by_label("Epoch of the version")
    slider.focus()
    slider.press("Home")
    changed(page, MAP, map_before)
    changed(page, IMAGE, image_before)
    page.wait_for_url(re.compile("version=10"))
    expect(page.locator(".player-epoch")).to_have_text("Epoch 10")


def test_other_axes_and_held_coordinates_make_another_map(open_scene: Open) -> None:
    page = open_scene("explorer-3d", ASKED)
    ready(page)
    before = pixels(page, MAP)
    page.get_by_label("z₂", exact=True).fill("-0.9")
    changed(page, MAP, before)
    before = pixels(page, MAP)
    page.get_by_label("Axis ↑").select_option("1")
    changed(page, MAP, before)
    assert "axes=0,1" in page.url


def test_label_and_map_label_are_chosen_apart(open_scene: Open) -> None:
    page = open_scene("explorer-3d", ASKED)
    ready(page)
    map_before, image_before = pixels(page, MAP), pixels(page, IMAGE)
    page.get_by_label("Class whose map is shown").select_option("3")
    page.get_by_label("Class to generate").select_option("7")
    changed(page, IMAGE, image_before)
    assert pixels(page, MAP) == map_before
    assert "label=7" in page.url
    assert "map=3" in page.url


def test_a_model_server_that_is_away_is_said(open_scene: Open) -> None:
    page = open_scene("explorer-unserved")
    expect(page.get_by_role("alert").filter(has_text="The model server does not answer.")).to_be_visible()


# Runs ---------------------------------------------------------------------------------------


def test_runs_are_filtered_and_the_filter_is_a_link(open_scene: Open) -> None:
    page = open_scene("runs")
    expect(page.locator(".run-card")).to_have_count(6)
    page.get_by_label("Active").check(force=True)
    expect(page.locator(".run-card")).to_have_count(3)
    assert page.url.endswith("#/runs?show=active")
    page.go_back()
    expect(page.locator(".run-card")).to_have_count(6)


def test_a_finished_run_is_deleted_after_a_question(open_scene: Open) -> None:
    page = open_scene("runs")
    page.get_by_role("button", name="Delete mnist-2d").click()
    # Whoever presses Enter at once loses nothing, and comes back to where they were.
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Delete mnist-2d")).to_be_focused()
    expect(page.locator(".run-card")).to_have_count(6)
    page.get_by_role("button", name="Delete mnist-2d").click()
    page.get_by_role("button", name="Delete the run").click()
    expect(page.locator(".run-card")).to_have_count(5)
    expect(page.get_by_text("mnist-2d was deleted.")).to_be_visible()


def test_an_empty_laboratory_invites_to_the_first_training(open_scene: Open) -> None:
    page = open_scene("runs-empty")
    page.get_by_role("link", name="Train on handwritten digits").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("digits-2d")


def test_epochs_of_a_run_by_slider_chart_and_link(open_scene: Open) -> None:
    page = open_scene("run-finished", "#/runs/mnist-2d?epoch=5")
    cells = ".picture .map-cells"
    expect(page.locator(".player-epoch")).to_have_text("Epoch 5")
    expect(page.get_by_role("img", name="Class map of mnist-2d at epoch 5")).to_be_visible()
    before = pixels(page, cells)
    slider = page.get_by_label("Epoch", exact=True)
    slider.focus()
    slider.press("End")
    changed(page, cells, before)
    page.wait_for_url(re.compile("epoch=50"))
    chart = page.get_by_role("group", name="Losses, chart")
    chart.focus()
    chart.press("ArrowLeft")
    expect(page.locator(".readout-epoch").first).to_have_text("epoch 49")
    expect(page.locator(".player-epoch")).to_have_text("Epoch 49")
    chart.press("Home")
    expect(page.get_by_role("img", name="Class map of mnist-2d at epoch 1", exact=True)).to_be_visible()
    # The middle of the plot, which has the margins of its axes.
    change = page.get_by_role("group", name="Map change, chart").locator("svg")
    box = change.bounding_box()
    assert box
    change.click(position={"x": 46 + (box["width"] - 58) / 2, "y": 90})
    expect(page.locator(".player-epoch")).to_have_text(re.compile("Epoch 2[456]"))
    marks = page.locator(".first-screen, [aria-label=Curves]").locator(".chart-cursor[visibility=visible]")
    expect(marks).to_have_count(9)
    assert len({mark.get_attribute("x1") for mark in marks.all()[2:]}) == 1, "all at one epoch"
    page.get_by_role("button", name="Newest").click()
    assert "epoch=" not in page.url


def test_a_running_run_is_paused_and_resumed(open_scene: Open) -> None:
    page = open_scene("run-live")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator("main .badge")).to_have_text("Paused")
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("main .badge")).to_have_text("Training")


def test_a_waiting_run_is_paused_and_a_cancelled_one_promises_nothing(open_scene: Open) -> None:
    page = open_scene("run-queued")
    main = page.locator("main")
    expect(main.get_by_text("The first map is drawn at the end of epoch 1.")).to_be_visible()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(main.locator(".badge")).to_have_text("Paused")
    expect(main.locator(".progress-phase, .progress-left")).to_have_text(["", ""])
    page.get_by_role("button", name="Resume").click()
    expect(main.locator(".badge")).to_have_text("Waiting")
    expect(main.locator(".progress-phase")).to_have_text("next in line")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the training").click()
    expect(main.locator(".badge")).to_have_text("Cancelled")
    expect(main.get_by_text("It ended before its first map.")).to_be_visible()
    expect(
        main.get_by_text(re.compile(r"\byet\b|follow|is drawn|come at|next in line|left$"))
    ).to_have_count(0)


def test_map_images_and_losses_are_in_the_first_screen(open_scene: Open) -> None:
    page = open_scene("run-finished")
    page.set_viewport_size({"width": 1440, "height": 900})
    for part in (".picture:has(.map-cells)", "img.snapshot", ".losses .chart-plot", ".player"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    # What guessing loses, for each network.
    expect(page.locator(".losses .chart-level")).to_have_count(2)
    expect(page.get_by_text("0.693 for the generator, 1.39 for the discriminator")).to_be_visible()


def test_errors_and_warnings_of_a_run_are_said_in_words(open_scene: Open) -> None:
    page = open_scene("run-failed")
    expect(page.get_by_role("alert").filter(has_text="The disk is full")).to_be_visible()
    expect(page.get_by_text("Only 2 of 10 classes are left")).to_be_visible()


def test_the_map_of_a_cube_names_what_is_under_the_pointer(open_scene: Open) -> None:
    page = open_scene("run-3d")
    cube = page.get_by_role("img", name="Class map of mnist-3d-conditional at epoch 18")
    expect(cube).to_be_visible()
    before = pixels(page, ".picture .map-cells")
    cube.hover(position={"x": 40, "y": 40})
    expect(page.locator(".epoch-pictures .tooltip")).to_have_text(re.compile(r"^\d$"))
    page.get_by_label("Class whose map is shown").select_option("5")
    changed(page, ".picture .map-cells", before)
    assert "label=5" in page.url


# New training -------------------------------------------------------------------------------


def test_parameter_counts_follow_the_form(open_scene: Open) -> None:
    page = open_scene("new")
    totals = page.locator(".network-total")
    expect(totals.first).to_have_text("1,101,632 parameters")
    page.get_by_role("button", name="Latent dimensions: 4").click()
    expect(totals.first).to_have_text("1,126,720 parameters")
    page.get_by_role("button", name="Study, 3D conditional").click()
    expect(totals.first).to_have_text("1,114,206 parameters")
    expect(totals.last).to_have_text("220,705 parameters")
    expect(page.get_by_label("Conditional")).to_be_checked()


def test_what_is_wrong_is_said_at_its_field(open_scene: Open) -> None:
    page = open_scene("new")
    epochs = page.get_by_label("Epochs", exact=True)
    epochs.fill("many")
    expect(epochs).to_have_attribute("aria-invalid", "true")
    expect(epochs).to_have_accessible_description(re.compile(r"Must be a whole number, not 'many'\."))
    start = page.get_by_role("button", name="Start training")
    expect(start).to_be_disabled()
    epochs.fill("12")
    expect(start).to_be_enabled()
    page.get_by_label("Name", exact=True).fill("mnist-2d")
    expect(page.get_by_label("Name", exact=True)).to_have_accessible_description(
        re.compile("already taken")
    )


def test_knobs_that_mean_nothing_are_not_shown(open_scene: Open) -> None:
    page = open_scene("new")
    networks = page.get_by_role("region", name="Networks")
    generator, discriminator = (
        networks.get_by_role("group", name=name) for name in ("Generator", "Discriminator")
    )
    expect(generator.get_by_label("Slope below zero")).to_be_visible()
    generator.get_by_label("Activation").select_option("elu")
    expect(generator.get_by_label("Slope below zero")).to_be_hidden()
    expect(generator.get_by_label("Alpha")).to_be_visible()
    expect(discriminator.get_by_label("Activation")).to_have_value("leaky_relu")
    expect(discriminator.get_by_label("Slope below zero")).to_be_visible()

    conditioning = page.get_by_label("Conditioning")
    expect(conditioning).to_be_hidden()
    page.get_by_label("Conditional").check()
    expect(conditioning).to_be_visible()

    page.get_by_text("Advanced").click()
    rhythm = page.get_by_label("Penalties every")
    expect(rhythm).to_be_visible()
    page.get_by_label("R1 penalty").fill("0")
    expect(rhythm).to_be_visible()
    page.get_by_label("R2 penalty").fill("0")
    expect(rhythm).to_be_hidden()


def test_what_is_wrong_in_a_folded_section_is_said_before_the_training_is_submitted(
    open_scene: Open,
) -> None:
    page = open_scene("new")
    smoothing = page.get_by_label("Label smoothing")
    page.get_by_text("Advanced").click()
    smoothing.fill("0.1")
    page.get_by_text("Advanced").click()
    expect(smoothing).to_be_hidden()
    loss = page.get_by_label("Loss", exact=True)
    loss.select_option("relativistic")
    expect(smoothing).to_be_visible()
    expect(smoothing).to_have_accessible_description(re.compile("Must be 0 with the relativistic loss"))
    expect(page.get_by_role("alert")).to_have_text(re.compile("^Label smoothing: Must be 0"))
    start = page.get_by_role("button", name="Start training")
    expect(start).to_be_disabled()
    smoothing.fill("0")
    expect(start).to_be_enabled()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_the_layers_that_take_in_the_class_and_fold_the_space_are_in_the_preview(
    open_scene: Open,
) -> None:
    page = open_scene("new-projection")
    expect(page.get_by_label("Folds", exact=True)).to_have_value("2")
    expect(page.get_by_label("Conditioning")).to_have_value("projection")
    for summary in page.locator(".network summary").all():
        summary.click()
    rows = page.locator(".network tbody tr")
    for text in ("Fourier features15–", "Embedding16160", "Concatenate31–", "Projection16,273"):
        expect(rows.filter(has_text=re.compile(f"^{text}$"))).to_have_count(1)


def test_a_training_is_submitted_and_watched(open_scene: Open) -> None:
    page = open_scene("new")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("digits-2d-2")
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("digits-2d-2")
    expect(page.locator("main .badge")).to_have_text("Waiting")


def test_uploaded_images_are_chosen_for_the_training(open_scene: Open) -> None:
    page = open_scene("new")
    images: FilePayload = {"name": "My Photos.zip", "mimeType": "application/zip", "buffer": b"PK"}
    page.get_by_label("Your own images").set_input_files(files=[images])
    # Enter in its fields does not start a training.
    page.get_by_label("Name of the data set").press("Enter")
    expect(page.get_by_text("my-photos: 120 images, 2 classes.")).to_be_visible()
    expect(page.get_by_label("Images", exact=True)).to_have_value("my-photos")


def test_train_again_starts_from_the_run(open_scene: Open) -> None:
    page = open_scene("run-finished")
    page.get_by_role("link", name="Train again").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("mnist-2d-2")
    expect(page.get_by_label("Images", exact=True)).to_have_value("mnist")


# Shell --------------------------------------------------------------------------------------


def test_the_key_is_asked_for_and_a_wrong_one_again(open_scene: Open) -> None:
    page = open_scene("locked")
    key = page.get_by_label("API key")
    key.fill("guess")
    key.press("Enter")
    expect(page.get_by_text("That key was not accepted.")).to_be_visible()
    page.get_by_label("API key").fill("sesame")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".run-card")).to_have_count(6)


def test_a_chosen_theme_is_kept(open_scene: Open) -> None:
    page = open_scene("runs")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_label("Dark").check(force=True)
    assert page.evaluate(ground) != light
    page.reload()
    page.wait_for_selector(".run-card")
    assert page.evaluate(ground) != light


def test_the_keyboard_alone_leads_to_the_content_and_through_it(open_scene: Open) -> None:
    page = open_scene("runs")
    page.wait_for_selector(".run-card h2")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("link", name="digits-2d", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("digits-2d")
    expect(page.locator("main")).to_be_focused()


def test_what_does_not_exist_is_said_with_a_way_on(open_scene: Open) -> None:
    page = open_scene("run-missing")
    expect(page.get_by_text("There is no run named nowhere")).to_be_visible()
    page.get_by_role("link", name="All runs").click()
    expect(page.locator(".run-card")).to_have_count(6)
