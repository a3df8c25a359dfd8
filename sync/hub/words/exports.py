"""Whole responses taken away: read in small groups and written on the go, so that a million need no more memory than a few.

What goes out is less than what is kept (S156, S157): days and no times, no sequence numbers, and within a day no order.
People's own words go out as they may be shown; as they came only where that is asked for by somebody who may read them so.
Answers about the person (age, ethnic group…) go out only where they are asked for.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from kiosk.survey import Kind, Option, Question
from sync.hub import surveys
from sync.hub.counts import measures
from sync.hub.counts.scopes import Scope
from sync.hub.models import Answer, Comment, Device, Response, Site, SurveyVersion
from sync.hub.taking_in import flat

AT_ONCE: Final = 500
"""Responses read together."""
Answers: TypeAlias = dict[int, dict[str, list["Given | str"]]]
"""By response and linkId."""
Wording: TypeAlias = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken away: which responses, and how much of each."""

    scope: Scope
    originals: bool = False
    about_people: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One question: its words in English, and what the codes of its answers mean."""

    link_id: str
    words: str
    wording: Wording = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return f"{self.words} ({self.link_id})" if self.words else self.link_id


@dataclass(frozen=True, slots=True)
class Whole:
    """One response: `answers` by linkId, each with its system, code and number, or a person's words."""

    uuid: UUID
    day: date
    site: str
    device: str
    status: str
    language: str
    may_share: bool
    document: bytes
    answers: Mapping[str, list[Given | str]]
    redacted: Mapping[str, str]
    """The words that were changed: as they came, and as they may be shown."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it is counted."""

    system: str
    code: str
    number: float | None


def responses(taken: Taken) -> Iterator[Whole]:
    """Every response of `taken`, day by day."""
    ends = _of(taken.scope).aggregate(first=Min("day"), last=Max("day"))
    if ends["first"] is None:
        return
    versions, sites = {version.pk for version in _versions(taken.scope)}, _sites(taken.scope)
    day = ends["first"]
    while day <= ends["last"]:
        keys = _keys(day, versions, sites)
        for start in range(0, len(keys), AT_ONCE):
            yield from _wholes(taken, keys[start : start + AT_ONCE], day)
        day += timedelta(days=1)


def columns(taken: Taken) -> list[Column]:
    """The questions in their order: those of the version that is asked now, then those that only others asked."""
    known: dict[str, Column] = {}
    hidden = set() if taken.about_people else about_people(taken.scope)
    for version in _versions(taken.scope):
        for question in measures.questions(surveys.asked_in(version)):
            if question.link_id not in hidden:
                known.setdefault(
                    question.link_id, Column(question.link_id, question.text.in_language("en"), _wording(question))
                )
    return list(known.values())


def about_people(scope: Scope) -> set[str]:
    """The linkIds of questions about the person who answers, in any version (S122 to S127)."""
    asked = (question for version in _versions(scope) for question in measures.questions(surveys.asked_in(version)))
    return {one.link_id for one in asked if any(coding.system == measures.CHARACTERISTIC for coding in one.codes)}


def count(taken: Taken) -> int:
    """How many responses there are."""
    return _of(taken.scope).count()


def _of(scope: Scope) -> QuerySet[Response]:
    found = Response.objects.filter(
        version__in=[version.pk for version in _versions(scope)], day__range=(scope.first, scope.last)
    )
    found = found.filter(site=scope.site) if scope.site else found
    return found if scope.within is None else found.filter(site_id__in=scope.within)


def _versions(scope: Scope) -> list[SurveyVersion]:
    known = scope.survey.versions.defer("document").order_by("-added_at", "-pk")
    return sorted(known, key=lambda version: version.state != SurveyVersion.State.ACTIVE)


def _sites(scope: Scope) -> frozenset[int] | None:
    if scope.site is None:
        return scope.within
    seen = scope.within is None or scope.site.pk in scope.within
    return frozenset({scope.site.pk} if seen else ())


def _keys(day: date, versions: set[int], sites: frozenset[int] | None) -> array[int]:
    """The keys of one day in an order of chance (S157): eight bytes each. The day alone is asked for: it has an index."""
    of_day = Response.objects.filter(day=day).values_list("pk", "version_id", "site_id").iterator(AT_ONCE)
    keys = array("q", (pk for pk, version, site in of_day if version in versions and (sites is None or site in sites)))
    random.SystemRandom().shuffle(keys)
    return keys


def _wholes(taken: Taken, keys: Sequence[int], day: date) -> Iterator[Whole]:
    some = Response.objects.in_bulk(keys)
    known = Site.objects.in_bulk({one.site_id for one in some.values()})
    devices = dict(Device.objects.filter(pk__in={one.device_id for one in some.values()}).values_list("pk", "name"))
    answers, redacted = _answers(taken, list(some), day)
    for key in keys:
        if (one := some.get(key)) is not None:  # deleted a moment ago
            yield Whole(
                one.uuid,
                one.day,
                known[one.site_id].name,
                devices[one.device_id],
                one.status,
                one.language,
                one.may_share,
                bytes(one.document),
                answers.get(key, {}),
                redacted.get(key, {}),
            )


def _answers(taken: Taken, keys: list[int], day: date) -> tuple[Answers, dict[int, dict[str, str]]]:
    """By response: its answers by linkId, words among them; and the words that were changed."""
    answers: Answers = {}
    redacted: dict[int, dict[str, str]] = {}
    coded = Answer.objects.filter(response_id__in=keys, day=day).order_by("pk")
    for response, link_id, system, code, number in coded.values_list("response_id", "link_id", "system", "code", "number"):
        if code:
            answers.setdefault(response, {}).setdefault(link_id, []).append(Given(system, code, number))
    words = Comment.objects.filter(response_id__in=keys).order_by("pk")
    for response, link_id, text, original in words.values_list("response_id", "link_id", "text", "original"):
        assert response is not None  # noqa: S101 - it was asked for by its key
        told = original if original and taken.originals else text
        answers.setdefault(response, {}).setdefault(link_id, []).append(told)
        if original and not taken.originals:
            redacted.setdefault(response, {})[original] = text
    return answers, redacted


def _wording(question: Question) -> dict[tuple[str, str], str]:
    """The words of offered answers by their system and code."""
    if question.kind is Kind.BOOLEAN:
        return {("", "true"): "Yes", ("", "false"): "No"}
    return {_code(option): option.wording.in_language("en") for option in question.options}


def _code(option: Option) -> tuple[str, str]:
    if isinstance(option.value, str):
        return "", option.value[: flat.CODE_LENGTH]
    system, code, _, _ = flat.parts(option.value)
    return system, code[: flat.CODE_LENGTH]
