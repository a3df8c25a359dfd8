"""FHIR R4: Questionnaire to survey, answers to QuestionnaireResponse, and back. The only room that knows FHIR's shapes.

Covers all of R4's Questionnaire that needs no terminology server and no FHIRPath; whatever else a questionnaire asks for
makes it unusable, in a sentence that names the item, and is never half understood.
"""

from kiosk.fhir.faults import (
    READ_LIMIT_BYTES,
    AnswerFault,
    BrokenSurvey,
    Fault,
    NotAQuestionnaire,
    NotJson,
    SurveyFault,
    TooLarge,
    operation_outcome,
)
from kiosk.fhir.questionnaire import find_faults, read_survey

__all__ = [
    "READ_LIMIT_BYTES",
    "AnswerFault",
    "BrokenSurvey",
    "Fault",
    "NotAQuestionnaire",
    "NotJson",
    "SurveyFault",
    "TooLarge",
    "find_faults",
    "operation_outcome",
    "read_survey",
]
