"""A patient has the screen read to them. Real: window, engine, the sound it makes. Only the loudspeaker is a recorder."""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.events import StartAgainAsked, TextSizeChanged, TimedOut
from kiosk.keys import Key
from kiosk.speech.sound import wav_file
from tests.listening import FileSpeaker
from ui.finger import Finger

LOUD = 500
"""Root mean square of 16-bit speech that somebody can hear; silence has 0."""


@pytest.fixture
def loudspeaker() -> FileSpeaker:
    return FileSpeaker()


@pytest.fixture
def kiosk(tmp_path: Path, loudspeaker: FileSpeaker, qtbot: QtBot) -> Iterator[Kiosk]:
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    made = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800)), loudspeaker)
    made.start()
    qtbot.waitUntil(lambda: any(tool.key == "tool:aloud" for tool in made.shell.screen.tools), timeout=20000)
    yield made
    made.close()


def loudness(pcm: bytes) -> float:
    samples = array("h", pcm)
    return float((sum(sample * sample for sample in samples) / max(1, len(samples))) ** 0.5)


def heard_now(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker, count: int) -> None:
    qtbot.waitUntil(lambda: len(loudspeaker.heard) >= count, timeout=20000)


def test_one_touch_has_the_question_read_aloud(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    Finger(kiosk.window).touch("Read aloud")
    heard_now(kiosk, qtbot, loudspeaker, 1)
    assert loudness(loudspeaker.heard[0].pcm) > LOUD
    assert 1500 < loudspeaker.heard[0].duration_ms < 8000


def test_any_touch_silences_the_voice_at_once(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    """S6: also a touch on nothing."""
    Finger(kiosk.window).touch("Read aloud")
    heard_now(kiosk, qtbot, loudspeaker, 1)
    assert loudspeaker.sounding
    kiosk.window.touched.emit()
    assert not loudspeaker.sounding
    assert kiosk.reader.paused


def test_the_next_page_is_read_by_itself_and_the_page_before_is_not_heard_any_more(
    kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker
) -> None:
    finger = Finger(kiosk.window)
    finger.touch("Read aloud")
    heard_now(kiosk, qtbot, loudspeaker, 1)
    finger.touch("Good")
    heard_now(kiosk, qtbot, loudspeaker, 2)
    assert loudspeaker.heard[0].cut
    assert loudness(loudspeaker.heard[1].pcm) > LOUD


def test_the_voice_follows_the_language_of_the_screen(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    """S16."""
    finger = Finger(kiosk.window)
    finger.touch("Read aloud")
    heard_now(kiosk, qtbot, loudspeaker, 1)
    finger.touch("More languages")
    heard_now(kiosk, qtbot, loudspeaker, 2)
    count = len(loudspeaker.heard)
    finger.touch("اردو")
    heard_now(kiosk, qtbot, loudspeaker, count + 1)
    assert kiosk.shell.screen.language == "ur"
    assert loudness(loudspeaker.heard[-1].pcm) > LOUD
    assert loudspeaker.heard[-1].pcm != loudspeaker.heard[0].pcm


def test_the_voice_is_off_again_for_the_next_person(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    finger = Finger(kiosk.window)
    finger.touch("Read aloud")
    heard_now(kiosk, qtbot, loudspeaker, 1)
    finger.touch("Start again")
    assert not kiosk.reader.speaking
    assert not next(tool for tool in kiosk.shell.screen.tools if tool.key == "tool:aloud").pressed


def test_headphones_begin_listening_and_hear_what_others_may_not(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    """S10, S134: plugged in at the idle screen; pulled out, all is silent and the session stays."""
    assert kiosk.reader.speaker
    kiosk.reader.speaker.headphones_changed.emit(True)
    heard_now(kiosk, qtbot, loudspeaker, 1)
    assert kiosk.shell.screen.shown.private
    kiosk.reader.speaker.headphones_changed.emit(False)
    assert not kiosk.reader.speaking
    assert not kiosk.shell.screen.shown.private
    assert not kiosk.shell.screen.shown.reading_aloud


def test_a_site_whose_sound_goes_only_to_headphones_says_so_once(tmp_path: Path, qtbot: QtBot) -> None:
    """S10: the setting ``private_sound``."""
    (tmp_path / "kiosk.toml").write_text("private_sound = true\nwords_per_minute = 120\n")
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    kiosk = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800)), FileSpeaker())
    kiosk.start()
    shown = kiosk.shell.screen.shown
    kiosk.close()
    assert shown.private
    assert shown.words_per_minute == 120


def test_a_chosen_loudness_is_heard_and_gone_for_the_next_person(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    """S14, S15, S139: by the gain of the real sound."""
    kiosk.shell.key_pressed(Key.HELP)
    heard_now(kiosk, qtbot, loudspeaker, 1)
    usual = loudspeaker.heard[0].gain
    kiosk.shell.key_pressed(Key.LOUDER)
    heard_now(kiosk, qtbot, loudspeaker, 2)
    assert loudspeaker.heard[1].gain == pytest.approx(usual * 10 ** (6 / 20))
    kiosk.shell.receive(StartAgainAsked())
    kiosk.shell.key_pressed(Key.HELP)
    heard_now(kiosk, qtbot, loudspeaker, 3)
    assert loudspeaker.heard[2].gain == usual


def test_the_warning_is_a_sound_for_whoever_has_nothing_read(kiosk: Kiosk, qtbot: QtBot, loudspeaker: FileSpeaker) -> None:
    """S11, S45: short, loud enough, and gone at a touch."""
    kiosk.shell.receive(TextSizeChanged())
    kiosk.shell.receive(TimedOut())
    heard_now(kiosk, qtbot, loudspeaker, 1)
    assert loudness(loudspeaker.heard[0].pcm) > LOUD
    assert loudspeaker.heard[0].duration_ms < 3_000
    kiosk.window.touched.emit()
    assert not loudspeaker.sounding


def test_a_survey_that_brings_its_own_recording_is_heard_in_that_voice(tmp_path: Path, qtbot: QtBot) -> None:
    """S44: an ``itemMedia`` with a sound, from the survey's file to the loudspeaker."""
    somebody = array("h", [9_000, -9_000] * 4_000).tobytes()
    question = {
        "linkId": "fft",
        "type": "boolean",
        "text": "Were we kind?",
        "extension": [{"url": ITEM_MEDIA, "valueAttachment": {"contentType": "audio/wav", "data": in_base64(somebody)}}],
    }
    survey = tmp_path / "survey.json"
    survey.write_text(json.dumps({"resourceType": "Questionnaire", "status": "active", "language": "en", "item": [question]}))
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    loudspeaker = FileSpeaker(instantly=True)
    kiosk = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800), survey=survey), loudspeaker)
    kiosk.start()
    qtbot.waitUntil(lambda: any(tool.key == "tool:aloud" for tool in kiosk.shell.screen.tools), timeout=20000)
    Finger(kiosk.window).touch("Read aloud")
    qtbot.waitUntil(lambda: not kiosk.reader.speaking, timeout=20000)
    kiosk.close()
    assert any(heard.pcm.startswith(somebody) and heard.rate_hz == 16_000 for heard in loudspeaker.heard)
    assert any(heard.rate_hz == 22_050 for heard in loudspeaker.heard)


ITEM_MEDIA = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemMedia"


def in_base64(pcm: bytes) -> str:
    return base64.b64encode(wav_file(pcm, 16_000)).decode()
