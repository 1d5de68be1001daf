"""What the page says of a finished run's worth."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Open

pytestmark = pytest.mark.browser


def test_a_finished_run_shows_its_strong_test_and_quality(open_scene: Open) -> None:
    page = open_scene("run-finished")
    report = page.get_by_role("region", name="Report")
    # The cross-entropy first, the error second: of the strong test, then of the study's.
    expect(report.locator(".verdict strong")).to_have_text(["0.0853", "0.0362"])
    expect(report.get_by_text("Wrong in 3.3 %. Pure guessing: 48 % to 52 %.")).to_be_visible()
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
