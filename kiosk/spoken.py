"""What a screen says, in the order it is heard: everything on it that is not decoration (S2, S4, S8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.phrases import Phrases
from kiosk.screens import ChoiceAsk, DateAsk, NumberAsk, Route, Screen, SliderAsk, Tile, Utterance

_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?=\d)")
_WORD_JOINER = "\u2060"


def spoken(screen: Screen, say: Phrases) -> tuple[Utterance, ...]:
    """Heading, help, answers with their place and state, what is wrong, and then the ways on.

    A person's own words are not in it: they are heard only where nobody else hears them (S10).
    """
    said = (*_top(screen), *_middle(screen, say), *_ends(screen))
    return tuple(Utterance(key, text, language or screen.language) for key, text, language in said if text)


def _top(screen: Screen) -> Iterator[tuple[str, str, str]]:
    if screen.problem:
        yield "problem", screen.problem, ""
    if screen.context:
        yield "context", screen.context, ""
    yield "heading", screen.heading, ""
    for line in screen.lines:
        yield line.key, line.text, ""


def _middle(screen: Screen, say: Phrases) -> Iterator[tuple[str, str, str]]:
    match screen.ask:
        case ChoiceAsk(tiles=tiles):
            for number, tile in enumerate(tiles, 1):
                yield tile.key, _tile_words(tile, number, len(tiles), say), ""
        case SliderAsk(typed=(value,), lower_label=lower, upper_label=upper):
            yield "ask", ". ".join(words for words in (lower, upper, value or say("Nothing chosen yet")) if words), ""
        case NumberAsk(typed=typed, unit=unit):
            yield "ask", f"{typed[0]} {unit}".strip(), ""
        case DateAsk(parts=parts, typed=typed):
            yield "ask", ", ".join(f"{part.label} {given}".strip() for part, given in zip(parts, typed, strict=True)), ""
        case _:
            pass
    yield "countdown", screen.countdown, ""
    for row in screen.rows:
        answer = say("Your own words are not read aloud.") if row.private else row.answer
        yield row.key, f"{row.question} {answer}", ""
    for route in screen.routes:
        yield route.key, f"{route.name}. {_address_words(route)}", ""


def _tile_words(tile: Tile, number: int, total: int, say: Phrases) -> str:
    place = say("Answer {n} of {total}", n=number, total=total)
    chosen = say("Chosen") if tile.chosen else ""
    return ". ".join(words for words in (f"{tile.prefix} {tile.label}".strip(), place, chosen) if words)


def _address_words(route: Route) -> str:
    """An address as it is said: no ``https://``, and a number to call digit by digit."""
    if route.kind in {"phone", "text-relay"}:
        return digit_by_digit(route.address)
    return route.address.removeprefix("https://").removeprefix("www.")


def digit_by_digit(text: str) -> str:
    """The same text for the eye, with word joiners between digits: a voice says "nine, nine, nine", not a number."""
    return _BETWEEN_DIGITS.sub(_WORD_JOINER, text)


def _ends(screen: Screen) -> Iterator[tuple[str, str, str]]:
    for button in (*screen.actions, screen.by_ear, screen.back, screen.start_again, screen.forward):
        if button:
            yield button.key, button.label, ""
    if screen.progress:
        yield "progress", screen.progress.words, ""
    yield "notice", digit_by_digit(screen.notice), ""
    for button in screen.languages:
        yield button.key, button.label, button.language
    for tool in screen.tools:
        yield tool.key, ". ".join(words for words in (tool.label, tool.detail) if words), ""
