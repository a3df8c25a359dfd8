"""A FHIR R4 Questionnaire becomes a survey: every item type, every extension the kiosk understands."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from kiosk.answers import pages
from kiosk.fhir import read_survey
from kiosk.survey import (
    AnyItem,
    Coding,
    Condition,
    Date,
    Kind,
    Note,
    Operator,
    Place,
    Quantity,
    Question,
    Reference,
    Section,
    Survey,
)
from tests.questionnaires import EVERYTHING, category, coding, control, extension, group, item, survey, translated, when


@cache
def everything() -> Survey:
    return read_survey(EVERYTHING)


def at(link_id: str) -> AnyItem:
    return everything().by_link_id[link_id]


def question(link_id: str) -> Question:
    found = at(link_id)
    assert isinstance(found, Question)
    return found


def test_every_item_type_is_read() -> None:
    kinds = {found.kind for found in everything().walk() if isinstance(found, Question)}
    assert kinds == set(Kind) - {Kind.GROUP, Kind.DISPLAY}
    assert isinstance(at("about"), Section)
    assert isinstance(at("hello"), Note)


def test_a_survey_has_its_name_version_and_languages_its_own_first() -> None:
    form = everything()
    assert (form.canonical, form.title.text, form.description.text) == (
        "urn:test:everything|3",
        "All of it",
        "Every kind of item.",
    )
    assert form.languages == ("en", "cy")
    assert form.completion_mode == "electronic"


def test_a_survey_without_a_language_is_in_english() -> None:
    assert survey(item("a")).languages == ("en",)


def test_words_are_read_with_their_translations() -> None:
    assert everything().title.in_language("cy") == "Y cyfan"
    assert question("well").text.in_language("cy") == "Ydych chi'n iawn?"
    assert question("well").text.in_language("fr") == "Are you well?"
    assert question("well").prefix.text == "1."


def test_options_have_words_prefix_score_picture_and_translations() -> None:
    nurse = question("staff").options[0]
    assert nurse.value == Coding("nurse", "urn:test:staff", "A nurse")
    assert nurse.wording.in_language("cy") == "Nyrs"
    assert (nurse.prefix.text, nurse.score) == ("a)", Decimal(0))
    assert nurse.media is not None
    assert nurse.media.url == "nurse.png"
    assert [option.exclusive for option in question("staff").options] == [False, False, True]


@pytest.mark.parametrize(
    ("link_id", "value"),
    [
        ("kind", 1),
        ("day", Date("2026-01-01")),
        ("need", "Large print"),
        ("ward", Coding("a", "urn:test:ward", "Ash")),
        ("clinic", Reference("Location/1", "North")),
    ],
)
def test_options_can_be_values_of_every_type(link_id: str, value: object) -> None:
    assert question(link_id).options[0].value == value


def test_a_contained_value_set_gives_the_codes_that_can_be_picked_headings_and_closed_ones_left_out() -> None:
    ward = question("ward")
    assert [option.wording.text for option in ward.options] == ["Ash", "Birch", "Cedar"]
    assert ward.options[0].wording.in_language("cy") == "Onnen"
    assert ward.options[0].score == 3


def test_a_value_set_is_found_by_its_address_and_version_and_may_list_concepts() -> None:
    meal = question("meal")
    assert meal.options[0].value == Coding("soup", "urn:test:meal", "Soup")
    assert meal.options[0].wording.in_language("cy") == "Cawl"


def test_limits_are_read() -> None:
    cost, pain, area = question("cost").limits, question("pain").limits, question("postcode").limits
    assert (cost.max_decimal_places, cost.min_value, cost.max_value) == (2, Decimal(0), Decimal("99.5"))
    assert (pain.min_value, pain.max_value, pain.slider_step) == (0, 10, 2)
    assert (area.min_length, area.max_length, area.pattern) == (2, 4, "[A-Z]{1,2}[0-9]{1,2}")
    assert question("came").limits.min_value == Date("2020-01-01")
    assert question("staff").limits.max_occurs == 2
    visits = at("visits")
    assert isinstance(visits, Section)
    assert (visits.limits.min_occurs, visits.limits.max_occurs) == (1, 3)


def test_displays_beside_a_question_become_its_labels_and_help() -> None:
    pain = question("pain")
    assert (pain.control, pain.lower_label.text, pain.upper_label.text) == ("slider", "Not at all", "Very much")
    assert pain.help.text == "Slide to the right for more."


def test_several_help_texts_are_joined_in_every_language() -> None:
    helps = [
        item("h1", "display", text="One.", _text=translated(cy="Un."), extension=[control("help")]),
        item("h2", "display", text="Two.", extension=[control("flyover")]),
    ]
    found = survey(item("a", item=helps)).by_link_id["a"]
    assert isinstance(found, Question)
    assert (found.help.text, found.help.in_language("cy")) == ("One. Two.", "Un. Two.")


def test_instructions_below_a_question_are_help_unless_an_answer_brings_them() -> None:
    how = item("how", "display", text="Select one.", extension=[category("instructions")])
    after = item(
        "after", "display", text="Tell staff.", extension=[category("instructions")], enableWhen=[when("a", answerString="x")]
    )
    form = survey(item("a", item=[how, after]))
    asked = form.by_link_id["a"]
    assert isinstance(asked, Question)
    assert asked.help.text == "Select one."
    assert [place.link_id for place in pages(form, {Place("a"): ("x",)})] == ["a", "after"]


def test_a_unit_display_gives_the_unit_words() -> None:
    found = survey(item("a", "integer", item=[item("u", "display", text="cups", extension=[control("unit")])])).by_link_id["a"]
    assert isinstance(found, Question)
    assert found.unit == Coding(display="cups")


def test_units_come_from_unit_unit_option_and_unit_value_set() -> None:
    kilos = Coding("kg", "http://unitsofmeasure.org", "kilos")
    assert question("weight").unit == kilos
    assert question("weight").units == (kilos, Coding("g", "http://unitsofmeasure.org", "grams"))
    assert question("weight").limits.max_value == Quantity(Decimal(50), "", "http://unitsofmeasure.org", "kg")


def test_what_is_hidden_read_only_or_set_from_the_start_is_known() -> None:
    site = question("site")
    assert (site.hidden, site.read_only, site.initial) == (True, True, ("North",))
    assert [option.initial for option in question("day").options] == [True, False]


def test_conditions_are_read_with_how_they_join() -> None:
    assert question("kind").conditions == (
        Condition("staff", Operator.DIFFERS, Coding("nobody", "urn:test:staff")),
        Condition("well", Operator.EXISTS, value=True),
    )
    either = item("b", enableBehavior="any", enableWhen=[{"question": "a", "operator": "exists", "answerBoolean": True}] * 2)
    assert survey(item("a"), either).by_link_id["b"].any_condition


def test_the_small_things_are_read() -> None:
    assert question("staff").side_by_side
    assert question("staff").codes == (Coding("caring", "urn:test:key-question"),)
    assert question("good").support_link == "https://example.org/help"
    assert question("postcode").entry_format.text == "Like LS1"
    assert at("sorry").category == "instructions"
    assert at("about").control == "gtable"
    picture = at("bye").media
    assert picture is not None
    assert picture.title.text == "A wave"


def test_an_initial_coding_takes_the_words_of_its_option() -> None:
    sets = [{
        "resourceType": "ValueSet", "id": "s", "status": "active",
        "compose": {"include": [{"system": "urn:test", "concept": [{"code": "a", "display": "Apple"}]}]},
    }]  # fmt: skip
    start = [{"valueCoding": {"system": "urn:test", "code": "a"}}]
    found = survey(item("q", "choice", answerValueSet="#s", initial=start), contained=sets).by_link_id["q"]
    assert isinstance(found, Question)
    assert found.initial == (Coding("a", "urn:test", "Apple"),)


def test_a_grid_is_a_section_of_questions() -> None:
    grid = group("g", item("a", "choice", answerOption=[{"valueCoding": coding("x")}]), extension=[control("gtable")])
    found = survey(grid).by_link_id["g"]
    assert isinstance(found, Section)
    assert [below.link_id for below in found.items] == ["a"]


def test_unknown_decoration_does_no_harm() -> None:
    dressed = item(
        "a", extension=[extension("rendering-style", valueString="bold"), extension("urn:of-their-own", valueBoolean=True)]
    )
    assert survey(dressed).by_link_id["a"].text.text == "Question a?"
