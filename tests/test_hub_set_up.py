"""The first day of a hub: from the printed link to the first page, without JavaScript."""

from __future__ import annotations

import re

from tests.hub_people import PASSWORD, Hub, Staff, phone_shows, secret_in

pytest_plugins = ("tests.hub_server",)


def test_the_way_from_the_printed_link_to_what_to_do_next(hub: Hub) -> None:
    """S161. Account, second step, recovery codes shown once, and then the first page says what comes next."""
    from sync.hub.people import accounts

    first, link = Staff(hub.url), f"/set-up/{accounts.set_up_code()}"
    first.see(link)
    step = first.send(link, {"name": "Ada", "password": PASSWORD, "again": PASSWORD})
    assert "Set up your second step" in step.text
    assert "<nav" not in step.text
    codes = first.send("/your-account/second-step", {"code": phone_shows(secret_in(step.text))})
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", codes.text)) == 10
    home = first.reads("/")
    assert "What to do next" in home
    assert "device" in home
    assert first.see(link).status_code == 404


def test_a_hub_whose_accounts_are_all_viewers_can_still_be_set_up(hub: Hub) -> None:
    """S161. Somebody must be able to look after it."""
    from sync.hub.people import accounts

    accounts.add("reader", PASSWORD, accounts.VIEWER_EVERYWHERE)
    code = accounts.set_up_code()
    assert code
    assert Staff(hub.url).see(f"/set-up/{code}").status_code == 200
    accounts.add("ada", PASSWORD, accounts.ADMINISTRATOR)
    assert not accounts.opens_set_up(code)
