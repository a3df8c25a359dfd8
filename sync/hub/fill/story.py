"""What happens from day to day: so many people come to each site, and answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Final
from uuid import UUID

from sync.hub.fill import people, places
from sync.hub.fill.papers import Form, Head, Paper
from sync.hub.fill.places import Place

ANSWERS_EACH: Final = 11.0
"""What a response holds, before any was made; then the average so far counts."""
FOR_TODAY: Final = 40
"""So many answers are held back for the last day, so that this month has some."""
OPENING: Final = time(8, 30, tzinfo=UTC)
OPEN_SECONDS: Final = 8 * 3600
MANY: Final = 30
"""From so many people on, chance is as good as normal."""


@dataclass(frozen=True, slots=True)
class Told:
    """One response on its way in."""

    day: date
    at: datetime
    place: Place
    device: int
    head: Head
    paper: Paper
    document: bytes
    digest: str


def ids(seed: int) -> Iterator[UUID]:
    """The UUIDs of the responses of this seed."""
    chance = Random(f"responses of {seed}")  # noqa: S311 - chance with a seed, not a secret
    while True:
        yield UUID(int=chance.getrandbits(128), version=4)


class Story:
    """It is told day by day, and knows how far it is: so the answers come out right in the end, whatever chance does."""

    def __init__(self, chance: Random, form: Form, made: Sequence[Place], uuids: Iterator[UUID], now: datetime) -> None:
        self._chance, self._form, self._places, self._ids, self._now = chance, form, made, uuids, now
        self.answers = self.responses = 0
        self._wanted, self._weight = 0, 0.0
        self._last = date.max
        self._sent: Counter[int] = Counter()
        self._month = date.min

    def begin(self, answers: int, days: Sequence[date]) -> None:
        """So many answers are to come on these days."""
        self._wanted, self._last = answers, days[-1]
        self._weight = sum(places.busy(place, day) for day in days for place in self._places)

    def of_day(self, day: date) -> Iterator[Told]:
        """Everything that comes on this day."""
        limit = self._wanted if day == self._last else self._wanted - FOR_TODAY
        for place in self._places:
            weight = places.busy(place, day)
            for _ in range(_drawn(self._chance, self._expected(weight))):
                if self.answers < limit:
                    yield self._one(place, day)
            self._weight -= weight
        before_this_month = day == self._last.replace(day=1) - timedelta(days=1)
        if before_this_month and self._month != day.replace(day=1) and self.answers < limit:
            yield self._one(self._chance.choice(self._places), day)
        while day == self._last and self.answers < self._wanted:
            yield self._one(self._chance.choice(self._places), day)

    def _expected(self, weight: float) -> float:
        """How many responses belong to this part of what is still to come."""
        each = (self.answers + 50 * ANSWERS_EACH) / (self.responses + 50)
        return (self._wanted - self.answers) / each * weight / max(self._weight, weight)

    def _one(self, place: Place, day: date) -> Told:
        language = place.languages.draw(self._chance)
        person = people.somebody(self._chance, language, place.quality_on(day), mixed=place.mixed)
        paper = self._form.fill_in(self._chance, person)
        if self.answers + len(paper.answers) > self._wanted:
            paper = self._form.cut(paper, self._wanted - self.answers)
        device = self._chance.choice(place.devices)
        self._sent[device] += 1
        at = min(self._now, datetime.combine(day, OPENING) + timedelta(seconds=self._chance.randrange(OPEN_SECONDS)))
        ways = people.ways(self._chance, person)
        head = Head(next(self._ids), at.isoformat(timespec="seconds"), language, ways, self._sent[device])
        self.answers += len(paper.answers)
        self.responses += 1
        self._month = day.replace(day=1)
        return Told(day, at, place, device, head, paper, *self._form.document(paper, head))


def _drawn(chance: Random, expected: float) -> int:
    """A number of people where so many are expected (Poisson)."""
    if expected > MANY:
        return max(0, round(chance.gauss(expected, expected**0.5)))
    enough, product, drawn = exp(-expected), chance.random(), 0
    while product > enough:
        product *= chance.random()
        drawn += 1
    return drawn
