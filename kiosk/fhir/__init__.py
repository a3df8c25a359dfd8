"""FHIR R4: Questionnaire to survey, answers to QuestionnaireResponse, and back. The only room that knows FHIR's shapes.

Covers all of R4's Questionnaire that needs no terminology server and no FHIRPath; whatever else a questionnaire asks for
makes it unusable, in a sentence that names the item, and is never half understood.
"""

from kiosk.fhir.answering import RESPONSE_SYSTEM, to_response
from kiosk.fhir.document import read_json
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
from kiosk.fhir.gathering import read_answers
from kiosk.fhir.given import answers_from_json, broken_answers
from kiosk.fhir.questionnaire import find_faults, read_survey
from kiosk.fhir.response_check import check_and_read, check_response

__all__ = [
    "READ_LIMIT_BYTES",
    "RESPONSE_SYSTEM",
    "AnswerFault",
    "BrokenSurvey",
    "Fault",
    "NotAQuestionnaire",
    "NotJson",
    "SurveyFault",
    "TooLarge",
    "answers_from_json",
    "broken_answers",
    "check_and_read",
    "check_response",
    "find_faults",
    "operation_outcome",
    "read_answers",
    "read_json",
    "read_survey",
    "to_response",
]
