"""Easy Read (S96): easy words where a survey has them, and a picture left of each question and each answer.

Only what is shown changes: the events, the answers stored and their codes are the same as outside it.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.pictures import picture_words
from kiosk.screens import Line, PageKind, Screen
from kiosk.states import Preferences
from kiosk.survey import AnyItem, Option, Question
from kiosk.words import option_words

OWN_PICTURES = {
    PageKind.REVIEW: "check-answers",
    PageKind.LANGUAGES: "language",
    PageKind.START_AGAIN: "start-over",
    PageKind.STILL_THERE: "still-there",
    PageKind.THANKS: "thank-you",
    PageKind.OUT_OF_ORDER: "resting",
}
"""The pictures of the product's own screens."""
OWN_LINES = {"intro:1": "no-name"}
URGENT_HELP = "urgent-help"
SAID, DID = "listened", "ideas"
"""Beside what people said, and beside what was done."""


def item_words(item: AnyItem, shown: Preferences) -> str:
    """The words of a question, note or section as this person reads them."""
    return ((shown.easy_read and item.easy) or item.text).in_language(shown.language)


def help_words(question: Question, shown: Preferences) -> str:
    """What helps to answer, as this person reads it."""
    return ((shown.easy_read and question.easy_help) or question.help).in_language(shown.language)


def answer_label(option: Option, shown: Preferences) -> str:
    """The words of an answer as this person reads them."""
    if shown.easy_read and option.easy:
        return option.easy.in_language(shown.language)
    return option_words(option, shown.language)


def is_pictured(options: tuple[Option, ...], shown: Preferences) -> bool:
    """Whether pictures stand left of these answers."""
    return shown.easy_read and any(option.picture for option in options)


def with_pictures(screen: Screen) -> Screen:
    """In Easy Read: `screen` with the pictures of the product's own sentences, and all pictures' words."""
    if not screen.shown.easy_read:
        return screen
    name = screen.picture or OWN_PICTURES.get(screen.kind, "")
    return replace(
        screen,
        picture=name,
        picture_words=picture_words(name, screen.language),
        notice_picture=URGENT_HELP if screen.notice else "",
        lines=tuple(_with_picture(line) for line in screen.lines),
        turns=tuple(replace(turn, said_picture=SAID, did_picture=DID) for turn in screen.turns),
    )


def _with_picture(line: Line) -> Line:
    return replace(line, picture=OWN_LINES.get(line.key, ""))
