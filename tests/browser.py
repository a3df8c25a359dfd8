"""A real Chromium on the hub's pages: ``pytest_plugins = ("tests.browser",)``. Driven by Playwright, judged by axe-core.

Playwright's own browser is not downloaded: the one that is installed is used (Debian: chromium). Without one the tests skip,
and say so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from tests.hub_people import Staff

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
WIDTHS = (360, 1280, 1920)
"""A phone, a laptop, a wide screen, in CSS pixels."""
AS_ROOT = sys.platform != "win32" and os.geteuid() == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("No Chromium is installed here (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if AS_ROOT else [])
        yield browser
        browser.close()


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
