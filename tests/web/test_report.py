"""What the page says of a finished run's worth."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Open

pytestmark = pytest.mark.browser


def test_a_finished_run_shows_its_strong_test_and_quality(open_scene: Open) -> None:
    page = open_scene("run-finished")
    report = page.get_by_role("region", name="Report")
    # Of the strong test, then of the study's. How often the strong one is wrong stands in the page's head.
    expect(report.locator(".verdict strong")).to_have_text(["0.0853", "0.0362"])
    expect(page.locator(".headline")).to_contain_text("a strong test is wrong about 3.3 % of the images")
    expect(report.get_by_text("Pure guessing is wrong about 48 % to 52 % of the images.")).to_be_visible()
    expect(report.get_by_text("Wrong in 1.2 %. Pure guessing")).to_be_visible()
    # Each figure stands once.
    for figure in ("0.0853", "0.0362", "3.3 %", "9.42", "57 %", "Epoch 50 of 50", "1 min 11 s"):
        expect(page.locator("main").get_by_text(figure)).to_have_count(1)
    expect(report.get_by_text("own network: 0.0055 after 1,000 epochs, 0.0154 after")).to_be_visible()
    expect(report.locator(".chart-dot")).to_have_count(6 + 14)
    frechet = report.locator(".quality > div", has_text="Fréchet distance")
    expect(frechet).to_contain_text("9.42")
    expect(frechet).to_contain_text("training images have 0.213")
    # Only conditional models are asked for labels.
    expect(report.get_by_text("Label fidelity")).to_have_count(0)


def test_a_run_under_way_has_no_report_yet(open_scene: Open) -> None:
    page = open_scene("run-live")
    expect(page.get_by_role("region", name="Curves")).to_be_visible()
    expect(page.locator("section[aria-label=Report]")).to_be_hidden()
