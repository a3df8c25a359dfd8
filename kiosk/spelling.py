"""Writing with Up, Down and Select: a ring of Done, Space, the letters and Delete. Pure, like the cursor it is a part of.

What is written goes into the page at once, so that eyes beside the ears see it too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.boxes import Box, boxes, count_words, heard_alone, joined
from kiosk.ear import Ear, Heard, sentence
from kiosk.keys import Key
from kiosk.letters import has_capitals, letters
from kiosk.phrases import Phrases, phrases
from kiosk.screens import Screen, Utterance

LEAP = 5
"""Letters passed over by the Forward key."""
STEPS = {Key.UP: -1, Key.DOWN: 1, Key.FORWARD: LEAP}


@dataclass(frozen=True, slots=True)
class Sign:
    """One stop of the ring. `action`: write | capitals | delete | read | done."""

    name: str
    action: str = "write"
    text: str = ""


def box_of(screen: Screen, key: str) -> Box | None:
    """The box of this key, if it is on the screen."""
    return next((box for box in boxes(screen.ask, phrases(screen.language)) if box.key == key), None)


def ring(box: Box, screen: Screen) -> tuple[Sign, ...]:
    """What can be chosen while writing in `box`: Done first, so that one is never lost (S21)."""
    say = phrases(screen.language)
    read = (Sign(say("Read back"), "read"),) if heard_alone(box, screen) else ()
    return (Sign(say("Done"), "done"), *_signs(box, screen.language, say), Sign(say("Delete"), "delete"), *read)


def _signs(box: Box, language: str, say: Phrases) -> tuple[Sign, ...]:
    if box.is_words:
        capitals = (Sign(say("Capital letters"), "capitals"),) if has_capitals(language) else ()
        signs = tuple(Sign(letter.name, text=letter.text) for letter in letters(language))
        return (Sign(say("Space"), text=" "), *signs, *capitals)
    names = {"-": say("Minus")}
    digits = tuple(Sign(digit, text=digit) for digit in "0123456789")
    return (*digits, *(Sign(names.get(sign, say("Decimal point")), text=sign) for sign in box.signs))


def opened(box: Box, screen: Screen, ear: Ear) -> Heard:
    """The box is opened for writing: how that is done is said each time, because it is like nothing else."""
    return Heard(replace(ear, spelling=box.key, letter=0, helps=0), how_to_write(box, screen))


def how_to_write(box: Box, screen: Screen) -> tuple[Utterance, ...]:
    """How to write with three keys."""
    say = phrases(screen.language)
    find = say("Use Up and Down to find a letter.") if box.is_words else say("Use Up and Down to find a digit.")
    return tuple(sentence(screen, text, box.key) for text in (find, say("Press Select to write it. Choose Done at the end.")))


def here(box: Box, screen: Screen, ear: Ear) -> tuple[Utterance, ...]:
    """The name of the letter one is at."""
    signs = ring(box, screen)
    return (sentence(screen, signs[ear.letter % len(signs)].name, box.key),)


def spelled(screen: Screen, ear: Ear, box: Box, key: Key) -> Heard:
    """A key while writing: along the ring, which has no end; Select takes what is there; Back leaves."""
    if key in STEPS:
        moved = replace(ear, letter=(ear.letter + STEPS[key]) % len(ring(box, screen)))
        return Heard(moved, here(box, screen, moved))
    if key is Key.SELECT:
        return _chosen(screen, ear, box)
    return _left(screen, ear, box)


def _chosen(screen: Screen, ear: Ear, box: Box) -> Heard:
    signs = ring(box, screen)
    sign = signs[ear.letter % len(signs)]
    match sign.action:
        case "done":
            return _left(screen, ear, box)
        case "read":
            return Heard(ear, (_contents(screen, box),))
        case "delete":
            return _put(screen, ear, box, box.text[:-1])
        case "capitals":
            return _with_capitals(screen, ear, box)
        case _:
            large = ear.capitals or _begins_sentence(box)
            return _put(screen, ear, box, box.text + (sign.text.upper() if large else sign.text))


def _begins_sentence(box: Box) -> bool:
    """Where the keyboard of the screen writes a capital by itself."""
    text = box.text.rstrip(" ")
    return box.is_words and (not text or (text != box.text and text.endswith((".", "?", "!"))))


def _put(screen: Screen, ear: Ear, box: Box, text: str) -> Heard:
    """The new text goes in, and how much there is now is said: what it is, only where nobody else hears (S10)."""
    say = phrases(screen.language)
    if len(text) < len(box.text) or not box.is_full:
        done = say("Written") if len(text) > len(box.text) else say("Deleted") if text != box.text else ""
        words = joined(done, count_words(replace(box, text=text), say))
        return Heard(ear, (sentence(screen, words, box.key),), box.written(text) if done else None)
    return Heard(ear, (sentence(screen, say("There is no more room."), box.key),))


def _with_capitals(screen: Screen, ear: Ear, box: Box) -> Heard:
    say = phrases(screen.language)
    words = joined(say("Capital letters"), say("Off") if ear.capitals else say("On"))
    return Heard(replace(ear, capitals=not ear.capitals), (sentence(screen, words, box.key),))


def _left(screen: Screen, ear: Ear, box: Box) -> Heard:
    """Back on the page, at the box."""
    say = phrases(screen.language)
    words = joined(say("Done"), count_words(box, say))
    return Heard(replace(ear, at=box.key, spelling="", letter=0, capitals=False), (sentence(screen, words, box.key),))


def _contents(screen: Screen, box: Box) -> Utterance:
    return sentence(screen, box.text or count_words(box, phrases(screen.language)), box.key)
