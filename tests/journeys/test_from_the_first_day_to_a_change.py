"""From an empty folder to something that changed: a practice sets up its hub in a browser, people answer, staff read and act.

Real: the hub as a process, Chromium, a kiosk in its window, other kiosks' couriers over the network, and every page between.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.settings import FILE_NAME
from sync.outbox import Queued
from tests.hub_people import PASSWORD, phone_shows
from tests.hub_survey import FFT_WORDS, SURVEY, answer
from tests.stampede import crowd, people
from tests.test_hub_command import ROOT, serving
from tests.visitor import Visitor, at_a_kiosk

pytest_plugins = ("tests.chromium",)
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

ANSWERS = 10_000
KIOSKS = 8
SECONDS = 240.0
SITE = "North Clinic"
NAMED = "Nurse Anna Example was kind. Ring me on 07700 900123."


@dataclass
class Hub:
    """A hub in a process of its own, from its first start on."""

    url: str
    set_up: str
    data: Path

    def places(self) -> list[str]:
        """Pairing codes for the other kiosks, made by command."""
        command = [sys.executable, "-m", "kiosk", "hub", "device", "add", "--site", SITE, "--data", str(self.data)]
        return [
            subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() for _ in range(KIOSKS)
        ]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with serving(tmp_path / "hub") as (_, lines):
        (link,) = (line.split()[-1] for line in lines if "/set-up/" in line)
        yield Hub(lines[-1].split()[-1], link, tmp_path / "hub")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()
    opened.set_default_timeout(60_000)
    yield opened
    opened.context.close()


@pytest.fixture
def visitor(hub: Hub, tmp_path: Path, qtbot: QtBot) -> Iterator[Visitor]:  # qtbot: a running Qt application
    """Before a kiosk that knows where its hub is."""
    data = tmp_path / "kiosk"
    data.mkdir()
    (data / FILE_NAME).write_text(f'hub_url = "{hub.url}"\n')
    with at_a_kiosk(data) as visitor:
        yield visitor


@dataclass
class Said:
    """What the other kiosks hold, and what it adds up to."""

    queued: list[list[Queued]] = field(default_factory=lambda: [[] for _ in range(KIOSKS)])
    answers: int = 0
    responses: int = 0
    fft: Counter[str] = field(default_factory=Counter)


@pytest.fixture
def said() -> Said:
    """Ten thousand answers, spread over the kiosks; one of them names somebody."""
    found, chance = Said(), Random(7)
    named = answer("good", why={"valueString": NAMED}, share={"valueBoolean": True})
    documents = [named]
    while found.answers < ANSWERS:
        document = documents.pop() if documents else json.loads(people.response(chance)[1])
        identity = str(uuid.UUID(document["id"]))
        raw = json.dumps(document).encode()
        found.queued[found.responses % KIOSKS].append(Queued(found.responses + 1, identity, people.CANONICAL, raw, 0, 0))
        found.responses += 1
        for item in document["item"]:
            found.answers += len(item["answer"])
            if item["linkId"] == "fft":
                found.fft[item["answer"][0]["valueCoding"]["code"]] += 1
    return found


def test_a_practice_sets_up_asks_reads_and_changes_something(
    hub: Hub, page: Page, visitor: Visitor, said: Said, tmp_path: Path
) -> None:
    """S99 to S111, S159, S161."""
    first_start(page, hub)
    create_a_site(page)
    kiosk = approve(page, visitor)
    publish_a_survey(page, tmp_path)
    arrive(hub, said)
    read_the_results(page, said)
    hide_small_numbers(page)
    redact(page)
    write_what_changed(page, visitor)
    take_the_return(page, said)
    revoke(page, visitor, kiosk)


def first_start(page: Page, hub: Hub) -> None:
    """The printed link, the first account, the second step, the recovery codes."""
    page.goto(hub.set_up)
    page.get_by_label("Your name for signing in").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_text("I cannot point at a picture").click()
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(phone_shows(secret))
    page.get_by_role("button", name="Set it up").click()
    assert page.locator(".codes code").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    assert page.get_by_role("heading", name="What to do next").is_visible()


def create_a_site(page: Page) -> None:
    follow(page, "Sites", "Add an organisation")
    page.get_by_label("Name").fill("The trust")
    page.get_by_role("button", name="Add it").click()
    follow(page, "Sites", "Add a site")
    page.get_by_label("Name").fill(SITE)
    page.get_by_label("Organisation").select_option(label="The trust")
    page.get_by_role("button", name="Add it").click()
    assert page.get_by_role("heading", name=SITE).is_visible()


def approve(page: Page, visitor: Visitor) -> str:
    """Staff at the kiosk ask for a code; staff at the hub type it in. The name of the kiosk."""
    visitor.comes_in()
    visitor.touches("Pair with the centre")
    visitor.waits_for("Approve this code at the centre")
    code = next(line.text for line in visitor.kiosk.shell.screen.lines if line.role == "code")
    follow(page, "Devices", "Approve a device")
    page.get_by_label("Code on the device").fill(code)
    page.get_by_role("button", name="Look for the device").click()
    name = page.locator("dl.facts dd").first.inner_text()
    page.get_by_label("Where will it stand").fill(SITE)
    page.get_by_role("button", name="Yes, let it in").click()
    visitor.waits_for("This device is paired")
    visitor.touches("Back", "Back")
    return name


def publish_a_survey(page: Page, folder: Path) -> None:
    file = folder / "visit.json"
    file.write_text(json.dumps(SURVEY))
    follow(page, "Surveys", "Add a survey or version")
    page.get_by_label("Survey file").set_input_files(file)
    page.get_by_role("button", name="Add it").click()
    assert page.get_by_text("is now asked on every device").is_visible()


def arrive(hub: Hub, said: Said) -> None:
    """Eight more kiosks come back with all they hold."""
    others = crowd.Crowd(crowd.join([hub.url], hub.places()), said.queued, losing=0.02)
    try:
        assert others.comes_back(SECONDS)
    finally:
        others.goes_home()


def read_the_results(page: Page, said: Said) -> None:
    """Nobody is missing and nobody is there twice: the last few of a lot may still wait."""
    follow(page, "Results", "Results of Your visit")
    shown = int(page.locator("dl.figures dd").first.inner_text().replace(",", ""))
    assert said.responses - 8 < shown <= said.responses
    text = page.locator("main").inner_text()
    assert f"{shown:,} people answered." in text
    page.get_by_role("link", name="Over time").first.click()
    assert (
        page.get_by_role("heading", name="How to read this chart").or_(page.get_by_text("How to read this chart")).is_visible()
    )


def hide_small_numbers(page: Page) -> None:
    page.get_by_role("link", name="How it is shown").first.click()
    page.get_by_label("Show nothing about fewer people than").select_option("10")
    page.get_by_role("region", name="Small numbers").get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Results", exact=True).last.click()
    assert "10 people" in page.locator("main").inner_text()


def redact(page: Page) -> None:
    """A comment names a nurse and a telephone: both are taken out."""
    page.get_by_role("link", name="Comments", exact=True).first.click()
    page.get_by_label("Words to look for").fill("Anna")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name="Take parts out, tag or publish").first.click()
    assert page.get_by_text("These words may hold").is_visible()
    page.get_by_role("button", name="Take out", exact=True).click()
    words = page.locator("article.comment blockquote").inner_text()
    assert "Anna" not in words
    assert "900123" not in words
    assert "was kind" in words


def write_what_changed(page: Page, visitor: Visitor) -> None:
    """It stands on the kiosk's first screen a moment later."""
    follow(page, "You said, we did", "Write a text")
    page.get_by_label("People said").first.fill("The wait at the desk was too long.")
    page.get_by_label("We did").first.fill("Two more people work there now.")
    page.get_by_role("button", name="Save").click()
    visitor.waits_until(lambda: bool(visitor.kiosk.shell.screen.turns), "the text")
    assert visitor.kiosk.shell.screen.turns[0].did == "We did: Two more people work there now."


def take_the_return(page: Page, said: Said) -> None:
    """Exact to the last answer."""
    follow(page, "Returns")
    page.locator("tbody th a").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this return").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    counts = {row[1]: row[2] for row in csv.reader(io.StringIO(table)) if len(row) == 3}
    assert {code: int(counts[code]) for code in FFT_WORDS} == {code: said.fft[code] for code in FFT_WORDS}
    assert int(counts["tablet-kiosk"]) == said.responses


def revoke(page: Page, visitor: Visitor, kiosk: str) -> None:
    """The kiosk keeps what people say, and tells staff."""
    follow(page, "Devices")
    page.get_by_role("link", name=kiosk, exact=True).first.click()
    page.get_by_role("button", name="Revoke").click()
    assert page.get_by_text("revoked").first.is_visible()
    visitor.answers("Good")
    visitor.touches("Finish")
    visitor.comes_in()
    told = "The centre does not know this device. Pair it again."
    visitor.waits_until(lambda: any(told in label.text() for label in visitor.kiosk.window.findChildren(QLabel)), "told so")
    assert visitor.finds("Pair with the centre")
    assert visitor.kiosk.device.outbox.counts().waiting == 1


def follow(page: Page, part: str, *links: str) -> None:
    """A part of the menu, and links on its page."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=part, exact=True).click()
    for link in links:
        page.get_by_role("link", name=link).first.click()
