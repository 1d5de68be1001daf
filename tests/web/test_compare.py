"""Models side by side: the matrix, its scales, its picture, and what of its link is not there."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.downloads import from_menu
from tests.web.test_views import changed, pixels

pytestmark = pytest.mark.browser


def test_rows_of_the_matrix_are_aligned_and_four_columns_fit(open_scene: Open) -> None:
    page = open_scene("compare-activations")
    expect(page.locator(".compare .loading, .compare .waiting")).to_have_count(0)
    expect(page.locator(".compare-column h2")).to_have_text(["ReLU", "Leaky ReLU", "PReLU", "ELU"])
    page.set_viewport_size({"width": 1440, "height": 900})
    hidden = "(box => box.scrollWidth - box.clientWidth)(document.querySelector('.matrix-scroll'))"
    assert page.evaluate(hidden) == 0
    tops = page.evaluate(
        """[...document.querySelectorAll(".compare-column")].map((column) =>
             [...column.children].map((cell) => Math.round(cell.getBoundingClientRect().top)))"""
    )
    assert len(tops) == 4
    assert all(own == tops[0] == sorted(set(tops[0])) for own in tops)
    labels = page.evaluate(
        """[...document.querySelectorAll(".row-label")].map((label) =>
             Math.round(label.getBoundingClientRect().top))"""
    )
    assert labels == tops[0][1:]
    expect(page.locator(".row-label h3")).to_have_text(
        ["Map", "Image", "Judges", "stage_1", "stage_2", "stage_3", "image"]
    )


def test_a_row_has_one_grey_scale_or_each_picture_its_own(open_scene: Open) -> None:
    page = open_scene("compare-activations")
    expect(page.locator(".compare .waiting")).to_have_count(0)
    first = ".compare-column:nth-child(1) .layer-cell:nth-of-type(5) .cell-picture canvas"
    scale = page.locator(".row-label", has_text="stage_1").locator(".row-scale")
    expect(scale).to_have_text(re.compile(r"^0[\d.]+$"))
    shared = pixels(page, first)
    page.get_by_role("checkbox", name="One grey scale a row").uncheck()
    changed(page, first, shared)
    expect(scale).to_have_text("each in its own greys")
    expect(page).to_have_url(re.compile("greys=own"))
    page.get_by_role("checkbox", name="Judges").uncheck()
    expect(page.locator(".judges-cell:visible")).to_have_count(0)
    channels = page.get_by_role("button", name="All 36 channels of stage_1")
    channels.click()
    expect(channels).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("img", name="All channels of stage_1")).to_have_count(4)
    again = open_scene("compare-activations", page.url[page.url.index("#") :])
    expect(again.get_by_role("img", name="All channels of stage_1")).to_have_count(4)
    expect(again.locator(".judges-cell:visible")).to_have_count(0)


def test_the_matrix_is_saved_as_one_picture_that_restores_it(open_scene: Open) -> None:
    page = open_scene("compare-activations")
    expect(page.locator(".compare .loading, .compare .waiting")).to_have_count(0)
    page.emulate_media(color_scheme="dark")
    name, file = from_menu(page, "Download the whole matrix", "PNG, for a page")
    assert name == "side-by-side.png"
    with Image.open(file) as picture:
        picture.load()
        assert picture.info["Source"] == page.url
        # Two pixels for one of the page: a column for the labels, and four of 256 with their gaps.
        assert picture.width == 2 * (128 + 4 * (256 + 24) + 48)
        # On paper, so light, even from a dark screen.
        assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
        assert len(set(picture.convert("RGB").resize((200, 200)).getdata())) > 50
    assert page.locator(".in-picture").count() == 0


def test_what_is_not_there_is_said(open_scene: Open) -> None:
    page = open_scene("compare-missing")
    said = page.locator(".missing-models .note")
    expect(said).to_have_text(
        [
            "There is no model “nowhere”: it was deleted, or is misspelt in the link.",
            "“mnist-2d” has no version of epoch 33; epoch 50 is shown instead.",
        ]
    )
    expect(page.locator(".compare-column")).to_have_count(1)
