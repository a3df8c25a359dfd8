"""The part of XLSForm's expressions that a kiosk understands: comparisons, selected(), regex(), and, or, not().

A closed grammar, read in one pass. Everything else raises NotUnderstood, with words that complete a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

LENGTH_LIMIT: Final = 4_000
"""Characters of an expression."""
DEPTH_LIMIT: Final = 30
"""How deep brackets may stand in each other."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>\$\{\s*[^{}\s]+\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))"""
    r"""|(?P<sign><=|>=|!=|=|<|>)|(?P<mark>[(),])|(?P<word>[A-Za-z][A-Za-z0-9_-]*)|(?P<self>\.))""",
    re.ASCII,
)
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_TURNED: Final = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_MEASURES: Final = {"string-length": "length", "count-selected": "count"}

Measure = Literal["value", "length", "count"]


class NotUnderstood(ValueError):
    """An expression beyond this grammar; the text is a sentence without its remedy."""


@dataclass(frozen=True, slots=True)
class Of:
    """A question's answer, or how long it is, or how many are chosen. `name` is ``.`` for the row's own answer."""

    name: str
    measure: Measure = "value"


@dataclass(frozen=True, slots=True)
class Constant:
    """What an answer is compared with."""

    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    left: Of
    operator: str
    right: Constant


@dataclass(frozen=True, slots=True)
class Selected:
    of: Of
    code: str


@dataclass(frozen=True, slots=True)
class Fits:
    of: Of
    pattern: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Part


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts of which any one is enough, or all are needed."""

    any_is_enough: bool
    parts: tuple[Part, ...]


Part = Compare | Selected | Fits | Not | Joined


def parse(text: str) -> Part:
    """The tree of an expression. Raises NotUnderstood."""
    if len(text) > LENGTH_LIMIT:
        raise NotUnderstood(f"The expression is longer than {LENGTH_LIMIT:,} characters.")
    reading = _Reading(_tokens(text.translate(_STRAIGHT)))
    part = _either(reading, 0)
    if reading.kind:
        reading.stop()
    return part


@dataclass(slots=True)
class _Reading:
    """Where reading stands in the tokens: pairs of kind and text."""

    tokens: list[tuple[str, str]]
    at: int = field(default=0)

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def text(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *texts: str) -> str:
        """The next token, which must be one of `texts` if there are any."""
        text = self.text
        if not self.kind or (texts and text not in texts):
            self.stop()
        self.at += 1
        return text

    def stop(self) -> NoReturn:
        left = " ".join(text for _, text in self.tokens[self.at : self.at + 6])
        raise NotUnderstood(
            f'The kiosk does not understand it from "{left[:60]}" on.' if left else "The expression has no end."
        )


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise NotUnderstood(f'The kiosk does not understand "{text[at:].strip()[:40]}".')
        found.append((token.lastgroup, token.group(token.lastgroup)))
        at = token.end()
    return found


def _either(reading: _Reading, depth: int) -> Part:
    parts = [_both(reading, depth)]
    while reading.text == "or":
        reading.take()
        parts.append(_both(reading, depth))
    return parts[0] if len(parts) == 1 else Joined(any_is_enough=True, parts=tuple(parts))


def _both(reading: _Reading, depth: int) -> Part:
    parts = [_single(reading, depth)]
    while reading.text == "and":
        reading.take()
        parts.append(_single(reading, depth))
    return parts[0] if len(parts) == 1 else Joined(any_is_enough=False, parts=tuple(parts))


def _single(reading: _Reading, depth: int) -> Part:
    if depth > DEPTH_LIMIT:
        raise NotUnderstood("Its brackets are nested too deep.")
    if reading.kind == "word" and reading.text in {"not", "selected", "regex"}:
        return _function(reading, reading.take(), depth)
    if reading.text == "(":
        reading.take()
        part = _either(reading, depth + 1)
        reading.take(")")
        return part
    return _comparison(reading)


def _function(reading: _Reading, name: str, depth: int) -> Part:
    reading.take("(")
    if name == "not":
        part: Part = Not(_either(reading, depth + 1))
    else:
        of = _operand(reading)
        reading.take(",")
        constant = _operand(reading)
        if not isinstance(of, Of) or not isinstance(constant, Constant):
            raise NotUnderstood(f"{name}() needs a question first, and then a text in quotation marks.")
        part = Selected(of, constant.text) if name == "selected" else Fits(of, constant.text)
    reading.take(")")
    return part


def _comparison(reading: _Reading) -> Part:
    left = _operand(reading)
    if reading.kind != "sign":
        reading.stop()
    sign = reading.take()
    right = _operand(reading)
    if isinstance(left, Of) and isinstance(right, Constant):
        return Compare(left, sign, right)
    if isinstance(left, Constant) and isinstance(right, Of):
        return Compare(right, _TURNED[sign], left)
    raise NotUnderstood("It must compare one answer with one fixed value.")


def _operand(reading: _Reading) -> Of | Constant:
    kind = reading.kind
    if kind == "name":
        return Of(reading.take()[2:-1].strip())
    if kind == "self":
        return Of(reading.take())
    if kind == "text":
        return Constant(reading.take()[1:-1])
    if kind == "number":
        return Constant(reading.take())
    return _measured(reading)


def _measured(reading: _Reading) -> Of | Constant:
    if reading.text not in {*_MEASURES, "date"}:
        reading.stop()
    word = reading.take()
    reading.take("(")
    inner = _operand(reading)
    reading.take(")")
    if word == "date" and isinstance(inner, Constant):
        return inner
    if word in _MEASURES and isinstance(inner, Of) and inner.measure == "value":
        return Of(inner.name, "length" if word == "string-length" else "count")
    raise NotUnderstood(f"The kiosk does not understand this use of {word}().")
