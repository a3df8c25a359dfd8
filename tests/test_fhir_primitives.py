"""FHIR's data types: which texts and objects are values, and what is wrong with those that are not."""

from __future__ import annotations

import pytest

from kiosk.fhir.primitives import (
    Malformed,
    is_base64,
    is_code,
    is_date,
    is_id,
    is_language,
    is_moment,
    is_time,
    is_uri,
    read_value,
)


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (
            is_date,
            ["2026", "2026-02", "2024-02-29", "0001-01-01"],
            ["26", "2026-13", "2025-02-29", "2026-1-1", "2026-01-01T", "", "٢٠٢٦", "0000"],
        ),
        (
            is_moment,
            ["2026", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00.123+14:00", "2026-06-30T23:59:60Z"],
            [
                "2026-01-01T10:00:00",
                "2026-01-01T10:00Z",
                "2026-01T10:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T10:00:00+15:00",
                "2026-01-01 10:00:00Z",
            ],
        ),
        (is_time, ["00:00:00", "23:59:59.999"], ["24:00:00", "10:00", "10:00:61", "10:00:00Z", ""]),
        (is_id, ["a", "A-1.b", "x" * 64], ["", "a b", "a_b", "x" * 65, 3, None]),
        (is_uri, ["urn:x", "https://a/b?c=d#e", "#a"], ["", "a b", "a\n", None]),
        (is_code, ["a", "a b", "<="], ["", " a", "a ", "a  b", 1]),
        (is_language, ["en", "en-GB", "zh-Hant-TW"], ["", "e", "en_GB", "english-", 1]),
        (is_base64, ["", "eA==", "eA =\n="], ["e", "eA", "eA===", "é"]),
    ],
)
def test_texts_are_told_from_look_alikes(check: object, good: list[object], bad: list[object]) -> None:
    assert callable(check)
    assert [text for text in good if not check(text)] == []
    assert [text for text in bad if check(text)] == []


@pytest.mark.parametrize(
    ("type_name", "raw", "at"),
    [
        ("Boolean", 1, ""),
        ("Integer", 1.0, ""),
        ("Decimal", "1", ""),
        ("Decimal", True, ""),
        ("Decimal", float("inf"), ""),
        ("String", 3, ""),
        ("String", " ", ""),
        ("Date", None, ""),
        ("Coding", "a", ""),
        ("Coding", {}, ""),
        ("Coding", {"system": "s"}, ""),
        ("Coding", {"code": "a", "userSelected": "yes"}, "userSelected"),
        ("Coding", {"code": " a"}, "code"),
        ("Coding", {"code": "a", "colour": 1}, "colour"),
        ("Coding", {"code": "a", 5: 1}, "5"),
        ("Quantity", 5, ""),
        ("Quantity", {"value": "5"}, "value"),
        ("Attachment", [], ""),
        ("Attachment", {}, ""),
        ("Attachment", {"url": "a", "size": -1}, "size"),
        ("Attachment", {"url": "a", "creation": "now"}, "creation"),
        ("Reference", "x", ""),
        ("Reference", {"identifier": 1}, "identifier"),
        ("Reference", {"identifier": {"value": 1}}, "identifier"),
        ("Money", {}, ""),
        ("Age", {}, ""),
    ],
)
def test_what_is_no_value_says_why_and_where(type_name: str, raw: object, at: str) -> None:
    found = read_value(type_name, raw)
    assert isinstance(found, Malformed)
    assert found.at == at
    assert found.words
