"""One page of pictures and one line of figures for each language: ``python -m tests.fourteen OUT_DIR [TAG...]``.

A scripted patient goes through the whole sample survey in the real window at 200 %, and what stood on the screen is put
on one sheet. Beside it: the voice, and how long and how loud the first question is with the real engine.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
from array import array
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from kiosk.app.gui import Kiosk, Options, set_up_qt
from kiosk.app.patient import Patient, Walk
from kiosk.app.pin import StaffPin
from kiosk.languages import language
from kiosk.screens import Screen
from tests.listening import Ears, FileSpeaker, once_settled
from tests.screens_for_pictures import sample_survey
from ui.fonts import font_for_language_or_none

WORDS = {"zh": "很好", "uk": "Дякую", "bn": "ধন্যবাদ", "gu": "આભાર", "pa": "ਧੰਨਵਾਦ", "ar": "شكرا", "ur": "شکریہ"}
"""A word of their own in each script; elsewhere Latin letters."""
ANSWERS = {
    "fft": ("good",),
    "listened": ("yes",),
    "questions": ("partly",),
    "communication": ("partly",),
    "support": ("interpreter", "more-time"),
    "about-you": ("yes",),
    "age": ("75-84",),
    "ethnic-group": ("asian",),
    "disability": ("yes",),
}
COLUMNS, CELL = 5, (640, 400)


@dataclass(frozen=True)
class Heard:
    """A sentence as the real engine says it; `loudness_db` is its root mean square under full scale."""

    voice: str
    seconds: float
    loudness_db: float


def first_question_heard(ears: Ears, tag: str) -> Heard | None:
    """The first question of the sample survey, by the voice of this language; None where there is no voice."""
    voice = ears.voice.voice_for(tag)
    if voice is None:
        return None
    question = sample_survey().by_link_id["fft"].text.in_language(tag)
    sound = ears.hear(question, tag)
    samples = array("h", sound.pcm)
    power = sum(sample * sample for sample in samples) / max(1, len(samples))
    return Heard(voice, sound.duration_ms / 1000, 20 * math.log10(max(1.0, math.sqrt(power)) / 32768))


def patient(tag: str) -> Patient:
    """Somebody who reads `tag`, answers in own words and likes large print (two touches: 200 %)."""
    word = WORDS.get(tag, "Diolch")
    return Patient(tag, {**ANSWERS, "why": (word,), "better": (word,)}, ("tool:size", "tool:size"))


def journey(tag: str, size: tuple[int, int]) -> list[QPixmap]:
    """What stood on the screen of a real kiosk, page by page."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        StaffPin(data / "staff-pin.json").keep("2468")
        (data / "kiosk.toml").write_text("screen_width_mm = 476.0\n", encoding="utf-8")
        kiosk = Kiosk(Options(data, windowed=True, size=size), FileSpeaker(instantly=True))
        kiosk.start()
        pictures: list[QPixmap] = []

        def look(_: Screen) -> None:
            page = kiosk.window.page
            for number in range(page.pager.page_count if page else 1):
                if page:
                    page.pager.turn_to(number)
                pictures.append(kiosk.window.grab())
            if page:
                page.pager.turn_to(0)

        Walk(kiosk, patient(tag), look).whole_session()
        kiosk.close()
    return pictures


def sheet(pictures: list[QPixmap]) -> QPixmap:
    """All of them on one page, in the order they came."""
    wide, high = CELL
    rows = -(-len(pictures) // COLUMNS)
    page = QPixmap(COLUMNS * wide, rows * high)
    page.fill(QColor("#777777"))
    painter = QPainter(page)
    for number, picture in enumerate(pictures):
        small = picture.scaled(
            wide - 8, high - 8, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawPixmap(number % COLUMNS * wide + 4, number // COLUMNS * high + 4, small)
    painter.end()
    return page


def main() -> None:
    """Draw and measure the languages asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("tags", nargs="*")
    parser.add_argument("--size", default="1920x1080")
    wanted = parser.parse_args()
    width, _, height = wanted.size.partition("x")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    application = set_up_qt()
    from kiosk.speech import Voice

    voice = once_settled(Voice())
    for tag in wanted.tags or sample_survey().languages:
        pictures = journey(tag, (int(width), int(height)))
        sheet(pictures).save(str(wanted.folder / f"{tag}.png"))
        heard = first_question_heard(Ears(voice), tag)
        told = f"{heard.voice}, {heard.seconds:.1f} s, {heard.loudness_db:.1f} dB" if heard else "none"
        named = f"{tag:<6} {language(tag).english_name:<11} {font_for_language_or_none(tag) or 'no font':<26}"
        print(f"{named} voice {told}; {len(pictures)} pictures")  # noqa: T201 - what the script is for
    voice.close()
    application.processEvents()


if __name__ == "__main__":
    main()
