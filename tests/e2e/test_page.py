"""The page over the real system: train, watch and explore without touching the command line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import launched
from tests.support.pages import PATIENCE, canvas, watched_page
from tests.support.system import System
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

PALETTE = ".map-surface .map-cells"

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser, system: System) -> Iterator[Page]:
    """Answers that the page waits for (503) or shows at a field (422) are errors to the browser alone."""
    with watched_page(browser, system, "(422|503)") as page:
        yield page


def settled(page: Page) -> None:
    for part in (".map-surface", ".point-image"):
        expect(page.locator(part)).not_to_have_class(re.compile("loading"))


def test_a_training_is_submitted_watched_and_explored_in_the_browser(page: Page, system: System) -> None:
    page.goto("/#/new")
    page.get_by_label("Name").fill("from-the-page")
    page.get_by_label("Epochs").fill("2")
    page.get_by_label("Batch size").fill("256")
    expect(page.get_by_text("77,040 learnt")).to_be_visible()
    page.get_by_role("button", name="Start training").click()
    page.wait_for_url(re.compile("#/runs/from-the-page"))
    expect(page.get_by_role("heading", name="from-the-page")).to_be_visible()
    system.wait_for_run("from-the-page", "succeeded")
    page.get_by_role("link", name=re.compile("Explore")).first.click()
    page.wait_for_url(re.compile("#/models/from-the-page"))
    settled(page)
    assert canvas(page, ".point-image canvas").std() > 0


def test_a_wrong_field_is_named_where_it_is(page: Page, system: System) -> None:
    page.goto("/#/new")
    page.get_by_label("Epochs").fill("0")
    expect(page.get_by_text("Must be 1 or more, not 0")).to_be_visible()


def test_the_run_of_a_finished_training_shows_all_of_it(page: Page, model: str) -> None:
    page.goto(f"/#/runs/{model}")
    expect(page.get_by_text("Succeeded").or_(page.get_by_text("Finished")).first).to_be_visible()
    expect(page.locator("canvas").first).to_be_visible()
    expect(page.get_by_text(re.compile("4 of 4")).first).to_be_visible()


def test_the_map_on_the_page_is_the_map_of_the_api(page: Page, system: System, model: str) -> None:
    classes = np.array(system.json("GET", f"/models/{model}/map")["classes"])
    # Full colours, however unsure the classifier is of so young a model.
    page.goto(f"/#/models/{model}?fade=no")
    settled(page)
    wait_for(lambda: canvas(page, PALETTE).shape == (100, 100, 3), 60, "the fine map")
    # The page draws one pixel for each cell, the first row of the map at the bottom.
    drawn = canvas(page, PALETTE)[::-1]
    colours = {int(found): np.unique(drawn[classes == found], axis=0) for found in np.unique(classes)}
    assert all(len(colour) == 1 for colour in colours.values()), "a class has one colour"
    assert len({tuple(colour[0]) for colour in colours.values()}) == len(colours), "and no other has it"


def test_the_image_of_a_point_is_the_models(page: Page, system: System, model: str) -> None:
    page.goto(f"/#/models/{model}?z=0.5,-0.5")
    settled(page)
    answer = system.http.post(
        f"/v1/models/{model}/generate",
        json={"points": [[0.5, -0.5]]},
        headers={"Accept": "application/x-npy"},
    )
    made = np.load(io.BytesIO(answer.content))[0, :, :, 0]

    def shown() -> bool:
        drawn = np.array(
            Image.fromarray(canvas(page, ".point-image canvas")).convert("L").resize((28, 28), 0)
        )
        return bool(np.abs(drawn.astype(int) - made.astype(int)).max() <= 1)

    wait_for(shown, 20, "the model's image on the page")


def test_a_walk_from_a_to_b_is_restored_by_its_link(page: Page, model: str) -> None:
    page.goto(f"/#/models/{model}?z=-0.9,-0.9")
    settled(page)
    page.get_by_role("button", name="Set A here").click()
    for axis, value in (("z₁, typed", "0.9"), ("z₂, typed", "0.9")):
        page.get_by_label(axis).fill(value)
        page.get_by_label(axis).press("Enter")
    page.get_by_role("button", name="Set B here").click()
    strip = page.get_by_role("list", name="Images from A to B")
    expect(strip.get_by_role("listitem")).to_have_count(9)
    link = page.url
    assert "a=-0.9,-0.9" in link
    assert "b=0.9,0.9" in link
    page.goto("about:blank")
    page.goto(link)
    expect(strip.get_by_role("listitem")).to_have_count(9)


def test_arrow_keys_move_the_point_and_the_image_follows(page: Page, model: str) -> None:
    page.goto(f"/#/models/{model}?z=0,0")
    settled(page)
    before = canvas(page, ".point-image canvas")
    point = page.get_by_role("slider", name="Point", exact=True)
    for _ in range(5):
        point.press("Shift+ArrowRight")
    wait_for(
        lambda: (canvas(page, ".point-image canvas") != before).any(), 20, "another image at another point"
    )
    expect(page.get_by_label("z₁, typed")).to_have_value("1.000")
