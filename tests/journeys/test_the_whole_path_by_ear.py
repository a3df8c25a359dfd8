"""The screen is off. By a keypad and by ear alone a whole survey is answered, corrected, sent, and its sending confirmed.

Nothing here looks at a widget or at a screen's contents: keys go in, and what comes out is heard (S1, S2, S25).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.keys import Key
from sync.outbox import Outbox
from tests.by_ear import Listener, NotingVoice, Tape
from tests.journeys.test_every_kind_of_question import given

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

ANSWER = "urn:feedback-kiosk:answer"


@pytest.fixture
def listener(tmp_path: Path, qtbot: QtBot) -> Iterator[Listener]:
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    (tmp_path / "kiosk.toml").write_text('languages = ["en-GB", "ar"]\n')
    voice = NotingVoice()
    tape = Tape(tmp_path / "heard.wav", voice)
    kiosk = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800)), tape)
    kiosk.reader.voice = voice
    kiosk.start()
    qtbot.waitUntil(lambda: kiosk.shell.screen.by_ear is not None, timeout=20_000)  # the voices have been tried
    yield Listener(kiosk, tape, qtbot)
    kiosk.close()
    tape.close()


def kept(folder: Path) -> tuple[str, dict[str, Any]]:
    """The one response in the outbox: its status, and its answers by linkId."""
    outbox = Outbox(folder / "answers.db")
    [entry] = outbox.due(2e9, 100, 10**9)
    outbox.close()
    document = json.loads(entry.document)
    answers = given(document)
    return document["status"], {link_id: [code(value) for value in values] for link_id, values in answers.items()}


def code(value: Any) -> Any:
    return value["code"] if isinstance(value, dict) else value


def test_a_whole_survey_in_english(listener: Listener, tmp_path: Path) -> None:
    """S2, S23, S25: from the idle screen to the confirmation, every question of the survey, with the display switched off."""
    assert listener.presses(Key.HELP) == "Welcome."
    listener.hears("Press Select to choose.")
    listener.answers("how was your experience", "Good")
    listener.writes("Why did you give that answer?", ("k", "i", "n", "d", "Space", "n", "u", "r", "s", "e"))
    listener.answers("Did the staff listen to you?", "No")
    listener.answers("Did you get answers to your questions?", "To some of them")
    listener.answers("understand and be understood?", "Partly")
    listener.hears("What help did you need?")
    assert "Chosen" in listener.chooses("Large print")
    assert "Chosen" in listener.chooses("More time")
    listener.chooses("Next")
    listener.skips("What could we do better?")
    listener.answers("May we share your words?", "Yes, you may share them")
    listener.answers("Who is giving these answers?", "The patient")
    listener.answers("Would you like to answer them?", "Yes")
    about_the_person(listener)
    correct_and_send(listener, "Did the staff listen to you? No", "Yes, fully")
    assert kept(tmp_path) == ("completed", ENGLISH)
    assert listener.never_heard("Kind nurse", "75 to 84. Change", "Buddhist. Change")


def about_the_person(listener: Listener) -> None:
    for question, answer in (
        ("How old are you?", "75 to 84"),
        ("What is your sex?", "Female"),
        ("registered as at birth?", "Yes"),
        ("What is your ethnic group?", "Another ethnic group"),
        ("best describes your background?", "Arab"),
        ("lasts 12 months or more?", "Yes"),
        ("day-to-day things?", "Yes, a little"),
    ):
        listener.answers(question, answer)
    listener.skips("how you think of yourself?")
    listener.answers("What is your religion?", "Buddhist")


ENGLISH = {
    "fft": ["good"],
    "why": ["Kind nurse"],
    "listened": ["yes"],
    "questions": ["partly"],
    "communication": ["partly"],
    "support": ["large-print", "more-time"],
    "share": ["yes"],
    "who": ["patient"],
    "about-you": ["yes"],
    "age": ["75-84"],
    "sex": ["female"],
    "gender-same": ["yes"],
    "ethnic-group": ["other"],
    "ethnic-other": ["other-arab"],
    "disability": ["yes"],
    "disability-effect": ["a-little"],
    "religion": ["buddhist"],
}


def correct_and_send(listener: Listener, row: str, answer: str) -> None:
    """S18: what is about to be sent is heard, one answer is changed, and that it is saved is heard."""
    say = listener.say
    listener.hears(say("Check your answers"))
    question = row.rpartition(" ")[0]
    listener.chooses(row)
    listener.answers(question, answer)
    listener.hears(say("Check your answers"))
    listener.finds(f"{question} {answer}")
    listener.chooses(say("Send"))
    listener.hears(say("Thank you"))
    listener.hears(say("Your answers are saved. They will be sent to the people who run this service."))


def test_a_whole_survey_in_arabic(listener: Listener, tmp_path: Path) -> None:
    """S2, S16: the language itself is found and chosen by ear, and from then on every word is Arabic."""
    listener.presses(Key.HELP)
    listener.chooses("العربية")
    listener.knows("ar")
    listener.answers("كيف كانت تجربتك", "جيدة جداً")
    listener.writes("لماذا اخترت هذه الإجابة؟", ("طاء", "ياء", "باء", "واو", "نون"))
    listener.answers("هل استمع إليك الموظفون؟", "لا")
    listener.skips("هل حصلت على إجابات عن أسئلتك؟")
    listener.answers("لكي تفهمنا ونفهمك؟", "نعم")
    listener.skips("ما الذي يمكننا تحسينه؟")
    listener.answers("هل يمكننا نشر كلماتك؟", "لا، يرجى عدم نشرها")
    listener.answers("من الذي يقدّم هذه الإجابات؟", "المريض")
    listener.answers("هل تود الإجابة عنها؟", "لا")
    correct_and_send(listener, "هل استمع إليك الموظفون؟ لا", "نعم، تماماً")
    assert kept(tmp_path) == ("completed", ARABIC)
    assert listener.never_heard("طيبون")


ARABIC = {
    "fft": ["very-good"],
    "why": ["طيبون"],
    "listened": ["yes"],
    "communication": ["yes"],
    "share": ["no"],
    "who": ["patient"],
    "about-you": ["no"],
}


def test_the_keys_themselves_lead_there(listener: Listener) -> None:
    """S128, S132: what a keypad sends (F18 is its Help key, F14 is Down) is heard as well as what it means."""
    assert listener.strikes(Qt.Key.Key_F18) == "Welcome."
    listener.hears("Press Help to hear again.")
    assert "how was your experience" in listener.strikes(Qt.Key.Key_F14)
    assert listener.strikes(Qt.Key.Key_F21) == "Volume. 3 of 4"
    assert "how was your experience" in listener.strikes(Qt.Key.Key_F18)
