"""From bytes to JSON values, for files from anybody: bounded size and depth, one reading only.

Refuses what JSON readers disagree on (a key twice, NaN, numbers beyond all bounds, half a surrogate pair), so that the kiosk
never asks something other than what the author's own tools show.
"""

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Final

from kiosk.fhir.faults import READ_LIMIT_BYTES, Fault, NotAQuestionnaire, NotJson, SurveyFault, TooLarge

DEPTH_LIMIT: Final = 120
"""How deep brackets may stand in each other."""
_DIGIT_LIMIT: Final = 40
_EXPONENT_LIMIT: Final = 60
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Characters FHIR strings cannot hold: control characters other than tab and line ends, and halves of a pair."""


def read_questionnaire(raw: bytes | str) -> dict[str, object]:
    """The JSON object of a Questionnaire. Raises TooLarge, NotJson or NotAQuestionnaire."""
    document = read_json(raw)
    if not isinstance(document, dict):
        raise _refusal(NotAQuestionnaire, "structure", "This is JSON, but not a FHIR Questionnaire: it is not an object.")
    kind = document.get("resourceType")
    if kind != "Questionnaire":
        is_what = f"its resourceType is {kind[:60]!r}" if isinstance(kind, str) else "it has no resourceType"
        raise _refusal(NotAQuestionnaire, "structure", f"This is JSON, but not a FHIR Questionnaire: {is_what}.")
    return document


def read_json(raw: bytes | str, root: str = "Questionnaire") -> object:
    """The JSON value in `raw`, decimals exact. Raises TooLarge or NotJson; `root` is the path their faults name."""
    try:
        return _read(raw)
    except SurveyFault as fault:
        fault.faults = tuple(Fault(root, "", each.severity, each.code, each.words) for each in fault.faults)
        raise


def _read(raw: bytes | str) -> object:
    if len(raw) > READ_LIMIT_BYTES:
        raise _refusal(TooLarge, "too-long", f"The file is larger than the {READ_LIMIT_BYTES // 1_000_000} MB the kiosk reads.")
    text = _text(raw)
    _check_depth(text)
    try:
        document: object = json.loads(
            text, parse_int=_whole, parse_float=_decimal, parse_constant=_constant, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        words = f"The file is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        raise _refusal(NotJson, "invalid", words) from None
    except RecursionError:
        raise _too_deep() from None
    _check_characters(document)
    return document


def _text(raw: bytes | str) -> str:
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = f"The file is not JSON: it is not UTF-8 text (byte {error.start + 1})."
        raise _refusal(NotJson, "invalid", words) from None


def _check_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > DEPTH_LIMIT:
            raise _too_deep()


def _check_characters(document: object) -> None:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.keys()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and UNFIT.search(value):
            raise _refusal(NotJson, "invalid", "The file has a character that no FHIR text may have, such as NUL.")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise _refusal(NotJson, "invalid", f"The file is not good JSON: an object has {twice[:60]!r} twice.")
    return members


def _whole(text: str) -> int:
    if len(text) > _DIGIT_LIMIT:
        raise _number_too_long()
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _number_too_long() from None
    if len(text) > _DIGIT_LIMIT or abs(number.adjusted()) > _EXPONENT_LIMIT:
        raise _number_too_long()
    return number


def _constant(text: str) -> object:
    raise _refusal(NotJson, "invalid", f"The file is not good JSON: {text} is not a number JSON knows.")


def _number_too_long() -> SurveyFault:
    words = f"The file has a number with more than {_DIGIT_LIMIT} digits, or far too large or small."
    return _refusal(NotJson, "invalid", words)


def _too_deep() -> SurveyFault:
    return _refusal(TooLarge, "too-long", f"The file is nested deeper than the {DEPTH_LIMIT} levels the kiosk reads.")


def _refusal(family: type[SurveyFault], code: str, words: str) -> SurveyFault:
    return family((Fault("Questionnaire", "", "error", code, words),))
