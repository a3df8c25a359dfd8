"""Whatever a file or a response holds, reading it ends in a survey, a fault in words, or a list of faults: never a crash."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kiosk.answers import missing, pages, pruned, starting
from kiosk.fhir import AnswerFault, SurveyFault, answers_from_json, check_response, find_faults, read_answers, read_survey
from tests.questionnaires import EVERYTHING, answered, response

SOMETHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["", " ", "group", "choice", "well", "#wards", "valueCoding", "2026-02-30", "1e999"]),
    st.integers(min_value=10**30, max_value=10**40),
)
ANYTHING = st.recursive(
    SOMETHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FORM = read_survey(EVERYTHING)
WHOLE: Any = json.loads(EVERYTHING)
GIVEN: dict[str, object] = {
    "well": True,
    "pain": 4,
    "pain-where": "knee",
    "staff": [{"value": "nurse", "items": {"kind": 3}}, "doctor"],
    "need": "a chair",
    "ward": "a",
    "weight": {"value": 5, "unit": "kilos"},
    "visits": [{"wait": 30}, {"wait": 10}],
}
LIMITS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a document with every key or index in it."""
    found, waiting = [], [value]
    while waiting:
        part = waiting.pop()
        inside = list(part.items()) if isinstance(part, dict) else list(enumerate(part)) if isinstance(part, list) else []
        found += [(part, name) for name, _ in inside]
        waiting += [below for _, below in inside]
    return found


def spoilt(data: st.DataObject, document: Any) -> Any:
    """The document with one to three of its parts replaced, removed or copied elsewhere."""
    changed = copy.deepcopy(document)
    for _ in range(data.draw(st.integers(1, 3))):
        places = spots(changed)
        container, name = places[data.draw(st.integers(0, len(places) - 1))]
        way = data.draw(st.sampled_from(["replace", "remove", "copy", "add"]))
        if way == "replace":
            container[name] = data.draw(ANYTHING)
        elif way == "remove":
            del container[name]
        elif way == "copy":
            source, other = places[data.draw(st.integers(0, len(places) - 1))]
            container[name] = copy.deepcopy(source[other])
        elif isinstance(container, dict):
            container[data.draw(st.text(max_size=8))] = data.draw(ANYTHING)
        if not spots(changed):
            return changed
    return changed


@LIMITS
@given(st.binary(max_size=200))
def test_bytes_that_are_no_questionnaire_are_refused_in_one_sentence(raw: bytes) -> None:
    with pytest.raises(SurveyFault) as caught:
        read_survey(raw)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@LIMITS
@given(ANYTHING)
def test_json_that_is_no_questionnaire_is_refused(document: object) -> None:
    with pytest.raises(SurveyFault):
        read_survey(json.dumps(document))


@LIMITS
@given(st.data())
def test_a_spoilt_questionnaire_is_read_or_refused_and_never_crashes(data: st.DataObject) -> None:
    raw = json.dumps(spoilt(data, WHOLE))
    faults = find_faults(raw)
    assert all(fault.words.endswith(".") and fault.path for fault in faults)
    if any(fault.severity == "error" for fault in faults):
        with pytest.raises(SurveyFault):
            read_survey(raw)
        return
    form = read_survey(raw)
    begun = starting(form)
    assert set(missing(form, begun)) <= {*pages(form, begun)}
    assert pruned(form, begun) == begun


@LIMITS
@given(ANYTHING)
def test_a_document_that_is_no_response_has_faults(document: object) -> None:
    assert check_response(FORM, document)


@LIMITS
@given(st.data())
def test_a_spoilt_response_is_checked_and_never_crashes(data: st.DataObject) -> None:
    document = spoilt(data, response(FORM, answers_from_json(FORM, GIVEN)))
    assert all(fault.words.endswith(".") and fault.path for fault in check_response(FORM, document))
    if isinstance(document, dict):
        read_answers(FORM, document)


@LIMITS
@given(ANYTHING)
def test_items_can_be_anything_without_a_crash(items: object) -> None:
    assert check_response(FORM, answered(questionnaire="urn:test:everything|3", item=items))


@LIMITS
@given(st.data())
def test_answers_by_hand_are_understood_or_refused_in_a_sentence(data: st.DataObject) -> None:
    given_by_hand = spoilt(data, GIVEN)
    sentence = "."
    try:
        answers_from_json(FORM, given_by_hand)
    except AnswerFault as fault:
        sentence = str(fault)
    assert sentence.endswith(".")
