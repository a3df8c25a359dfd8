"""Filled-in questionnaires: what one person answers to one survey, and the QuestionnaireResponse that says so.

A document is put together from parts that are encoded once, with the members of every object in order: so the bytes that are
kept are also those that intake makes its digest of. Only choices and own words are answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final, TypeAlias
from uuid import UUID

import msgspec

from kiosk.fhir.answering import as_offered
from kiosk.fhir.primitives import write_value
from kiosk.survey import AnyItem, Coding, Kind, Operator, Question, Section, Survey
from sync import wire
from sync.hub.counts import measures
from sync.hub.fill import people, words
from sync.hub.fill.people import Person, Table, table
from sync.hub.taking_in import flat
from sync.hub.taking_in.flat import FlatAnswer
from sync.hub.texts import storable

KIOSK_METHOD: Final = "tablet-kiosk"
Given: TypeAlias = dict[str, tuple[str, ...]]
"""What was answered, by linkId: codes, or the person's own words."""
Test: TypeAlias = tuple[bool, tuple[tuple[str, str | None], ...]]
"""Whether one of these is enough; each a linkId that must hold this code, or (None) any answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked here: by what name it is drawn, when it is open, and what each code becomes."""

    link_id: str
    name: str
    own_words: bool
    several: bool
    drawn: Table
    tests: tuple[Test, ...]
    flats: Mapping[str, FlatAnswer]
    parts: Mapping[str, bytes]

    def is_open(self, given: Given) -> bool:
        return all((any if one else all)(_holds(given, *need) for need in needs) for one, needs in self.tests)


@dataclass(frozen=True, slots=True)
class Paper:
    """One filled-in questionnaire, as far as it was answered."""

    given: Given
    answers: tuple[FlatAnswer, ...]
    stopped: bool

    @property
    def status(self) -> str:
        return "stopped" if self.stopped else "completed"


class Form:
    """A survey made ready to be filled in many times."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.asked = tuple(_asked(survey, question) for question in measures.questions(survey) if _can_be_drawn(question))

    def fill_in(self, chance: Random, person: Person) -> Paper:
        """What this person answers, question by question."""
        given: Given = {}
        stop = chance.randrange(1, 6) if chance.random() < people.STOPS_EARLY else len(self.asked)
        for asked in self.asked[:stop]:
            if chance.random() < people.ANSWER_RATES.get(asked.name, people.OTHERWISE) and asked.is_open(given):
                given[asked.link_id] = _answer(chance, asked, person)
        return self._paper(given, stopped=stop < len(self.asked))

    def cut(self, paper: Paper, count: int) -> Paper:
        """The same, stopped after so many answers."""
        left: Given = {}
        for answer in paper.answers[:count]:
            left[answer.link_id] = (*left.get(answer.link_id, ()), answer.text or answer.code)
        return self._paper(left, stopped=True)

    def document(self, paper: Paper, head: Head) -> tuple[bytes, str]:
        """The QuestionnaireResponse and its digest, as intake makes it."""
        before, after = self._around(paper, head)
        own = b'"id":"%s",' % str(head.uuid).encode()
        return before + own + after, hashlib.sha256(before + after).hexdigest()

    def _paper(self, given: Given, *, stopped: bool) -> Paper:
        answers = [answer for asked in self.asked for answer in _flats(asked, given.get(asked.link_id, ()))]
        return Paper(given, tuple(answers), stopped)

    def _around(self, paper: Paper, head: Head) -> tuple[bytes, bytes]:
        """The document before and after its id, with its members in order."""
        ways: list[dict[str, object]] = [{"url": wire.WAY_EXTENSION, "valueCode": way} for way in head.ways]
        said = [*ways, {"url": wire.METHOD_EXTENSION, "valueCode": KIOSK_METHOD}]
        said.append({"url": wire.SEQUENCE_EXTENSION, "valueInteger": head.sequence})
        items = b",".join(_items(self.survey.items, self._written(paper)))
        return (
            b'{"authored":"%s","extension":%s,' % (head.authored.encode(), msgspec.json.encode(said)),
            b'"identifier":{"system":"%s","value":"%s"},' % (wire.RESPONSE_SYSTEM.encode(), str(head.uuid).encode())
            + (b'"item":[%s],' % items if items else b"")
            + b'"language":"%s",%s"status":"%s"}' % (head.language.encode(), self._names, paper.status.encode()),
        )

    @cached_property
    def _names(self) -> bytes:
        return b'"questionnaire":%s,"resourceType":"QuestionnaireResponse",' % msgspec.json.encode(self.survey.canonical)

    def _written(self, paper: Paper) -> dict[str, bytes]:
        return {
            asked.link_id: b",".join(_part(asked, code) for code in paper.given[asked.link_id])
            for asked in self.asked
            if asked.link_id in paper.given
        }


@dataclass(frozen=True, slots=True)
class Head:
    """What a response says of itself."""

    uuid: UUID
    authored: str
    language: str
    ways: Sequence[str]
    sequence: int


def _can_be_drawn(question: Question) -> bool:
    own_words = question.kind in {Kind.STRING, Kind.TEXT}
    return own_words or (question.kind is Kind.CHOICE and all(isinstance(one.value, Coding) for one in question.options))


def _asked(survey: Survey, question: Question) -> Asked:
    named = (coding.code for coding in question.codes if coding.system in {measures.MEASURE, measures.CHARACTERISTIC})
    name = next(named, question.link_id)
    codings = [option.value for option in question.options if isinstance(option.value, Coding)]
    flats, parts = {}, {}
    for coding in codings:
        system, code, _, _ = flat.parts(coding)
        flats[coding.code] = FlatAnswer(question.link_id, "", storable(system), storable(code, flat.CODE_LENGTH))
        member, written = write_value(as_offered(question, coding), question.kind)
        parts[coding.code] = msgspec.json.encode({member: written}, order="sorted")
    drawn = people.ABOUT_PEOPLE.get(name) or table({coding.code: 6 / (n + 1) for n, coding in enumerate(codings)})
    tests = tuple(_tests([*survey.ancestors[question.link_id], question]))
    return Asked(question.link_id, name, not codings, question.repeats, drawn, tests, flats, parts)


def _tests(items: Sequence[AnyItem]) -> Iterator[Test]:
    for item in items:
        if item.conditions:
            needs = [(one.question, one.value.code if isinstance(one.value, Coding) else None) for one in item.conditions]
            known = all(one.operator in {Operator.EQUALS, Operator.EXISTS} for one in item.conditions)
            yield item.any_condition, tuple(needs) if known else (("", None),)


def _holds(given: Given, link_id: str, code: str | None) -> bool:
    return link_id in given if code is None else code in given.get(link_id, ())


def _answer(chance: Random, asked: Asked, person: Person) -> tuple[str, ...]:
    match asked.name:
        case "fft":
            return (person.fft,)
        case "better":
            return (words.better(chance, person.language),)
        case "about-you":
            return ("yes" if person.tells else "no",)
        case "listened" | "questions-answered" | "needs-met":
            code = people.FOUND[person.mood, person.foreign].draw(chance)
            return (code if code in asked.parts else "dont-know",)
        case "support":
            return _several(chance, asked)
    if asked.own_words:
        return (words.why(chance, person.language, person.mood),)
    code = person.about.get(asked.name) or asked.drawn.draw(chance)
    return (code if code in asked.parts else asked.drawn.draw(chance),)


def _several(chance: Random, asked: Asked) -> tuple[str, ...]:
    first, second = asked.drawn.draw(chance), asked.drawn.draw(chance)
    alone = "none" in {first, second} or not asked.several or chance.random() < 0.7
    chosen = {first} if alone else {first, second}
    return tuple(code for code in asked.parts if code in chosen)


def _flats(asked: Asked, codes: Sequence[str]) -> Iterator[FlatAnswer]:
    for code in codes:
        yield FlatAnswer(asked.link_id, "", text=code) if asked.own_words else asked.flats[code]


def _part(asked: Asked, code: str) -> bytes:
    return b'{"valueString":%s}' % msgspec.json.encode(code) if asked.own_words else asked.parts[code]


def _items(items: Sequence[AnyItem], written: Mapping[str, bytes]) -> Iterator[bytes]:
    for item in items:
        name = msgspec.json.encode(item.link_id)
        if isinstance(item, Section):
            inner = b",".join(_items(item.items, written))
            if inner:
                yield b'{"item":[%s],"linkId":%s}' % (inner, name)
        elif item.link_id in written:
            yield b'{"answer":[%s],"linkId":%s}' % (written[item.link_id], name)
