"""What staff write in the hub stands on the kiosk's first screen; and it stays when the network goes.

Real: hub (on a socket), pairing, courier, window. A voice is not needed here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.states import Welcome
from sync import credentials
from tests.hub_people import Hub, Staff
from tests.visitor import Visitor, at_a_kiosk

pytest_plugins = ("tests.hub_server",)
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

SITE = "North Clinic"
WAIT = {"said-en": "The wait at the desk was too long.", "did-en": "Two more people work there now."}


@pytest.fixture
def data(hub: Hub, tmp_path: Path, qtbot: QtBot) -> Path:  # qtbot: a running Qt application
    """The folder of a device that is paired with the hub."""
    credentials.save(tmp_path, credentials.pair(hub.url, hub.pairing_code(SITE), "Door"))
    return tmp_path


def first_text(visitor: Visitor) -> str:
    """What the first screen tells of a change; "" for nothing."""
    screen = visitor.kiosk.window.screen_shown
    assert screen is not None
    return screen.turns[0].did if screen.turns else ""


def tells(visitor: Visitor, words: str) -> Callable[[], bool]:
    return lambda: first_text(visitor) == words


def writes(staff: Staff, **more: str) -> None:
    page = staff.send("/said-and-did/add", {"shown_from": "2020-01-01", "do": "save", **WAIT, **more})
    assert "Saved" in page.text, page.text


def test_a_text_written_in_the_hub_stands_on_the_first_screen(hub: Hub, data: Path) -> None:
    """The reason to speak up at all: what changed because people said something."""
    writes(hub.staff())
    with at_a_kiosk(data) as visitor:
        visitor.waits_until(tells(visitor, f"We did: {WAIT['did-en']}"), "the text")
        shown = [label.text() for label in visitor.kiosk.window.findChildren(QLabel) if label.isVisible()]
        assert {f"You said: {WAIT['said-en']}", f"We did: {WAIT['did-en']}"} <= set(shown)
        assert visitor.finds("Very good")


def test_it_stays_without_a_network_and_over_a_start(hub: Hub, data: Path) -> None:
    """The network is never needed."""
    writes(hub.staff())
    with at_a_kiosk(data) as visitor:
        visitor.waits_until(tells(visitor, f"We did: {WAIT['did-en']}"), "the text")
    (data / credentials.FILE_NAME).unlink()
    with at_a_kiosk(data) as visitor:
        assert first_text(visitor) == f"We did: {WAIT['did-en']}"


def test_a_text_for_another_site_stands_there_and_not_here(hub: Hub, data: Path) -> None:
    """Each place tells what changed there."""
    from sync.hub.places import devices

    staff, elsewhere = hub.staff(), devices.site_named("Elm Road")
    writes(staff, site=str(elsewhere.pk), **{"did-en": "Elm Road has new chairs."})
    writes(staff, **{"did-en": "There is a ramp now."})
    with at_a_kiosk(data) as visitor:
        visitor.waits_until(tells(visitor, "We did: There is a ramp now."), "the text for every site")
        assert len(visitor.kiosk.shell.screen.turns) == 1


def test_a_setting_changes_the_kiosk_and_the_hub_says_that_it_is_applied(hub: Hub, data: Path) -> None:
    """S77: how screens start is the site's to say. S93: so are the times."""
    from sync.hub.models import Device, Site

    staff, site = hub.staff(), Site.objects.get(name=SITE)
    with at_a_kiosk(data) as visitor:
        assert visitor.kiosk.shell.screen.theme == "calm"
        page = staff.send(f"/settings/site/{site.pk}", {"theme": "dark", "idle_seconds": "120"})
        assert "Saved" in page.text
        visitor.waits_until(lambda: visitor.kiosk.shell.screen.theme == "dark", "the dark theme")
        device = Device.objects.get()
        visitor.waits_until(lambda: "Applied" in staff.reads(f"/devices/{device.pk}"), "applied")
        assert "Not yet" not in staff.reads("/devices")


def test_it_waits_for_the_person_who_stands_before_it(hub: Hub, data: Path) -> None:
    """S77: nothing changes under somebody who answers."""
    from sync.hub.models import Site

    staff, site = hub.staff(), Site.objects.get(name=SITE)
    with at_a_kiosk(data) as visitor:
        visitor.touches("Very good")
        staff.send(f"/settings/site/{site.pk}", {"theme": "dark"})
        visitor.waits_until(lambda: visitor.kiosk.device.teller.waiting is not None, "what the hub said")
        assert not isinstance(visitor.kiosk.shell.state, Welcome)
        assert visitor.kiosk.shell.screen.theme == "calm"
        visitor.goes_on()
        visitor.touches("Finish")
        assert visitor.kiosk.shell.screen.theme == "dark"


def test_what_stands_in_the_devices_own_file_stays_and_the_hub_says_so(hub: Hub, data: Path) -> None:
    """S77: who set the device up knows its place."""
    from sync.hub.models import Device, Site

    (data / "kiosk.toml").write_text('theme = "cream"\n')
    staff, site = hub.staff(), Site.objects.get(name=SITE)
    staff.send(f"/settings/site/{site.pk}", {"theme": "dark", "text_percent": "150"})
    with at_a_kiosk(data) as visitor:
        visitor.waits_until(lambda: visitor.kiosk.shell.screen.text_percent == 150, "the larger text")
        assert visitor.kiosk.shell.screen.theme == "cream"
        device = Device.objects.get()
        visitor.waits_until(lambda: "holds on to: Colours" in staff.reads(f"/devices/{device.pk}"), "what is pinned")


def test_texts_take_turns_with_each_person_and_while_nobody_is_there(hub: Hub, data: Path) -> None:
    """S64: another text stands there, and nothing moves."""
    staff = hub.staff()
    for did in ("There is a ramp now.", "There are new chairs."):
        writes(staff, **{"did-en": did})
    with at_a_kiosk(data) as visitor:
        visitor.waits_until(lambda: len(visitor.kiosk.shell.screen.turns) == 2, "two texts")
        first = first_text(visitor)
        visitor.touches("Good", "Start again", "Yes, start again")
        second = first_text(visitor)
        assert second != first
        visitor.kiosk._turning.timeout.emit()
        assert first_text(visitor) == first
