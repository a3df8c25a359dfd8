"""Reading replies: whatever comes, it is a value, and only a true batch-response acknowledges."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies

from sync.batch import batch_response, capable, questionnaires, words
from sync.outcomes import Accepted, Capable, Entry

DEEP = b'{"resourceType": "Bundle", "type": "batch-response", "entry": ' + b"[" * 100_000
JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=5),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(
            strategies.sampled_from(["resourceType", "type", "entry", "response", "status", "issue"]), inner
        )
    ),
    max_leaves=10,
)


@given(strategies.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_reply_whatever_it_holds_is_an_error_or_an_acknowledgement(body: bytes) -> None:
    assert batch_response(body, 1) is None
    assert capable(body) is None
    assert questionnaires(body) is None
    assert isinstance(words(body), str)


def test_a_reply_nested_without_end_is_no_reply() -> None:
    assert batch_response(DEEP, 1) is None
    assert capable(DEEP) is None
    assert questionnaires(DEEP) is None
    assert words(DEEP) == ""


@given(strategies.lists(strategies.integers(100, 599), max_size=5), strategies.integers(0, 5))
def test_a_batch_response_counts_only_with_as_many_entries_as_were_sent(statuses: list[int], sent: int) -> None:
    entries = [{"response": {"status": str(status)}} for status in statuses]
    body = json.dumps({"resourceType": "Bundle", "type": "batch-response", "entry": entries}).encode()
    expected = Accepted(tuple(Entry(status) for status in statuses)) if len(statuses) == sent else None
    assert batch_response(body, sent) == expected


def outcome(*issues: Any) -> bytes:
    return json.dumps({"resourceType": "OperationOutcome", "issue": issues}).encode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (outcome({"code": "invalid", "diagnostics": "no item\n  q9"}), "no item q9"),
        (outcome({"code": "invalid", "details": {"text": "Wrong."}, "diagnostics": "at q9"}), "Wrong. at q9"),
        (outcome({"code": "too-long"}, {"diagnostics": "second"}), "too-long; second"),
        (outcome(), ""),
        (outcome({"diagnostics": "x" * 1000}), "x" * 300),
        (b'{"resourceType": "Patient"}', ""),
        (b"<html>", ""),
    ],
)
def test_an_operation_outcome_is_told_in_its_own_words(body: bytes, said: str) -> None:
    assert words(body) == said


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ([{"resource": [{"type": "QuestionnaireResponse", "updateCreate": True}]}], True),
        ([{"resource": [{"type": "QuestionnaireResponse", "updateCreate": False}]}], False),
        ([{"resource": [{"type": "Patient", "updateCreate": True}, {"type": "QuestionnaireResponse"}]}], False),
        ([], False),
    ],
)
def test_put_is_used_only_where_the_centre_says_so_of_this_very_resource(rest: Any, expected: bool) -> None:
    assert capable(json.dumps({"resourceType": "CapabilityStatement", "rest": rest}).encode()) == Capable(expected)
