"""Every address of the hub, opened by every role: who may see and do what, and nobody of one site sees another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests import hub_rights as rights
from tests.hub_people import Hub, Staff
from tests.hub_rights import ADMIN, DOORS, MEMBERLESS, NOBODY, PAGES, ROLES, Row
from tests.hub_two_sites import NORTH, SECRETS, SOUTH, TwoSites, readable, timeless

pytest_plugins = ("tests.hub_server",)

ONE_SITE = {rights.VIEWER_HERE: "viewer", rights.MANAGER: "site-manager"}
ROLE = {**ONE_SITE, rights.VIEWER: "viewer", rights.ANALYST: "analyst", ADMIN: "administrator"}


def routes() -> list[str]:
    """Every address as it stands in Django's list."""
    from django.urls import get_resolver

    return [str(pattern.pattern) for pattern in get_resolver().url_patterns]


@pytest.fixture
def two_sites(hub: Hub) -> TwoSites:
    """A hub with a site here, one there, and somebody to look after."""
    from django.contrib.auth.models import User
    from django.contrib.auth.tokens import default_token_generator
    from django.utils import timezone
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    from sync.hub.models import Invitation
    from sync.hub.people import accounts, invitations
    from tests.hub_people import PASSWORD

    found = TwoSites(hub)
    found.plant(SOUTH, "", "Door")
    found.north = found.plant(NORTH, "_there", "Quagga")
    accounts.add("First", PASSWORD)
    person = accounts.add("Zed", PASSWORD)
    by = User.objects.get(username="First")
    token = invitations.invite("Newcomer", "", accounts.VIEWER_EVERYWHERE, by, timezone.now())
    link = f"{urlsafe_base64_encode(force_bytes(person.pk))}/{default_token_generator.make_token(person)}"
    found.ids |= {"person": person.pk, "invitation_token": token, "invitation": Invitation.objects.get().pk}
    found.ids |= {"password_link": link, "passkey": 1, "month": f"{timezone.localdate():%Y-%m}"}
    return found


def somebody(hub: Hub, role: str) -> Staff:
    """Somebody with this role, signed in."""
    if role == NOBODY:
        nobody = Staff(hub.url)
        nobody.see("/sign-in")
        return nobody
    staff = hub.staff("Sam", ROLE.get(role, "viewer"), [SOUTH] if role in ONE_SITE else [])
    if role == MEMBERLESS:
        from sync.hub.models import Member

        Member.objects.filter(user__username="Sam").delete()
    staff.see("/your-account")
    return staff


def test_every_address_has_a_row(hub: Hub) -> None:
    """S159, S161. A page without a row in tests/hub_rights.py is a page that nobody has thought about."""
    missing = [route for route in dict.fromkeys(routes()) if route not in DOORS and route not in PAGES]
    assert missing == [], "Say in tests/hub_rights.py (PAGES) who may open these addresses."
    gone = [route for route in [*DOORS, *PAGES] if route not in routes()]
    assert gone == [], "These rows of tests/hub_rights.py have no address any more."


@pytest.mark.parametrize("role", ROLES)
def test_every_address_opens_for_whom_the_table_says_and_for_nobody_else(two_sites: TwoSites, role: str) -> None:
    """S159, S161. GET everything first, then POST; each exactly as tests/hub_rights.py says."""
    staff = somebody(two_sites.hub, role)
    wrong = list(walk(staff, role, two_sites.ids))
    assert wrong == [], "\n" + "\n".join(wrong)


def walk(staff: Staff, role: str, ids: dict[str, Any]) -> Iterator[str]:
    """What answered otherwise than its row says."""
    for there in (False, True):
        for route, row in shown(there):
            yield from differing(
                "GET", route, path(row, ids, there), ask_get(staff, path(row, ids, there)), row.at(there)[0][role]
            )
    for there in (True, False):
        for route, row in shown(there):
            yield from differing(
                "POST", route, path(row, ids, there), ask_post(staff, path(row, ids, there)), row.at(there)[1][role]
            )


def shown(there: bool) -> list[tuple[str, Row]]:
    return [(route, row) for route, row in PAGES.items() if row.there or not there]


def path(row: Row, ids: dict[str, Any], there: bool) -> str:
    return (row.there if there else row.here).format(**ids)


def ask_get(staff: Staff, path: str) -> int:
    return staff.session.get(staff.url + path, timeout=30, allow_redirects=False).status_code


def ask_post(staff: Staff, path: str) -> int:
    return staff.send(path, {}, allow_redirects=False).status_code


def differing(method: str, route: str, path: str, got: int, expected: int) -> Iterator[str]:
    if got != expected:
        yield f"{method} {path} ({route or 'the first page'}): {got}, and tests/hub_rights.py says {expected}"


@pytest.mark.parametrize("role", [NOBODY, ADMIN])
def test_a_machines_door_answers_the_same_whoever_is_signed_in(two_sites: TwoSites, role: str) -> None:
    """S159. A browser's session opens no door."""
    from tests.hub_addresses import addresses

    staff = somebody(two_sites.hub, role)
    paths = {route: address.path for route, address in zip(routes(), addresses(), strict=True)}
    got = {route: (ask_get(staff, paths[route]), ask_post(staff, paths[route])) for route in DOORS}
    assert got == DOORS


# --- another site -----------------------------------------------------------------------------------------------------------


def queries(ids: dict[str, Any]) -> list[str]:
    """Ways to ask for another site in the query."""
    there = {name.removesuffix("_there"): value for name, value in ids.items() if name.endswith("_there")}
    return ["", f"?site={there['site']}", f"?site={ids['site']}&site={there['site']}", "?site=0", "?words=corridor"]


def seen(staff: Staff, ids: dict[str, Any]) -> dict[str, str]:
    """Whatever every page and download says to this person, by address: here, there, and with every query."""
    pages = {}
    for row in PAGES.values():
        for example in dict.fromkeys((row.here, row.there or row.here)):
            for query in queries(ids)[:2] if example.startswith("/reports/visit.pdf") else queries(ids):
                address = example.format(**ids)
                address += query if "?" not in address else query.replace("?", "&")
                reply = staff.session.get(staff.url + address, timeout=30)
                pages[address] = timeless(readable(reply.content))
    return pages


@pytest.mark.parametrize("role", ONE_SITE)
def test_who_sees_one_site_sees_nothing_of_another_by_any_address(two_sites: TwoSites, role: str) -> None:
    """S161. Whatever happens at the other site, not a letter changes in what they see; and no word of it is there."""
    staff = somebody(two_sites.hub, role)
    before = seen(staff, two_sites.ids)
    two_sites.life_at_north()
    after = seen(staff, two_sites.ids)
    told = [f"{address}: {secret}" for address, page in after.items() for secret in SECRETS if secret.lower() in page.lower()]
    assert told == []
    assert [address for address in after if after[address] != before[address]] == []


def test_the_words_of_the_other_site_are_there_for_who_may_see_them(two_sites: TwoSites) -> None:
    """The test above can fail: an administrator finds them."""
    two_sites.life_at_north()
    pages = "\n".join(seen(somebody(two_sites.hub, ADMIN), two_sites.ids).values())
    assert [secret for secret in SECRETS if secret.lower() not in pages.lower()] == []


def test_a_device_of_another_site_is_not_told_apart_from_one_that_never_was(two_sites: TwoSites) -> None:
    """S161. Nothing says that it exists."""
    staff = somebody(two_sites.hub, rights.MANAGER)
    there, never = (f"/results/visit.json?site={pk}" for pk in (two_sites.ids["site_there"], 987654))
    replies = [requests.Request("GET", staff.url + one) for one in (there, never)]
    answers = [staff.session.send(staff.session.prepare_request(one), timeout=30) for one in replies]
    assert answers[0].status_code == answers[1].status_code == 404
    assert timeless(answers[0].text) == timeless(answers[1].text)
