"""Every page of the hub in a real Chromium: no fault that axe finds, nothing off the edge, by keyboard, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import WIDTHS, signed_in, violations, wider_than_the_window
from tests.hub_people import Hub, Staff
from tests.hub_rights import ADMIN, NOBODY, shown_to

pytest_plugins = ("tests.hub_server", "tests.chromium", "tests.lived_in")

FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


@pytest.fixture
def ada(hub: Hub, lived_in: dict[str, Any]) -> Staff:
    return hub.staff("Ada.Admin", "administrator")


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser, ada: Staff) -> Iterator[Page]:
    """A window of an administrator."""
    opened = signed_in(chromium, ada, color_scheme=request.param, viewport={"width": 1280, "height": 900})
    yield opened
    opened.context.close()


def faults_at(page: Page, address: str, width: int) -> Iterator[str]:
    """What is wrong with one page at one width."""
    page.set_viewport_size({"width": width, "height": 900})
    reply = page.goto(address)
    if reply is None or reply.status != 200:
        yield f"{address}: {reply.status if reply else 'no reply'}"
        return
    yield from (f"{address} at {width}: {fault}" for fault in violations(page))
    if beyond := wider_than_the_window(page):
        yield f"{address} at {width}: {beyond} pixels off the edge"


def test_no_page_has_a_fault_that_axe_finds_nor_runs_off_the_edge(page: Page, lived_in: dict[str, Any]) -> None:
    """S54: every page, light and dark; on a telephone, a laptop and a wide screen."""
    addresses = shown_to(ADMIN, lived_in)
    assert len(addresses) > 30
    found = [fault for address in addresses for width in WIDTHS[:2] for fault in faults_at(page, address, width)]
    assert found == [], "\n" + "\n".join(found)


def test_pages_for_those_who_are_not_signed_in_have_no_fault(chromium: Browser, hub: Hub, lived_in: dict[str, Any]) -> None:
    opened = chromium.new_context(base_url=hub.url).new_page()
    addresses = shown_to(NOBODY, lived_in)
    assert "/sign-in" in addresses
    found = [fault for address in addresses for width in WIDTHS for fault in faults_at(opened, address, width)]
    opened.context.close()
    assert found == [], "\n" + "\n".join(found)


def test_everything_on_a_page_is_reached_by_the_tab_key_in_its_order_and_is_seen(
    chromium: Browser, ada: Staff, lived_in: dict[str, Any]
) -> None:
    """Each stop has a mark that is seen; after the last one the keyboard leaves the page: nothing holds it."""
    opened = signed_in(chromium, ada, viewport={"width": 1280, "height": 900})
    wrong = [fault for address in shown_to(ADMIN, lived_in) for fault in unreached(opened, address)]
    opened.context.close()
    assert wrong == [], "\n" + "\n".join(wrong)


def unreached(page: Page, address: str) -> Iterator[str]:
    page.goto(address)
    count = page.evaluate(
        """(wanted) => {
            const shown = (one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0;
            const groups = new Set();
            const stops = [...document.querySelectorAll(wanted)].filter(shown).filter((one) => {
                if (one.type !== 'radio') return true;
                const fresh = !groups.has(one.name);
                groups.add(one.name);
                return fresh;
            });
            document.body.dataset.stops = stops.length;
            return stops.length;
        }""",
        FOCUSABLE,
    )
    seen = unmarked = 0
    for _ in range(4 * count + 5):  # a date has three stops of its own inside
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one || one === document.body) return 'out';
                if (one.dataset.been) return 'again';
                one.dataset.been = 'yes';
                const style = getComputedStyle(one);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none' ? 'marked' : 'unmarked';
            }"""
        )
        if stop == "out":
            break
        seen += stop != "again"
        unmarked += stop == "unmarked"
    else:
        yield f"{address}: the keyboard does not leave the page"
    if seen < count:
        yield f"{address}: {seen} of {count} stops reached"
    if unmarked:
        yield f"{address}: {unmarked} stops without a mark"


def test_every_page_says_the_same_without_script(chromium: Browser, ada: Staff, lived_in: dict[str, Any]) -> None:
    """What is read and can be done on a page does not hang on JavaScript; a passkey alone needs it, and is told so."""
    with_script, without = signed_in(chromium, ada), signed_in(chromium, ada, java_script_enabled=False)
    differing = []
    for address in shown_to(ADMIN, lived_in):
        said = []
        for opened in (with_script, without):
            opened.goto(address)
            said.append((opened.inner_text("main") if opened is with_script else opened.locator("main").inner_text()).split())
        if said[0] != said[1] and "passkey" not in address and "second-step" not in address:
            differing.append(address)
    with_script.context.close()
    without.context.close()
    assert differing == []
