"""The hub's pages in a real Chromium, driven by Playwright and judged by axe-core. The browser itself: tests.chromium."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.hub_people import Staff

WIDTHS = (360, 1280, 1920)
"""A phone, a laptop, a wide screen, in CSS pixels."""


def signed_in(browser: Browser, staff: Staff, **look: Any) -> Page:
    """A page in a window of its own that has the cookies of `staff`. `look`: Playwright's, such as `color_scheme`."""
    context = browser.new_context(base_url=staff.url, **look)
    context.add_cookies([{"name": one.name, "value": one.value or "", "url": staff.url} for one in staff.session.cookies])
    return context.new_page()


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is shown now: rule, impact and the first place of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found]


def wider_than_the_window(page: Page) -> int:
    """By how many pixels one has to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
