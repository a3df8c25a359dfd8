"""The second step of signing in: asked for, set up once, with codes for when the phone is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hub_people import PASSWORD, RECOVERY_CODES, SECRET, Hub, Staff, phone_shows, secret_in

pytest_plugins = ("tests.hub_server",)

STEP = "/your-account/second-step"


def before_the_step(hub: Hub, name: str = "Ada") -> Staff:
    """Name and password are right; the code is not given yet."""
    staff = Staff(hub.url)
    staff.see("/sign-in")
    assert staff.send("/sign-in", {"username": name, "password": PASSWORD}).url.endswith("/sign-in/second-step")
    return staff


def without_a_step(hub: Hub, role: str, name: str = "Ben") -> Staff:
    """An account that has only a password, signed in as far as that goes."""
    from sync.hub.people import accounts

    accounts.add("First", PASSWORD)
    accounts.add(name, PASSWORD, accounts.duty(role, everywhere=True))
    staff = Staff(hub.url)
    staff.see("/sign-in")
    staff.send("/sign-in", {"username": name, "password": PASSWORD})
    return staff


def test_the_phone_of_the_tests_counts_as_the_standard_says() -> None:
    """RFC 6238, appendix B: at 59 seconds, SHA-1, the last six of 94287082."""
    assert phone_shows("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_a_right_password_alone_opens_nothing(hub: Hub) -> None:
    """S161."""
    hub.staff("Ada")
    staff = before_the_step(hub)
    assert "Sign in" in staff.reads("/")


def test_a_code_from_the_phone_lets_in_and_works_once(hub: Hub) -> None:
    """S161. Not even a second later, in another browser."""
    hub.staff("Ada")
    code = phone_shows(SECRET)
    first, second = before_the_step(hub), before_the_step(hub)
    assert first.send("/sign-in/second-step", {"code": code}).url == hub.url + "/"
    assert "This code does not fit" in second.send("/sign-in/second-step", {"code": code}).text


def test_it_leads_to_the_page_that_was_asked_for(hub: Hub) -> None:
    """S161. And never to another host."""
    hub.staff("Ada")
    for asked, page in (("/devices?x=1", "/devices?x=1"), ("https://elsewhere.invalid/", "/")):
        staff = Staff(hub.url)
        staff.see("/sign-in")
        staff.send("/sign-in", {"username": "Ada", "password": PASSWORD, "next": asked})
        done = staff.send("/sign-in/second-step", {"code": RECOVERY_CODES[hub.url, "Ada"].pop()})
        assert done.url == hub.url + page


def test_guessing_one_name_from_many_addresses_is_stopped_too(hub: Hub) -> None:
    """S161. A hundred wrong passwords for one name, from wherever."""
    from sync.hub.people import tries

    hub.staff("Ada")
    for _ in range(100):
        tries.failed("sign-in-anywhere", "ada")
    assert Staff(hub.url).sign_in("Ada", PASSWORD).status_code == 429


def test_a_recovery_code_lets_in_once(hub: Hub) -> None:
    """S161."""
    hub.staff("Ada")
    code = RECOVERY_CODES[hub.url, "Ada"][-1]
    first, second = before_the_step(hub), before_the_step(hub)
    assert first.send("/sign-in/second-step", {"code": f"{code[:4]} {code[4:]}"}).url == hub.url + "/"
    assert "This code does not fit" in second.send("/sign-in/second-step", {"code": code}).text


def test_ten_wrong_codes_pause_this_account_whoever_tries(hub: Hub) -> None:
    """S161. The right one does not help then either."""
    hub.staff("Ada")
    stranger, other = before_the_step(hub), before_the_step(hub)
    replies = [stranger.send("/sign-in/second-step", {"code": f"00000{digit}"}) for digit in range(10)]
    assert {reply.status_code for reply in replies} == {200}
    paused = other.send("/sign-in/second-step", {"code": phone_shows(SECRET)})
    assert (paused.status_code, "Wait ten minutes" in paused.text) == (429, True)


@pytest.mark.parametrize("role", ["administrator", "analyst"])
def test_who_reads_words_or_changes_things_sets_it_up_before_anything_else(hub: Hub, role: str) -> None:
    """S161. Every page leads there, a download too; signing out works."""
    staff = without_a_step(hub, role)
    for path in ("/", "/devices", "/results/visit.json", "/your-account"):
        assert staff.see(path).url.endswith(STEP)
    staff.send("/sign-out")
    assert "Sign in" in staff.reads("/")


def test_a_viewer_may_go_without(hub: Hub) -> None:
    """S161. Figures alone, with small numbers hidden: a shared account would be worse."""
    staff = without_a_step(hub, "viewer")
    assert staff.see("/results/visit").url.endswith("/results/visit")
    assert "You do not have to." in staff.reads(STEP)


def test_a_hub_can_ask_it_of_everyone(hub: Hub) -> None:
    """S161."""
    from django.test import override_settings

    with override_settings(HUB_SECOND_STEP="everyone"):
        assert without_a_step(hub, "viewer").see("/").url.endswith(STEP)


def test_who_must_have_one_is_said_at_the_start(tmp_path: Path) -> None:
    """S161. ``kiosk hub serve --second-step everyone``; without it all but viewers."""
    from sync.hub.config import HubConfig
    from sync.hub.settings import settings_for

    configs = (HubConfig(tmp_path), HubConfig(tmp_path, second_step="everyone"))
    assert [settings_for(config)["HUB_SECOND_STEP"] for config in configs] == ["not-viewers", "everyone"]


def test_it_is_set_up_with_a_picture_or_a_key_and_ends_with_codes_shown_once(hub: Hub) -> None:
    """S161. The picture is in the page itself: nothing is fetched, no style stands in it."""
    staff = without_a_step(hub, "analyst")
    page = staff.see(STEP).text
    assert "<svg" in page
    assert not re.search(r"\sstyle=|<script|<style", page)
    secret = secret_in(page)
    assert "This code does not fit" in staff.send(STEP, {"code": "000000"}).text
    assert secret_in(staff.see(STEP).text) == secret
    done = staff.send(STEP, {"code": phone_shows(secret)})
    assert len(set(re.findall(r"<code>(\d{4} \d{4})</code>", done.text))) == 10
    assert staff.see("/").url == hub.url + "/"
    assert not re.search(r"<code>\d{4} \d{4}</code>", staff.see(STEP).text)


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(hub: Hub) -> None:
    """S161."""
    staff = hub.staff("Ada")
    path, old = "/your-account/recovery-codes", RECOVERY_CODES[hub.url, "Ada"][-1]
    staff.see(path)
    assert "This is not your password." in staff.send(path, {"proof": "wrong"}).text
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", staff.send(path, {"proof": PASSWORD}).text)
    assert "This code does not fit" in before_the_step(hub).send("/sign-in/second-step", {"code": old}).text
    assert before_the_step(hub).send("/sign-in/second-step", {"code": codes[0]}).url == hub.url + "/"


def test_taking_the_phone_away_needs_the_password_and_leads_to_a_new_one(hub: Hub) -> None:
    """S161."""
    staff = hub.staff("Ada")
    path = f"{STEP}/remove"
    staff.see(path)
    assert "This is not your password." in staff.send(path, {"proof": "wrong"}).text
    assert staff.see("/").url == hub.url + "/"
    assert "Set up your second step" in staff.send(path, {"proof": PASSWORD}).text
    assert staff.see("/").url.endswith(STEP)


def test_without_the_phone_every_other_session_ends(hub: Hub) -> None:
    """S161. A session that was opened with the old second step does not outlive it."""
    staff, other = hub.staff("Ada"), Staff(hub.url)
    other.sign_in("Ada", PASSWORD)
    staff.see(f"{STEP}/remove")
    staff.send(f"{STEP}/remove", {"proof": PASSWORD})
    assert "Sign in" in other.reads("/")


def test_wrong_passwords_there_are_counted_too(hub: Hub) -> None:
    """S161."""
    staff = hub.staff("Ada")
    staff.see("/your-account/recovery-codes")
    for _ in range(10):
        staff.send("/your-account/recovery-codes", {"proof": "wrong"})
    assert "Wait ten minutes" in staff.send("/your-account/recovery-codes", {"proof": PASSWORD}).text


def test_what_is_kept_of_it_signs_nobody_in_without_the_hubs_key(hub: Hub) -> None:
    """S161. The database alone is of no use: the secret is not in it, and another key makes nothing of it."""
    from allauth.mfa.models import Authenticator
    from django.test import override_settings

    hub.staff("Ada")
    assert SECRET not in str(list(Authenticator.objects.values()))
    with override_settings(SECRET_KEY="another key " * 5):
        page = before_the_step(hub).send("/sign-in/second-step", {"code": phone_shows(SECRET)})
    assert page.url != hub.url + "/"


@pytest.mark.parametrize(
    ("host", "works"),
    [
        ("hub.example.org", True),
        ("localhost:8080", True),
        ("127.0.0.1:8080", False),
        ("[::1]:8080", False),
        ("10.0.0.7", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(host: str, works: bool, hub: Hub) -> None:
    """S161. WebAuthn knows names, not addresses of digits."""
    from sync.hub.people import second_factor

    assert second_factor.passkeys_work(host) is works
