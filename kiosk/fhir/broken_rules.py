"""A :class:`~kiosk.answers.Problem` in the technical English of a validator; patients read kiosk.problems."""

from collections.abc import Callable, Mapping

from kiosk.answers import Problem, ProblemKind
from kiosk.survey import Attachment, Coding, Date, DateTime, Quantity, Question, Reference, Time, Url, Value

_WORDS: Mapping[ProblemKind, tuple[str, str]] = {
    ProblemKind.NEEDED: ("required", "must be answered."),
    ProblemKind.NOT_A_NUMBER: ("value", "must be a number."),
    ProblemKind.NOT_WHOLE: ("value", "must be a whole number."),
    ProblemKind.NO_SUCH_DATE: ("value", "must be a date that exists."),
    ProblemKind.NO_SUCH_TIME: ("value", "must be a time that exists."),
    ProblemKind.NOT_A_WEB_ADDRESS: ("value", "must be a web address."),
    ProblemKind.TOO_SMALL: ("value", "is below the least it may be, {limit}."),
    ProblemKind.TOO_LARGE: ("value", "is above the most it may be, {limit}."),
    ProblemKind.TOO_SHORT: ("value", "is shorter than {limit} characters (minLength)."),
    ProblemKind.TOO_LONG: ("too-long", "is longer than {limit} characters (maxLength)."),
    ProblemKind.WRONG_FORM: ("value", "does not have the form its regex asks for."),
    ProblemKind.TOO_MANY_DECIMALS: ("value", "has more than {limit} decimal places (maxDecimalPlaces)."),
    ProblemKind.TOO_FEW: ("business-rule", "has too few answers; the least is {limit} (minOccurs)."),
    ProblemKind.TOO_MANY: ("business-rule", "has too many answers; the most is {limit}."),
    ProblemKind.NOT_AN_OPTION: ("code-invalid", "has an answer that is not one of its options: {options}."),
    ProblemKind.NOT_TOGETHER: ("business-rule", 'has "{limit}" together with another answer (optionExclusive).'),
    ProblemKind.OFF_STEP: ("value", "is not on a step of its slider; the step is {limit} (sliderStepValue)."),
}


def broken_rule(question: Question, problem: Problem) -> tuple[str, str]:
    """The issue type and the words of a problem; the words complete a sentence about the question."""
    code, words = _WORDS[problem.kind]
    limit = "" if problem.limit is None else shown(problem.limit)
    return code, words.format(limit=limit, options=_options(question))


def shown(value: Value) -> str:
    """A value for a sentence: a coding by its code."""
    for kind, words in _SHOWN.items():
        if isinstance(value, kind):
            return words(value)
    return str(value)


def _options(question: Question) -> str:
    codes = [shown(option.value) for option in question.options]
    return ", ".join(codes[:20]) + (f" and {len(codes) - 20} more" if len(codes) > 20 else "")


_SHOWN: Mapping[type, Callable[..., str]] = {
    bool: lambda value: str(value).lower(),
    Coding: lambda value: value.code or value.display,
    Quantity: lambda value: f"{value.value} {value.unit or value.code}".strip(),
    Reference: lambda value: value.reference or value.display,
    Attachment: lambda value: value.title or value.url or value.content_type,
    Date: lambda value: value.text,
    DateTime: lambda value: value.text,
    Time: lambda value: value.text,
    Url: lambda value: value.text,
}
