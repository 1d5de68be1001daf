"""Themes of numbers on maps, judges, real images, two themes at once: what is looked at are pixels."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from services.kit.pictures.ramps import ramp_table
from tests.support.browser import WEB
from tests.support.waiting import wait_for
from tests.web.conftest import Open
from tests.web.downloads import from_menu
from tests.web.test_gallery import settled

pytestmark = pytest.mark.browser

THEMES = {
    theme["name"]: theme for theme in json.loads((WEB / "src/gallery/data/themes.json").read_text("utf-8"))
}
SCALAR = [theme for theme in THEMES.values() if theme["kind"] == "scalar"]


def colours(page: Page, selector: str = ".map-cells") -> set[tuple[int, int, int]]:
    """Those on the canvas of a map."""
    found: list[list[int]] = page.evaluate(
        """(selector) => {
             const canvas = document.querySelector(selector);
             const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
             const found = new Set();
             for (let at = 0; at < data.length; at += 4) found.add([...data.slice(at, at + 3)].join());
             return [...found].map((text) => text.split(",").map(Number));
           }""",
        selector,
    )
    return {(red, green, blue) for red, green, blue in found}


def of_ramp(name: str) -> set[tuple[int, int, int]]:
    """All colours of a ramp as the page draws it: 255 levels, and one for what is not known."""
    return {(int(r), int(g), int(b)) for r, g, b in ramp_table(name, 255)} | {(128, 128, 128)}  # type: ignore[arg-type]


def nearly(found: set[tuple[int, int, int]], table: set[tuple[int, int, int]]) -> bool:
    """Whether each colour is one of the table; NumPy and JavaScript round halves differently."""
    return all(
        any(max(abs(a - b) for a, b in zip(one, own, strict=True)) <= 1 for own in table) for one in found
    )


@pytest.mark.parametrize("theme", SCALAR, ids=lambda theme: theme["name"])
def test_a_theme_that_is_chosen_is_drawn_in_its_ramp_and_is_in_the_link(
    open_scene: Open, theme: dict[str, str]
) -> None:
    page = open_scene("explorer")
    settled(page)
    page.get_by_label("What the map shows").select_option(label=theme["title"])
    expect(page).to_have_url(re.compile(rf"theme={theme['name']}\b"))
    settled(page)
    legend = page.get_by_role("region", name=f"Legend of {theme['title']}")
    expect(legend).to_contain_text(theme["description"])
    expect(legend).to_contain_text(theme["low"])
    expect(legend).to_contain_text(theme["high"])
    wait_for(lambda: len(colours(page)) > 3 and nearly(colours(page), of_ramp(theme["ramp"])))
    page.go_back()
    expect(page.get_by_role("region", name="Classes on the map")).to_be_visible()


def test_the_legend_has_numbers_and_the_value_at_the_point(open_scene: Open) -> None:
    page = open_scene("explorer-theme")
    settled(page)
    legend = page.get_by_role("region", name="Legend of Discriminator")
    expect(legend.locator(".scale-numbers span")).to_have_text(["0", "0.5", "1"])
    here = legend.locator(".scale-here strong")
    expect(here).to_have_text(re.compile(r"0\.\d+"))
    point = page.get_by_role("slider", name="Point", exact=True)
    value = here.inner_text()
    assert f"Discriminator {value}" in (point.get_attribute("aria-valuetext") or "")
    point.press("Shift+ArrowRight")
    point.press("Shift+ArrowRight")
    expect(here).not_to_have_text(value)
    expect(point).to_have_attribute("aria-valuetext", re.compile(f"Discriminator {here.inner_text()}"))


def test_the_value_under_the_pointer_is_said(open_scene: Open) -> None:
    page = open_scene("explorer-theme-sequential")
    settled(page)
    box = page.locator(".map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    expect(page.locator(".tooltip:visible")).to_contain_text(
        re.compile(r"Stretch \d+(\.\d+)? pixel values")
    )


@pytest.mark.parametrize("theme", ["nonsense", "class", ""])
def test_a_link_with_a_theme_that_there_is_not_shows_the_classes(open_scene: Open, theme: str) -> None:
    page = open_scene("explorer", f"#/models/mnist-2d?theme={theme}")
    settled(page)
    expect(page.get_by_role("region", name="Classes on the map")).to_be_visible()
    expect(page.get_by_label("What the map shows")).to_have_value("class")


def test_a_version_without_the_theme_says_so_and_shows_its_classes(open_scene: Open) -> None:
    page = open_scene("explorer-theme-lacking")
    settled(page)
    note = page.locator(".map-foot .quiet-note")
    expect(note).to_have_text(
        "Epoch 10 was exported without “Two-sample network”, so its classes are shown."
    )
    expect(page.get_by_role("region", name="Classes on the map")).to_be_visible()
    page.get_by_role("button", name="Newest").click()
    expect(page.get_by_role("region", name="Legend of Two-sample network")).to_be_visible()


def test_a_cube_and_its_sections_are_drawn_in_the_ramp(open_cube: Open) -> None:
    page = open_cube("explorer-cube-theme")
    settled(page)
    expect(page.locator(".sections .loading")).to_have_count(0)
    assert nearly(colours(page, ".section:nth-child(2) .map-cells"), of_ramp("diverging"))
    expect(page.get_by_label("What a second map shows")).to_be_hidden()
    box = page.locator(".cube-pane").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    expect(page.locator(".tooltip:visible")).to_contain_text("Two-sample network 0.")
    assert page.locator(".sections .real-dot").count() > 10


def test_surgery_shows_its_effect_on_the_theme(open_scene: Open) -> None:
    page = open_scene("explorer-surgery-theme")
    note = page.locator(".map-foot .quiet-note")
    expect(note).to_have_text(re.compile(r"^Two-sample network changed by 0\.\d+ on average\.$"))
    settled(page)
    assert nearly(colours(page, ".map-cells"), of_ramp("diverging"))
    page.get_by_label("What changed").check(force=True)
    legend = page.get_by_role("region", name="Legend of Two-sample network, change")
    expect(legend).to_contain_text("lower than before")
    expect(legend.locator(".scale-numbers")).to_have_text(re.compile(r"^−0\.\d+00\.\d+$"))
    page.get_by_label("What the map shows").select_option("real_images")
    expect(note).to_have_text("The edits do not change “Real images”, which does not depend on the layers.")
    expect(page.get_by_role("group", name="What the map shows of the surgery")).to_be_hidden()


def test_the_judges_say_a_sentence_and_all_probabilities(open_scene: Open) -> None:
    page = open_scene("explorer-judges")
    panel = page.get_by_role("tabpanel", name="Judges")
    expect(panel.locator(".judges-verdict")).to_have_text(
        "Both take this for real: the discriminator, and a network that was trained apart from it."
    )
    expect(panel.locator(".judged-classes dt")).to_have_count(10)
    expect(panel.locator(".opinion strong")).to_have_text([re.compile(r"\d+ % real")] * 2)
    first = panel.locator(".judged-classes > div").first
    expect(first).to_contain_text(page.locator(".point-class").inner_text())
    page.get_by_label("z₁, typed").fill("-0.6")
    page.get_by_label("z₁, typed").press("Enter")
    expect(panel.locator(".judges-verdict")).not_to_have_text(re.compile("Both take this for real"))


def test_a_version_without_judges_says_so(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?version=10&panel=judges")
    expect(page.get_by_text("Epoch 10 was exported without its judges.")).to_be_visible()


def test_a_drawing_is_judged_too(open_scene: Open) -> None:
    page = open_scene("explorer-draw")
    page.locator(".drawing").scroll_into_view_if_needed()
    box = page.locator(".drawing").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 80, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 200, steps=4)
    page.mouse.up()
    judges = page.locator(".drawn-judges")
    expect(judges).to_contain_text("What the judges say of your image")
    expect(judges.locator(".judged-classes dt")).to_have_count(10)


def test_a_real_image_is_shown_beside_the_generated_one_and_the_point_moves_there(open_scene: Open) -> None:
    page = open_scene("explorer-real")
    settled(page)
    dots = page.locator(".real-dot")
    expect(dots.first).to_be_visible()
    assert 100 < dots.count() <= 500
    dots.nth(30).click()
    card = page.get_by_role("region", name="Real image")
    expect(card).to_contain_text(re.compile(r"Test image \d+ of mnist is a \d"))
    expect(card).to_contain_text(re.compile(r"differ by 0\.\d+ pixel values"))
    expect(dots.nth(30)).to_have_attribute("aria-pressed", "true")
    before = page.get_by_label("z₁, typed").input_value()
    assert before != "0.240"
    wait_for(lambda: len(colours(page, ".real-image canvas")) > 10)
    dots.nth(30).press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("z₁, typed")).not_to_have_value(before)
    card.get_by_role("button", name="Close the real image").click()
    expect(card).to_be_hidden()


def test_real_images_are_switched_on_in_the_settings_and_are_in_the_link(open_scene: Open) -> None:
    page = open_scene("explorer")
    settled(page)
    expect(page.locator(".real-dot")).to_have_count(0)
    page.get_by_role("checkbox", name="Real images").check()
    expect(page).to_have_url(re.compile("real=yes"))
    expect(page.locator(".real-dot").first).to_be_visible()
    expect(page.locator(".map-foot .quiet-note")).to_contain_text("400 real test images")
    page.get_by_role("checkbox", name="Real images").uncheck()
    expect(page.locator(".real-dot")).to_have_count(0)


def opacities(page: Page, selector: str = ".map-cells") -> set[int]:
    """Those of the pixels on the canvas of a map."""
    found: list[int] = page.evaluate(
        """(selector) => {
             const canvas = document.querySelector(selector);
             const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
             return [...new Set(data.filter((_, index) => index % 4 === 3))];
           }""",
        selector,
    )
    return set(found)


def test_classes_fade_where_the_classifier_is_unsure_and_the_link_says_so(open_scene: Open) -> None:
    page = open_scene("explorer-unsure")
    settled(page)
    fade = page.get_by_role("checkbox", name="Fade where unsure")
    expect(fade).to_be_checked()
    wait_for(lambda: len(opacities(page)) > 50, what="many opacities")
    assert min(opacities(page)) < 150 < max(opacities(page)) == 255
    fade.uncheck()
    expect(page).to_have_url(re.compile("fade=no"))
    wait_for(lambda: opacities(page) == {255}, what="full colours")
    page.go_back()
    wait_for(lambda: len(opacities(page)) > 50, what="the faded colours again")


def test_a_sure_map_is_full_by_itself_and_an_unsure_one_fades(open_scene: Open) -> None:
    page = open_scene("explorer", "#/models/mnist-2d?z=0.24,-0.38")
    settled(page)
    expect(page.get_by_role("checkbox", name="Fade where unsure")).not_to_be_checked()
    assert opacities(page) == {255}
    early = open_scene("explorer-3d", "#/models/mnist-3d?z=0,0,0&version=10&axes=0,1")
    settled(early)
    expect(early.get_by_role("checkbox", name="Fade where unsure")).to_be_hidden()
    assert opacities(early) == {255}, "a version that does not say how sure it is works as before"


def marked(page: Page) -> int:
    """Cells of the first map that are under no veil."""
    count: int = page.evaluate(
        """() => {
             const canvas = document.querySelector(".map-veil canvas");
             const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
             return data.filter((value, index) => index % 4 === 3 && value === 0).length;
           }"""
    )
    return count


def test_a_rectangle_in_the_histogram_marks_its_cells_on_both_maps(open_scene: Open) -> None:
    page = open_scene("explorer-beside")
    settled(page)
    frame = page.locator(".joint-frame")
    expect(frame).to_be_visible()
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.55)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + box["height"] * 0.97, steps=3)
    page.mouse.up()
    words = page.locator(".joint-foot .quiet-note")
    expect(words).to_have_text(re.compile(r"[\d,]+ cells are marked, \d+ % of the map\."))
    expect(page.locator(".map-veil:visible")).to_have_count(2)
    assert marked(page) == int(re.sub(r"[^\d]", "", words.inner_text().split(" cells")[0]))
    page.get_by_role("button", name="Unmark").click()
    expect(page.locator(".map-veil:visible")).to_have_count(0)
    frame.press("Enter")
    expect(words).to_contain_text("are marked")
    before = words.inner_text()
    frame.press("ArrowUp")
    expect(words).not_to_have_text(before)


def test_the_pointer_on_one_map_is_shown_on_the_other_and_in_the_histogram(open_scene: Open) -> None:
    page = open_scene("explorer-beside")
    settled(page)
    expect(page.locator(".joint-frame")).to_be_visible()
    first = page.locator(".map-surface").first.bounding_box()
    assert first is not None
    page.mouse.move(first["x"] + first["width"] * 0.3, first["y"] + first["height"] * 0.6)
    cross = page.locator(".map-beside .map-cross")
    expect(cross).to_be_visible()
    assert page.evaluate("parseFloat(document.querySelector('.map-beside .map-cross').style.left)") == (
        pytest.approx(30, abs=1)
    )
    expect(page.locator(".joint-dot")).to_be_visible()
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] - 60)
    expect(cross).to_be_hidden()
    expect(page.locator(".joint-dot")).to_be_hidden()


def test_both_maps_move_the_same_point(open_scene: Open) -> None:
    page = open_scene("explorer-beside")
    settled(page)
    second = page.locator(".map-beside .map-surface").bounding_box()
    assert second is not None
    page.mouse.click(second["x"] + second["width"] * 0.25, second["y"] + second["height"] * 0.25)
    expect(page.get_by_label("z₁, typed")).to_have_value(re.compile(r"-0\.(49|50|51)"))
    page.get_by_label("What a second map shows").select_option(label="nothing")
    expect(page.locator(".map-surface:visible")).to_have_count(1)
    assert "beside=" not in page.url


def test_a_finished_run_shows_the_judges_figures_and_which_classes_the_map_lacks(open_scene: Open) -> None:
    page = open_scene("run-finished")
    curves = page.get_by_role("region", name="Curves")
    for title in (
        "Agreement of the judges",
        "Real to one judge alone",
        "Calibration error",
        "Mean stretch",
    ):
        expect(curves.get_by_text(title, exact=True)).to_be_visible()
    report = page.get_by_role("region", name="Report", exact=True)
    expect(report).to_contain_text("pixel values^d")
    expect(report.locator(".coverage-table tbody tr")).to_have_count(10)
    expect(report.locator(".coverage-table tbody tr").nth(1)).to_contain_text("93 %")


def test_the_film_of_a_theme_is_that_of_the_map_that_is_shown(open_scene: Open) -> None:
    page = open_scene("explorer-theme")
    settled(page)
    assert from_menu(page, "Download this map", "GIF")[0] == "mnist-2d-discriminator.gif"


def column(number: int) -> str:
    """Of a comparison, counted from 1."""
    return f".compare-column:nth-child({number})"


def test_columns_of_a_comparison_share_one_range_of_colours_and_one_legend(open_scene: Open) -> None:
    page = open_scene("compare-theme")
    settled(page)
    low, middle, high = (
        float(text) for text in page.locator(".compare-legend .scale-numbers span").all_inner_texts()
    )
    assert low < middle < high
    table = [(int(r), int(g), int(b)) for r, g, b in ramp_table("sequential", 255)]
    ends = table[0], table[-1]

    def has(number: int, end: tuple[int, int, int]) -> bool:
        return end in colours(page, f"{column(number)} .map-cells")

    assert all(nearly(colours(page, f"{column(n)} .map-cells"), of_ramp("sequential")) for n in (2, 3, 4))
    # Each end of the range is the value of some column; with a range of its own, each would have both.
    assert all(any(has(number, end) for number in (2, 3, 4)) for end in ends)
    assert not all(has(number, end) for number in (2, 3, 4) for end in ends)
    expect(page.locator(".compare-legend .scale-here:visible")).to_have_count(0)


def test_the_value_at_the_common_point_and_below_the_pointer_is_written_in_each_column(
    open_scene: Open,
) -> None:
    page = open_scene("compare-theme")
    settled(page)
    values = page.locator(".compare-column .scale-here:visible")
    expect(values).to_have_text([re.compile(r"At the point\d")] * 3)
    before = values.all_inner_texts()
    page.get_by_role("slider", name="Point", exact=True).nth(1).press("Shift+ArrowRight")
    for number, text in enumerate(before):
        expect(values.nth(number)).not_to_have_text(text)
    box = page.locator(f"{column(2)} .map-surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4)
    expect(values).to_have_text([re.compile(r"At the pointer\d")] * 3)
    expect(page.locator(".compare-column .map-cross:visible")).to_have_count(3)
    page.mouse.move(2, 2)
    expect(values).to_have_text([re.compile(r"At the point\d")] * 3)


def test_a_column_without_the_theme_says_so_and_shows_its_classes(open_scene: Open) -> None:
    page = open_scene("compare-theme")
    settled(page)
    expect(page.locator(f"{column(1)} .map-cell > .quiet-note")).to_have_text(
        "Epoch 10 was exported without “Stretch”, so its classes are shown."
    )
    expect(page.locator(f"{column(1)} .map-view")).to_have_attribute(
        "aria-label", "Class map of mnist-2d, epoch 10"
    )
    page.get_by_label("Epoch of mnist-2d").first.select_option("30")
    expect(page.locator(f"{column(1)} .map-view")).to_have_attribute(
        "aria-label", "Map of Stretch of mnist-2d, epoch 30"
    )
    expect(page.locator(f"{column(1)} .map-cell > .quiet-note")).to_contain_text("Mean of the map")


def test_the_link_of_a_comparison_keeps_the_theme(open_scene: Open) -> None:
    page = open_scene("compare")
    settled(page)
    expect(page.locator(".compare-legend")).to_be_hidden()
    choice = page.get_by_label("What the maps show")
    expect(choice.locator("option")).to_have_text([theme["title"] for theme in THEMES.values()])
    for theme in SCALAR:
        choice.select_option(label=theme["title"])
        expect(page).to_have_url(re.compile(rf"theme={theme['name']}\b"))
        expect(page.get_by_role("region", name=f"Legend of {theme['title']}")).to_be_visible()
    again = open_scene("compare", page.url[page.url.index("#") :])
    settled(again)
    expect(again.get_by_label("What the maps show")).to_have_value(SCALAR[-1]["name"])
    again.get_by_label("What the maps show").select_option(label="Class")
    expect(again.locator(".compare-legend")).to_be_hidden()
    assert "theme=" not in again.url


def test_a_plane_of_a_model_with_more_dimensions_is_drawn_in_the_ramp_too(open_scene: Open) -> None:
    page = open_scene("compare", "#/compare?models=mnist-2d,mnist-3d&z=0.2,0.1,-0.4&theme=two_sample")
    settled(page)
    for number in (1, 2):
        assert nearly(colours(page, f"{column(number)} .map-cells"), of_ramp("diverging"))
    expect(page.locator(".compare-legend .scale-numbers span")).to_have_text(["0", "0.5", "1"])
