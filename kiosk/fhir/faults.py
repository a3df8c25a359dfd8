"""What is wrong with a document: faults with their FHIR path, and the errors that carry them.

::

    SurveyFault
     |- TooLarge            more than READ_LIMIT_BYTES, or nested too deep
     |- NotJson             no JSON at all, or JSON no two readers agree on
     |- NotAQuestionnaire   JSON, but not a FHIR Questionnaire
     +- BrokenSurvey        a Questionnaire the kiosk cannot ask as it is meant
    AnswerFault             answers given by hand that do not fit their survey
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

READ_LIMIT_BYTES: Final = 5_000_000
"""The largest questionnaire that is read."""

Severity = Literal["error", "warning", "information"]
_SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "information")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at `path`, a FHIR path. `code` is an issue type of OperationOutcome, `words` one sentence."""

    path: str
    link_id: str
    severity: Severity
    code: str
    words: str


class SurveyFault(Exception):
    """A file that is not a survey the kiosk can ask. Its text is one sentence; `faults` has everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(one_sentence(faults))
        self.faults = faults


class TooLarge(SurveyFault):
    """The file is larger, or nested deeper, than the kiosk reads."""


class NotJson(SurveyFault):
    """The file is not JSON."""


class NotAQuestionnaire(SurveyFault):
    """The file is JSON, but not a FHIR R4 Questionnaire."""


class BrokenSurvey(SurveyFault):
    """The questionnaire cannot be asked as it is meant."""


class AnswerFault(Exception):
    """Answers given by hand that do not fit the survey. Its text is one sentence that names the linkId."""


def one_sentence(faults: tuple[Fault, ...]) -> str:
    """The first fault in words, and how many more there are."""
    first, more = faults[0].words, len(faults) - 1
    return first if not more else f"{first.removesuffix('.')}, and {more} more fault{'s' if more > 1 else ''}."


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Only those that make the document unusable."""
    return tuple(fault for fault in faults if fault.severity == "error")


def worst_first(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Errors, then warnings, then the rest, each in the order they were found."""
    return tuple(sorted(faults, key=lambda fault: _SEVERITIES.index(fault.severity)))


def operation_outcome(faults: Iterable[Fault]) -> dict[str, object]:
    """A FHIR R4 OperationOutcome with one issue a fault; one that says all is well when there is none."""
    issues: list[dict[str, object]] = [
        {"severity": fault.severity, "code": fault.code, "diagnostics": fault.words, "expression": [fault.path]}
        for fault in faults
    ]
    all_well: dict[str, object] = {"severity": "information", "code": "informational", "diagnostics": "All OK"}
    return {"resourceType": "OperationOutcome", "issue": issues or [all_well]}
