"""Whatever is wrong with an answer is said in a sentence that tells what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.answers import Problem, ProblemKind
from kiosk.problems import problem_words
from kiosk.survey import Coding, Date, Quantity, Time, Value

LIMITS: dict[ProblemKind, Value] = {
    ProblemKind.TOO_SMALL: 3,
    ProblemKind.TOO_LARGE: Decimal("9.5"),
    ProblemKind.TOO_SHORT: 3,
    ProblemKind.TOO_LONG: 200,
    ProblemKind.TOO_MANY_DECIMALS: 2,
    ProblemKind.TOO_FEW: 2,
    ProblemKind.TOO_MANY: 3,
    ProblemKind.NOT_TOGETHER: Coding("none", "urn:test", "None of these"),
    ProblemKind.OFF_STEP: 5,
}


@pytest.mark.parametrize("tag", ["en-GB", "cy", "pl", "ur", "ar", "pa", "bn", "gu"])
@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_has_words_in_every_language(kind: ProblemKind, tag: str) -> None:
    words = problem_words(Problem(kind, LIMITS.get(kind)), tag)
    assert words[-1] in ".۔।"
    assert "{" not in words
    assert tag == "en-GB" or words != problem_words(Problem(kind, LIMITS.get(kind)), "en-GB")


@pytest.mark.parametrize(
    ("kind", "limit", "words"),
    [
        (ProblemKind.TOO_SMALL, 3, "Please give 3 or more."),
        (ProblemKind.TOO_SMALL, Quantity(Decimal("1.5"), "kg"), "Please give 1.5 kg or more."),
        (ProblemKind.TOO_SMALL, Date("2020-02-01"), "Please choose 01/02/2020 or later."),
        (ProblemKind.TOO_LARGE, Time("17:30:00"), "Please choose 17:30 or earlier."),
        (ProblemKind.TOO_LARGE, Decimal("9.5"), "Please give 9.5 or less."),
        (ProblemKind.TOO_LONG, 200, "This is too long. Please write 200 letters at most."),
        (ProblemKind.TOO_FEW, 1, "Please choose at least 1 answer."),
        (ProblemKind.TOO_MANY, 3, "Please choose 3 answers at most."),
        (ProblemKind.TOO_MANY_DECIMALS, 0, "Please write a whole number."),
        (ProblemKind.TOO_MANY_DECIMALS, 2, "Please write 2 digits at most after the point."),
    ],
)
def test_a_bound_that_was_broken_is_named(kind: ProblemKind, limit: Value, words: str) -> None:
    assert problem_words(Problem(kind, limit), "en-GB") == words


def test_an_answer_that_stands_alone_is_named() -> None:
    words = problem_words(Problem(ProblemKind.NOT_TOGETHER, Coding("none", "urn:test", "None of these")), "en-GB")
    assert "“None of these”" in words


def test_no_sentence_blames() -> None:
    """S72: it says what to do; it does not say "invalid", "error" or "you must"."""
    said = " ".join(problem_words(Problem(kind, LIMITS.get(kind)), "en-GB").lower() for kind in ProblemKind)
    assert not {"invalid", "error", "must", "wrong", "failed"} & set(said.replace(".", " ").split())
