"""The explorers over a real conditional model in three dimensions: pixels and numbers against the API's."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import launched
from tests.support.pages import PATIENCE, canvas, watched_page
from tests.support.system import System, few_digits, small_training
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

CUBE = "asked"
CELLS = 12

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright, webgl=True) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def cube(system: System) -> str:
    """Name of a conditional model with three latent dimensions and the versions 1 and 2."""
    spec = small_training(
        CUBE, dataset=few_digits(system), latent={"dim": 3}, conditional=True, batch_size=16, epochs=2
    )
    monitor = {"map_resolution": 6, "weak_test_every": 2}
    spec |= {"monitor": monitor, "export": {"every": 1, "keep": 5}}
    system.json("POST", "/runs", 202, json=spec)
    system.wait_for_run(CUBE, "succeeded")
    wait_for(lambda: system.json("GET", f"/models/{CUBE}")["loaded"] == [1, 2], 60, "both versions")
    return CUBE


@pytest.fixture
def page(browser: Browser, system: System) -> Iterator[Page]:
    with watched_page(browser, system, "503") as page:
        yield page


def decoded(image: str) -> NDArray[np.uint8]:
    """Pixels of an image of the API's, uint8[h, w, 3]."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(image))).convert("RGB"))


def shows(page: Page, selector: str, wanted: NDArray[np.uint8]) -> bool:
    return np.array_equal(canvas(page, selector), wanted)


def shows_classes(page: Page, selector: str, classes: NDArray[np.int64]) -> bool:
    """Whether every class has one colour on the map, and no other class has it; row 0 is lowest."""
    upright = canvas(page, selector)[::-1]
    if upright.shape[:2] != classes.shape:
        return False
    colours = [{tuple(pixel) for pixel in upright[classes == found]} for found in np.unique(classes)]
    return all(len(one) == 1 for one in colours) and len(set.union(*colours)) == len(colours)


def test_the_cube_and_its_sections_are_the_map_of_the_api(page: Page, system: System, cube: str) -> None:
    query = f"axes=0,1,2&resolution={CELLS}&label=4&version=2"
    classes = np.array(system.json("GET", f"/models/{cube}/map?{query}")["classes"])
    # Full colours, however unsure the classifier is of so young a model.
    page.goto(f"/#/models/{cube}?z=-1,1,-1&label=4&version=2&camera=32,24,1&cells={CELLS}&fade=no")
    sections = (classes[0], classes[:, -1], classes[:, :, 0])
    for number, section in enumerate(sections, start=1):
        selector = f".section:nth-child({number}) .map-cells"
        page.locator(selector).wait_for(state="attached")
        wait_for(
            partial(shows_classes, page, selector, section),
            what=f"section {number}",
        )
    expect(page.locator(".cube-pane")).not_to_have_class(re.compile("loading"))
    png = page.locator(".cube-pane").screenshot()
    seen = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    assert (np.ptp(seen, axis=2) > 24).mean() > 0.1, "the cube fills a part of the picture with its colours"
    share = (classes == 4).mean() * 100
    told = page.get_by_text(re.compile("of this map shows 4, as asked")).inner_text()
    assert float(told.split(" %")[0]) == pytest.approx(share, abs=0.51)


def test_surgery_on_the_page_is_surgery_of_the_api(page: Page, system: System, cube: str) -> None:
    layer = system.json("GET", f"/models/{cube}")["layers"][-2]["name"]
    edits: list[dict[str, Any]] = [{"layer": layer, "rows": [2, 3], "scale": 0}]
    question = {"point": [0.5, -0.5, 0.25], "label": 7, "version": 2, "edits": edits}
    answer = system.json("POST", f"/models/{cube}/ablate", json=question)
    page.goto(f"/#/models/{cube}?z=0.5,-0.5,0.25&label=7&version=2&camera=32,24,1&cells=12&panel=surgery")
    rows = page.get_by_label("Rows", exact=True).and_(page.locator("input.input"))
    rows.fill("2-3")
    rows.press("Enter")
    for side, number in (("before", 1), ("after", 2)):
        selector = f".surgery-pair figure:nth-child({number}) .surgery-image"
        wanted = decoded(answer[side]["image"])
        wait_for(
            partial(shows, page, selector, wanted),
            what=f"the image {side} the edits",
        )
    page.goto(page.url.replace("z=0.5,-0.5,0.25&", "z=0.5,-0.5,0.25&axes=0,1&"))
    window = {"axes": [0, 1], "resolution": 100, "at": [0, 0, 0.25]}
    maps = system.json("POST", f"/models/{cube}/ablate", json=question | {"map": window})["map"]
    wait_for(
        partial(shows_classes, page, ".map-cells", np.array(maps["after"]["classes"])),
        what="the map after the edits",
    )
    told = page.locator(".map-foot .quiet-note")
    if maps["changed"]:
        expect(told).to_contain_text("% of the map changed")
        share = float(told.inner_text().split(" %")[0])
        assert share == pytest.approx(maps["changed"] * 100, abs=0.51)
    else:
        expect(told).to_contain_text("No cell of the map changed its class.")


def test_an_image_of_the_model_is_found_again(
    page: Page, system: System, cube: str, tmp_path: Path
) -> None:
    body = {"points": [[0.4, -0.2, 0.6]], "labels": [3], "version": 2}
    answer = system.http.post(f"/v1/models/{cube}/generate", json=body, headers={"Accept": "image/png"})
    picture = tmp_path / "three.png"
    picture.write_bytes(answer.content)
    page.goto(f"/#/models/{cube}?z=0,0,0&label=3&version=2&camera=32,24,1&cells=12&panel=draw")
    page.get_by_label("Label to search among").select_option("3")
    page.locator(".draw-panel input[type=file]").set_input_files(picture)
    page.locator("button.located-place").first.wait_for()
    found = system.http.post(
        f"/v1/models/{cube}/locate?version=2&label=3",
        content=answer.content,
        headers={"Content-Type": "image/png"},
    ).json()
    link = ",".join(f"{round(value, 3):g}" for value in found["point"])
    page.wait_for_url(re.compile(re.escape(f"z={link}&")))
    drawn = canvas(page, "button.located-place canvas")
    assert np.array_equal(drawn, decoded(found["image"]))
    assert np.abs(drawn.astype(int) - decoded(base64.b64encode(answer.content).decode())).mean() < 8


def test_versions_side_by_side_show_the_same_point(page: Page, system: System, cube: str) -> None:
    page.goto(f"/#/compare?models={cube},{cube}&versions=1,2&z=0.5,0,0&label=5")
    columns = page.locator(".compare-column")
    expect(columns).to_have_count(2)
    page.get_by_role("slider", name="Point", exact=True).nth(0).press("Shift+ArrowUp")
    for number, version in ((1, 1), (2, 2)):
        question = {"points": [[0.5, 0.2, 0]], "labels": [5], "version": version}
        wanted = decoded(system.json("POST", f"/models/{cube}/generate", json=question)["images"][0])
        selector = f".compare-column:nth-child({number}) .point-image canvas"
        wait_for(
            partial(shows, page, selector, wanted),
            what=f"the image of version {version}",
        )
