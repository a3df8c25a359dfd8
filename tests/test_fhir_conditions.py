"""enableWhen that cannot be worked out is refused, naming the item and the place."""

from __future__ import annotations

import pytest

from tests.questionnaires import Json, choice, coding, faults, group, item, survey, warnings, when


def wrong(*conditions: Json, first: Json | None = None) -> str:
    """The words of the first fault of an item that is asked when `conditions` hold for "first"."""
    bad = item("bad", enableBehavior="all", enableWhen=list(conditions))
    found = faults(first or item("first"), bad)
    assert found[0].link_id == "bad"
    assert found[0].path.startswith("Questionnaire.item[1].enableWhen[0]")
    return found[0].words


def test_a_condition_to_nowhere_names_where_it_points() -> None:
    assert 'points to "nowhere", which is not in' in wrong(when("nowhere", answerString="x"))


def test_a_condition_on_a_group_or_display_can_never_hold() -> None:
    assert "not a question" in wrong(when("first", answerString="x"), first=group("first", item("a")))
    assert "not a question" in wrong(when("first", answerString="x"), first=item("first", "display"))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (when("first", "~", answerString="x"), "unknown operator '~'"),
        (when("first"), "without exactly one answer"),
        (when("first", answerString="x", answerInteger=1), "without exactly one answer"),
        (when("first", answerInteger="1"), "answerInteger is not a whole number"),
        (when("first", answerDate="2026-02-30"), "answerDate is not a date"),
        (when("first", answerAttachment={}), "'answerAttachment'"),
        ({"operator": "=", "answerString": "x"}, "without a question"),
        (when("first", answerInteger=1), "can never agree"),
    ],
)
def test_a_condition_that_is_not_well_formed_is_refused(condition: Json, words: str) -> None:
    assert words in wrong(condition)


@pytest.mark.parametrize("operator", [">", "<", ">=", "<="])
def test_values_without_an_order_cannot_be_above_or_below(operator: str) -> None:
    first = choice("first", "a", "b")
    assert "have no order" in wrong(when("first", operator, answerCoding=coding("a")), first=first)


def test_a_condition_on_something_that_is_not_an_option_is_a_warning() -> None:
    elsewhere = {**coding("a"), "system": "urn:other"}
    form = [choice("first", "a", "b"), item("then", enableWhen=[when("first", answerCoding=elsewhere)])]
    assert [fault.words for fault in warnings(*form)] == [
        'Item "then" compares "first" with \'a\', which is not one of its options.'
    ]
    assert warnings(choice("first", "a"), item("then", enableWhen=[when("first", answerCoding=coding("a"))])) == []


def test_an_unknown_behaviour_is_refused() -> None:
    assert (
        "it can be all or any"
        in faults(item("a"), item("b", enableBehavior="most", enableWhen=[when("a", answerString="x")]))[0].words
    )


def test_items_that_depend_on_themselves_are_refused() -> None:
    itself = item("a", enableWhen=[when("a", answerString="x")])
    assert "on itself" in faults(itself)[0].words
    round_about = [item("a", enableWhen=[when("b", answerString="x")]), item("b", enableWhen=[when("a", answerString="x")])]
    assert [fault.link_id for fault in faults(*round_about)] == ["a", "b"]
    from_inside = group("g", item("a"), enableWhen=[when("a", answerString="x")])
    assert [fault.link_id for fault in faults(from_inside)] == ["g"]


def test_an_item_behind_a_circle_is_not_blamed_for_it() -> None:
    items = [item("a", enableWhen=[when("a", answerString="x")]), item("b", enableWhen=[when("a", answerString="x")])]
    assert [fault.link_id for fault in faults(*items)] == ["a"]


def test_chains_longer_than_the_kiosk_can_follow_are_refused() -> None:
    items = [item("q0"), *(item(f"q{n}", enableWhen=[when(f"q{n - 1}", answerString="x")]) for n in range(1, 150))]
    assert [fault.link_id for fault in faults(*items)] == ["q101"]


@pytest.mark.parametrize(
    ("first", "condition"),
    [
        (item("first", "integer"), when("first", ">", answerDecimal=1.5)),
        (item("first", "decimal"), when("first", ">", answerInteger=1)),
        (item("first", "dateTime"), when("first", ">", answerDate="2026")),
        (item("first", "url"), when("first", answerString="https://a")),
        (item("first", "attachment"), when("first", "exists", answerBoolean=True)),
        (choice("first", "a", kind="open-choice"), when("first", answerString="other")),
        (item("first", "quantity"), when("first", ">", answerQuantity={"value": 3})),
        (item("first", "reference"), when("first", answerReference={"reference": "Patient/1"})),
        (item("first", "time"), when("first", "<=", answerTime="10:00:00")),
    ],
)
def test_every_answer_type_can_be_compared_with_its_kind(first: Json, condition: Json) -> None:
    assert survey(first, item("then", enableWhen=[condition])).by_link_id["then"].conditions
