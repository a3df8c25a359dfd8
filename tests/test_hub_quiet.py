"""Devices gone quiet: when, and who hears of it, through a real mail server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync.hub.errors import HubError
from sync.hub.running.mail import settings_for_mail
from tests.hub_people import Hub
from tests.post_office import PostOffice

pytest_plugins = ("tests.hub_server", "tests.mailed")

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)  # a Monday
WORKING = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00-18:00")


def device(hub: Hub, seen: datetime | None, **organisation: Any) -> Any:
    """A device at Ward 7 that was last in touch at `seen`."""
    from sync.hub.models import Device, Organisation

    hub.device()
    ward = Organisation.objects.create(name="The trust", **organisation)
    one = Device.objects.select_related("site").get()
    one.site.organisation = ward
    one.site.save()
    one.last_seen_at, one.paired_at = seen, NOON - timedelta(days=5)
    one.save()
    return one


def is_quiet(one: Any, now: datetime) -> bool:
    from sync.hub.places import quiet

    return bool(quiet.silences([one], now)[one.pk])


def test_a_device_is_quiet_after_the_hours_of_its_organisation(hub: Hub) -> None:
    one = device(hub, NOON, quiet_after_hours=4)
    assert [is_quiet(one, NOON + timedelta(hours=hours)) for hours in (1, 4, 5)] == [False, False, True]


def test_one_that_was_never_in_touch_is_quiet_too(hub: Hub) -> None:
    from sync.hub.places import quiet

    one = device(hub, None)
    assert quiet.silences([one], NOON) == {one.pk: ["Not in touch since it was paired."]}


def test_only_hours_when_the_site_is_open_count(hub: Hub) -> None:
    """Switched off from Friday 17:00 to Monday 09:00: two hours of silence."""
    from sync.hub.places import kiosk_settings

    friday, monday = NOON - timedelta(days=3, hours=-5), NOON - timedelta(hours=3)
    one = device(hub, friday, quiet_after_hours=2)
    assert is_quiet(one, monday)
    kiosk_settings.keep(kiosk_settings.level_of(one.site), {"opening_hours": WORKING}, None, NOON)
    assert not is_quiet(one, monday)
    assert is_quiet(one, NOON)


def test_mail_goes_once_when_it_goes_quiet_and_once_when_it_is_back(hub: Hub, mailed: PostOffice) -> None:
    from sync.hub.models import Device
    from sync.hub.places import quiet

    device(hub, NOON, alert_mail="a@example.org\nb@example.org")
    later = NOON + timedelta(hours=30)
    assert [quiet.tell(NOON), quiet.tell(later), quiet.tell(later)] == [0, 1, 0]
    assert mailed.subjects == ["The trust: 1 device gone quiet"]
    assert "Door, Ward 7. Not in touch for 1 day." in mailed.words
    assert str(mailed.post[0]["To"]) == "a@example.org, b@example.org"
    Device.objects.update(last_seen_at=later)
    assert [quiet.tell(later), quiet.tell(later)] == [1, 0]
    assert mailed.subjects[1:] == ["The trust: 1 device in touch again"]


def test_mail_that_the_server_would_not_take_is_tried_again(
    hub: Hub, mailed: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub.places import quiet

    device(hub, NOON, alert_mail="a@example.org")
    mailed.takes = False
    assert quiet.tell(NOON + timedelta(hours=30)) == 0
    assert "a@example.org" not in caplog.text
    mailed.takes = True
    assert quiet.tell(NOON + timedelta(hours=31)) == 1


def test_without_a_mail_server_the_home_page_shows_what_is_quiet(hub: Hub) -> None:
    from sync.hub.models import Device
    from sync.hub.places import quiet

    one = device(hub, NOON - timedelta(days=60), alert_mail="a@example.org")
    assert quiet.tell(NOON) == 0
    assert Device.objects.get(pk=one.pk).quiet_told_at is None
    words = hub.staff().reads("/")
    assert "Not in touch for" in words
    assert "this hub has no mail server" in words


def test_a_revoked_device_may_be_silent(hub: Hub, mailed: PostOffice) -> None:
    from sync.hub.places import devices, quiet

    devices.revoke(device(hub, NOON, alert_mail="a@example.org"), NOON)
    assert quiet.tell(NOON + timedelta(days=9)) == 0
    assert mailed.post == []


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+starttls://anna:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_named_by_one_address(address: str, port: int, tls: bool, ssl: bool) -> None:
    found = settings_for_mail(address, "hub@example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["EMAIL_HOST_PASSWORD"] == ("p@ss" if "anna" in address else "")


@pytest.mark.parametrize(
    ("address", "sender"),
    [("mail.example.org", "a@b.org"), ("smtp://", "a@b.org"), ("smtp://x:y:z", "a@b.org"), ("smtp://m", "")],
)
def test_an_address_that_cannot_be_one_is_answered_in_words(address: str, sender: str) -> None:
    with pytest.raises(HubError, match="@"):
        settings_for_mail(address, sender)
