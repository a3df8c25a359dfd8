"""What is wrong with an answer, said to the person who gave it: what to do, never whose fault it is (S72)."""

from __future__ import annotations

from kiosk.answers import Problem, ProblemKind
from kiosk.phrases import Phrases, phrases
from kiosk.survey import Date, DateTime, Time, Value
from kiosk.words import value_words


def problem_words(problem: Problem, tag: str) -> str:
    """A sentence or two for `problem`, in the language `tag`."""
    say = phrases(tag)
    plain = _plain(problem.kind, say)
    return plain or _with_limit(problem, say, _limit_words(problem.limit, tag))


def _plain(kind: ProblemKind, say: Phrases) -> str:
    """The sentence where no bound has to be named; "" for the other kinds."""
    match kind:
        case ProblemKind.NEEDED:
            return say("Please answer this question to go on.")
        case ProblemKind.NOT_A_NUMBER:
            return say("Please write a number.")
        case ProblemKind.NOT_WHOLE:
            return say("Please write a whole number.")
        case ProblemKind.NO_SUCH_DATE:
            return say("There is no such date. Please check the day, month and year.")
        case ProblemKind.NO_SUCH_TIME:
            return say("There is no such time. Please check the hour and minute.")
        case ProblemKind.NOT_A_WEB_ADDRESS:
            return say("This is not a web address. Please check it.")
        case ProblemKind.WRONG_FORM:
            return say("Please check what you wrote. It does not look right yet.")
        case ProblemKind.NOT_AN_OPTION:
            return say("Please choose one of the answers shown.")
        case _:
            return ""


def _with_limit(problem: Problem, say: Phrases, limit: str) -> str:
    count = problem.limit if isinstance(problem.limit, int) else 0
    match problem.kind:
        case ProblemKind.TOO_SMALL if isinstance(problem.limit, Date | DateTime | Time):
            return say("Please choose {limit} or later.", limit=limit)
        case ProblemKind.TOO_LARGE if isinstance(problem.limit, Date | DateTime | Time):
            return say("Please choose {limit} or earlier.", limit=limit)
        case ProblemKind.TOO_SMALL:
            return say("Please give {limit} or more.", limit=limit)
        case ProblemKind.TOO_LARGE:
            return say("Please give {limit} or less.", limit=limit)
        case ProblemKind.NOT_TOGETHER:
            return say("You cannot choose “{answer}” with another answer. Please choose again.", answer=limit)
        case ProblemKind.OFF_STEP:
            return say("Please go up or down in steps of {limit}.", limit=limit)
        case _:
            return _counted(problem.kind, say, count)


def _counted(kind: ProblemKind, say: Phrases, n: int) -> str:
    """Where the bound is how many: letters, digits, answers."""
    match kind:
        case ProblemKind.TOO_SHORT:
            return say.plural("Please write at least {n} letter.", "Please write at least {n} letters.", n)
        case ProblemKind.TOO_LONG:
            return say.plural(
                "This is too long. Please write {n} letter at most.", "This is too long. Please write {n} letters at most.", n
            )
        case ProblemKind.TOO_MANY_DECIMALS if n == 0:
            return say("Please write a whole number.")
        case ProblemKind.TOO_MANY_DECIMALS:
            return say.plural(
                "Please write {n} digit at most after the point.", "Please write {n} digits at most after the point.", n
            )
        case ProblemKind.TOO_FEW:
            return say.plural("Please choose at least {n} answer.", "Please choose at least {n} answers.", n)
        case ProblemKind.TOO_MANY:
            return say.plural("Please choose {n} answer at most.", "Please choose {n} answers at most.", n)
        case _:
            return say("Please check what you wrote. It does not look right yet.")


def _limit_words(limit: Value | None, tag: str) -> str:
    return "" if limit is None else value_words(limit, tag)
