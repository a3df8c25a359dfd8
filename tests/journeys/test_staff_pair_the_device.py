"""Staff pair the device on its own screen: it shows a code and a square, people at the hub approve it, the answers leave.

Real: window, flow, courier, and a hub on a socket.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import segno
from pytestqt.qtbot import QtBot

from kiosk.app.forms import SAMPLE
from kiosk.events import TimedOut
from kiosk.screens import PageKind
from kiosk.settings import FILE_NAME
from sync import credentials
from tests.hub_people import Hub
from tests.test_hub_joining import says
from tests.visitor import Visitor, at_a_kiosk
from ui.pages.routes import modules

pytest_plugins = ("tests.hub_server",)

PAIR = "Pair with the centre"


@contextmanager
def at_a_kiosk_of(hub_url: str, folder: Path) -> Iterator[Visitor]:
    """Whoever set this kiosk up wrote down where its hub is."""
    data = folder / "kiosk"
    data.mkdir()
    (data / FILE_NAME).write_text(f'hub_url = "{hub_url}"\n')
    with at_a_kiosk(data) as visitor:
        yield visitor


@pytest.fixture
def visitor(tmp_path: Path, hub: Hub, qtbot: QtBot) -> Iterator[Visitor]:  # qtbot: a running Qt application
    with at_a_kiosk_of(hub.url, tmp_path) as visitor:
        yield visitor


def code_on(visitor: Visitor) -> str:
    visitor.waits_for("Approve this code at the centre")
    return next(line.text for line in visitor.kiosk.shell.screen.lines if line.role == "code")


@pytest.fixture
def asks(visitor: Visitor) -> str:
    """Staff ask for a code; the code on the screen."""
    visitor.comes_in()
    visitor.touches(PAIR)
    return code_on(visitor)


def test_a_code_that_is_approved_at_the_hub_makes_the_answers_leave(hub: Hub, visitor: Visitor, asks: str) -> None:
    """What was answered before goes too."""
    from sync.hub import surveys

    surveys.add(SAMPLE.read_bytes())
    visitor.touches("Back", "Back")
    visitor.answers("Good")
    visitor.touches("Finish")
    visitor.comes_in()
    visitor.touches(PAIR)
    code = code_on(visitor)
    assert code != asks
    says(hub.staff(), code, site="Ward 7")
    visitor.waits_for("This device is paired")
    assert "It belongs to: Ward 7" in visitor.reads()
    visitor.touches("Back")
    visitor.waits_until(lambda: not visitor.finds(PAIR), "The way to pair is gone")
    visitor.waits_until(lambda: visitor.kiosk.device.outbox.counts().sent == 1, "The answer at the hub")


def test_the_square_leads_a_phone_to_the_page_that_approves_this_code(hub: Hub, visitor: Visitor, asks: str) -> None:
    [route] = visitor.kiosk.shell.screen.routes
    assert route.code == f"{hub.url}/devices/approve?code={asks}"
    assert modules(route.code) == tuple(tuple(bool(dot) for dot in row) for row in segno.make_qr(route.code, error="m").matrix)


def test_the_code_is_said_letter_by_letter(visitor: Visitor, asks: str) -> None:
    """S2: no word is made of it."""
    [said] = [part.text for part in visitor.kiosk.shell.screen.spoken if part.key == "line:code"]
    assert said.split("\u2060") == list(asks)


def test_a_code_that_the_hub_refuses_is_told_with_the_reason(
    hub: Hub, visitor: Visitor, asks: str, caplog: pytest.LogCaptureFixture
) -> None:
    says(hub.staff(), asks, "no")
    visitor.waits_for("The centre did not pair this device.")
    assert "Staff at the centre refused this device. Nothing was changed here." in visitor.reads()
    assert "was not paired" in caplog.text
    visitor.touches("Try again")
    visitor.waits_for("Approve this code at the centre")


def test_staff_who_have_gone_pair_nothing_whatever_the_hub_says(hub: Hub, visitor: Visitor, asks: str, tmp_path: Path) -> None:
    """A code that nobody looks at any more is nobody's yes."""
    given_up = visitor.kiosk.desk.work._joining
    visitor.touches("Back", "Back")
    says(hub.staff(), asks)
    assert given_up.is_set()
    assert visitor.kiosk.shell.screen.kind is PageKind.WELCOME
    assert credentials.load(tmp_path / "kiosk") is None


def test_the_code_stays_while_somebody_walks_to_the_hub(visitor: Visitor, asks: str) -> None:
    """It holds for ten minutes; then patients get their screen back."""
    assert asks in visitor.reads()
    assert visitor.kiosk.shell._timer.interval() == 600_000
    visitor.kiosk.shell.receive(TimedOut())
    assert visitor.kiosk.shell.screen.kind is PageKind.WELCOME


def test_a_kiosk_that_does_not_know_its_hub_says_what_to_write_where(tmp_path: Path, qtbot: QtBot) -> None:
    with at_a_kiosk_of("", tmp_path) as visitor:
        visitor.comes_in()
        visitor.touches(PAIR)
        visitor.waits_for(
            "The kiosk does not know where its centre is. Write hub_url in the file kiosk.toml and start it again."
        )


def test_a_hub_that_is_away_is_told_in_words(tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits before a screen that says nothing."""
    with at_a_kiosk_of("https://hub.invalid", tmp_path) as visitor:
        visitor.comes_in()
        visitor.touches(PAIR)
        visitor.waits_for("The centre did not pair this device.")
        assert any("Check the address and the network" in words for words in visitor.reads())
    assert "was not paired" in caplog.text
