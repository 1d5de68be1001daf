"""A browser page at a running system: errors on its console fail the test; its canvases can be read."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support.system import System

TOUR_SEEN = "try { localStorage.setItem('atlas-tour', 'seen'); } catch {}"
"""The tour of an explorer comes by itself on a first visit; other tests begin with it seen."""

PATIENCE = 30_000
"""Milliseconds."""


@contextmanager
def watched_page(browser: Browser, system: System, allowed: str) -> Iterator[Page]:
    """A new page at the system; an error on its console fails the test.

    Args:
        browser: that shows it.
        system: that serves it.
        allowed: pattern of the HTTP statuses that the browser logs as errors but the page expects.
    """
    context = browser.new_context(
        base_url=system.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(TOUR_SEEN)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert [text for text in complaints if not re.search(f"status of {allowed}", text)] == []


def canvas(page: Page, selector: str) -> NDArray[np.uint8]:
    """Pixels of a flat canvas, uint8[h, w, 3]."""
    data = page.evaluate("(s) => document.querySelector(s).toDataURL().split(',')[1]", selector)
    return np.array(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))
