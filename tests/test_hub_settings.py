"""What devices are told to do: four levels, the nearest wins, each shown with what it inherits; and what a device is told."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sync import wire
from tests.hub_people import Device, Hub, Staff

pytest_plugins = ("tests.hub_server",)


def told(device: Device, **headers: str) -> Any:
    return device.call("GET", wire.SETTINGS_PATH, **headers).json()


def places() -> tuple[Any, Any, Any]:
    """The organisation, the site and the device of this hub."""
    from sync.hub.models import Device as Kept, Organisation

    kept = Kept.objects.select_related("site").get()
    if kept.site.organisation is None:
        kept.site.organisation = Organisation.objects.create(name="The trust")
        kept.site.save()
    return kept.site.organisation, kept.site, kept


def addresses() -> list[str]:
    trust, ward, kept = places()
    return ["/settings/all", f"/settings/organisation/{trust.pk}", f"/settings/site/{ward.pk}", f"/settings/device/{kept.pk}"]


def test_the_nearest_level_wins(hub: Hub) -> None:
    """S77: how screens start."""
    staff, device = hub.staff(), hub.device()
    for seconds, path in zip((40, 50, 60, 70), addresses(), strict=True):
        assert "Saved" in staff.send(path, {"idle_seconds": str(seconds)}).text
        assert told(device)["settings"]["idle_seconds"] == seconds
    staff.send(addresses()[3], {})
    assert told(device)["settings"]["idle_seconds"] == 60


def test_the_page_shows_what_is_inherited_and_from_where(hub: Hub) -> None:
    staff = hub.staff()
    hub.device()
    everywhere, trust, ward, _ = addresses()
    staff.send(everywhere, {"theme": "cream"})
    staff.send(trust, {"languages": "en, cy", "urgent_help-advice": "112"})
    words = staff.reads(ward)
    assert "From all devices: Cream." in words
    assert "From The trust: en, cy." in words
    assert "Usual: 60." in words


def test_numbers_for_urgent_help_are_inherited_one_by_one(hub: Hub) -> None:
    """S150"""
    staff, device = hub.staff(), hub.device()
    everywhere, _, ward, _ = addresses()
    staff.send(everywhere, {"urgent_help-emergency": "112", "urgent_help-advice": "116"})
    staff.send(ward, {"urgent_help-advice": "0300"})
    assert told(device)["settings"]["urgent_help"] == {"emergency": "112", "advice": "0300"}


WHOLE = {
    "survey_url": "urn:example:survey:visit",
    "languages": "en cy,pl",
    "default_language": "cy",
    "site_name": "The old ward",
    "text_percent": "150",
    "theme": "dark",
    "reading_aloud": "no",
    "words_per_minute": "120",
    "private_sound": "yes",
    "warning_sound": "no",
    "idle_seconds": "90",
    "warning_seconds": "60",
    "thanks_seconds": "20",
    "urgent_help-emergency": "112",
    "routes-0-kind": "phone",
    "routes-0-name": "PALS",
    "routes-0-address": "01632 960000",
    "opening_hours-monday": "8:00-18:00",
}


def test_everything_that_can_be_set_reaches_the_device_by_the_kiosks_own_names(hub: Hub) -> None:
    """S163: other ways to be heard are the site's own."""
    from kiosk.settings import Settings, with_centre
    from kiosk.settings_keys import CENTRE_KEYS

    staff, device = hub.staff(), hub.device()
    assert "Saved" in staff.send(addresses()[2], WHOLE).text
    settings = told(device)["settings"]
    assert set(settings) == set(CENTRE_KEYS)
    applied, strange = with_centre(Settings(), frozenset(), settings)
    assert (applied.languages, applied.theme, applied.private_sound, strange) == (("en", "cy", "pl"), "dark", True, ())
    assert (applied.routes[0].address, applied.opening_hours) == ("01632 960000", {"monday": "08:00-18:00"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("idle_seconds", "5", "from 30 to 600"),
        ("idle_seconds", "soon", "from 30 to 600"),
        ("languages", "english!", "not a language tag"),
        ("opening_hours-monday", "early", "08:00-18:30"),
        ("theme", "pink", "will not do"),
    ],
)
def test_a_mistake_is_said_beside_its_setting_and_nothing_is_saved(hub: Hub, name: str, value: str, words: str) -> None:
    staff, device = hub.staff(), hub.device()
    page = staff.send(addresses()[2], {"thanks_seconds": "20", name: value})
    assert (page.status_code, words in page.text) == (400, True)
    assert "thanks_seconds" not in told(device)["settings"]


def test_a_way_to_be_heard_with_a_wrong_number_names_its_place(hub: Hub) -> None:
    staff = hub.staff()
    hub.device()
    way = {"routes-0-kind": "phone", "routes-0-name": "PALS", "routes-0-address": "call us"}
    assert "number 1, address" in staff.send(addresses()[2], way).text


def test_what_belongs_to_the_device_is_not_offered(hub: Hub) -> None:
    """S74"""
    page = hub.staff().see("/settings/all").text
    assert not [name for name in ("screen_width_mm", "viewing_distance_mm", "hub_url", "keypad", "sent_days") if name in page]


def test_a_device_is_told_its_site_and_the_same_again_as_unchanged(hub: Hub) -> None:
    device = hub.device("North Clinic")
    reply = device.call("GET", wire.SETTINGS_PATH)
    assert reply.json()["settings"] == {"site_name": "North Clinic"}
    assert device.call("GET", wire.SETTINGS_PATH, If_None_Match=reply.headers["ETag"]).status_code == 304
    hub.staff().send("/settings/all", {"theme": "dark"})
    assert device.call("GET", wire.SETTINGS_PATH, If_None_Match=reply.headers["ETag"]).status_code == 200


def test_nobody_is_told_without_a_token(hub: Hub) -> None:
    assert requests.get(hub.url + wire.SETTINGS_PATH, timeout=10).status_code == 401


def state_of(staff: Staff) -> str:
    return staff.reads(f"/devices/{places()[2].pk}")


def test_the_hub_says_whether_a_device_does_as_it_is_told(hub: Hub) -> None:
    staff, device = hub.staff(), hub.device()
    assert "No report yet" in state_of(staff)
    device.call("POST", "/device/report", {"settings_applied": told(device)["digest"]})
    assert "Settings from here Applied" in state_of(staff)
    staff.send("/settings/all", {"theme": "dark"})
    assert "Not yet applied" in state_of(staff)
    device.call("POST", "/device/report", {"settings_applied": "", "settings_fault": "theme: no."})
    assert "Not accepted by the device" in state_of(staff)


def test_only_those_who_look_after_sites_change_settings(hub: Hub) -> None:
    """Others see what holds at their sites."""
    hub.staff()
    hub.device()
    manager, ward = hub.staff("Mo", "site-manager", ["Ward 7"]), places()[1]
    assert "An administrator can change them" in manager.reads(f"/settings/site/{ward.pk}")
    assert manager.send(f"/settings/site/{ward.pk}", {"theme": "dark"}).status_code == 404
    assert manager.see("/settings").status_code == 403
    assert manager.see("/settings/all").status_code == 404


def test_what_was_set_is_on_record_and_in_one_list(hub: Hub) -> None:
    """S161"""
    staff = hub.staff()
    hub.device()
    staff.send(addresses()[2], {"theme": "dark", "idle_seconds": "90"})
    assert "Set for Ward 7: Colours, Seconds until" in staff.reads("/staff-actions")
    assert "Ward 7 Colours, Seconds until" in staff.reads("/settings")


def test_many_devices_cost_no_more_questions_than_one(hub: Hub) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from sync.hub.models import Device as Kept
    from sync.hub.places import telling

    counts = []
    for number in (1, 4):
        while Kept.objects.count() < number:
            hub.device(f"Site {Kept.objects.count()}")
        known = list(Kept.objects.select_related("site__organisation"))
        with CaptureQueriesContext(connection) as asked:
            telling.documents(known, timezone.localdate())
        counts.append(len(asked))
    assert counts == [2, 2]


def test_a_level_is_set_once_whoever_saves_at_the_same_moment(hub: Hub) -> None:
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from sync.hub.models import KioskSettings

    KioskSettings.objects.create(values={}, changed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        KioskSettings.objects.create(values={}, changed_at=timezone.now())
