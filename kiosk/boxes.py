"""The boxes of a page that are filled letter by letter: words, digits of a number, parts of a date.

Eyes fill them on the keyboard of the screen, ears by :mod:`kiosk.spelling`; both give the same :class:`kiosk.events.Changed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.events import Changed
from kiosk.phrases import Phrases
from kiosk.screens import Ask, ChoiceAsk, DateAsk, NumberAsk, Screen, SliderAsk, TextAsk

MOST_DIGITS = 15
_ENDS = (".", "?", "!", ":", ";", ",", "…", "،", "؟", "۔", "।", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Box:
    """One box: what stands in it, and what can be written there. `most` characters; None: as many as one likes."""

    key: str
    name: str
    text: str = field(repr=False)
    ask: TextAsk | NumberAsk | DateAsk
    at: int = 0
    """Which of the ask's boxes."""
    most: int | None = None
    signs: tuple[str, ...] = ()
    """What can be written besides digits: a minus, a decimal mark."""
    unit: str = ""

    @property
    def is_words(self) -> bool:
        """Whether it takes a person's own words, which are private whatever the question is (S10)."""
        return isinstance(self.ask, TextAsk)

    @property
    def is_full(self) -> bool:
        return self.most is not None and len(self.text) >= self.most

    def written(self, text: str) -> Changed:
        """What happens when `text` stands in this box instead."""
        typed = list(self.ask.typed)
        typed[self.at] = text
        return Changed(self.ask.place, self.ask.chosen, tuple(typed))


def boxes(ask: Ask | None, say: Phrases) -> tuple[Box, ...]:
    """The boxes of a page, in the order of the screen; none where everything is chosen by touch."""
    match ask:
        case TextAsk(typed=typed):
            return (Box("ask:0", say("Your words"), typed[0], ask, most=ask.max_length),)
        case ChoiceAsk(other=TextAsk() as other):
            return tuple(replace(box, key="ask:other") for box in boxes(other, say))
        case NumberAsk(typed=typed):
            signs = tuple(sign for sign in ("-" if ask.signed else "", ask.decimal_mark) if sign)
            return (Box("ask:0", say("Your number"), typed[0], ask, most=MOST_DIGITS, signs=signs, unit=ask.unit),)
        case DateAsk(parts=parts, typed=typed):
            numbered = enumerate(zip(parts, typed, strict=True))
            return tuple(Box(f"ask:{at}", part.label, text, ask, at, part.digits) for at, (part, text) in numbered)
        case _:
            return ()


def box_words(box: Box, screen: Screen, say: Phrases) -> str:
    """What is said of a box. What stands in it is said only where nobody else may hear it (S10)."""
    sentences = [box.name, *_inside(box, screen, say)]
    if screen.shown.by_keypad:
        sentences.append(say("Press Select to write."))
    return joined(*sentences)


def heard_alone(box: Box, screen: Screen) -> bool:
    """Whether what stands in the box may be said now."""
    return screen.shown.private or not (box.is_words or screen.private)


def count_words(box: Box, say: Phrases) -> str:
    """How much stands in the box, without a word of what it is."""
    if not box.text:
        return say("Nothing written yet")
    if box.is_words:
        return say.plural("{n} letter", "{n} letters", len(box.text))
    return say.plural("{n} digit", "{n} digits", len(box.text))


def _inside(box: Box, screen: Screen, say: Phrases) -> tuple[str, ...]:
    if not box.text or not heard_alone(box, screen):
        return (count_words(box, say),)
    return (f"{box.text} {box.unit}".strip(),)


# --- a slider and units: chosen, not written --------------------------------------------------------------------------


def slid(ask: SliderAsk, steps: int) -> Changed:
    """What one step less or more does; from nothing, the middle."""
    numbers = range(ask.minimum, ask.maximum + 1, ask.step)
    value = int(ask.typed[0]) + steps * ask.step if ask.typed[0] else numbers[len(numbers) // 2]
    return Changed(ask.place, ask.chosen, (str(max(ask.minimum, min(value, ask.maximum))),))


def with_unit(ask: NumberAsk, code: str) -> Changed:
    """What happens when that unit is chosen."""
    return Changed(ask.place, ask.chosen, (ask.typed[0], code))


def joined(*sentences: str) -> str:
    """Pieces as one text, with a pause after each that does not end by itself."""
    said = [text.strip() for text in sentences if text.strip()]
    return " ".join((*(text if text.endswith(_ENDS) else f"{text}." for text in said[:-1]), *said[-1:]))
