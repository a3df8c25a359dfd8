"""Invented answers, as many as wanted, to try a hub out at size: ``kiosk hub fill``.

The same seed on the same day makes the same answers. Everything is written as intake would have written it: documents, flat
answers, own words and counts agree. What a fill that was broken off leaves behind is whole months, without what waits to be
shown: begin again with an empty hub.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Final

from django.db import transaction
from django.utils import timezone

from sync.hub import surveys
from sync.hub.counts import measures, scopes
from sync.hub.errors import FillRefused
from sync.hub.fill import places
from sync.hub.fill.papers import Form
from sync.hub.fill.story import Story, ids
from sync.hub.fill.writing import Writer
from sync.hub.models import Response, SurveyVersion

SITES: Final = 200
YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    answers: int
    responses: int
    comments: int
    sites: int
    first: date
    last: date


def fill(  # noqa: PLR0913 - each is an option of the command
    *,
    answers: int,
    seed: int,
    sites: int = SITES,
    years: int = YEARS,
    now: datetime | None = None,
    say: Callable[[str], object] = str,
) -> Filled:
    """Write exactly so many answers, spread over `years` up to today, this month and the one before always among them.

    `say` gets a line a month. Raises FillRefused.
    """
    now = now or timezone.now()
    if Response.objects.filter(uuid=next(ids(seed))).exists():
        raise FillRefused(f"The answers of seed {seed} are here already. Choose another --seed.")
    version, days = _version(), _days(timezone.localdate(now), years)
    chance = Random(seed)  # noqa: S311 - chance with a seed, not a secret
    with transaction.atomic():
        made = places.make(chance, sites, days, version, now)
    story = Story(chance, Form(surveys.asked_in(version)), made, ids(seed), now)
    story.begin(answers, days)
    writer = Writer(version)
    for month, in_month in groupby(days, key=lambda day: day.replace(day=1)):
        with transaction.atomic():
            for day in in_month:
                writer.add(story.of_day(day))
            writer.end(scopes.after_month(month))
        say(f"{month:%B %Y}: {story.answers:,} answers")
    with transaction.atomic():
        writer.close()
    return Filled(story.answers, story.responses, writer.comments, sites, days[0], days[-1])


def _version() -> SurveyVersion:
    """The newest active version that asks the Friends and Family question."""
    for version in SurveyVersion.objects.filter(state=SurveyVersion.State.ACTIVE).select_related("survey"):
        if any(measures.measures(question, "fft") for question in measures.questions(surveys.asked_in(version))):
            return version
    raise FillRefused("No survey of this hub asks the Friends and Family question. Add one first, on the page Surveys.")


def _days(last: date, years: int) -> list[date]:
    """From the first of this month, so many years ago, up to `last`."""
    first = date(last.year - years, last.month, 1)
    return [first + timedelta(days=after) for after in range((last - first).days + 1)]
