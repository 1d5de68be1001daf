"""Numbers typed and pasted into the page, with commas and points."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Open
from tests.web.test_views import ready

pytestmark = pytest.mark.browser

_PASTE = """(element, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  return element.dispatchEvent(event);
}"""


@pytest.fixture
def page(open_scene: Open) -> Page:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38&version=10")
    ready(page)
    return page


def _typed(page: Page, text: str) -> None:
    field = page.get_by_label("z₁, typed")
    field.press("ControlOrMeta+a")
    field.press_sequentially(text)
    expect(field).to_have_value(text)  # nobody rewrites what is being typed


@pytest.mark.parametrize(
    ("text", "link", "shown"),
    [
        ("0,5", "0.5", "0.500"),
        ("-0,25", "-0.25", "-0.250"),
        ("−0.25", "-0.25", "-0.250"),
        (".125", "0.125", "0.125"),
        ("0.50000", "0.5", "0.500"),
    ],
)
def test_both_separators_are_understood(page: Page, text: str, link: str, shown: str) -> None:
    _typed(page, text)
    expect(page.get_by_label("z₁", exact=True)).to_have_js_property("valueAsNumber", float(link))
    page.get_by_label("z₁, typed").press("Enter")
    page.wait_for_url(re.compile(rf"z={link},-0\.38"))
    expect(page.get_by_label("z₁, typed")).to_have_value(shown)
    expect(page.locator(".coordinates-word")).to_have_text("")


def test_what_lies_outside_is_brought_back_with_a_word(page: Page) -> None:
    _typed(page, "12,5")
    field = page.get_by_label("z₁, typed")
    field.press("Enter")
    expect(field).to_have_value("1.000")
    expect(page.locator(".coordinates-word")).to_have_text(
        "12,5 is not between -1 and 1; it was set to 1.000."
    )
    page.wait_for_url(re.compile(r"z=1,-0\.38"))
    _typed(page, "0")
    expect(page.locator(".coordinates-word")).to_have_text("")


def test_what_is_no_number_is_told_and_moves_nothing(page: Page) -> None:
    _typed(page, "0,5,5")
    field = page.get_by_label("z₁, typed")
    field.press("Enter")
    expect(page.locator(".coordinates-word")).to_contain_text(
        "You entered 3 numbers, but a point here has 2."
    )
    _typed(page, "half")
    field.press("Enter")
    expect(page.locator(".coordinates-word")).to_have_text("“half” is not a number.")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.blur()
    expect(field).not_to_have_value("half")
    expect(field).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    "text", ["0.25, -0.75", "0,25; -0,75", "[0.25, -0.75]", '{"point": [0.25, -0.75]}', "0.25\t-0.75"]
)
def test_a_whole_point_can_be_pasted(page: Page, text: str) -> None:
    page.get_by_label("z₂, typed").evaluate(_PASTE, text)
    page.wait_for_url(re.compile(r"z=0\.25,-0\.75"))
    expect(page.get_by_label("z₁, typed")).to_have_value("0.250")
    expect(page.get_by_label("z₂, typed")).to_have_value("-0.750")


def test_a_point_of_another_space_is_refused(page: Page) -> None:
    page.get_by_label("z₁, typed").evaluate(_PASTE, "[0.1, 0.2, 0.3]")
    expect(page.locator(".coordinates-word")).to_have_text("You entered 3 numbers, but a point here has 2.")
    assert "z=0.24,-0.38" in page.url


def test_arrow_keys_and_escape(page: Page) -> None:
    field = page.get_by_label("z₁, typed")
    field.press("ArrowUp")
    expect(field).to_have_value("0.250")
    field.press("Shift+ArrowDown")
    expect(field).to_have_value("0.150")
    _typed(page, "0,")
    field.press("Escape")
    expect(field).not_to_have_value("0,")
