"""The page in a browser: from a slider's move to the new picture, and the cube while it turns.

A slider is moved to one place after another, each of them new; the time runs from the move to the first
frame after the new image has been drawn. The cube of 32³ cells turns by itself, drawn in software where
there is no graphics card; a frame's time is compared with that of a page that draws nothing.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from benchmarks.ratio import Ratio
from benchmarks.served import MODEL, Served, served_model
from tests.support.browser import launched

MOVES = 200
LIMIT = 0.080
CUBE = 32
FRAMES = 180

# Of the canvas with the image of the point, and of no other one: when it was drawn last.
_NOTICE_DRAWING = """
const draw = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...given) {
  draw.apply(this, given);
  if (this.canvas.closest(".point-image")) window.pictureDrawn?.();
};
"""
_MOVE = """
(value) => new Promise((resolve, reject) => {
  const slider = document.querySelector(".coordinates input[type=range]");
  const late = setTimeout(() => reject(new Error("no picture within 10 s")), 10_000);
  const moved = performance.now();
  window.pictureDrawn = () => requestAnimationFrame(() => {
    clearTimeout(late);
    resolve(performance.now() - moved);
  });
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})
"""
_FRAMES = """
(count) => new Promise((resolve) => {
  const times = [];
  const next = (now) => {
    times.push(now);
    if (times.length <= count) requestAnimationFrame(next);
    else resolve(times.slice(1).map((time, index) => time - times[index]));
  };
  requestAnimationFrame(next);
})
"""


def run() -> list[Ratio]:
    """Move the slider over a flat model; turn the cube of one with three dimensions."""
    with served_model() as served:
        rows = [_slider(served)]
    with served_model(latent={"dim": 3}) as served:
        return [*rows, _cube(served)]


def _slider(served: Served) -> Ratio:
    with sync_playwright() as playwright, launched(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(_NOTICE_DRAWING)
        _explore(page, served)
        low, high = -0.9, 0.9
        # In steps of the golden ratio, so that no place comes twice and each move is a far one.
        places = [round(low + (high - low) * (turn * 0.618034 % 1), 3) for turn in range(MOVES)]
        times = [page.evaluate(_MOVE, place) / 1000 for place in places]
    return Ratio(
        f"a slider's move to the new picture, 95th percentile of {MOVES}",
        "its limit",
        statistics.quantiles(times[len(times) // 10 :], n=20)[-1],
        LIMIT,
        reach=1.0,
    )


def _cube(served: Served) -> Ratio:
    with sync_playwright() as playwright, launched(playwright, webgl=True) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto("about:blank")
        idle = _frame_time(page)
        # Without a camera in its link it turns by itself.
        _explore(page, served, f"?cells={CUBE}")
        page.get_by_role("button", name="Stop rotating").wait_for()
        turning = _frame_time(page)
    return Ratio(
        f"a frame of the cube of {CUBE}³, turning", "a frame of an empty page", turning, idle, reach=1.10
    )


def _explore(page: Page, served: Served, query: str = "") -> None:
    """Open the model and wait until it stands still."""
    page.goto(f"{served.system.url}/#/models/{MODEL}{query}")
    page.locator(".point-image:not(.loading)").wait_for()
    page.locator(".map-busy").first.wait_for(state="hidden", timeout=120_000)


def _frame_time(page: Page) -> float:
    times: list[float] = page.evaluate(_FRAMES, FRAMES)
    return statistics.median(times) / 1000
