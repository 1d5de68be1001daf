"""Files that the page's download menus give.

Chromium drops what a page downloads beyond ten files within a second, so no test asks one page for more.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page


def saved(page: Page, button: Locator) -> tuple[str, Path]:
    """Name and file of what a button downloads."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, download.value.path()


def item(page: Page, menu: str, label: str, group: str | None = None) -> Locator:
    """Opens a menu by its name, and returns one of its files."""
    page.get_by_role("button", name=menu, exact=True).click()
    opened: Page | Locator = page.get_by_role("menu", name=menu)
    if group is not None:
        opened = opened.get_by_role("group", name=group, exact=True)
    return opened.get_by_role("menuitem", name=label, exact=True)


def from_menu(page: Page, menu: str, label: str, group: str | None = None) -> tuple[str, Path]:
    """Name and file of what a menu gives."""
    return saved(page, item(page, menu, label, group))
