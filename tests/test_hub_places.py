"""Organisations, sites and devices: added, renamed, moved, closed; and nobody sees or changes another's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.hub_people import Hub, Staff

pytest_plugins = ("tests.hub_server",)


def organisation(staff: Staff, name: str = "The trust", **more: str) -> Any:
    from sync.hub.models import Organisation

    staff.send("/organisations/add", {"name": name, "quiet_after_hours": "24", "alert_mail": "", **more})
    return Organisation.objects.filter(name=name).first()


def site(name: str = "Ward 7") -> Any:
    from sync.hub.models import Site

    return Site.objects.get(name=name)


def paired(hub: Hub, where: str = "Ward 7") -> Any:
    from sync.hub.models import Device

    hub.device(where)
    return Device.objects.get(site__name=where)


def test_a_site_is_added_to_its_organisation_and_both_are_on_record(hub: Hub) -> None:
    """S161"""
    staff = hub.staff()
    trust = organisation(staff)
    staff.send("/sites/add", {"name": " North   Clinic ", "organisation": str(trust.pk)})
    assert site("North Clinic").organisation == trust
    record = staff.reads("/staff-actions")
    assert "Added the organisation The trust" in record
    assert "Added the site North Clinic" in record


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_after_hours": "0"}, "from 1 to 720"),
        ({"alert_mail": "a@example.org\nnobody"}, "nobody is not an e-mail address"),
        ({"name": ""}, "required"),
    ],
)
def test_a_mistake_is_said_beside_its_field(hub: Hub, wrong: dict[str, str], words: str) -> None:
    staff = hub.staff()
    page = staff.send("/organisations/add", {"name": "The trust", "quiet_after_hours": "24", "alert_mail": "", **wrong})
    assert words in page.text
    assert "Organisation" not in staff.reads("/sites")


def test_a_device_that_moves_counts_at_its_new_site_from_then_on(hub: Hub) -> None:
    from sync.hub.models import Response
    from sync.hub.places import devices
    from tests.hub_survey import answer

    staff, device = hub.staff(), hub.device()
    device.put(answer())
    kept, north = paired_only(), devices.site_named("North")
    staff.send(f"/devices/{kept.pk}/move", {"site": str(north.pk)})
    device.put(answer())
    assert list(Response.objects.order_by("pk").values_list("site__name", flat=True)) == ["Ward 7", "North"]


def paired_only() -> Any:
    from sync.hub.models import Device

    return Device.objects.get()


def test_a_site_with_devices_cannot_be_closed_and_a_closed_one_takes_none(hub: Hub) -> None:
    from sync.hub.places import devices

    staff, device = hub.staff(), paired(hub)
    ward = site()
    assert "Move them or revoke them first" in staff.send(f"/sites/{ward.pk}/close").text
    staff.send(f"/devices/{device.pk}/revoke")
    assert "is closed" in staff.send(f"/sites/{ward.pk}/close").text
    assert "This site is closed" in staff.send("/devices/add", {"site": "Ward 7"}).text
    assert "is open again" in staff.send(f"/sites/{ward.pk}/close").text
    assert devices.site_named("Ward 7").closed_at is None


def test_an_organisation_with_open_sites_cannot_be_closed(hub: Hub) -> None:
    staff = hub.staff()
    trust = organisation(staff)
    staff.send("/sites/add", {"name": "North", "organisation": str(trust.pk)})
    assert "still open sites" in staff.send(f"/organisations/{trust.pk}/close").text
    staff.send(f"/sites/{site('North').pk}/close")
    assert "is closed" in staff.send(f"/organisations/{trust.pk}/close").text


def test_a_site_manager_renames_what_is_theirs_and_does_nothing_else(hub: Hub) -> None:
    """Each does what their role needs."""
    hub.staff()
    device = paired(hub)
    manager, ward = hub.staff("Mo", "site-manager", ["Ward 7"]), site()
    manager.send(f"/devices/{device.pk}", {"name": "By the door"})
    manager.send(f"/sites/{ward.pk}", {"name": "Ward seven", "organisation": ""})
    assert (site("Ward seven").pk, paired_only().name) == (ward.pk, "By the door")
    for path in (f"/devices/{device.pk}/move", f"/devices/{device.pk}/revoke", f"/sites/{ward.pk}/close", "/sites/add"):
        assert manager.send(path, {"name": "x", "site": "1"}).status_code == 403, path


def test_what_belongs_to_another_site_is_not_there(hub: Hub) -> None:
    """What is not theirs they do not even find."""
    hub.staff()
    device = paired(hub, "North")
    manager = hub.staff("Mo", "site-manager", ["Ward 7"])
    north = site("North")
    assert "North" not in manager.reads("/devices") + manager.reads("/sites") + manager.reads("/")
    for path in (f"/devices/{device.pk}", f"/sites/{north.pk}", f"/settings/site/{north.pk}", f"/settings/device/{device.pk}"):
        assert manager.see(path).status_code == 404, path
        assert manager.send(path, {"name": "Mine"}).status_code == 404, path


def test_each_device_shows_all_that_it_says_of_itself(hub: Hub) -> None:
    staff, device = hub.staff(), hub.device()
    said = {"version": "9.9", "waiting": 3, "sent": 40, "refused": 1, "oldest_waiting_seconds": 7200, "unreadable": 2}
    said |= {"languages": ["en", "cy"], "voices": ["en"], "disk_free_mb": 150, "settings_pinned": ["theme"]}
    assert device.call("POST", "/device/report", said | {"settings_fault": "theme: no."}).ok
    words = staff.reads(f"/devices/{paired_only().pk}")
    for part in ("Last contact just now", "Answers waiting 3", "Answers refused 1", "Oldest waiting 2 hours", "9.9", "150 MB"):
        assert part in words
    assert "Languages with a voice English Languages to read only Welsh" in words
    assert "Its own file holds on to: Colours" in words
    for worry in ("1 refused", "2 cannot be read", "Its disk is nearly full", "It does not use what was set here: theme: no."):
        assert worry in words


def test_a_fresh_hub_says_what_to_do_next_and_one_at_work_does_not(hub: Hub) -> None:
    from tests.hub_survey import answer

    staff = hub.staff()
    assert "Add the sites where people are asked" in staff.reads("/")
    hub.device().put(answer())
    assert "What to do next" not in staff.reads("/")


def test_the_first_page_says_in_one_sentence_how_people_felt(hub: Hub) -> None:
    """S108: the number of people stands beside the percentage. S111: of twenty, two lots of eight are shown so far."""
    from tests.hub_survey import answer

    staff, device = hub.staff(), hub.device()
    for code in [*["very-good"] * 15, *["poor"] * 5]:
        assert device.put(answer(code)).ok
    words = staff.reads("/")
    assert "Today 16 This month 16" in words
    assert "This month 93.8% of 16 people said good or very good; 6.3% said poor or very poor." in words
