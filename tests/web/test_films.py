"""Films: the epochs played in every explorer, and films taken home as files, on canned data."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.waiting import wait_for
from tests.web.conftest import Open
from tests.web.downloads import from_menu, item
from tests.web.test_cube import changed as cube_changed
from tests.web.test_cube import drawn
from tests.web.test_views import IMAGE, MAP, pixels, ready

pytestmark = pytest.mark.browser

EPOCH = ".plane-bar .player-epoch"
# Notes, while a film plays, every map that comes in pieces: the film has to have fetched it before.
WATCH = """() => {
  const busy = document.querySelector(".map-busy");
  const play = document.querySelector(".player button");
  window.flickers = [];
  new MutationObserver(() => {
    const epoch = document.querySelector(".player-epoch").textContent;
    if (!busy.hidden && play.getAttribute("aria-label") === "Stop") window.flickers.push(epoch);
  }).observe(busy, { attributes: true, attributeFilter: ["hidden"] });
}"""


def play(page: Page) -> Locator:
    page.get_by_role("button", name="Play the epochs").click()
    return page.locator(".player").get_by_role("button", name="Stop")


def test_the_epochs_play_without_a_map_in_pieces_and_end_at_the_last(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38&version=10&coarse=yes")
    ready(page)
    expect(page.locator(".map-busy")).to_be_hidden()
    page.evaluate(WATCH)
    first_map, first_image = pixels(page, MAP), pixels(page, IMAGE)
    play(page)
    expect(page.locator(EPOCH)).to_have_text("Epoch 50")
    expect(page.get_by_role("button", name="Play the epochs")).to_be_visible()
    page.wait_for_url(re.compile("version=50"))
    assert page.evaluate("window.flickers") == []
    wait_for(lambda: pixels(page, MAP) != first_map, what="the last map")
    assert pixels(page, IMAGE) != first_image
    page.go_back()
    expect(page.locator(EPOCH)).to_have_text("Epoch 10")
    wait_for(lambda: pixels(page, MAP) == first_map, what="the map as it was, as fine as it was")


def test_the_film_is_started_and_stopped_by_keys_where_it_is(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38&version=10")
    ready(page)
    slider = page.get_by_label("Epoch of the version")
    slider.press("Space")
    expect(page.locator(EPOCH)).not_to_have_text("Epoch 10")
    slider.press("Space")
    expect(page.get_by_role("button", name="Play the epochs")).to_be_visible()
    stopped = page.locator(EPOCH).inner_text()
    page.wait_for_url(re.compile(f"version={stopped.removeprefix('Epoch ')}"))


def test_the_point_can_be_moved_while_the_epochs_play(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38&version=10")
    ready(page)
    stop = play(page)
    field = page.get_by_label("z₁, typed")
    field.fill("0.7")
    field.press("Enter")
    expect(stop).to_be_visible()
    page.wait_for_url(re.compile("version=50"))
    assert "z=0.7,-0.38" in page.url


def test_the_cube_and_its_sections_play(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?version=10&camera=32,24,1&cells=12")
    before = drawn(page)
    section = pixels(page, ".section .map-cells")
    page.evaluate(WATCH)
    play(page)
    page.wait_for_url(re.compile("version=30"))
    cube_changed(page, before)
    wait_for(lambda: pixels(page, ".section .map-cells") != section, what="another section")
    assert page.evaluate("window.flickers") == []


def test_a_conditional_plane_plays_with_its_share(open_scene: Open) -> None:
    page = open_scene("explorer-3d", "#/models/mnist-3d-conditional?version=6&axes=0,2&label=3")
    ready(page)
    note = page.get_by_text(re.compile("of this map shows 3, as asked"))
    before = note.inner_text()
    play(page)
    page.wait_for_url(re.compile("version=18"))
    expect(note).not_to_have_text(before)


def test_the_layers_follow_the_epochs(open_scene: Open) -> None:
    page = open_scene("explorer-layers", "#/models/mnist-2d?z=0.24,-0.38&version=40")
    ready(page)
    layer = ".layer-row > :nth-child(2) canvas"
    expect(page.locator(".layer-card-picture.waiting")).to_have_count(0)
    before = pixels(page, layer)
    play(page)
    page.wait_for_url(re.compile("version=50"))
    wait_for(lambda: pixels(page, layer) != before, what="the layer at the last epoch")
    again = open_scene("explorer-layers", page.url[page.url.index("#") :])
    expect(again.locator(".layer-card-picture.waiting")).to_have_count(0)
    assert pixels(again, layer) == pixels(page, layer)


def test_only_one_film_plays_at_a_time(open_cube: Open) -> None:
    page = open_cube("explorer-4d", "#/models/mnist-4d?z=0,0,0,0&version=10&camera=32,24,1&cells=12")
    drawn(page)
    play(page)
    page.get_by_role("button", name="Play z₄").click()
    expect(page.get_by_role("button", name="Play the epochs")).to_be_visible()
    expect(page.locator(".axis-film").get_by_role("button", name="Stop")).to_be_visible()
    stop = play(page)
    expect(page.get_by_role("button", name="Play z₄")).to_be_visible()
    expect(stop).to_be_visible()


# Files --------------------------------------------------------------------------------------


FILM = "Film of all epochs"


@pytest.mark.parametrize(("form", "start"), [("GIF", b"GIF89a"), ("MP4", b"ftypisom")])
def test_films_are_taken_home(open_scene: Open, form: str, start: bytes) -> None:
    run = open_scene("run-finished")
    for menu, stem in (("Download the class map", "maps"), ("Download the images", "snapshots")):
        name, file = from_menu(run, menu, form, FILM)
        assert name == f"mnist-2d-{stem}.{form.lower()}"
        assert file.read_bytes() == start
    explorer = open_scene("explorer")
    name, file = from_menu(explorer, "Download this map", form, FILM)
    assert name == f"mnist-2d-maps.{form.lower()}"
    assert file.read_bytes() == start


def test_a_walk_is_taken_home_as_a_film(open_scene: Open) -> None:
    page = open_scene("explorer-walk")
    for label, name in (
        ("GIF, 28 × 28", "mnist-2d-50-walk.gif"),
        ("GIF, 280 × 280", "mnist-2d-50-walk-x10.gif"),
    ):
        found, file = from_menu(page, "Download this walk", label)
        assert (found, file.read_bytes()) == (name, b"GIF89a")


def test_why_a_film_cannot_be_made_is_said(open_scene: Open) -> None:
    page = open_scene("run-failed")
    item(page, "Download the class map", "MP4", FILM).click()
    expect(page.get_by_role("status").get_by_text("The disk is full")).to_be_visible()
    expect(page.get_by_role("button", name="Download the class map")).to_be_enabled()


def test_a_film_says_how_much_of_it_is_here_and_can_be_stopped(open_scene: Open) -> None:
    page = open_scene("run-live")
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    button = page.get_by_role("button", name="Download the images", exact=True)
    item(page, "Download the images", "GIF", FILM).click()
    stop = page.get_by_role("button", name="Stop: Download the images")
    expect(stop).to_have_text("Stop, 42 %")
    expect(stop).to_have_attribute("aria-busy", "true")
    stop.click()
    expect(button).to_have_text("")
    expect(button).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".notice.error")).to_have_count(0)
    assert downloads == []
