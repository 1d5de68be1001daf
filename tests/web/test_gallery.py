"""Every view in every condition: nothing breaks, nothing overflows, everybody can use it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import WEB
from tests.web.conftest import Open

pytestmark = pytest.mark.browser

SCENES = re.findall(
    r'^  "?([\w-]+)"?: \{', (WEB / "src/gallery/scenes.ts").read_text(encoding="utf-8"), re.MULTILINE
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 768, 1024, 1440, 2560)


SMALL_TARGETS = """() => {
  const big = ({ width, height }) => width >= 23.9 && height >= 23.9;
  const grown = (one) => ["::before", "::after"].some((part) => {
    const { content, position, width, height } = getComputedStyle(one, part);
    return content !== "none" && position === "absolute" && big({ width: parseFloat(width), height: parseFloat(height) });
  });
  const inText = (one) => getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
  const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  return targets.filter((one) => {
    const box = one.getBoundingClientRect();
    // Out of sight until it has the focus.
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true }) || box.width * box.height <= 1) return false;
    // The images on a map lie where they lie.
    if (one.matches(".real-dot")) return false;
    const labels = [...(one.labels ?? [])].map((label) => label.getBoundingClientRect());
    return ![box, ...labels].some(big) && !grown(one) && !inText(one);
  }).map((one) => `${one.outerHTML.slice(0, 120)} ${one.clientWidth}x${one.clientHeight}`);
}"""
"""What is smaller than 24 px: WCAG 2.5.8 without its exception for what is far from all else. Links in a
text are as high as its lines."""
MAIN_BUTTONS = """() => Math.max(0, ...[document.body, ...document.querySelectorAll("dialog")].map((host) =>
  [...host.querySelectorAll(".button.primary")].filter((one) =>
    one.checkVisibility() && (one.closest("dialog") ?? document.body) === host).length))"""


def settled(page: Page) -> None:
    """Wait until nothing is on its way into the picture any more."""
    expect(page.locator(".loading, .map-busy:visible")).to_have_count(0)


def test_the_gallery_has_all_scenes(open_scene: Open) -> None:
    page = open_scene("")
    assert page.locator("iframe").count() == len(SCENES) > 15


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_fits_every_width_and_everybody_can_use_it(open_scene: Open, axe: str, scene: str) -> None:
    page = open_scene(scene)
    if scene not in ("runs-loading", "explorer-unserved", "explorer-growing"):
        settled(page)
    page.evaluate(axe)
    assert violations(page, {"runOnly": TAGS}) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(MAIN_BUTTONS) <= 1, "one main button in a view, and one in a dialog"
    page.emulate_media(color_scheme="dark")
    assert violations(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}}) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("new Promise(requestAnimationFrame)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"


def violations(page: Page, options: dict[str, object]) -> list[str]:
    found: list[str] = page.evaluate(
        """async (options) => (await axe.run(document, options)).violations.flatMap(({ id, nodes }) =>
             nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))""",
        options,
    )
    return found
