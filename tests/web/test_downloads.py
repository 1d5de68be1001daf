"""What the page's pictures can be had as: enlarged, and with axes and legend for slides."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from services.kit.pictures.colours import palette
from tests.web.conftest import Open
from tests.web.downloads import from_menu
from tests.web.test_gallery import TAGS, settled, violations

pytestmark = pytest.mark.browser

SLIDES = "With axes and legend, for slides"


def test_pictures_are_had_ten_times_as_large(open_scene: Open) -> None:
    page = open_scene("explorer-surgery")
    settled(page)
    expect(page.get_by_role("button", name="Download the image after the edits")).to_be_visible()
    for menu, group, own, large in (
        ("Download this image", "After the edits", "28 × 28", "280 × 280"),
        ("Download this image", "Before the edits", "28 × 28", "280 × 280"),
        ("Download this layer", "All 16 channels", "56 × 56", "560 × 560"),
        ("Download the image after the edits", None, "28 × 28", "280 × 280"),
    ):
        name, file = from_menu(page, menu, f"PNG, {own}", group)
        enlarged_name, enlarged = from_menu(page, menu, f"PNG, {large}", group)
        assert enlarged_name == name.replace(".png", "-x10.png")
        with Image.open(file) as picture, Image.open(enlarged) as ten_times:
            pixels = np.asarray(picture.convert("RGB"))
            assert np.array_equal(np.asarray(ten_times.convert("RGB")), pixels.repeat(10, 0).repeat(10, 1))


def test_surgery_names_its_files(open_scene: Open) -> None:
    page = open_scene("explorer-surgery")
    settled(page)
    expect(page.get_by_role("button", name="Download the image after the edits")).to_be_visible()
    name, _ = from_menu(page, "Download this image", "Data, npy", "Before the edits")
    assert name == "mnist-2d-50.npy"
    name, after = from_menu(page, "Download this image", "PNG, 28 × 28", "After the edits")
    assert name == "mnist-2d-50-edited.png"
    _, same = from_menu(page, "Download the image after the edits", "PNG, 28 × 28")
    _, before = from_menu(page, "Download this image", "PNG, 28 × 28", "Before the edits")
    assert after.read_bytes() == same.read_bytes() != before.read_bytes()


def test_a_map_is_had_for_a_slide(open_scene: Open) -> None:
    page = open_scene("explorer")
    settled(page)
    page.emulate_media(color_scheme="dark")
    name, file = from_menu(page, "Download this map", "SVG", SLIDES)
    assert name == "mnist-2d-50-map-figure.svg"
    drawing = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert drawing.findtext(".//{*}source") == page.url
    texts = ["".join(text.itertext()) for text in drawing.findall(".//{*}text")]
    assert {"mnist-2d: class map", "Epoch 50", "z1", "z2", "−0.5", "Share of the map", "26 %"} <= set(texts)

    def shown() -> tuple[Image.Image, str]:
        name, file = from_menu(page, "Download this map", "PNG", SLIDES)
        assert name == "mnist-2d-50-map-figure.png"
        with Image.open(file) as picture:
            picture.load()
            return picture.convert("RGBA"), picture.info["Source"]

    picture, source = shown()
    assert source == page.url
    assert picture.width > 2500
    # On white, also from a dark screen; in the colours of the classes.
    assert picture.getpixel((5, 5)) == (255, 255, 255, 255)
    colours = set(map(tuple, np.unique(np.asarray(picture)[..., :3].reshape(-1, 3), axis=0).tolist()))
    assert {tuple(palette(10)[number]) for number in (0, 2, 6, 9)} <= colours

    for ground, corner in (("Dark", (24, 26, 31, 255)), ("Transparent", (0, 0, 0, 0))):
        page.get_by_role("button", name="Download this map", exact=True).click()
        choice = page.get_by_role("menuitemradio", name=f"{ground} background")
        choice.click()
        expect(choice).to_have_attribute("aria-checked", "true")
        page.keyboard.press("Escape")
        assert shown()[0].getpixel((5, 5)) == corner


def test_a_cube_is_had_for_a_slide(open_cube: Open) -> None:
    page = open_cube("explorer-cube")
    expect(page.locator(".cube-pane.loading")).to_have_count(0)
    name, file = from_menu(page, "Download this map", "SVG", SLIDES)
    assert name == "mnist-3d-30-cube-figure.svg"
    drawing = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    texts = ["".join(text.itertext()) for text in drawing.findall(".//{*}text")]
    assert {"mnist-3d: class cube", "z₁", "z₂", "z₃", "Share of the cube"} <= set(texts)
    name, file = from_menu(page, "Download this map", "PNG", SLIDES)
    with Image.open(file) as picture:
        assert picture.info["Title"] == "mnist-3d: class cube"
        assert len(picture.convert("RGB").resize((200, 150)).getcolors(1 << 16) or []) > 50
    expect(page.locator(".cube-overlay text").first).to_be_visible()


def test_a_menu_of_downloads_is_used_with_the_keyboard(open_scene: Open, axe: str) -> None:
    page = open_scene("run-finished")
    button = page.get_by_role("button", name="Download the images")
    button.focus()
    page.keyboard.press("Enter")
    entries = page.get_by_role("menu", name="Download the images").get_by_role("menuitem")
    expect(entries.first).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert all((entry.bounding_box() or {"height": 0})["height"] >= 24 for entry in entries.all())
    page.keyboard.press("End")
    expect(entries.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(entries.first).to_be_visible()
    button.click()
    expect(entries.first).to_be_hidden()
    page.evaluate(axe)
    for name in ("Download the images", "Download Losses"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("menu", name=name)).to_be_visible()
        assert violations(page, {"runOnly": TAGS}) == []
