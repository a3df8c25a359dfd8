"""You said, we did, as staff write it: in plain words, in any language, for their own sites, from one day to another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from sync import wire
from tests.hub_people import Device, Hub, Staff

pytest_plugins = ("tests.hub_server",)

PLAIN = {"said-en": "The wait was too long.", "did-en": "Two more people work there now."}
LONG = "We have now made it possible for everybody who wishes to do so to have their appointment earlier in the day."


def write(staff: Staff, do: str = "save", **more: str) -> str:
    fields = {"shown_from": timezone.localdate().isoformat(), "do": do, **PLAIN, **more}
    return staff.send("/said-and-did/add", fields).text


def texts(device: Device) -> list[Any]:
    return list(device.call("GET", wire.SETTINGS_PATH).json()["said_and_did"])


def rows() -> Any:
    from sync.hub.models import SaidAndDid

    return SaidAndDid.objects.all()


def test_plain_words_are_saved_and_told_to_the_devices(hub: Hub) -> None:
    """What changed because people spoke up is the best invitation to speak up."""
    staff, device = hub.staff(), hub.device()
    assert "Saved" in write(staff)
    (text,) = texts(device)
    assert text["words"] == {"en": [PLAIN["said-en"], PLAIN["did-en"]]}


def test_a_look_at_it_shows_what_the_kiosk_will_say_and_saves_nothing(hub: Hub) -> None:
    page = write(hub.staff(), do="look")
    assert "You said: The wait was too long." in page
    assert "The English words are plain." in page
    assert not rows()


def test_hard_words_are_pointed_out_before_they_are_saved(hub: Hub) -> None:
    """S85: short sentences. Who keeps them may."""
    staff = hub.staff()
    page = write(staff, **{"did-en": LONG})
    assert "Use 15 at most" in page
    assert not rows()
    assert "Saved" in write(staff, do="keep", **{"did-en": LONG})


def test_english_is_needed_and_another_language_is_whole_or_empty(hub: Hub) -> None:
    staff = hub.staff()
    assert "required" in write(staff, **{"did-en": ""})
    assert "Write both sentences in this language, or none." in write(staff, **{"said-cy": "Rhy hir."})
    assert not rows()


def test_a_language_is_to_be_reviewed_until_somebody_says_it_was(hub: Hub) -> None:
    """S115: Welsh is right, or it is marked."""
    staff = hub.staff()
    welsh = {"said-cy": "Rhy hir.", "did-cy": "Mae mwy o bobl yno nawr."}
    write(staff, **welsh)
    assert "To be reviewed by a speaker: Welsh" in staff.reads("/said-and-did")
    text = rows().get()
    staff.send(f"/said-and-did/{text.pk}", {"shown_from": "2026-11-01", "do": "save", **PLAIN, **welsh, "reviewed-cy": "on"})
    assert "To be reviewed" not in staff.reads("/said-and-did")
    assert rows().get().words["cy"]["reviewed"] is True


def test_a_text_that_is_over_is_told_to_nobody_and_one_to_come_is(hub: Hub) -> None:
    """So that a device without a network begins and ends it on its day."""
    staff, device, today = hub.staff(), hub.device(), timezone.localdate()
    yesterday, tomorrow = (today + timedelta(days=days) for days in (-1, 1))
    write(staff, shown_from="2026-01-01", shown_until=yesterday.isoformat())
    write(staff, shown_from=tomorrow.isoformat(), shown_until=tomorrow.isoformat())
    (text,) = texts(device)
    assert (text["from"], text["until"]) == (tomorrow.isoformat(), tomorrow.isoformat())
    assert "comes before the first" in write(staff, shown_from="2026-02-01", shown_until="2026-01-01")


def test_one_that_is_taken_away_is_gone_and_on_record(hub: Hub) -> None:
    """S161"""
    staff, device = hub.staff(), hub.device()
    write(staff)
    staff.send(f"/said-and-did/{rows().get().pk}/stop")
    assert texts(device) == []
    assert "Took away the text" in staff.reads("/staff-actions")


def test_a_site_manager_writes_for_their_own_sites_only(hub: Hub) -> None:
    """Each writes for what is theirs."""
    from sync.hub.places import devices

    administrator = hub.staff()
    north = devices.site_named("North")
    write(administrator, site=str(north.pk))
    write(administrator, **{"did-en": "For everybody."})
    manager = hub.staff("Mo", "site-manager", ["Ward 7"])
    ward = devices.site_named("Ward 7")
    assert "Saved" not in write(manager)
    assert "Saved" not in write(manager, site=str(north.pk))
    assert "Saved" in write(manager, site=str(ward.pk))
    listed = manager.reads("/said-and-did")
    assert ("North" in listed, "For everybody." in listed) == (False, True)
    theirs, for_all = rows().get(site=north), rows().get(site=None)
    assert manager.see(f"/said-and-did/{theirs.pk}").status_code == 404
    assert manager.see(f"/said-and-did/{for_all.pk}").status_code == 403
    assert manager.send(f"/said-and-did/{for_all.pk}/stop").status_code == 403


def test_a_viewer_writes_nothing(hub: Hub) -> None:
    """Each writes for what is theirs."""
    hub.staff()
    viewer = hub.staff("Vi")
    assert viewer.see("/said-and-did").status_code == viewer.see("/said-and-did/add").status_code == 403
