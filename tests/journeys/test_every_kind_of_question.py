"""A person answers one question of every kind in the real window, by touches and keys; what is kept is what they gave."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.fhir import check_response, read_survey
from kiosk.flow import step
from kiosk.present import present
from kiosk.screens import PageKind
from kiosk.site import Site
from kiosk.states import Asking, Preferences, Rules, Session
from kiosk.survey import Place
from sync.outbox import Outbox
from tests.listening import FileSpeaker
from ui.finger import Finger
from ui.inputs.writing_box import WritingBox
from ui.window import Window

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

EVERY_TYPE = Path(__file__).parent.parent / "data" / "every-type.json"
CODES = "urn:test:code"
UCUM = "http://unitsofmeasure.org"


class Person:
    """Stands before the kiosk. `answers`, `chooses` and `writes` name the page they expect by its question's linkId."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.finger = kiosk, Finger(kiosk.window)

    @property
    def page(self) -> str:
        place = self.kiosk.shell.screen.place
        return place.link_id if place else self.kiosk.shell.screen.kind.value

    def touches(self, *labels: str) -> Person:
        for label in labels:
            self.finger.touch(label)
        return self

    def answers(self, page: str, *labels: str) -> Person:
        """Touches, the last of which goes on."""
        assert self.page == page
        before = self.kiosk.shell.screen.place
        self.touches(*labels)
        assert self.kiosk.shell.screen.place != before, self.kiosk.shell.screen.problem
        return self

    def writes(self, page: str, words: str, *more: str) -> Person:
        """Words or digits by the keys, then touches, then Next."""
        assert self.page == page
        self.finger.write(words)
        return self.answers(page, *more, "Next")

    def is_told(self, page: str, words: str, problem: str) -> Person:
        """What was written will not do: the page says why, and the keys take it away again."""
        assert self.page == page
        self.finger.write(words)
        self.touches("Next")
        assert self.page == page
        assert problem in self.kiosk.shell.screen.problem
        self.rubs_out(len(words))
        return self

    def rubs_out(self, count: int) -> None:
        key = next(name for name in self.finger.readable() if name.lower() == "delete")
        self.touches(*[key] * count)

    def reads_back(self, question: str) -> str:
        return next(row.answer for row in self.kiosk.shell.screen.rows if row.question == question)

    def changes(self, question: str) -> Person:
        rows = {row.question: row.change.event for row in self.kiosk.shell.screen.rows}
        self.kiosk.window.happened.emit(rows[question])
        self.finger.settle()
        return self


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot) -> Iterator[Person]:
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    options = Options(tmp_path, windowed=True, size=(1280, 800), survey=EVERY_TYPE)
    kiosk = Kiosk(options, FileSpeaker(instantly=True))
    kiosk.start()
    kiosk.window.guard.lockout_seconds = kiosk.window.guard.repeat_seconds = 0.0
    yield Person(kiosk)
    kiosk.close()


def about_the_visit(person: Person) -> None:
    person.answers("fft", "Good").answers("hello", "Next").answers("well", "Yes")
    person.is_told("came", "31022026", "no such date").writes("came", "05032026")
    person.writes("seen", "050320261430").writes("lunch", "1215")
    person.is_told("fare", "2.505", "2").writes("fare", "2.50").writes("warmth", "-3.5").writes("minutes", "45")
    person.answers("pain", "4", "Next").writes("where", "my knee")


def in_words(person: Person) -> None:
    person.is_told("area", "12", "check").writes("area", "LS1")
    person.writes("best", "Kind people. Short wait.").writes("page", "https://example.org/care")
    person.answers("who", "a)\u00a0A nurse").answers("ward", "Willow")
    person.answers("needs", "An interpreter", "Nothing", "More time", "Large print", "Next")
    for need, had in (("More time", "Partly"), ("Large print", "Yes")):
        assert person.kiosk.shell.screen.context == need
        person.answers("had", had)
    person.touches("Something else").writes("by", "on foot")
    person.touches("My family", "Something else").writes("helped", "a stranger")


def things(person: Person) -> None:
    person.writes("letter", "Come at nine.").writes("sender", "my doctor").answers("clinic", "South clinic")
    person.touches("pounds").writes("bag", "12").writes("height", "172")
    person.finger.write("calm")
    person.touches("Add another").writes("words", "clean")
    person.writes("nights", "2").answers("stays", "Yes, add another").writes("nights", "40").answers("long", "Next")
    person.answers("stays", "No, that is all").writes("thanks", "Mo on Ash")
    person.answers("again", "No").answers("bye", "Next")


def coded(code: str) -> dict[str, Any]:
    return {"system": CODES, "code": code}


GIVEN: dict[str, Any] = {
    "fft": [coded("good")],
    "well": [True],
    "came": ["2026-03-05"],
    "seen": ["2026-03-05T14:30"],
    "lunch": ["12:15:00"],
    "fare": [2.5],
    "warmth": [-3.5],
    "minutes": [90],
    "pain": [4],
    "where": ["my knee"],
    "area": ["LS1"],
    "best": ["Kind people. Short wait."],
    "page": ["https://example.org/care"],
    "who": [coded("nurse")],
    "ward": [coded("willow")],
    "needs": [coded("more-time"), coded("large-print")],
    "had": [coded("partly"), coded("yes")],
    "by": ["on foot"],
    "helped": [coded("family"), "a stranger"],
    "letter": ["Come at nine."],
    "sender": ["my doctor"],
    "clinic": ["Location/south"],
    "bag": [(12, "[lb_av]")],
    "height": [(172, "cm")],
    "words": ["calm", "clean"],
    "nights": [2, 40],
    "thanks": ["Mo on Ash"],
    "again": [coded("no")],
    "site": ["North"],
    "round": [7],
}


def given(document: dict[str, Any]) -> dict[str, list[Any]]:
    """Every answer in a QuestionnaireResponse by linkId, in the order of the document, as plain values."""
    found: dict[str, list[Any]] = {}

    def gather(items: list[dict[str, Any]]) -> None:
        for item in items:
            for answer in item.get("answer", ()):
                found.setdefault(item["linkId"], []).append(plain(answer))
                gather(answer.get("item", []))
            gather(item.get("item", []))

    gather(document["item"])
    return found


def plain(answer: dict[str, Any]) -> Any:
    [(name, value)] = [(name, value) for name, value in answer.items() if name != "item"]
    match name:
        case "valueCoding":
            return {"system": value["system"], "code": value["code"]}
        case "valueQuantity":
            return (value["value"], value["code"])
        case "valueAttachment":
            return base64.b64decode(value["data"]).decode()
        case "valueReference":
            return value.get("reference") or value["display"]
        case "valueDateTime":
            return value[:16]
        case _:
            return value


def test_one_question_of_every_kind_is_kept_as_it_was_given(person: Person, tmp_path: Path) -> None:
    about_the_visit(person)
    person.touches("Back")
    assert person.page == "where"
    person.answers("where", "Next")
    in_words(person)
    things(person)
    assert person.kiosk.shell.screen.kind is PageKind.REVIEW
    assert person.reads_back("More time: Did you have it?") == "Partly"
    assert person.reads_back("How tall are you?") == "172 cm"
    assert person.reads_back("How many minutes did you wait?") == "45"
    person.changes("How many minutes did you wait?")
    person.rubs_out(2)
    person.writes("minutes", "90").touches("Send")
    assert person.kiosk.shell.screen.kind is PageKind.THANKS

    outbox = Outbox(tmp_path / "answers.db")
    [entry] = outbox.due(2e9, 100, 10**9)
    outbox.close()
    document = json.loads(entry.document)
    assert check_response(person.kiosk.shell.survey, document) == ()
    assert document["status"] == "completed"
    assert given(document) == GIVEN


@pytest.mark.parametrize("link_id", ["by", "helped"])
def test_in_large_print_the_box_for_something_else_comes_in_sight_when_it_is_opened(qtbot: QtBot, link_id: str) -> None:
    survey = read_survey(EVERY_TYPE.read_bytes())
    rules, site, window = Rules(survey, Preferences("en", 200)), Site(survey.languages), Window(217, 450)
    qtbot.addWidget(window)
    window.guard.lockout_seconds, window.allow_close = 0.0, True
    session = Asking(Session(rules.defaults), Place(link_id))
    window.happened.connect(lambda event: window.render(present(rules, site, step(rules, session, event).state)))
    window.show_windowed((1280, 800))
    window.render(present(rules, site, session))
    Finger(window).touch("Something else")
    box = window.focusWidget()
    assert isinstance(box, WritingBox)
    assert not box.visibleRegion().isEmpty()
