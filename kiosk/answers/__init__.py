"""The rules of answering: which questions are asked, which answers will do, what is missing.

Pure functions over a :class:`~kiosk.survey.Survey` and its :data:`~kiosk.survey.Answers`. No JSON, no screens and no
sentences here: a :class:`Problem` says what is wrong with an answer, :mod:`kiosk.phrases` says it to the patient.

A place exists when everything it stands in is there and enabled: each filling-in of a repeating section, and each answer of
a question that has questions below it. Only places that exist can be asked, answered, or missing.
"""

from kiosk.answers.changing import another, put, starting
from kiosk.answers.checking import check
from kiosk.answers.enabling import is_enabled, values_at
from kiosk.answers.places import count, item_at, missing, pages, pruned, walk
from kiosk.answers.problems import Problem, ProblemKind
from kiosk.answers.typing_in import read_typed
from kiosk.answers.values import compare, key, same

__all__ = [
    "Problem",
    "ProblemKind",
    "another",
    "check",
    "compare",
    "count",
    "is_enabled",
    "item_at",
    "key",
    "missing",
    "pages",
    "pruned",
    "put",
    "read_typed",
    "same",
    "starting",
    "values_at",
    "walk",
]
