"""What teaches: the tour of an explorer, its living picture, and the glossary, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import Open

pytestmark = pytest.mark.browser

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The browser forbids it", "SecurityError"); },
});"""


def tour_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name=re.compile("map of all images|what it looks like|Look closer"))


def covers(page: Page, ring: str, target: str) -> bool:
    found: bool = page.evaluate(
        """([ring, target]) => {
          const [a, b] = [ring, target].map((part) => document.querySelector(part).getBoundingClientRect());
          return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom
            && a.width < b.width + 20 && a.height < b.height + 20;
        }""",
        [ring, target],
    )
    return found


def test_the_tour_comes_once_points_at_what_it_speaks_of_and_blocks_nothing(open_scene: Open) -> None:
    page = open_scene("explorer-tour")
    tour = tour_of(page)
    expect(tour).to_be_focused()
    expect(tour).to_have_accessible_name("This is a map of all images")
    expect(tour).to_have_accessible_description(re.compile("two numbers"))
    assert covers(page, ".tour-ring", ".explorer-map")
    # One can try what it says.
    map_ = page.locator(".map-surface").bounding_box()
    assert map_ is not None
    page.mouse.click(map_["x"] + map_["width"] / 4, map_["y"] + map_["height"] / 4)
    expect(page.get_by_label("z₁, typed")).to_have_value(re.compile(r"-0\.(49|50|51)\d"))
    tour.get_by_role("button", name="Next").press("Enter")
    expect(tour).to_have_accessible_name("The image, and what it looks like")
    assert covers(page, ".tour-ring", ".explorer-image")
    # It follows, and is a sheet at the bottom of a telephone.
    page.set_viewport_size({"width": 390, "height": 844})
    expect(tour).to_have_css("left", "0px")
    page.wait_for_function("document.querySelector('.tour').getBoundingClientRect().bottom === innerHeight")
    page.wait_for_function(
        """() => Math.abs(document.querySelector(".tour-ring").getBoundingClientRect().top + 5
             - document.querySelector(".explorer-image").getBoundingClientRect().top) < 1"""
    )
    tour.get_by_role("button", name="Back").click()
    expect(tour.get_by_role("button", name="Next")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    expect(page.locator(".tour-ring")).to_have_count(0)
    # It is remembered, and can be called again.
    page.reload()
    expect(page.locator(".point-class")).not_to_be_empty()
    expect(tour).to_have_count(0)
    again = page.get_by_role("button", name="Tour")
    again.click()
    for name in ("Next", "Next", "Done"):
        tour.get_by_role("button", name=name).click()
    expect(tour).to_have_count(0)
    expect(again).to_be_focused()


def test_the_tour_works_where_the_browser_keeps_nothing(browser: Browser, gallery: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(NO_STORAGE)
    page.goto(f"{gallery}?scene=explorer-tour")
    tour = tour_of(page)
    tour.get_by_role("button", name="Close the tour").click()
    expect(tour).to_have_count(0)
    # While the page lasts, it remembers.
    page.get_by_role("link", name="Models", exact=True).first.click()
    page.go_back()
    expect(page.locator(".point-class")).not_to_be_empty()
    expect(tour).to_have_count(0)
    page.get_by_title("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_the_picture_of_an_explorer_follows_the_point(open_scene: Open) -> None:
    page = open_scene("explorer")
    picture = page.get_by_role("figure", name="From the point to its colour")
    share = picture.locator(".pipeline-share")
    expect(page.locator(".point-class")).not_to_be_empty()
    expect(picture.locator(".pipeline-name")).to_have_text(page.locator(".point-class").inner_text())
    expect(share).to_have_text(page.locator(".point-probability").inner_text())
    dot, swatch = picture.locator(".pipeline-dot"), picture.locator(".pipeline-swatch")
    before = (dot.get_attribute("cx"), swatch.evaluate("(it) => it.style.background"))
    page.get_by_label("z₁, typed").fill("-0.6")
    page.keyboard.press("Enter")
    expect(page.locator(".point-class")).to_have_text("4")
    expect(picture.locator(".pipeline-name")).to_have_text("4")
    assert dot.get_attribute("cx") != before[0]
    assert swatch.evaluate("(it) => it.style.background") != before[1]
    same = """() => {
      const pixels = (part) => document.querySelector(part).toDataURL();
      return pixels(".pipeline-image canvas") === pixels(".point-image canvas");
    }"""
    assert page.evaluate(same)
    # What colours the map is the last to speak.
    page.get_by_label("What the map shows").select_option("discriminator")
    expect(picture.get_by_role("button", name="discriminator")).to_be_visible()
    value = page.locator(".scale-here strong").first
    expect(value).not_to_be_empty()
    expect(picture.locator(".pipeline-name")).to_have_text(value.inner_text())


def test_a_term_is_explained_under_pointer_focus_and_finger(
    open_scene: Open, browser: Browser, gallery: str
) -> None:
    page = open_scene("run-finished")
    word = page.locator(".chart-title").get_by_role("button", name="Losses")
    gloss = page.locator(".gloss")
    expect(word).to_have_accessible_description(re.compile("The number that a network tries to make small"))
    word.hover()
    expect(gloss).to_contain_text("tries to make small")
    # The pointer may go there, and read on.
    gloss.hover()
    page.wait_for_function("document.querySelector('.gloss').matches(':hover')")
    expect(gloss).to_be_visible()
    page.keyboard.press("Escape")
    expect(gloss).to_have_count(0)
    page.mouse.move(0, 0)
    word.focus()
    expect(gloss).to_be_visible()
    # The next stop is in the box.
    page.keyboard.press("Tab")
    expect(gloss.get_by_role("link", name="All terms")).to_be_focused()
    page.keyboard.press("Escape")
    expect(gloss).to_have_count(0)
    expect(word).to_be_focused()
    # A figure of the report has its own explanation.
    page.locator(".report-list").get_by_role("button", name="Peak memory").click()
    expect(gloss).to_contain_text("Peak memory")

    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    touched = context.new_page()
    touched.goto(f"{gallery}?scene=run-finished")
    touched.locator(".chart-title").get_by_role("button", name="Losses").tap()
    touched.get_by_role("link", name="All terms").tap()
    expect(touched).to_have_url(re.compile(r"#/glossary\?term=loss$"))
    expect(touched.locator(".glossary-row.chosen dt")).to_have_text("Loss")
    expect(touched.locator(".glossary-row.chosen")).to_be_in_viewport()
    context.close()


def test_every_page_says_whether_the_gateway_is_there(open_scene: Open) -> None:
    for scene in ("missing", "glossary"):
        expect(open_scene(scene).locator(".status")).to_have_text("Connected")


def test_what_is_found_of_a_drawing_is_seen_on_one_screen(open_scene: Open) -> None:
    page = open_scene("explorer-draw")
    page.set_viewport_size({"width": 1440, "height": 900})
    area = page.locator(".drawing").bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 30, area["y"] + 30)
    page.mouse.down()
    page.mouse.move(area["x"] + 90, area["y"] + 80)
    page.mouse.up()
    last = page.locator("button.located-place").last
    expect(last).to_contain_text("sure")
    for part in (last, page.locator(".drawing")):
        seen = part.bounding_box()
        panel = page.locator(".explorer-panels").bounding_box()
        assert seen is not None
        assert panel is not None
        assert seen["y"] + seen["height"] <= panel["y"] + panel["height"] <= 900
