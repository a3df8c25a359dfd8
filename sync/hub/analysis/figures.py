"""Results as values: what was answered, how often, and what share that is. Pure arithmetic, no database.

Friends and Family percentages follow S108: positive is very good and good, negative is poor and very poor, both of all six
answers; a question that was skipped is no response.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kiosk.survey import Kind, Option, Question
from sync.hub.counts import measures
from sync.hub.taking_in import flat

SMALL_GROUP = 8
"""Below this many people a group is marked: a figure may point at somebody (S111)."""
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY})
ENGLISH = "en"

Code = tuple[str, str]
"""System and code, as counted in `sheets.Asked`."""


@dataclass(frozen=True, slots=True)
class Share:
    """One answer to one question: how many people gave it, and what part that is of those who answered."""

    code: str
    system: str
    words: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class FriendsAndFamily:
    """S108. None where nobody answered."""

    n: int
    positive: int
    negative: int
    positive_percent: float | None
    negative_percent: float | None


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question's results. `n` is how many responses answered it; `mean` and `median` are for numbers only."""

    link_id: str
    words: str
    kind: str
    n: int
    shares: tuple[Share, ...]
    several: bool = False
    own_words: bool = False
    key_questions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    mean: float | None = None
    median: float | None = None
    unit: str = ""
    friends_and_family: FriendsAndFamily | None = None

    @property
    def small(self) -> bool:
        return 0 < self.n < SMALL_GROUP


def of_question(question: Question, n: int, counts: Mapping[Code, int]) -> QuestionFigures:
    """The figures of `question`, answered in `n` responses with these counts."""
    numbers = _numbers(counts) if question.kind in NUMBERS else []
    return QuestionFigures(
        link_id=question.link_id,
        words=question.text.in_language(ENGLISH),
        kind=question.kind.value,
        n=n,
        shares=tuple(_shares(question, n, counts)),
        several=question.repeats,
        own_words=measures.takes_own_words(question),
        key_questions=tuple(measures.key_questions(question)),
        measures=tuple(measures.codes(question, measures.MEASURE)),
        mean=mean(numbers),
        median=median(numbers),
        unit=question.unit.display or question.unit.code if question.unit else "",
        friends_and_family=friends_and_family(counts) if measures.measures(question, "fft") else None,
    )


def friends_and_family(counts: Mapping[Code, int]) -> FriendsAndFamily:
    """S108, from counts by system and code; other codes than the six are not Friends and Family answers."""
    six = {code: counts.get((measures.FFT_ANSWERS, code), 0) for code in measures.FFT_CODES}
    n = sum(six.values())
    positive = sum(six[code] for code in measures.POSITIVE)
    negative = sum(six[code] for code in measures.NEGATIVE)
    if not n:
        return FriendsAndFamily(0, 0, 0, None, None)
    return FriendsAndFamily(n, positive, negative, percent(positive, n), percent(negative, n))


def percent(part: int, whole: int) -> float:
    """To one decimal, halves up; 0 of nothing."""
    if not whole:
        return 0.0
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def mean(numbers: Sequence[tuple[Decimal, int]]) -> float | None:
    """The average of numbers with their counts, to two decimals."""
    n = sum(count for _, count in numbers)
    return round(float(sum(number * count for number, count in numbers) / n), 2) if n else None


def median(numbers: Sequence[tuple[Decimal, int]]) -> float | None:
    """The middle one, or the average of the two middle ones."""
    ordered, n = sorted(numbers), sum(count for _, count in numbers)
    if not n:
        return None
    low, high = _at(ordered, (n - 1) // 2), _at(ordered, n // 2)
    return float((low + high) / 2)


def _at(ordered: Iterable[tuple[Decimal, int]], position: int) -> Decimal:
    for number, count in ordered:
        position -= count
        if position < 0:
            return number
    raise IndexError(position)


def _numbers(counts: Mapping[Code, int]) -> list[tuple[Decimal, int]]:
    return [(Decimal(code), count) for (_, code), count in counts.items()]


def _shares(question: Question, n: int, counts: Mapping[Code, int]) -> Iterable[Share]:
    """Offered answers in their order, also those nobody chose; then what else was answered."""
    offered = {_code(option): option.wording.in_language(ENGLISH) for option in question.options}
    if question.kind is Kind.BOOLEAN:
        offered = {("", "true"): "Yes", ("", "false"): "No"}
    others = sorted((code for code in counts if code not in offered), key=_in_order)
    for code in (*offered, *others):
        count = counts.get(code, 0)
        yield Share(code[1], code[0], offered.get(code) or " ".join(code[::-1]).strip(), count, percent(count, n))


def _code(option: Option) -> Code:
    if isinstance(option.value, str):
        return "", option.value[: flat.CODE_LENGTH]
    system, code, _, _ = flat.parts(option.value)
    return system, code[: flat.CODE_LENGTH]


def _in_order(code: Code) -> tuple[Decimal, str]:
    try:
        return Decimal(code[1]), code[0]
    except ArithmeticError:
        return Decimal(0), code[1]
