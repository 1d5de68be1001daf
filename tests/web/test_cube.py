"""The cube of class regions, in a browser that draws it: what is looked at are its pixels."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import WEB
from tests.support.waiting import wait_for
from tests.web.conftest import Open

pytestmark = pytest.mark.browser

COLOURS = np.array(
    [
        [int(colour[index : index + 2], 16) for index in (0, 2, 4)]
        for colour in re.findall(
            r'^  "#([0-9a-f]{6})",',
            (WEB / "src/core/latent/palette.ts").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
)


def picture(page: Page) -> NDArray[np.uint8]:
    """uint8[h, w, 3]: the cube as it is seen."""
    png = page.locator(".cube-pane").screenshot()
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def classes_in(pixels: NDArray[np.uint8]) -> set[int]:
    """Classes whose colour, in some shade of the light, covers a part of the picture."""
    flat = pixels.reshape(-1, 3).astype(float)
    length = np.linalg.norm(flat, axis=1)
    lit = flat[(length > 40) & (np.ptp(flat, axis=1) > 24)]
    hues = lit / np.linalg.norm(lit, axis=1)[:, None]
    wanted = COLOURS / np.linalg.norm(COLOURS, axis=1)[:, None]
    angles = hues @ wanted.T
    nearest = angles.argmax(1)[angles.max(1) > 0.9995]
    counts = np.bincount(nearest, minlength=len(COLOURS))
    return {int(index) for index in np.flatnonzero(counts > 150)}


FINEST = "48"


def most_common(pixels: NDArray[np.uint8]) -> str:
    """The class whose hue most of the pixels have, but for greys."""
    flat = pixels.reshape(-1, 3).astype(float)
    lit = flat[np.ptp(flat, axis=1) > 24]
    hues = lit @ (COLOURS / np.linalg.norm(COLOURS, axis=1)[:, None]).T
    return str(np.bincount(hues.argmax(1)).argmax())


def drawn(page: Page) -> NDArray[np.uint8]:
    cube = page.locator(".cube-pane")
    expect(cube).not_to_have_class(re.compile("loading"))
    expect(page.locator(".map-busy:visible")).to_have_count(0)
    if "coarse=yes" not in page.url:
        expect(cube).to_have_attribute("data-cells", FINEST)
    frames(page)
    return picture(page)


def frames(page: Page) -> None:
    """Let what was asked for be drawn."""
    page.evaluate("new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")


def changed(page: Page, before: NDArray[np.uint8]) -> NDArray[np.uint8]:
    def another() -> bool:
        now = picture(page)
        return now.shape != before.shape or bool((now != before).mean() > 0.002)

    wait_for(another, what="another picture of the cube")
    return drawn(page)


def test_the_cube_shows_the_regions_and_a_class_can_be_hidden_or_singled_out(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?camera=32,24,1")
    whole = drawn(page)
    assert len(classes_in(whole)) >= 5
    assert {2, 8} <= classes_in(whole)
    page.get_by_role("button", name="Hide 2", exact=True).click()
    without = changed(page, whole)
    assert 2 not in classes_in(without)
    assert 8 in classes_in(without)
    assert "hide=2" in page.url
    page.get_by_role("button", name="Show 2", exact=True).click()
    again = changed(page, without)
    assert (again == whole).mean() > 0.999
    page.locator(".legend-row").nth(8).click()
    assert classes_in(changed(page, again)) == {8}


def steps(pixels: NDArray[np.uint8], class_id: int) -> float:
    """Share of the neighbouring pixels of a class that differ in brightness as two sides of a cell do."""
    hues = pixels / np.maximum(np.linalg.norm(pixels.astype(float), axis=2, keepdims=True), 1)
    own = hues @ (COLOURS[class_id] / np.linalg.norm(COLOURS[class_id])) > 0.999
    light = pixels.max(2).astype(int)
    both = own[:, 1:] & own[:, :-1]
    return float((np.abs(np.diff(light, axis=1))[both] > 12).mean())


def test_a_resting_cube_becomes_finer_and_smooth_and_its_cells_can_be_shown(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?camera=32,24,1&only=9")
    cube = page.locator(".cube-pane")
    smooth = drawn(page)
    switch = page.get_by_label("Show cells")
    expect(switch).not_to_be_checked()
    switch.check()
    expect(cube).to_have_attribute("data-cells", "24")
    cells = changed(page, smooth)
    assert "coarse=yes" in page.url
    assert steps(smooth, 9) < 0.5 * steps(cells, 9)
    switch.uncheck()
    expect(cube).to_have_attribute("data-cells", FINEST)
    assert (changed(page, cells) == smooth).mean() > 0.999, "what is known is shown at once"


def test_turning_the_cube_by_hand_does_not_give_up_the_finer_one_but_moving_the_point_does(
    open_cube: Open,
) -> None:
    page = open_cube("explorer-refining", "#/models/mnist-3d?camera=32,24,1")
    on_its_way = page.locator(".show-cells.on-its-way")
    expect(on_its_way).to_be_visible()
    page.evaluate("""() => {
      window.given = 0;
      const label = document.querySelector(".show-cells");
      new MutationObserver(() => { window.given += !label.classList.contains("on-its-way"); })
        .observe(label, { attributes: true });
    }""")
    page.locator(".cube-pane").press("ArrowRight")
    page.wait_for_url(re.compile(r"camera=38,24,1"))
    assert page.evaluate("window.given") == 0
    box = page.locator(".section .map-surface").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    expect(on_its_way).to_have_count(0)
    page.mouse.up()
    expect(on_its_way).to_be_visible()


def test_the_regions_are_named_where_they_are_seen(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?camera=32,24,1")
    pixels = drawn(page)
    names = page.locator(".cube-name:not(.faded)")
    boxes = {}
    pane = page.locator(".cube-pane").bounding_box()
    assert pane is not None
    for name in names.all():
        box = name.bounding_box()
        assert box is not None
        boxes[name.inner_text()] = box
        top, left = int(box["y"] - pane["y"]), int(box["x"] - pane["x"])
        around = pixels[top : top + int(box["height"]) + 1, left - 2 : left + int(box["width"]) + 3]
        assert most_common(around) == name.inner_text(), "it stands on its class"
    assert len(boxes) >= 6
    kept = list(boxes.values())
    for index, one in enumerate(kept):
        for other in kept[index + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert beside or below, "no name lies on another"
    page.get_by_role("button", name="Hide 2", exact=True).click()
    changed(page, pixels)
    assert "2" in boxes
    expect(names.filter(has_text=re.compile("^2$"))).to_have_count(0)


def hatching(page: Page, class_id: int) -> float:
    """Share of the lines of a hatch in what is drawn of a light class."""
    flat = drawn(page).reshape(-1, 3).astype(float)
    hues = flat / np.maximum(np.linalg.norm(flat, axis=1), 1)[:, None]
    own = (hues @ (COLOURS[class_id] / np.linalg.norm(COLOURS[class_id])) > 0.995) & (flat.max(1) > 90)
    lines = flat.max(1) < 70
    assert own.sum() > 5000
    return float(lines.sum() / (own | lines).sum())


def test_cells_of_another_class_than_was_asked_for_are_hatched(open_cube: Open) -> None:
    link = "#/models/mnist-3d-conditional?camera=32,24,1&only=2&cells=16"
    page = open_cube("explorer-labels", f"{link}&label=3")
    another = hatching(page, 2)
    expect(
        page.get_by_text(re.compile(r"% of this map shows 3, as asked; the hatched cells do not"))
    ).to_be_visible()
    expect(page.locator(".section .map-marks:visible")).to_have_count(3)
    asked = hatching(open_cube("explorer-labels", f"{link}&label=2"), 2)
    generated = hatching(open_cube("explorer-labels", f"{link}&label=3&map=2"), 2)
    assert another > 0.08, "the region shows 2 where 3 was asked for"
    assert max(asked, generated) < 0.02, "it shows what the map was asked for"


def test_the_cube_turns_by_keys_and_pointer_and_its_link_restores_it(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?camera=32,24,1&coarse=yes")
    before = drawn(page)
    cube = page.locator(".cube-pane")
    cube.press("Shift+ArrowRight")
    turned = changed(page, before)
    page.wait_for_url(re.compile(r"camera=62,24,1"))
    again = open_cube("explorer-cube", page.url[page.url.index("#") :])
    assert (drawn(again) == turned).mean() > 0.99
    box = cube.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 120, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    changed(page, turned)
    page.wait_for_url(re.compile(r"camera=8,24,1"))
    page.go_back()
    page.wait_for_url(re.compile(r"camera=62,24,1"))
    wait_for(lambda: bool((drawn(page) == turned).mean() > 0.99), what="the cube as it stood before")


def test_a_click_on_the_cube_moves_the_point_there(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?camera=0,0,1")
    drawn(page)
    box = page.locator(".cube-pane").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    # From the front the first axis runs to the right, the third upwards.
    expect(page.get_by_label("z₂, typed")).to_have_value("-1.000")
    assert float(page.get_by_label("z₁, typed").input_value()) > 0.2
    assert float(page.get_by_label("z₃, typed").input_value()) > 0.2


def test_the_cube_is_cut_and_opened(open_cube: Open) -> None:
    page = open_cube("explorer-cube", "#/models/mnist-3d?z=0.3,-0.3,0.35&camera=32,24,1")
    whole = drawn(page)
    page.get_by_label("Cut z₃").fill("-0.5")
    cut = changed(page, whole)
    assert "cut=1,1,-0.5" in page.url
    height = whole.shape[0]
    coloured = np.ptp(cut[: height // 3].astype(int), axis=2) > 40
    assert coloured.mean() < 0.01, "the upper part is gone"
    page.get_by_label("Cut z₃").fill("1")
    before = changed(page, cut)
    page.get_by_label("Open at the point").check()
    changed(page, before)
    expect(page.locator(".cube-point")).not_to_have_class(re.compile("buried"))


def test_only_the_regions_that_the_line_crosses(open_cube: Open) -> None:
    page = open_cube("explorer-cube-walk")
    crossed = classes_in(drawn(page))
    expect(page.locator(".strip .frame")).to_have_count(9)
    names = {int(frame.inner_text()) for frame in page.locator(".strip .frame").all()}
    assert crossed <= names
    assert len(crossed) >= 3
    before = picture(page)
    page.get_by_label("Only what A → B crosses").uncheck()
    assert len(classes_in(changed(page, before)) - names) >= 1


def test_the_fourth_axis_is_played_like_a_film_and_stops(open_cube: Open) -> None:
    page = open_cube("explorer-4d", "#/models/mnist-4d?z=0,0,0,0&camera=32,24,1&cells=12&coarse=yes")
    before = drawn(page)
    page.get_by_role("button", name="Play z₄").click()
    changed_at = page.get_by_label("z₄, typed")
    wait_for(lambda: changed_at.input_value() not in ("0.000", "-1.000"), what="the film to move")
    wait_for(lambda: bool((picture(page) != before).mean() > 0.002), what="the film's cube")
    page.locator(".axis-film").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Play z₄")).to_be_visible()
    page.wait_for_url(re.compile(r"z=0,0,0,-?[\d.]*[1-9]"))
    linked = re.search(r"z=0,0,0,([-\d.]+)", page.url)
    assert linked
    assert float(linked[1]) == pytest.approx(float(changed_at.input_value()), abs=1e-3)
    stopped = changed_at.input_value()
    page.get_by_role("button", name="Play z₄").click()
    wait_for(lambda: changed_at.input_value() != stopped, what="the film to move again")
    page.go_back()
    expect(page.get_by_role("button", name="Play z₄")).to_be_visible()
    expect(changed_at).to_have_value("0.000")
    assert "z=0,0,0,0&" in page.url, "back to where the first film began"


def test_the_cube_over_other_axes_and_as_a_plane(open_cube: Open) -> None:
    page = open_cube("explorer-4d", "#/models/mnist-4d?camera=32,24,1&cells=12&coarse=yes")
    before = drawn(page)
    page.get_by_label("Axis ↑").select_option("3")
    changed(page, before)
    assert "axes=0,1,3" in page.url
    expect(page.get_by_role("button", name="Play z₃")).to_be_visible()
    page.get_by_label("Cube or plane").select_option("plane")
    expect(page.locator(".map-surface:visible")).to_have_count(1)
    assert "axes=0,1" in page.url
    page.go_back()
    expect(page.locator(".cube-pane")).to_be_visible()


def test_in_software_the_moving_cube_is_coarser_and_the_still_one_is_finer(open_cube: Open) -> None:
    """With a sample a pixel, edges that stand still are smoothed by drawing more pixels than are shown."""
    page = open_cube("explorer-cube", "#/models/mnist-3d?cells=12&camera=32,24,1")
    drawn(page)
    pixels = """() => {
      const { width, clientWidth } = document.querySelector(".cube-canvas");
      return width / clientWidth;
    }"""
    assert page.evaluate(pixels) == pytest.approx(2, abs=0.01)
    page.get_by_role("button", name="Rotate automatically").click()
    wait_for(lambda: page.evaluate(pixels) <= 1, what="the turning cube to be drawn in no more pixels")
    page.get_by_role("button", name="Stop rotating").click()
    wait_for(lambda: page.evaluate(pixels) > 1.99, what="the still cube to be drawn finely")


def test_the_cube_turns_by_itself_until_it_is_stopped(webgl_browser: Browser, gallery: str) -> None:
    context = webgl_browser.new_context(viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.goto(f"{gallery}?scene=explorer-cube#/models/mnist-3d?cells=12")
    expect(page.locator(".cube-pane")).not_to_have_class(re.compile("loading"))
    axis = page.locator(".cube-axis").first
    place = axis.get_attribute("x")
    wait_for(lambda: axis.get_attribute("x") != place, what="the cube to turn")
    # Moving the point does not stop it.
    page.get_by_label("z₁, typed").fill("0.5")
    page.get_by_label("z₁, typed").press("Enter")
    place = axis.get_attribute("x")
    wait_for(lambda: axis.get_attribute("x") != place, what="the cube to turn on")
    page.get_by_role("button", name="Stop rotating").click()
    page.wait_for_url(re.compile(r"camera=\d+,24,1"))
    expect(page.get_by_role("button", name="Rotate automatically")).to_have_attribute(
        "aria-pressed", "false"
    )
    frames(page)
    place = axis.get_attribute("x")
    frames(page)
    assert axis.get_attribute("x") == place
    page.get_by_role("button", name="Rotate automatically").click()
    page.wait_for_url(lambda url: "camera=" not in url)
    wait_for(lambda: axis.get_attribute("x") != place, what="the cube to turn again")
    context.close()
