"""What people are parted by, in words: the equality questions of a survey, languages and ways of answering."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sync.hub import measures, suppression, surveys
from sync.hub.counting import LANGUAGE, WAY
from sync.hub.models import Survey
from sync.hub.suppression import NOT_SAID, OTHERS

ENGLISH: Final = "en"
UNSAID: Final = frozenset({NOT_SAID, "prefer-not"})
"""Groups of those who did not say."""
WORDS: Final = {NOT_SAID: "Did not say", OTHERS: "Groups too small to show"}


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One equality question: its code, its words, and those of its groups in the order of the form."""

    code: str
    words: str
    groups: dict[str, str] = field(default_factory=dict)

    def name(self, group: str) -> str:
        """A group in words."""
        return self.groups.get(group) or WORDS.get(group, group)


def asked(survey: Survey) -> dict[str, Characteristic]:
    """The equality questions of this survey that are shown, by code; the wording of the version that is asked now first."""
    found: dict[str, Characteristic] = {}
    for version in survey.versions.defer("document").order_by("state", "-added_at"):
        for question in measures.questions(surveys.asked_in(version)):
            for coding in question.codes:
                if coding.system == measures.CHARACTERISTIC and coding.code not in suppression.WITHIN_ANOTHER:
                    one = Characteristic(coding.code, question.text.in_language(ENGLISH))
                    for option in question.options:
                        code = getattr(option.value, "code", None) or str(option.value)
                        found.setdefault(coding.code, one).groups.setdefault(code, option.wording.in_language(ENGLISH))
    return found


LANGUAGES: Final = Characteristic(LANGUAGE, "Language")
WAYS: Final = Characteristic(WAY, "How they answered")
