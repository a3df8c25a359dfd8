"""The equality questions of a survey (S122 to S127), as its groups are shown."""

from __future__ import annotations

from typing import Final

from sync.hub import surveys
from sync.hub.analysis.characteristics import Characteristic
from sync.hub.counts import measures, suppression
from sync.hub.models import Survey

ENGLISH: Final = "en"


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
