"""A form builder's workbook becomes a survey that the kiosk can ask: types, words, conditions, limits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.fhir import read_survey
from kiosk.survey import Coding, Kind, Note, Operator, Question, Section, Survey
from tests.workbooks import FFT, SETTINGS, YES_NO, Cells, ask, bring_in, check, sheets

STAFF: list[Cells] = [{"list_name": "staff", "name": name, "label": name.title()} for name in ("nurse", "doctor", "none")]


def survey(folder: Path, *rows: Cells, choices: list[Cells] | None = None, settings: Cells = SETTINGS) -> Survey:
    """The survey that the kiosk reads from what the command wrote."""
    made = bring_in(folder, sheets(*rows, choices=[*YES_NO, *STAFF, *(choices or [])], settings=settings))
    assert made.result.exit_code == 0, made.result.stderr
    return read_survey(made.output.read_bytes())


def question(form: Survey, link_id: str) -> Question:
    found = form.by_link_id[link_id]
    assert isinstance(found, Question)
    return found


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("text", Kind.STRING),
        ("integer", Kind.INTEGER),
        ("decimal", Kind.DECIMAL),
        ("date", Kind.DATE),
        ("time", Kind.TIME),
        ("dateTime", Kind.DATE_TIME),
        ("acknowledge", Kind.BOOLEAN),
        ("select_one yn", Kind.CHOICE),
        ("select one from yn", Kind.CHOICE),
        ("select_multiple yn", Kind.CHOICE),
        ("select_one yn or_other", Kind.OPEN_CHOICE),
    ],
)
def test_every_type_a_kiosk_can_ask_is_asked(tmp_path: Path, kind: str, becomes: Kind) -> None:
    form = survey(tmp_path, ask(kind, "q", required="yes"))
    asked = question(form, "q")
    assert (asked.kind, asked.required, asked.repeats) == (becomes, True, "multiple" in kind)


def test_what_is_written_is_ready_by_the_kiosks_own_check(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(ask("select_one yn", "well"), ask("text", "why", relevant="${well} = 'no'")))
    assert made.result.stdout.startswith(f"{made.output}: ready: Your care, 2 questions, in en.")
    assert check(made.output).stdout == f"{made.output}: ready: Your care, 2 questions, in en.\n"


def test_a_form_is_known_by_its_id_version_and_title(tmp_path: Path) -> None:
    form = survey(tmp_path, ask("text", "q"), settings={**SETTINGS, "version": 2.0, "form_id": "my care"})
    assert (form.url, form.version, form.title.text) == ("urn:xlsform:my%20care", "2", "Your care")


def test_a_version_as_kobo_writes_it_fits_into_the_address_of_the_form(tmp_path: Path) -> None:
    """FHIR R4 canonical: no spaces, and nothing that ends the address."""
    form = survey(tmp_path, ask("text", "q"), settings={**SETTINGS, "version": "12 (2026-11-23 09:30:00)|x"})
    assert form.canonical == "urn:xlsform:care|12-(2026-11-23-09-30-00)-x"


def test_long_words_a_hint_and_a_note_keep_their_look(tmp_path: Path) -> None:
    rows = ask("text", "why", appearance="multiline", hint="No names."), ask("note", "thanks", label="Nearly done.")
    form = survey(tmp_path, *rows)
    assert (question(form, "why").kind, question(form, "why").help.text) == (Kind.TEXT, "No names.")
    assert isinstance(form.by_link_id["thanks"], Note)


def test_a_range_is_a_slider_with_its_ends_and_steps(tmp_path: Path) -> None:
    pain = question(survey(tmp_path, ask("range", "pain", parameters="start=0 end=10 step=2")), "pain")
    assert (pain.control, pain.limits.min_value, pain.limits.max_value, pain.limits.slider_step) == ("slider", 0, 10, 2)


def test_groups_and_repeats_nest_as_in_the_form(tmp_path: Path) -> None:
    begin = ask("begin group", "visit"), ask("begin_repeat", "nurse", repeat_count=2), ask("integer", "kind")
    form = survey(tmp_path, *begin, {"type": "end repeat"}, {"type": "end_group"}, ask("text", "after"))
    visit, after = form.items
    assert isinstance(visit, Section)
    (nurse,) = visit.items
    assert isinstance(nurse, Section)
    assert (nurse.repeats, nurse.limits.min_occurs, nurse.limits.max_occurs) == (True, 2, 2)
    assert [item.link_id for item in nurse.items] == ["kind"]
    assert after.link_id == "after"


def test_words_in_several_languages_reach_the_patient_in_each(tmp_path: Path) -> None:
    """S113: the form's languages are data, and answers keep one code in all of them."""
    row = {"type": "select_one yn", "name": "q", "label::English (en)": "Well?", "label::Cymraeg": "Iawn?", "hint::cy": "Help"}
    choices = [{"list_name": "yn", "name": "y", "label::English (en)": "Yes", "label::Cymraeg": "Ydw"}]
    made = bring_in(tmp_path, sheets({**row, "hint::English (en)": "Aid"}, choices=choices))
    form = read_survey(made.output.read_bytes())
    asked = question(form, "q")
    assert form.languages == ("en", "cy")
    assert (asked.text.in_language("cy"), asked.help.in_language("cy")) == ("Iawn?", "Help")
    assert asked.options[0].wording.in_language("cy") == "Ydw"
    assert asked.options[0].value == Coding("y", "urn:xlsform:care:yn", "Yes")


def test_the_default_language_is_the_forms_own(tmp_path: Path) -> None:
    row = {"type": "text", "name": "q", "label::English (en)": "Well?", "label::Cymraeg (cy)": "Iawn?"}
    form = survey(tmp_path, row, settings={**SETTINGS, "default_language": "Cymraeg (cy)"}, choices=[])
    assert (form.language, form.by_link_id["q"].text.text) == ("cy", "Iawn?")


@pytest.mark.parametrize(
    ("relevant", "conditions", "any_is_enough"),
    [
        ("${well} = 'no'", [("well", "=", "no")], False),
        ("${well} != “no”", [("well", "!=", "no")], False),
        ("'no' = ${well}", [("well", "=", "no")], False),
        ("selected(${who}, 'nurse')", [("who", "=", "nurse")], False),
        ("not(selected(${who}, 'nurse'))", [("who", "!=", "nurse")], False),
        ("${age} > 17 and ${age} <= 65", [("age", ">", 17), ("age", "<=", 65)], False),
        ("(${well}='no') or selected(${who},'nurse')", [("well", "=", "no"), ("who", "=", "nurse")], True),
        ("not(${well} = 'no' or ${age} = 3)", [("well", "!=", "no"), ("age", "!=", 3)], False),
        ("${age} != ''", [("age", "exists", True)], False),
        ("18 <= ${age}", [("age", ">=", 18)], False),
        ("${ok} = 'OK'", [("ok", "=", True)], False),
    ],
)  # fmt: skip
def test_relevant_decides_what_is_asked(
    tmp_path: Path, relevant: str, conditions: list[tuple[str, str, object]], any_is_enough: bool
) -> None:
    about = ask("select_one yn", "well"), ask("select_multiple staff", "who"), ask("integer", "age"), ask("acknowledge", "ok")
    asked = survey(tmp_path, *about, ask("text", "q", relevant=relevant)).by_link_id["q"]
    read = [
        (one.question, str(one.operator), one.value.code if isinstance(one.value, Coding) else one.value)
        for one in asked.conditions
    ]
    assert (read, asked.any_condition) == (conditions, any_is_enough)


def test_a_group_has_a_condition_of_its_own(tmp_path: Path) -> None:
    begin = {**ask("begin_group", "g"), "relevant": "${well}='no'"}
    form = survey(tmp_path, ask("select_one yn", "well"), begin, ask("text", "q"), {"type": "end_group"})
    assert form.by_link_id["g"].conditions[0].operator is Operator.EQUALS


@pytest.mark.parametrize(
    ("kind", "constraint", "limits"),
    [
        ("integer", ". >= 0 and . <= 10", {"min_value": 0, "max_value": 10}),
        ("integer", ".>0 and .<10", {"min_value": 1, "max_value": 9}),
        ("decimal", ". <= 9.5", {"max_value": Decimal("9.5")}),
        ("text", "string-length(.) <= 20 and regex(., '[A-Z]+')", {"max_length": 20, "pattern": "[A-Z]+"}),
        ("text", "string-length(.) = 4", {"min_length": 4, "max_length": 4}),
        ("select_multiple staff", "count-selected(.) <= 2", {"max_occurs": 2}),
    ],
)
def test_constraint_limits_what_can_be_answered(tmp_path: Path, kind: str, constraint: str, limits: dict[str, object]) -> None:
    asked = question(survey(tmp_path, ask(kind, "q", constraint=constraint)), "q")
    assert {name: getattr(asked.limits, name) for name in limits} == limits


def test_a_day_that_is_left_out_moves_the_limit_by_one(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(ask("date", "q", constraint=". > '2026-02-28'")))
    assert made.item("q")["extension"][0]["valueDate"] == "2026-03-01"


def test_an_answer_that_goes_with_no_other_is_exclusive(tmp_path: Path) -> None:
    limit = "not(selected(., 'none') and count-selected(.) > 1)"
    asked = question(survey(tmp_path, ask("select_multiple staff", "q", constraint=limit)), "q")
    assert [option.exclusive for option in asked.options] == [False, False, True]


def test_defaults_are_where_the_patient_starts(tmp_path: Path) -> None:
    form = survey(tmp_path, ask("integer", "age", default=40), ask("select_multiple staff", "who", default="nurse doctor"))
    assert question(form, "age").initial == (40,)
    assert [option.initial for option in question(form, "who").options] == [True, True, False]


def test_the_friends_and_family_question_is_known_by_its_six_answers(tmp_path: Path) -> None:
    """S99, S113: the national codes, whatever the form calls the answers; conditions follow."""
    fft = ask("select_one fft", "exp", label="Overall, how was your experience of our service?")
    made = bring_in(tmp_path, sheets(fft, ask("text", "why", relevant="${exp} = '5'"), choices=[*YES_NO, *FFT]))
    asked = question(read_survey(made.output.read_bytes()), "exp")
    assert [(code.system, code.code) for code in asked.codes] == [("urn:feedback-kiosk:measure", "fft")]
    codes = [option.value.code for option in asked.options if isinstance(option.value, Coding)]
    assert codes == ["very-good", "good", "neither", "poor", "very-poor", "dont-know"]
    assert made.item("why")["enableWhen"][0]["answerCoding"] == {"system": "urn:feedback-kiosk:fft", "code": "very-poor"}
    assert made.notes == []


def test_friends_and_family_codes_are_those_the_centre_counts() -> None:
    """S113: the device's room and the hub's may not import each other here, so this holds them together."""
    from kiosk.xlsform import friends_and_family as ours
    from sync.hub.counts import measures as theirs

    labels = ("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know")
    assert (ours.MEASURE, ours.ANSWERS) == (theirs.MEASURE, theirs.FFT_ANSWERS)
    assert tuple(ours.codes_of(labels)) == theirs.FFT_CODES


def test_five_of_the_six_answers_are_no_friends_and_family_question(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(ask("select_one fft", "exp"), choices=FFT[:5]))
    assert "code" not in made.item("exp")


def test_other_words_for_the_friends_and_family_question_are_pointed_out(tmp_path: Path) -> None:
    """S99, S100: exact words, and the six answers in their order."""
    made = bring_in(tmp_path, sheets(ask("select_one fft", "exp", label="How was it?"), choices=FFT[::-1]))
    assert any('must say: "Overall, how was your experience of our service?"' in note for note in made.notes)
    assert any("must go from very good to very poor" in note for note in made.notes)


def test_what_would_tell_who_answers_is_left_out_and_said(tmp_path: Path) -> None:
    """S156: no phone number, device, user name, place or time of somebody's answers."""
    about = [{"type": kind, "name": kind} for kind in ("start", "end", "today", "deviceid", "username", "phonenumber", "audit")]
    worked_out = [{"type": "calculate", "name": "sum", "calculation": "1 + 1"}, {"type": "hidden", "name": "secret"}]
    made = bring_in(tmp_path, sheets(*about, *worked_out, ask("text", "q")))
    assert [item["linkId"] for item in made.document["item"]] == ["q"]
    (note,) = made.notes
    assert note.endswith("start, end, today, deviceid, username, phonenumber, audit, sum, secret.")


def test_pictures_and_unknown_columns_are_left_out_and_said(tmp_path: Path) -> None:
    made = bring_in(
        tmp_path, sheets({**ask("text", "q"), "media::image::English (en)": "a.png", "kuid": "x", "guidance_hint": "y"})
    )
    assert made.document["item"] == [{"linkId": "q", "text": "Question q?", "type": "string"}]
    assert [note.rpartition(": ")[2] for note in made.notes] == ["kuid, guidance_hint.", "media::image::English (en)."]


def test_a_row_that_is_switched_off_is_not_asked(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(ask("text", "q"), ask("nonsense", "off", disabled="yes")))
    assert [item["linkId"] for item in made.document["item"]] == ["q"]


def test_bold_and_colour_are_never_read_out(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(ask("text", "q", label='**Why** <span style="color:red">now</span>?')))
    assert made.item("q")["text"] == "Why now?"
