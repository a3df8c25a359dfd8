"""What a reader must find for a screen, taken from the screen's own value: every word, and every control with its role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.screens import Ask, Button, ChoiceAsk, DateAsk, NumberAsk, PageKind, Screen, SliderAsk, TextAsk
from tests.at_spi_reader import Node, shown
from ui.inputs.slider import few, numbers
from ui.keyboard_layout import keyboard_for


@dataclass(frozen=True)
class Control:
    """Something to act on. `checked` is None where it is neither on nor off; `said` is what a box holds."""

    role: str
    name: str
    checked: bool | None = None
    said: str = ""


def plain(words: str) -> str:
    """Words without what only decides where a line breaks."""
    return " ".join(words.replace("\N{NO-BREAK SPACE}", " ").replace("\u2060", "").split())


def words_on(screen: Screen) -> Iterator[str]:
    """Every word that is shown, and the text alternatives of pictures."""
    yield from (screen.heading, screen.context, screen.problem, screen.notice, screen.countdown, screen.picture_words)
    yield from (line.text for line in screen.lines if screen.kind is not PageKind.EASIER)  # there they go where room is short
    yield screen.progress.words if screen.progress else ""
    for row in screen.rows:
        yield from (row.question, row.answer)
    for route in screen.routes:
        yield from (route.name, route.address)
    for fact in screen.facts:
        yield from fact
    for button in buttons_on(screen):
        yield from (button.label, button.detail)
    if screen.ask is not None:
        yield from _words_of(screen.ask)


def _words_of(ask: Ask) -> Iterator[str]:
    match ask:
        case ChoiceAsk(tiles=tiles):
            for tile in tiles:
                yield from (tile.prefix, tile.label, tile.picture_words)
        case SliderAsk(lower_label=lower, upper_label=upper):
            yield from (lower, upper)
        case NumberAsk(typed=typed, unit=unit, units=units):
            yield from (typed[0], unit, *(words for _, words in units))
        case DateAsk(parts=parts, typed=typed):
            yield from (*(part.label for part in parts), *typed)
        case TextAsk(typed=typed, hint=hint):
            yield from (typed[0], "" if typed[0] else hint)


def controls_on(screen: Screen) -> Iterator[Control]:
    """Every control that must be there, on whichever page of the screen; a box of digits is pressed to be filled.

    Keys are another matter: :func:`keys_of`.
    """
    for button in buttons_on(screen):
        yield _button(button, {row.change.key: row.question for row in screen.rows}.get(button.key, button.detail))
    if screen.ask is not None:
        yield from _controls_of(screen.ask, screen)
    if screen.pin_length is not None:
        yield Control("push button", screen.heading)


def buttons_on(screen: Screen) -> Iterator[Button]:
    """All but languages that stand on the screen only where there is room, when a button leads to them."""
    lead_there = any(tool.key == "tool:language" for tool in screen.tools) and screen.kind is not PageKind.LANGUAGES
    return (button for button in screen.buttons() if not (lead_there and button in screen.languages))


def _button(button: Button, detail: str) -> Control:
    name = f"{button.label}: {detail}" if detail else button.label
    if button.pressed is None:
        return Control("push button", name)
    is_switch = bool(button.detail) or button.key.startswith("tool:")
    return Control("check box" if is_switch else "radio button", name, button.pressed)


def _controls_of(ask: Ask, screen: Screen) -> Iterator[Control]:
    match ask:
        case ChoiceAsk(tiles=tiles, several=several, other=other):
            role = "check box" if several else "radio button"
            yield from (Control(role, f"{tile.prefix} {tile.label}".strip(), tile.chosen) for tile in tiles)
            if other is not None:
                yield from _controls_of(other, screen)
        case SliderAsk() if few(ask):
            ends = {ask.minimum: ask.lower_label, ask.maximum: ask.upper_label}
            for number in numbers(ask):
                yield Control("radio button", f"{number} {ends.get(number, '')}".strip(), str(number) == ask.typed[0])
        case SliderAsk(less=less, more=more, typed=typed):
            yield from (Control("push button", less), Control("push button", more))
            yield Control("slider", screen.heading, None, typed[0])
        case NumberAsk(name=name, typed=typed, units=units):
            yield Control("push button", name or screen.heading)
            yield from (Control("radio button", words, typed[-1] in {code, words}) for code, words in units)
        case DateAsk(parts=parts):
            yield from (Control("push button", part.label) for part in parts)
        case TextAsk(name=name, typed=typed):
            yield Control("text", name or screen.heading, None, typed[0])


def keys_of(screen: Screen) -> tuple[frozenset[str], ...]:
    """The names of the keys that go with the way to answer: any one of these sets must be there, if it has keys."""
    ask = screen.ask.other if isinstance(screen.ask, ChoiceAsk) else screen.ask
    if isinstance(ask, TextAsk):
        layout = keyboard_for(ask.language)
        levels = [level for level in ("letters", "shift") if level in layout.levels]
        return tuple(frozenset(layout.spoken(spot.key) for spot in layout.spots(level)) for level in levels)
    digits = frozenset("0123456789")
    others = {"backspace": True, "ok": screen.pin_length is not None, "clear": screen.pin_length is not None}
    if isinstance(ask, NumberAsk | DateAsk) or screen.pin_length is not None:
        return (digits | {screen.key_name(key) for key, there in others.items() if there},)
    return ()


def control_of(node: Node) -> Control:
    """A node as a control, to be compared with what is expected."""
    checked = node.is_a("checked") if node.is_a("checkable") else None
    return Control(node.role, plain(node.name), checked, plain(node.said))


def told_by(tree: Node) -> set[str]:
    """All words of all parts that show."""
    parts = [node for node in shown(tree) if node.role != "application"]
    return {plain(words) for node in parts for words in (node.name, node.description, node.said)}
