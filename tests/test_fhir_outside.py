"""What a kiosk cannot ask as it is meant is refused in words that name the item; decoration is passed over."""

from __future__ import annotations

import pytest

from kiosk.fhir import SurveyFault, read_survey
from tests.questionnaires import Json, choice, coding, control, extension, faults, group, item, raw, translated, warnings, when

EXPRESSION = {"language": "text/fhirpath", "expression": "true"}
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"


def value_set(**members: object) -> Json:
    return {"resourceType": "ValueSet", "id": "s", "url": "urn:test:set", "status": "active", **members}


def is_refused(*items: Json, because: str, **members: object) -> None:
    found = faults(*items, **members)
    assert found, "nothing was found wrong"
    assert 'Item "bad"' in found[0].words
    assert because in found[0].words


@pytest.mark.parametrize("kind", ["question", "coding", "video", "Group"])
def test_an_unknown_type_is_refused(kind: str) -> None:
    is_refused(item("bad", kind), because=f"has the type '{kind}'")


@pytest.mark.parametrize(
    "name",
    [
        "variable", "questionnaire-constraint", "cqf-expression", "cqf-calculatedValue",
        SDC + "sdc-questionnaire-enableWhenExpression", SDC + "sdc-questionnaire-calculatedExpression",
        SDC + "sdc-questionnaire-initialExpression", SDC + "sdc-questionnaire-answerExpression",
        SDC + "sdc-questionnaire-candidateExpression", "urn:of-their-own",
    ],
)  # fmt: skip
def test_fhirpath_is_refused(name: str) -> None:
    is_refused(
        item("bad", extension=[extension(name, valueExpression=EXPRESSION)]),
        because="FHIRPath" if "cqf-calc" not in name else "calculated",
    )


def test_fhirpath_deep_inside_a_value_is_refused() -> None:
    bound = {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "_valueDate": {
        "extension": [extension("cqf-expression", valueExpression=EXPRESSION)]
    }, "valueDate": "2020-01-01"}  # fmt: skip
    is_refused(item("bad", "date", extension=[bound]), because="FHIRPath")


@pytest.mark.parametrize("inside", ["item", "enableWhen", "answerOption", "initial"])
def test_a_modifier_extension_anywhere_in_an_item_is_refused(inside: str) -> None:
    mark: Json = {"modifierExtension": [extension("urn:x", valueBoolean=True)]}
    bad = {
        "item": lambda: item("bad", **mark),
        "enableWhen": lambda: item("bad", enableWhen=[{**when("a", "exists", answerBoolean=True), **mark}]),
        "answerOption": lambda: item("bad", "choice", answerOption=[{"valueCoding": coding("a"), **mark}]),
        "initial": lambda: item("bad", initial=[{"valueString": "a", **mark}]),
    }[inside]()
    is_refused(item("a"), bad, because="modifierExtension")


def test_a_modifier_extension_or_implicit_rules_on_the_whole_is_refused() -> None:
    assert "modifierExtension" in faults(item("a"), modifierExtension=[extension("urn:x", valueBoolean=True)])[0].words
    assert "implicitRules" in faults(item("a"), implicitRules="urn:x")[0].words


@pytest.mark.parametrize(
    ("address", "contained"),
    [
        ("http://hl7.org/fhir/ValueSet/yesnodontknow", value_set()),
        ("#other", value_set()),
        ("#s", value_set()),
        ("#s", value_set(compose={"include": [{"system": "http://snomed.info/sct"}]})),
        ("#s", value_set(compose={"include": [{"system": "urn:x", "filter": [{"property": "p", "op": "=", "value": "v"}]}]})),
        ("#s", value_set(compose={"include": [{"valueSet": ["urn:y"]}]})),
        ("#s", value_set(compose={"include": [{"system": "u", "concept": [{"code": "a"}]}], "exclude": [{"system": "u"}]})),
        ("#s", value_set(expansion={"total": 900, "contains": [{"system": "u", "code": "a"}]})),
        ("#s", value_set(expansion={"contains": []})),
    ],
)
def test_options_only_a_terminology_server_has_are_refused(address: str, contained: Json) -> None:
    found = faults(item("bad", "choice", answerValueSet=address), contained=[contained])
    assert any('Item "bad"' in fault.words and "terminology server" in fault.words for fault in found)


def test_a_unit_value_set_that_is_not_contained_is_refused() -> None:
    units = extension("questionnaire-unitValueSet", valueCanonical="http://hl7.org/fhir/ValueSet/ucum-units")
    is_refused(item("bad", "quantity", extension=[units]), because="terminology server")


def test_a_choice_with_nothing_to_choose_from_is_refused() -> None:
    is_refused(item("bad", "choice"), because="nothing to choose from")


@pytest.mark.parametrize("name", ["questionnaire-signatureRequired", SDC + "sdc-questionnaire-subQuestionnaire"])
def test_what_needs_more_than_a_kiosk_is_refused(name: str) -> None:
    is_refused(item("bad", extension=[extension(name, valueString="x")]), because="cannot work out")


def test_elements_of_other_fhir_versions_are_refused_because_their_meaning_would_be_lost() -> None:
    is_refused(item("bad", disabledDisplay="hidden"), because="'disabledDisplay'")
    is_refused(choice("bad", "a", answerConstraint="optionsOnly"), because="'answerConstraint'")


def test_a_required_question_nobody_can_answer_is_refused() -> None:
    hidden = extension("questionnaire-hidden", valueBoolean=True)
    is_refused(item("bad", required=True, extension=[hidden]), because="nobody could answer")
    is_refused(item("bad", required=True, readOnly=True), because="nobody could answer")
    is_refused(group("g", item("bad", required=True), extension=[hidden]), because="nobody could answer")


def test_an_initial_value_against_the_own_rules_is_refused() -> None:
    is_refused(item("bad", maxLength=2, initial=[{"valueString": "long"}]), because="its own rules refuse")


def test_several_options_chosen_from_the_start_need_a_question_that_repeats() -> None:
    chosen = [{"valueCoding": coding(code), "initialSelected": True} for code in ("a", "b")]
    is_refused(item("bad", "choice", answerOption=chosen), because="its own rules refuse")
    assert faults(item("good", "choice", answerOption=chosen, repeats=True)) == []


@pytest.mark.parametrize(
    ("members", "because"),
    [
        ({"type": "string", "initial": [{}]}, "not exactly one value"),
        ({"type": "string", "initial": [{"valueString": "a", "valueInteger": 1}]}, "not exactly one value"),
        ({"type": "date", "initial": [{"valueDate": "today"}]}, "is not a date"),
        ({"type": "string", "initial": [{"valueInteger": 1}]}, "but has an initial valueInteger"),
        ({"type": "choice", "answerOption": [{}]}, "without exactly one value"),
        ({"type": "choice", "answerOption": [{"valueCoding": {}}]}, "neither a code nor a display"),
        ({"type": "date", "answerOption": [{"valueInteger": 1}]}, "has an answerOption with valueInteger"),
        ({"type": "string", "code": [{"system": "a b"}]}, "has a code that has no proper system"),
        ({"type": "string", "extension": [extension("questionnaire-itemControl", valueCodeableConcept={})]}, "without a code"),
        ({"type": "string", "extension": [{"valueString": "x"}]}, "whose url is null"),
        ({"type": "string", "required": "yes"}, "true or false in required"),
        ({"type": "string", "_text": {"extension": [extension("translation", valueString="x")]}}, "without lang or content"),
        ({"type": "string", "_text": translated(**{"no tag!": "x"})}, "which is no language tag"),
        ({"type": "string", "_text": 5}, "an object in _text"),
    ],
)
def test_a_part_that_is_malformed_is_refused(members: Json, because: str) -> None:
    assert any(
        because in fault.words and fault.link_id == "bad" for fault in faults({"linkId": "bad", "text": "Bad?", **members})
    )


def test_an_option_offered_twice_is_a_warning_and_shown_once() -> None:
    assert any('offers "A" twice' in fault.words for fault in warnings(choice("a", "a", "b", "a")))


def test_showing_only_and_pictures_only_are_refused() -> None:
    is_refused(item("bad", extension=[extension("questionnaire-usageMode", valueCode="display")]), because="usageMode")
    is_refused(item("bad", "attachment", extension=[extension("mimeType", valueCode="image/png")]), because="mimeType")


@pytest.mark.parametrize(
    "name",
    ["rendering-style", "designNote", "questionnaire-referenceResource", "rendering-xhtml", "preferredTerminologyServer"],
)
def test_decoration_is_passed_over_without_a_word(name: str) -> None:
    assert warnings(item("a", extension=[extension(name, valueString="x")])) == []


def test_an_unknown_extension_is_a_warning_that_names_it() -> None:
    found = warnings(item("a", extension=[extension("urn:of-their-own/colour", valueString="x")]))
    assert ["urn:of-their-own/colour" in fault.words for fault in found] == [True]


def test_an_unknown_control_is_a_warning() -> None:
    assert any("'wheel'" in fault.words for fault in warnings(item("a", "integer", extension=[control("wheel")])))


def test_attachments_references_and_open_choices_without_options_are_announced_as_typed_words() -> None:
    found = warnings(item("a", "attachment"), item("b", "reference"), item("c", "open-choice"))
    assert [(fault.link_id, "typed words" in fault.words) for fault in found] == [("a", True), ("b", True), ("c", True)]


@pytest.mark.parametrize(
    "members",
    [
        {"status": "complete"},
        {"status": None},
        {"language": "not a language"},
        {"url": "has spaces in it"},
        {"url": "urn:x|1"},
        {"item": []},
    ],
)
def test_a_head_that_is_wrong_is_refused(members: Json) -> None:
    with pytest.raises(SurveyFault, match=r"^The questionnaire "):
        read_survey(raw(item("a"), **members))


def test_a_survey_without_items_asks_nothing_and_is_refused() -> None:
    with pytest.raises(SurveyFault, match="list"):
        read_survey(raw())


@pytest.mark.parametrize(
    "bad", [{"type": "string"}, {"linkId": "", "type": "string"}, {"linkId": 3, "type": "string"}, {"linkId": "a"}, 7, None]
)
def test_an_item_without_a_link_id_or_type_is_refused_with_its_path(bad: object) -> None:
    found = faults(group("g", item("x"), bad))  # type: ignore[arg-type]
    assert all(fault.path.startswith("Questionnaire.item[0].item[1]") for fault in found)
    assert found


def test_more_options_than_anybody_can_read_are_refused() -> None:
    is_refused(choice("bad", *(f"c{number}" for number in range(1001))), because="1001 options")


def test_more_items_than_anybody_can_answer_are_refused() -> None:
    assert "3000 at most" in faults(*(item(f"q{number}") for number in range(3001)))[0].words


def test_sections_that_would_have_to_be_filled_in_for_ever_are_refused() -> None:
    often = extension("questionnaire-minOccurs", valueInteger=20)
    inner = group("bad", item("a"), repeats=True, extension=[often])
    is_refused(group("outer", inner, repeats=True, extension=[often]), because="400 times from the start")
