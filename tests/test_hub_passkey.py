"""A passkey in a real browser: made, asked for at the next sign-in, and never without the page's own script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.hub_people import PASSWORD, RECOVERY_CODES, Hub

pytest_plugins = ("tests.hub_server", "tests.chromium")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with a key of its own, as a laptop has one."""
    opened = chromium.new_page()
    key = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    session = opened.context.new_cdp_session(opened)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"automaticPresenceSimulation": True}})
    yield opened
    opened.close()


def signs_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("#id_username", "Ada")
    page.fill("#id_password", PASSWORD)
    page.click("main button")


def test_a_passkey_is_made_and_lets_in_as_the_second_step(hub: Hub, page: Page) -> None:
    """S161. Browsers make passkeys for a name only, so the hub is called by its name here."""
    hub.staff("Ada")
    url = hub.url.replace("127.0.0.1", "localhost")
    signs_in(page, url)
    page.fill("#id_code", RECOVERY_CODES[hub.url, "Ada"].pop())
    page.click("main button >> nth=0")
    page.goto(f"{url}/your-account/passkeys/add")
    page.fill("#id_name", "My laptop")
    page.fill("#id_proof", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{url}/your-account/second-step")
    assert "My laptop, since" in page.inner_text("main")
    page.click("header button")
    signs_in(page, url)
    page.click("text=Use the passkey")
    page.wait_for_url(f"{url}/")
