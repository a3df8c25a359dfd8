"""R4's own rules for questionnaires, que-1 to que-13: each broken one is named, with its item."""

from __future__ import annotations

import pytest

from tests.questionnaires import Json, choice, coding, faults, group, item, when

SET = [{
    "resourceType": "ValueSet", "id": "s", "status": "active",
    "compose": {"include": [{"system": "urn:test", "concept": [{"code": "a"}]}]},
}]  # fmt: skip
OPTION = [{"valueCoding": coding("a")}]
TWO = [{"valueString": "x"}, {"valueString": "y"}]

BROKEN: list[tuple[str, list[Json]]] = [
    ("que-1", [item("bad", "group")]),
    ("que-1", [item("bad", "display", item=[item("below")])]),
    ("que-2", [item("bad"), group("g", item("bad"))]),
    ("que-3", [item("bad", "display", code=[coding("a")])]),
    ("que-4", [choice("bad", "a", answerValueSet="#s")]),
    ("que-5", [item("bad", "integer", answerValueSet="#s")]),
    ("que-5", [item("bad", "boolean", answerOption=OPTION)]),
    ("que-6", [item("bad", "display", required=True)]),
    ("que-6", [item("bad", "display", repeats=False)]),
    ("que-7", [item("a"), item("bad", enableWhen=[when("a", "exists", answerString="yes")])]),
    ("que-8", [group("bad", item("a"), initial=[{"valueString": "x"}])]),
    ("que-8", [item("bad", "display", initial=[{"valueString": "x"}])]),
    ("que-9", [item("bad", "display", readOnly=True)]),
    ("que-10", [choice("bad", "a", maxLength=5)]),
    ("que-11", [choice("bad", "a", initial=[{"valueCoding": coding("a")}])]),
    ("que-12", [item("a"), item("bad", enableWhen=[when("a", "exists", answerBoolean=True)] * 2)]),
    ("que-13", [item("bad", initial=TWO)]),
]


@pytest.mark.parametrize(("name", "items"), BROKEN, ids=[f"{name}-{number}" for number, (name, _) in enumerate(BROKEN)])
def test_a_broken_rule_is_named_with_its_item(name: str, items: list[Json]) -> None:
    found = [fault for fault in faults(*items, contained=SET) if f"({name})" in fault.words]
    assert [fault.link_id for fault in found] == ["bad"]
    assert found[0].path.startswith("Questionnaire.item[")
    assert found[0].code == "invariant"


KEPT: list[list[Json]] = [
    [group("g", item("a"))],
    [item("a", "choice", answerValueSet="#s")],
    [item("a", "integer", answerOption=[{"valueInteger": 1}])],
    [item("a", "boolean", maxLength=5)],
    [item("a", repeats=True, initial=TWO)],
    [item("a"), item("b", enableBehavior="all", enableWhen=[when("a", "exists", answerBoolean=True)] * 2)],
]


@pytest.mark.parametrize("items", KEPT, ids=range(len(KEPT)))
def test_a_rule_that_is_kept_is_no_fault(items: list[Json]) -> None:
    assert faults(*items, contained=SET) == []
