"""A real Chromium, without a window, as a fixture: ``tests.chromium``.

Playwright's own browser is not downloaded: the one that is installed is used (Debian: chromium). Without one the tests skip,
and say so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
AS_ROOT = sys.platform != "win32" and os.geteuid() == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    if found() is None:
        pytest.skip("No Chromium is installed here (Debian: apt-get install chromium).")
    with opened() as browser:
        yield browser


def found() -> str | None:
    """Where a browser is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, for as long as the block lasts."""
    # Playwright keeps an event loop in this thread; Django would take every query below for one of the loop's own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"] if AS_ROOT else [])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
