"""What a screen says, in the order it is heard: everything on it that is not decoration (S2, S4, S8).

A person's own words and what they say about themselves are in it only where nobody else hears (``shown.private``, S10).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.boxes import box_words, boxes, joined
from kiosk.phrases import Phrases
from kiosk.screens import Button, ChoiceAsk, NumberAsk, PageKind, Route, Screen, SliderAsk, TextAsk, Utterance
from kiosk.survey import Media

_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?=\d)")
_WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class _Said:
    """One part of the screen before it is known in which language it is said."""

    key: str
    text: str
    language: str = ""
    sound: bytes = b""


def spoken(
    screen: Screen, say: Phrases, speaks: Callable[[str], bool] = lambda _: True, recorded_in: str = ""
) -> tuple[Utterance, ...]:
    """Heading, help, answers with their place and state, what is wrong, and then the ways on.

    `speaks` tells whether a language has a voice here; recordings are in the language `recorded_in`, the survey's own.
    """
    recorded = screen.language == recorded_in and not screen.shown.easy_read
    said = (*_top(screen, say, recorded), *_middle(screen, say, recorded), *_ends(screen, say, speaks))
    return tuple(Utterance(part.key, part.text, part.language or screen.language, part.sound) for part in said if part.text)


# --- the question ----------------------------------------------------------------------------------------------------


def _top(screen: Screen, say: Phrases, recorded: bool) -> Iterator[_Said]:
    yield _Said("problem", screen.problem)
    masked = screen.context_private and not screen.shown.private
    yield _Said("context", say("Your own words are not read aloud.") if masked else screen.context)
    yield _Said("heading", screen.heading, sound=_sound(screen.media) if recorded else b"")
    yield _Said("picture", screen.picture_words)
    yield _Said("media", _title(screen.media, screen.language))
    for line in screen.lines:
        yield _Said(line.key, _WORD_JOINER.join(line.text) if line.role == "code" else line.text)
    if screen.kind is PageKind.STILL_THERE and screen.shown.by_keypad:
        yield _Said("keys", say("Press any key if you need more time."))


def _middle(screen: Screen, say: Phrases, recorded: bool) -> Iterator[_Said]:
    yield from _ask(screen, say, recorded)
    for number, button in enumerate(screen.added, 1):
        masked = not screen.shown.private and (screen.private or isinstance(screen.ask, TextAsk))
        words = say("Answer {n} of {total}", n=number, total=len(screen.added)) if masked else button.label
        yield _Said(button.key, joined(words, button.detail))
    yield _Said("countdown", screen.countdown)
    yield from _rows(screen, say)
    for route in screen.routes:
        yield _Said(route.key, f"{route.name}. {_address_words(route)}")


def _ask(screen: Screen, say: Phrases, recorded: bool) -> Iterator[_Said]:
    match screen.ask:
        case ChoiceAsk() as ask:
            yield from _tiles(ask, screen, say, recorded)
        case SliderAsk() as ask:
            yield _Said("ask", joined(ask.lower_label, ask.upper_label, _slider_words(ask, screen, say)))
            yield _Said("ask:less", ask.less)
            yield _Said("ask:more", ask.more)
        case _:
            pass
    for box in boxes(screen.ask, say):
        yield _Said(box.key, box_words(box, screen, say))
        if box.text and box.is_words and not screen.shown.private:
            yield _Said(box.key, joined(say("Your own words are not read aloud."), _how_to_hear(say)))
    if isinstance(screen.ask, NumberAsk):
        for code, unit in screen.ask.units:
            chosen = code == screen.ask.typed[-1] and not _masked(screen)
            yield _Said(f"ask:unit:{code}", joined(unit, say("Chosen") if chosen else ""))


def _tiles(ask: ChoiceAsk, screen: Screen, say: Phrases, recorded: bool) -> Iterator[_Said]:
    for number, tile in enumerate(ask.tiles, 1):
        place = say("Answer {n} of {total}", n=number, total=len(ask.tiles))
        state = joined(place, say("Chosen") if tile.chosen and not _masked(screen) else "")
        sound = _sound(tile.media) if recorded else b""
        title = _title(tile.media, screen.language)
        words = joined(f"{tile.prefix} {tile.label}".strip(), title if title != tile.label else "")
        if sound:
            yield _Said(tile.key, words, sound=sound)
        yield _Said(tile.key, state if sound else joined(words, state))
    if _masked(screen) and any(tile.chosen for tile in ask.tiles):
        yield _Said("masked", joined(say("What you chose is not read aloud."), _how_to_hear(say)))


def _slider_words(ask: SliderAsk, screen: Screen, say: Phrases) -> str:
    if ask.typed[0] and _masked(screen):
        return say("What you chose is not read aloud.")
    return ask.typed[0] or say("Nothing chosen yet")


def _masked(screen: Screen) -> bool:
    return screen.private and not screen.shown.private


def _how_to_hear(say: Phrases) -> str:
    return say("To hear it, use headphones or go to More help.")


# --- the review ------------------------------------------------------------------------------------------------------


def _rows(screen: Screen, say: Phrases) -> Iterator[_Said]:
    alone = screen.shown.private
    for row in screen.rows:
        masked = row.private and not alone and row.answer
        kind = say("Your own words are not read aloud.") if row.own_words else say("What you chose is not read aloud.")
        question = row.question if alone else row.question.removeprefix(row.about)
        yield _Said(row.key, joined(f"{question} {kind if masked else row.answer}", row.change.label))
    if not alone and any(row.private for row in screen.rows):
        yield _Said("masked", _how_to_hear(say))


# --- the ways on -----------------------------------------------------------------------------------------------------


def _address_words(route: Route) -> str:
    """An address as it is said: no ``https://``, and a number to call digit by digit."""
    if route.kind in {"phone", "text-relay"}:
        return digit_by_digit(route.address)
    return route.address.removeprefix("https://").removeprefix("www.")


def digit_by_digit(text: str) -> str:
    """The same text for the eye, with word joiners between digits: a voice says "nine, nine, nine", not a number."""
    return _BETWEEN_DIGITS.sub(_WORD_JOINER, text)


def shown_span(text: str, start_char: int, length: int) -> tuple[int, int]:
    """Where a word of the spoken `text` stands in the text on the screen, which has no joiners: start_char and length."""
    before, inside = text[:start_char].count(_WORD_JOINER), text[start_char : start_char + length].count(_WORD_JOINER)
    return start_char - before, length - inside


def _ends(screen: Screen, say: Phrases, speaks: Callable[[str], bool]) -> Iterator[_Said]:
    for button in (*screen.actions, screen.by_ear, screen.forward, screen.back, screen.start_again):
        if button:
            yield _Said(button.key, joined(button.label, button.detail))
    for line in screen.reception:
        yield _Said(line.key, line.text)
    yield _Said("progress", screen.progress.words if screen.progress else "")
    yield from _turn(screen, speaks)
    yield _Said("notice", digit_by_digit(screen.notice))
    for button in screen.languages:
        yield from _language(button, say, speaks)
    for tool in screen.tools:
        yield _Said(tool.key, joined(tool.label, tool.detail))


def _turn(screen: Screen, speaks: Callable[[str], bool]) -> Iterator[_Said]:
    """What people said and what was done, in the voice of the language that it is written in (S16)."""
    for turn in screen.turns[:1]:
        if turn.language == screen.language or speaks(turn.language):
            yield _Said("said", turn.said, turn.language)
            yield _Said("did", turn.did, turn.language)


def _language(button: Button, say: Phrases, speaks: Callable[[str], bool]) -> Iterator[_Said]:
    """A language by its own name, in its own voice; without one it is said so, for a silent stop would be a riddle."""
    has_voice = speaks(button.language)
    yield _Said(button.key, button.label, button.language if has_voice else "")
    state = say("Chosen") if button.pressed else "" if has_voice else say("This language has no voice here.")
    yield _Said(button.key, state)


# --- what came with the survey ---------------------------------------------------------------------------------------


def _title(media: Media | None, language: str) -> str:
    """What a picture of the survey shows (S8)."""
    return media.title.in_language(language) if media and media.content_type.startswith("image/") else ""


def _sound(media: Media | None) -> bytes:
    """The recording in `media`; nothing for a picture, or for what is not base64. Who plays it checks whether it is sound."""
    if media is None or not media.content_type.startswith("audio/") or not media.data:
        return b""
    try:
        return base64.b64decode(media.data, validate=True)
    except (binascii.Error, ValueError):
        return b""
