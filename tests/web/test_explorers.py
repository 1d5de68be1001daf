"""What lies around the map: sections, labels, layers, surgery, drawing, and models side by side."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.waiting import wait_for
from tests.web.conftest import Open
from tests.web.downloads import from_menu
from tests.web.test_views import changed, pixels, ready

pytestmark = pytest.mark.browser


def test_without_webgl_the_sections_take_the_place_of_the_cube(
    context: BrowserContext, open_scene: Open
) -> None:
    context.add_init_script(
        """const real = HTMLCanvasElement.prototype.getContext;
           HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
             return kind === "webgl2" ? null : real.call(this, kind, ...rest);
           };"""
    )
    page = open_scene("explorer-cube")
    expect(page.locator(".cube-missing")).to_contain_text("no WebGL")
    surfaces = page.locator(".sections .map-surface")
    expect(surfaces).to_have_count(3)
    expect(page.locator(".sections .loading")).to_have_count(0)
    third = ".section:nth-child(3) .map-cells"
    before = pixels(page, third)
    box = surfaces.nth(0).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.75)
    expect(page.get_by_label("z₁, typed")).to_have_value(re.compile(r"-0\.(79|80|81)"))
    expect(page.get_by_label("z₃, typed")).to_have_value("0.350")
    changed(page, third, before)
    expect(page.locator(".section-caption").nth(2)).to_contain_text("z₁ = −0.8")


def test_a_map_that_grows_can_be_stopped_and_goes_on(open_scene: Open) -> None:
    page = open_scene("explorer-growing")
    expect(page.locator(".map-surface")).not_to_have_class(re.compile("loading"))
    chip = page.locator(".map-busy")
    expect(chip).to_contain_text("Drawing the map")
    chip.get_by_role("button", name="Stop").click()
    expect(chip).to_contain_text("Stopped")
    chip.get_by_role("button", name="Continue").click()
    expect(chip).to_contain_text("Drawing the map")


def painted_sides(context: BrowserContext) -> None:
    """Notes in `window.sides` how many cells a side each map has that is painted."""
    context.add_init_script(
        """window.sides = [];
           const real = CanvasRenderingContext2D.prototype.putImageData;
           CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
             if (this.canvas.closest(".map-surface")) window.sides.push(image.width);
             return real.call(this, image, ...rest);
           };"""
    )


MAP_CELLS = ".map-surface .map-cells"
WIDTH = "() => document.querySelector('.map-surface .map-cells').width"


def test_a_resting_map_becomes_as_fine_as_the_screen_and_its_cells_can_be_shown(
    context: BrowserContext, open_scene: Open
) -> None:
    painted_sides(context)
    page = open_scene("explorer")
    ready(page)
    wait_for(lambda: page.evaluate(WIDTH) >= 400, what="the fine map")
    side = page.evaluate("document.querySelector('.map-surface').clientWidth")
    fine = page.evaluate(WIDTH)
    assert fine == next(cells for cells in (400, 500, 800) if cells >= side)
    assert set(page.evaluate("window.sides")) == {100, fine}
    assert page.evaluate("window.sides[0]") == 100, "the coarse picture comes first"
    before = pixels(page, MAP_CELLS)
    switch = page.get_by_label("Show cells")
    expect(switch).not_to_be_checked()
    switch.check()
    assert "coarse=yes" in page.url
    assert page.evaluate(WIDTH) == 100
    switch.uncheck()
    assert page.evaluate(WIDTH) == fine, "what is known is shown at once"
    assert pixels(page, MAP_CELLS) == before
    assert "coarse" not in page.url


def test_a_dragged_point_paints_no_map_anew(context: BrowserContext, open_scene: Open) -> None:
    painted_sides(context)
    page = open_scene("explorer", "#/models/digits-2d?coarse=yes")
    ready(page)
    page.evaluate("window.sides = []")
    slider = page.get_by_label("z₁", exact=True)
    shown = page.locator(".map-surface .handle-point")
    before = shown.get_attribute("style")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(shown).not_to_have_attribute("style", before or "")
    page.locator(".point-image:not(.loading)").wait_for()
    assert page.evaluate("window.sides") == []


def test_a_drag_gives_up_the_fine_map_until_the_point_rests_again(open_scene: Open) -> None:
    page = open_scene("explorer-refining")
    ready(page)
    on_its_way = page.locator(".show-cells.on-its-way")
    expect(on_its_way).to_be_visible()
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    expect(on_its_way).to_have_count(0)
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4, steps=3)
    assert page.evaluate(WIDTH) == 100
    page.mouse.up()
    expect(on_its_way).to_be_visible()
    page.get_by_label("Show cells").check()
    expect(on_its_way).to_have_count(0)


def test_pictures_lie_on_the_map_at_their_points_and_one_follows_the_pointer(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    pictures = page.locator(".map-pictures")
    expect(pictures).to_be_hidden()
    page.get_by_label("Pictures").check()
    expect(pictures).to_be_visible()
    assert "pictures=yes" in page.url
    surface = page.locator(".map-surface").bounding_box()
    assert surface is not None
    across = min(20, int(surface["width"] // 36))
    # The frame of an image has the colour of the map's cell in its middle, but for cells on a border.
    agree = page.evaluate(
        """(across) => {
             const [top, below] = [".map-pictures", ".map-surface .map-cells"]
               .map((part) => document.querySelector(part));
             const colour = (canvas, x, y) => {
               const box = canvas.getBoundingClientRect();
               const scale = canvas.width / box.width;
               const place = [x - box.left, y - box.top].map((at) => Math.floor(at * scale));
               return [...canvas.getContext("2d").getImageData(...place, 1, 1).data].join();
             };
             const box = top.getBoundingClientRect();
             const cell = box.width / across;
             const side = Math.floor(cell - 4);
             const same = Array.from({ length: across ** 2 }, (_, index) => {
               const places = [index % across, Math.floor(index / across)];
               const middle = places.map((place) => (place + 0.5) * cell);
               const [left, up] = middle.map((at) => Math.round(at - side / 2) + 1);
               const frame = colour(top, box.left + left, box.top + up + side / 2);
               return frame === colour(below, box.left + middle[0], box.top + middle[1]);
             });
             return same.filter(Boolean).length / same.length;
           }""",
        across,
    )
    assert agree > 0.95
    under = page.locator(".picture-under")
    expect(under).to_have_count(0)
    place = [surface["x"] + surface["width"] * 0.25, surface["y"] + surface["height"] * 0.75]
    page.mouse.move(*place)
    expect(under).to_be_visible()
    wait_for(
        lambda: page.evaluate("document.querySelector('.picture-under')?.width") == 28, what="the image"
    )
    before = pixels(page, ".picture-under")
    page.mouse.move(place[0] + surface["width"] * 0.5, place[1])
    changed(page, ".picture-under", before)
    page.get_by_label("Pictures").uncheck()
    expect(pictures).to_be_hidden()
    page.mouse.move(*place)
    expect(under).to_have_count(0)


def test_small_maps_of_all_labels_say_how_much_is_as_asked(open_scene: Open) -> None:
    page = open_scene("explorer-labels")
    shares = page.locator(".small-map-share")
    expect(shares).to_have_count(10)
    expect(shares.nth(9)).to_have_text(re.compile(r"\d+ %"))
    marks = page.evaluate(
        """() => [...document.querySelectorAll(".small-map-marks")].map((canvas) => {
             const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
             let marked = 0;
             for (let at = 3; at < data.length; at += 4) if (data[at] > 0) marked++;
             return marked / (data.length / 4) * 2;  // three of six pixels are hatching
           })"""
    )
    told = [float(text.removesuffix(" %")) / 100 for text in shares.all_inner_texts()]
    for share, marked in zip(told, marks, strict=True):
        assert marked == pytest.approx(1 - share, abs=0.03)
    page.get_by_role("button", name=re.compile("^7")).and_(page.locator(".small-map")).click()
    assert "map=7" in page.url
    expect(page.get_by_label("Class whose map is shown")).to_have_value("7")
    expect(page.get_by_label("Class to generate")).to_have_value("3")


def test_cells_of_a_plane_that_show_another_class_are_marked(open_scene: Open) -> None:
    page = open_scene("explorer-3d")
    ready(page)
    expect(page.locator(".map-marks")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ % of this map shows 3, as asked"))).to_be_visible()


def test_all_layers_follow_the_point_while_it_is_dragged(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    cards = page.locator(".layer-card")
    expect(cards).to_have_count(4)
    expect(page.locator(".layer-card-picture.waiting")).to_have_count(0)
    canvases = [f".layer-row > :nth-child({number}) canvas" for number in (1, 2, 3, 4)]
    before = [pixels(page, canvas) for canvas in canvases]
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.2, steps=6)
    for canvas, old in zip(canvases, before, strict=True):
        changed(page, canvas, old)
    assert "z=0.24,-0.38" in page.url, "the point is still held"
    wait_for(
        lambda: pixels(page, canvases[3]) == pixels(page, ".point-image canvas"),
        what="the last layer to be the image of the same point",
    )
    page.mouse.up()


def test_a_layer_is_looked_at_closely_channel_by_channel(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    expect(page.locator(".layer-card-picture.waiting")).to_have_count(0)
    page.get_by_role("button", name="stage_1 7×7×36").click()
    assert "panel=surgery" in page.url
    panel = page.get_by_role("tabpanel", name="Surgery")
    tiles = panel.locator(".channel-tile")
    expect(tiles).to_have_count(36)
    expect(panel.get_by_role("button", name="Channel 35", exact=True)).to_have_text("35")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".surgery-panel .channel-tile canvas")]
             .map(({ width, height }) => `${width} × ${height}`)"""
    )
    assert set(sizes) == {"7 × 7"}
    expect(panel.locator(".layer-figures")).to_contain_text(re.compile(r"Mean[\d.]+.*Silent\d+ %"))
    between = page.evaluate(
        """() => {
             const boxes = [...document.querySelectorAll(".surgery-panel .channel-tile canvas")]
               .slice(0, 2).map((canvas) => canvas.getBoundingClientRect());
             return boxes[1].left - boxes[0].right;
           }"""
    )
    assert between >= 4, "a gap between the channels"
    before = pixels(page, ".surgery-panel .channel-tile canvas")
    page.get_by_label("z₁, typed").fill("-0.8")
    changed(page, ".surgery-panel .channel-tile canvas", before)
    panel.get_by_role("button", name="Channel 3", exact=True).press("Enter")
    expect(panel.get_by_role("button", name="Channel 3", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert "edits=stage_1*h3*x0" in page.url
    page.get_by_role("button", name="stage_2 14×14×16").click()
    expect(page.get_by_label("Layer", exact=True)).to_have_value("stage_2")
    expect(tiles).to_have_count(16)


def test_an_old_link_to_the_layers_opens_them_closely(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38&panel=layers")
    expect(page.get_by_role("tabpanel", name="Surgery")).to_be_visible()


def test_surgery_changes_the_image_and_the_map_and_is_a_link(open_scene: Open) -> None:
    page = open_scene("explorer-layers", "#/models/mnist-2d?z=0.24,-0.38&panel=surgery&layer=stage_1")
    after = ".surgery-pair figure:nth-child(2) .surgery-image"
    switch = page.get_by_role("group", name="What the map shows of the surgery")
    verdicts = page.locator(".surgery-verdict")
    expect(verdicts.nth(1)).to_have_text(re.compile(r"\d, \d+ %"))
    assert verdicts.nth(0).inner_text() == verdicts.nth(1).inner_text(), "no edits, no change"
    expect(switch).to_be_hidden()
    before, image = pixels(page, after), pixels(page, ".point-image canvas")
    judges = page.locator(".judges-brief")
    expect(judges).to_contain_text("% real")
    said = judges.inner_text()
    rows = page.get_by_label("Rows", exact=True).and_(page.locator("input.input"))
    rows.fill("0-2, 4")
    rows.press("Enter")
    changed(page, after, before)
    assert "edits=stage_1*r0-2.4*x0" in page.url
    expect(page.locator(".edit-list")).to_contain_text("rows 0-2, 4 of stage_1: off")
    changed(page, ".point-image canvas", image)
    expect(page.get_by_role("img", name=re.compile("^Image before the edits: 0, "))).to_be_visible()
    wait_for(lambda: judges.inner_text() != said, what="what the judges say of the image after the edits")

    note = page.locator(".map-foot .quiet-note")
    expect(note).to_have_text(re.compile(r"^\d+ % of the map changed; \d took [\d.]+ % from \d\.$"))
    expect(page.locator(".legend-share").first).to_have_text(re.compile(r"^[\d.]+ → [\d.]+ %$"))
    maps = {"After": settled_map(page, None)}
    for shown in ("Before", "What changed"):
        switch.get_by_label(shown, exact=True).check(force=True)
        maps[shown] = settled_map(page, *maps.values())
    assert "effect=changed" in page.url
    _, figure = from_menu(page, "Download this map", "SVG")
    assert "Epoch 50 · what the edits changed" in figure.read_text(encoding="utf-8")
    _, file = from_menu(page, "Download this map", "PNG", "Cells alone")
    with Image.open(file) as picture:
        assert picture.size == (800, 800)
        assert picture.info["Title"] == "Map of mnist-2d under surgery, epoch 50"
        assert "edits=stage_1*r0-2.4*x0" in picture.info["Source"]
    point = page.get_by_role("slider", name="Point", exact=True)
    expect(point).to_have_attribute("aria-valuetext", re.compile(r", \d(, before \d)?$"))

    again = open_scene("explorer-layers", page.url[page.url.index("#") :])
    expect(again.locator(".edit-mark").first).to_be_visible()
    wait_for(lambda: pixels(again, after) == pixels(page, after), what="the same image after the edits")
    wait_for(lambda: pixels(again, ".map-cells") == maps["What changed"], what="the same map")
    rows.fill("7")
    rows.press("Enter")
    expect(page.get_by_text("Numbers from 0 to 6, such as 0-2, 5")).to_be_visible()
    page.get_by_role("button", name="Undo rows 0-2, 4 of stage_1: off").click()
    wait_for(lambda: pixels(page, after) == before, what="the image without edits")
    wait_for(lambda: pixels(page, ".point-image canvas") == image, what="the image of the point")
    wait_for(lambda: judges.inner_text() == said, what="what the judges say of it")
    expect(switch).to_be_hidden()
    assert "edits=" not in page.url


def settled_map(page: Page, *others: str | None) -> str:
    """The map, once it is complete and another one than those before."""
    wait_for(
        lambda: page.locator(".map-busy").is_hidden() and pixels(page, ".map-cells") not in others,
        what="the map",
    )
    return pixels(page, ".map-cells")


def test_a_link_whose_edits_another_model_has_says_what_is_left_out(open_scene: Open) -> None:
    page = open_scene("explorer-surgery", "#/models/mnist-2d?z=0.24,-0.38&edits=gone*x0,stage_1*r5-9*x0")
    note = page.locator(".map-foot .quiet-note")
    expect(note).to_contain_text(
        "Left out, as this model does not have it: everything of gone; rows 7-9 of stage_1."
    )
    expect(note).to_contain_text("of the map changed")
    page.get_by_role("button", name="Undo all").click()
    expect(note).to_contain_text("Drag the point")
    # The button is gone: the focus is on the map, not lost.
    expect(page.locator(".map-stage :focus")).to_have_count(1)
    assert "edits=" not in page.url


def test_surgery_of_a_cube_shows_what_changed_in_its_sections(open_cube: Open) -> None:
    link = "#/models/mnist-3d?z=0.2,-0.3,0.35&camera=32,24,1&edits=stage_2*r3-5*x0"
    page = open_cube("explorer-cube", link)
    expect(page.locator(".map-foot .quiet-note")).to_contain_text("of the map changed")
    section = ".section:nth-child(1) .map-cells"
    wait_for(lambda: page.locator(".map-busy").is_hidden(), what="the whole cube")
    after = pixels(page, section)
    page.get_by_label("What changed").check(force=True)
    changed(page, section, after)


def test_a_gesture_is_one_entry_in_the_history(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    slider, typed = page.get_by_label("z₁", exact=True), page.get_by_label("z₁, typed")
    before = page.evaluate("history.length")
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.62, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, y, steps=8)
    page.mouse.up()
    page.wait_for_url(re.compile(r"z=-0\.\d+,-0\.38"))
    dragged, value = page.url, slider.input_value()
    assert page.evaluate("history.length") == before + 1, "a drag"
    for _ in range(6):
        slider.press("ArrowRight")
    expect(typed).not_to_have_value(f"{float(value):.3f}")
    page.wait_for_url(lambda url: url != dragged)
    keyed = page.url
    assert page.evaluate("history.length") == before + 2, "keys"
    typed.fill("0.5")
    typed.press("Enter")
    for _ in range(3):
        typed.press("ArrowUp")
    page.wait_for_url(re.compile("z=0.53,"))
    assert page.evaluate("history.length") == before + 4, "typing, and keys"
    page.go_back()
    page.go_back()
    assert page.url == keyed
    page.go_back()
    assert page.url == dragged
    page.go_back()
    expect(typed).to_have_value("0.240")


def test_a_drawing_finds_its_place(open_scene: Open) -> None:
    page = open_scene("explorer-draw")
    ready(page)
    find = page.get_by_role("button", name="Find its place")
    expect(find).to_be_disabled()
    drawing = page.locator(".drawing")
    drawing.press(" ")
    for _ in range(4):
        drawing.press("ArrowDown")
    drawing.press(" ")
    find.click()
    expect(page.locator("button.located-place")).to_have_count(3)
    expect(page.get_by_label("z₁, typed")).to_have_value("-0.620")
    assert "z=-0.62,0.34" in page.url
    expect(page.get_by_text(re.compile(r"^It looks like an? \d, 97 %\.$"))).to_be_visible()
    expect(page.get_by_role("img", name="Your image as it was searched for")).to_be_visible()
    page.locator("button.located-place").nth(1).click()
    expect(page.get_by_label("z₁, typed")).to_have_value("0.300")
    drawing.press("Delete")
    expect(find).to_be_disabled()
    expect(page.locator(".located-place")).to_have_count(0)
    expect(page.get_by_text("It looks like")).to_be_hidden()
    expect(page.locator(".map-pin")).to_have_count(0)


def test_the_places_of_a_drawing_are_pinned_on_the_map(open_scene: Open) -> None:
    page = open_scene("explorer-draw")
    ready(page)
    drawing = page.locator(".drawing")
    drawing.press(" ")
    for _ in range(4):
        drawing.press("ArrowDown")
    drawing.press(" ")
    page.get_by_role("button", name="Find its place").click()
    pins = page.locator(".map-pane .map-pin")
    expect(pins).to_have_text(["1", "2", "3"])
    surface, third = page.locator(".map-surface").bounding_box(), pins.nth(2).bounding_box()
    assert surface is not None
    assert third is not None
    # Its tip is at (0.55, −0.4).
    assert (third["x"] + third["width"] / 2 - surface["x"]) / surface["width"] == pytest.approx(
        0.775, abs=0.01
    )
    assert (third["y"] + third["height"] - surface["y"]) / surface["height"] == pytest.approx(0.7, abs=0.04)
    pins.nth(2).click()
    expect(page.get_by_label("z₁, typed")).to_have_value("0.550")
    expect(page.get_by_label("z₂, typed")).to_have_value("-0.400")
    expect(pins).to_have_count(3)
    page.get_by_role("tab", name="From A to B").click()
    expect(pins).to_have_count(0)
    page.get_by_role("tab", name="Draw").click()
    expect(pins).to_have_count(3)


def test_the_sections_of_a_cube_pin_the_places_near_them(open_scene: Open) -> None:
    page = open_scene("explorer-cube", "#/models/mnist-3d?z=0,0,0.9&camera=32,24,1&cells=12&panel=draw")
    sections = page.locator(".section")
    expect(sections.locator(".map-surface.loading")).to_have_count(0)
    drawing = page.locator(".drawing")
    drawing.press(" ")
    for _ in range(4):
        drawing.press("ArrowDown")
    drawing.press(" ")
    page.get_by_role("button", name="Find its place").click()
    expect(page.locator("button.located-place")).to_have_count(3)
    # All three places have the third coordinate of the point, which is at the first.
    expect(sections.nth(0).locator(".map-pin")).to_have_text(["1", "2", "3"])
    expect(sections.nth(1).locator(".map-pin")).to_have_text(["1"])
    sections.nth(0).locator(".map-pin").nth(1).click()
    expect(page.get_by_label("z₂, typed")).to_have_value("0.620")
    expect(sections.nth(1).locator(".map-pin")).to_have_text(["2"])


def test_a_search_is_stopped_by_a_button_of_its_own(open_scene: Open) -> None:
    page = open_scene("explorer-draw-searching")
    ready(page)
    stop = page.get_by_role("tabpanel", name="Draw").get_by_role("button", name="Stop")
    expect(stop).to_be_hidden()
    drawing = page.locator(".drawing")
    drawing.press(" ")
    for _ in range(4):
        drawing.press("ArrowDown")
    drawing.press(" ")
    find = page.get_by_role("button", name="Find its place")
    place = find.bounding_box()
    find.click()
    expect(page.get_by_text("Searching the latent space…")).to_be_visible()
    found, halt = find.bounding_box(), stop.bounding_box()
    assert place == found, "what finds stays where it was"
    assert found is not None
    assert halt is not None
    assert halt["y"] >= found["y"] + found["height"] or halt["x"] >= found["x"] + found["width"]
    stop.click()
    expect(page.get_by_text("Searching the latent space…")).to_be_hidden()
    expect(stop).to_be_hidden()
    expect(find).to_be_enabled()


def test_a_stroke_is_as_thick_as_those_of_the_data(open_scene: Open) -> None:
    page = open_scene("explorer-draw")
    ready(page)
    drawing = page.locator(".drawing")
    drawing.press(" ")
    for _ in range(6):
        drawing.press("ArrowDown")
    thick = """() => {
      const canvas = document.querySelector(".drawing");
      const { data } = canvas.getContext("2d").getImageData(0, 150, canvas.width, 1);
      return data.filter((value, index) => index % 4 === 3 && value > 127).length / canvas.width * 28;
    }"""
    # The images of the gallery's data set are bold; where nothing is known, a stroke has 3 of 28 pixels.
    wait_for(lambda: 4 < page.evaluate(thick) < 9, what="a stroke as bold as the data's")
    assert "blur" in page.evaluate("document.querySelector('.drawing').style.filter")


def test_models_side_by_side_share_the_point(open_scene: Open) -> None:
    page = open_scene("compare")
    columns = page.locator(".compare-column")
    expect(columns).to_have_count(3)
    expect(page.locator(".compare .loading, .compare .waiting")).to_have_count(0)
    images = [f".compare-column:nth-child({number}) .point-image canvas" for number in (1, 2, 3)]
    before = [pixels(page, image) for image in images]
    handles = page.get_by_role("slider", name="Point", exact=True)
    handles.nth(0).press("Shift+ArrowLeft")
    handles.nth(0).press("Shift+ArrowLeft")
    for image, old in zip(images, before, strict=True):
        changed(page, image, old)
    for number in range(3):
        expect(handles.nth(number)).to_have_attribute("aria-valuetext", re.compile(r"z₁ −0\.160"))
    page.wait_for_url(re.compile(r"z=-0\.16,-0\.38"))
    page.get_by_label("Epoch of mnist-2d").nth(0).select_option("30")
    assert "versions=30,50,20" in page.url
    page.get_by_role("button", name="Remove digits-2d").click()
    expect(columns).to_have_count(2)
    page.get_by_label("Add a model").select_option("mnist-3d")
    expect(columns).to_have_count(3)
    assert "models=mnist-2d,mnist-2d,mnist-3d" in page.url
    page.go_back()
    expect(columns).to_have_count(2)


def test_without_a_point_it_opens_deep_in_a_sure_region_and_a_point_in_the_link_wins(
    open_scene: Open,
) -> None:
    page = open_scene("explorer-3d", "#/models/mnist-3d-conditional?label=3&axes=0,1")
    ready(page)
    fields = [page.get_by_label(f"z{axis}, typed") for axis in "₁₂₃"]
    expect(fields[0]).not_to_have_value("0.000")
    expect(page.locator(".point-class")).to_have_text("3")
    sure = float(page.locator(".point-probability").inner_text().removesuffix(" %"))
    assert sure >= 80
    opened = [field.input_value() for field in fields]
    fields[2].press("ArrowUp")
    fields[2].press("Enter")
    page.wait_for_url(re.compile(r"z=[-\d.,]+"))
    page.go_back()
    expect(fields[2]).to_have_value(opened[2])
    linked = open_scene("explorer-3d", "#/models/mnist-3d-conditional?label=3&axes=0,1&z=0,0,0")
    ready(linked)
    for axis in "₁₂₃":
        expect(linked.get_by_label(f"z{axis}, typed")).to_have_value("0.000")


def test_everything_is_on_one_screen(open_scene: Open) -> None:
    page = open_scene("explorer-walk")
    page.set_viewport_size({"width": 1440, "height": 900})
    ready(page)
    expect(page.locator(".strip .frame")).to_have_count(9)
    for part in (
        page.locator(".map-surface"),
        page.locator(".point-image"),
        page.get_by_role("region", name="Judges in brief"),
        page.get_by_role("region", name="Classes on the map"),
        page.get_by_role("group", name="Coordinates of the point"),
        page.get_by_role("region", name="Layers"),
        page.locator(".strip .frame").last,
        page.locator(".walk-ribbon"),
    ):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900
        assert box["x"] + box["width"] <= 1440
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    surface = page.locator(".map-surface").bounding_box()
    assert surface is not None
    assert surface["width"] == pytest.approx(surface["height"], abs=1)
    assert surface["height"] > 600


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_in_one_column_the_map_comes_first_then_image_sliders_and_layers(
    open_scene: Open, width: int
) -> None:
    page = open_scene("explorer")
    page.set_viewport_size({"width": width, "height": 900})
    ready(page)
    tops = [
        page.evaluate("(part) => document.querySelector(part).getBoundingClientRect().top", part)
        for part in (".explorer-map", ".explorer-image", ".explorer-coordinates", ".explorer-layers")
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4
    touch = "(part) => getComputedStyle(document.querySelector(part)).touchAction"
    assert "pan-y" in page.evaluate(touch, ".map-surface")
    assert page.evaluate(touch, ".handle-point") == "none"


def test_a_finger_scrolls_across_the_map_and_a_tap_moves_the_point(browser: Browser, gallery: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{gallery}?scene=explorer")
    ready(page)
    first = page.get_by_label("z₁, typed")
    expect(first).to_have_value("0.240")
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    expect(first).to_have_value(re.compile(r"-0\.(49|50|51)\d"))
    page.wait_for_url(re.compile(r"z=-0\.(49|5)"))
    link = page.url
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.9
    finger = context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for way in range(15, 300, 15):
        moved = [{"x": x, "y": y - way}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_for(lambda: page.evaluate("scrollY") > 200, what="the page to scroll")
    assert page.url == link, "the point stays where it was"
    context.close()


@pytest.mark.parametrize(("scene", "part"), [("explorer", ".explorer"), ("compare", ".page-head")])
def test_header_and_content_share_their_edges_on_a_wide_screen(
    open_scene: Open, scene: str, part: str
) -> None:
    page = open_scene(scene)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.locator(part).wait_for()
    page.locator(".map-cells").first.wait_for()
    edges = "(part) => { const box = document.querySelector(part).getBoundingClientRect(); return %s; }"
    left, right = edges % "box.left", edges % "box.right"
    assert page.evaluate(left, ".brand") == pytest.approx(page.evaluate(left, part), abs=1)
    assert page.evaluate(right, ".topbar-end") == pytest.approx(page.evaluate(right, part), abs=1)
    assert page.evaluate(right, part) - page.evaluate(left, part) > 1800


def test_tabs_are_walked_by_arrow_keys(open_scene: Open) -> None:
    page = open_scene("explorer")
    ready(page)
    page.get_by_role("tab", name="From A to B").press("ArrowRight")
    expect(page.get_by_role("tab", name="Judges")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Judges")).to_be_visible()
    assert "panel=judges" in page.url
