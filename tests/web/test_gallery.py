"""Every view in every condition: nothing breaks, nothing overflows, everybody can use it."""

from __future__ import annotations

import re
from pathlib import Path

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


CHECKS = (Path(__file__).parent / "page_checks.js").read_text(encoding="utf-8").rstrip().rstrip(";")


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
    # Targets of 24 px at least, and one main button in a view and in a dialog.
    assert page.evaluate(CHECKS) == {"smallTargets": [], "mainButtons": []}
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
