"""What questions are known by, whatever their words: codes shared by every survey (S99, S113, S118, S120)."""

from __future__ import annotations

from typing import Final

from kiosk.survey import Kind, Question, Survey

MEASURE: Final = "urn:feedback-kiosk:measure"
"""Item codes: ``fft`` the Friends and Family question, ``share-words`` whether words may be shown to others."""
CHARACTERISTIC: Final = "urn:feedback-kiosk:characteristic"
"""Item codes of equality questions: ``age``, ``sex``, ``ethnic-group``, ``disability``… (S123 to S126)."""
FFT_ANSWERS: Final = "urn:feedback-kiosk:fft"
CQC: Final = "urn:feedback-kiosk:cqc"
CAVEAT: Final = "Friends and Family results are not Official Statistics. Do not compare providers: they ask in different ways."
"""S109."""
KEY_QUESTIONS: Final = {
    "safe": "Safe",
    "effective": "Effective",
    "caring": "Caring",
    "responsive": "Responsive",
    "well-led": "Well-led",
}
FFT_CODES: Final = ("very-good", "good", "neither", "poor", "very-poor", "dont-know")
POSITIVE: Final = frozenset({"very-good", "good"})
NEGATIVE: Final = frozenset({"poor", "very-poor"})
OWN_WORDS: Final = frozenset({Kind.STRING, Kind.TEXT, Kind.OPEN_CHOICE})
YES_CODES: Final = frozenset({"y", "yes", "true"})


def questions(survey: Survey) -> list[Question]:
    """Everything the survey asks, in its order."""
    return [item for item in survey.walk() if isinstance(item, Question)]


def measures(question: Question, measure: str) -> bool:
    """Whether the question is tagged with this code of MEASURE."""
    return any(coding.system == MEASURE and coding.code == measure for coding in question.codes)


def codes(question: Question, system: str) -> list[str]:
    """The codes of this system that the question is tagged with."""
    return [coding.code for coding in question.codes if coding.system == system]


def takes_own_words(question: Question) -> bool:
    """Whether people can write what they like."""
    return question.kind in OWN_WORDS


def key_questions(question: Question) -> list[str]:
    """The CQC key questions this one is evidence for (S118)."""
    return [KEY_QUESTIONS[coding.code] for coding in question.codes if coding.system == CQC and coding.code in KEY_QUESTIONS]
