"""Bounds that cannot be kept are refused when the survey is read, not when a patient meets them."""

from __future__ import annotations

import pytest

from tests.questionnaires import Json, extension, faults, group, item, survey


@pytest.mark.parametrize(
    ("kind", "extensions", "words"),
    [
        ("integer", [("minValue", {"valueInteger": 5}), ("maxValue", {"valueInteger": 4})], "minValue above its maxValue"),
        ("date", [("minValue", {"valueInteger": 5})], "without valueDate"),
        ("string", [("minValue", {"valueInteger": 5})], "cannot have a minValue"),
        ("string", [("minLength", {"valueInteger": -1})], "the least is 0"),
        ("string", [("minLength", {"valueString": "3"})], "minLength without valueInteger"),
        ("string", [("questionnaire-maxOccurs", {"valueInteger": 3})], "does not repeat"),
        ("string", [("questionnaire-maxOccurs", {"valueInteger": 0})], "the least is 1"),
        ("integer", [("questionnaire-sliderStepValue", {"valueInteger": 0})], "the least is 1"),
        ("string", [("regex", {"valueString": "(unclosed"})], "a bracket is never closed"),
        ("string", [("regex", {"valueString": r"(a)\1"})], r"\1 is not known"),
        ("string", [("regex", {"valueString": "(?=a)a"})], "looks around"),
        ("string", [("regex", {"valueString": "a"}), ("regex", {"valueString": "b"})], "more than once"),
        ("string", [("maxDecimalPlaces", {})], "without exactly one value"),
    ],
)
def test_a_bound_that_makes_no_sense_is_refused(kind: str, extensions: list[tuple[str, Json]], words: str) -> None:
    bad = item("bad", kind, extension=[extension(name, **value) for name, value in extensions])
    assert any(words in fault.words and fault.link_id == "bad" for fault in faults(bad))


@pytest.mark.parametrize("length", [0, -3, "5", 2.5, True, 2**31])
def test_a_max_length_must_be_a_whole_number_of_at_least_one(length: object) -> None:
    assert "maxLength" in faults(item("bad", maxLength=length))[0].words


def test_min_occurs_above_max_occurs_is_refused() -> None:
    often = [extension("questionnaire-minOccurs", valueInteger=3), extension("questionnaire-maxOccurs", valueInteger=2)]
    assert "nothing could be answered" in faults(group("bad", item("a"), repeats=True, extension=often))[0].words


def test_bounds_of_every_type_are_understood() -> None:
    bounds: dict[str, Json] = {
        "integer": {"valueInteger": 1},
        "decimal": {"valueInteger": 1},
        "date": {"valueDate": "2020"},
        "dateTime": {"valueDateTime": "2020-01-01T00:00:00Z"},
        "time": {"valueTime": "08:00:00"},
        "quantity": {"valueDecimal": 1},
    }
    items = [item(kind, kind, extension=[extension("minValue", **value)]) for kind, value in bounds.items()]
    assert len(survey(*items).items) == len(bounds)
