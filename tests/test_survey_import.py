"""``kiosk survey import``: every mistake of a form at once, with its place and a remedy, and never a traceback."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import survey_import
from tests.workbooks import FFT, SETTINGS, YES_NO, Cells, ask, bring_in, sheets, write

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([ask("geopoint", "q")], "survey, row 2, column type", "A kiosk does not ask where somebody is. Take the row out"),
        ([ask("image", "q")], "survey, row 2, column type", "A kiosk keeps no picture of a patient. Take the row out"),
        ([ask("file", "q")], "survey, row 2, column type", "A kiosk keeps no file of a patient."),
        ([ask("barcode", "q")], "survey, row 2, column type", "Take the row out, or ask for the number as text."),
        ([ask("rank yn", "q")], "survey, row 2, column type", "Ask for the most important one with select_one."),
        ([ask("select_one_from_file a.csv", "q")], "survey, row 2, column type", "Put them on the sheet choices"),
        ([ask("mood", "q")], "survey, row 2, column type", 'The type "mood" is not known here. Use text, integer'),
        ([ask("select_one yen", "q")], "survey, row 2, column type", 'no list "yen" on the sheet choices; the lists are: yn.'),
        ([ask("text", "q"), ask("date", "q")], "survey, row 3, column name", 'The name "q" is in row 2 too.'),
        ([ask("text", "a b")], "survey, row 2, column name", "Use letters, digits, - and _."),
        ([ask("text", "")], "survey, row 2, column name", "The row has no name."),
        ([{"type": "text", "name": "q"}, ask("text", "r")], "survey, row 2, column label", '"q" has no words in en.'),
        ([ask("begin_group", "g"), ask("text", "q")], "survey, row 2, column type", 'The group "g" begins here and never'),
        ([ask("text", "q"), {"type": "end group"}], "survey, row 3, column type", "A group ends here that never began."),
        ([ask("text", "q", label="Is ${a} right?")], "survey, row 2, column label", "another answer, ${a}; a kiosk cannot."),
        ([ask("text", "q", required="${a} = 1")], "survey, row 2, column required", "Write yes or no."),
        ([ask("text", "q", calculation="1 + 1")], "survey, row 2, column calculation", "A kiosk works nothing out."),
        ([ask("select_one yn", "q", choice_filter="a=1")], "survey, row 2, column choice_filter", "cannot choose which"),
        ([ask("select_one yn", "q", appearance="search('a')")], "survey, row 2, column appearance", "in another file (search)"),
        ([ask("select_one yn", "q", default="maybe")], "survey, row 2, column default", 'no answer named "maybe"; it has yes'),
        ([ask("date", "q", default="today()")], "survey, row 2, column default", "The default must be worked out"),
        ([ask("integer", "q", default="few")], "survey, row 2, column default", '"few" is no value for a whole number.'),
        ([ask("range", "q", parameters="start=0 end=1 step=0.1")], "survey, row 2, column parameters", "by whole numbers"),
        ([ask("range", "q", parameters="start=9 end=1")], "survey, row 2, column parameters", "cannot go from start to end"),
        ([ask("begin_repeat", "g", repeat_count="${n}"), ask("text", "q"), {"type": "end_repeat"}],
         "survey, row 2, column repeat_count", "Write a number from 1 to 100"),
    ],
)  # fmt: skip
def test_what_no_kiosk_can_ask_is_refused_with_sheet_row_column_and_remedy(
    tmp_path: Path, rows: list[Cells], place: str, words: str
) -> None:
    """S72: errors are identified and described in text."""
    made = bring_in(tmp_path, sheets(*rows))
    assert made.result.exit_code == 1
    assert not made.output.exists()
    first = made.said[0]
    assert first.startswith(f"sheet {place}: ")
    assert words in first
    assert made.said[-1] == "cannot be used: 1 mistake. Nothing was written."


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${nobody} = 'a'", 'No row is named "nobody".'),
        ("${well} = 'perhaps'", 'The list yn has no answer named "perhaps"; it has yes, no.'),
        ("${well} > 'no'", 'Answers to "well" have no order, so > says nothing.'),
        ("${many} = 'yes'", "Write selected(${many}, '…')."),
        ("${well} = 'no' and (${age} = 1 or ${age} = 2)", "It mixes and with or"),
        ("not(${age} > 3)", "not() works only around selected(), = and !=."),
        ("${age} = ${age}", "one answer with one fixed value"),
        ("${age} + 1 = 2", 'does not understand "+ 1 = 2"'),
        ("pulldata('a') = 1", 'does not understand it from "pulldata'),
        ("${phone} = '1'", '"phone" is nothing that a kiosk asks.'),
        ("selected(${age}, '1')", 'selected() needs a select question, and "age" is none.'),
        (". = 1", "A full stop means the row's own answer"),
        ("${age} = 'old'", '"old" is no value for a whole number.'),
        ("count-selected(${many}) > 1", "It counts letters or answers"),
        ("${age} =", "The expression has no end."),
        ("(" * 400, "Its brackets are nested too deep."),
    ],
)
def test_a_condition_beyond_the_kiosk_is_refused_and_never_half_understood(tmp_path: Path, relevant: str, words: str) -> None:
    about = ask("select_one yn", "well"), ask("integer", "age"), ask("select_multiple yn", "many")
    made = bring_in(tmp_path, sheets(*about, {"type": "phonenumber", "name": "phone"}, ask("text", "q", relevant=relevant)))
    assert made.result.exit_code == 1
    assert made.said[0].startswith("sheet survey, row 6, column relevant: ")
    assert words in made.said[0]
    assert made.said[0].endswith("Write it more simply, such as ${question} = 'yes', or take it out.")


@pytest.mark.parametrize(
    ("kind", "constraint", "words"),
    [
        ("decimal", ". > 0", "Write >=."),
        ("integer", ". < 5 or . > 9", "only limits joined with and."),
        ("date", ". <= today()", 'from "today ( )" on'),
        ("text", ". != 'x'", "Limits of a value work only on numbers"),
        ("integer", "string-length(.) < 4", "works only on the type text"),
        ("integer", "${other} < 4", "about the row's own answer"),
        ("text", "regex(., '(?=a)')", "The kiosk cannot use this regex"),
        ("text", "string-length(.) < 1", "It leaves no room to write"),
        ("integer", ". > 1 and . > 2", "It sets the same limit twice."),
        ("select_multiple yn", "not(selected(., 'perhaps') and count-selected(.) > 1)", 'no answer named "perhaps"'),
        ("date", ". > '9999-12-31'", "is too far away"),
    ],
)
def test_a_limit_beyond_the_kiosk_is_refused(tmp_path: Path, kind: str, constraint: str, words: str) -> None:
    made = bring_in(tmp_path, sheets(ask(kind, "q", constraint=constraint)))
    assert made.result.exit_code == 1
    assert made.said[0].startswith("sheet survey, row 2, column constraint: ")
    assert words in made.said[0]


@pytest.mark.parametrize(
    ("choices", "place", "words"),
    [
        ([{"list_name": "yn", "name": "a"}], "choices, row 4, column label", "The answer has no words in en."),
        ([{"list_name": "yn", "label": "Perhaps"}], "choices, row 4, column name", "The answer has no name."),
        ([{"name": "a", "label": "Perhaps"}], "choices, row 4, column list_name", "The answer is in no list."),
        ([YES_NO[0]], "choices, row 4, column name", 'The list yn has the name "yes" twice.'),
    ],
)
def test_a_broken_list_is_refused(tmp_path: Path, choices: list[Cells], place: str, words: str) -> None:
    made = bring_in(tmp_path, sheets(ask("select_one yn", "q"), choices=[*YES_NO, *choices]))
    assert made.said[0].startswith(f"sheet {place}: ")
    assert words in made.said[0]


def test_all_mistakes_are_said_at_once_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    rows = ask("geopoint", "where"), ask("text", "q", relevant="${nobody} = 1"), ask("select_one nolist", "r")
    made = bring_in(tmp_path, sheets(*rows, choices=[*YES_NO, {"list_name": "yn", "name": "x"}]))
    places = [re.findall(r"sheet (\w+), row (\d+)", line)[0] for line in made.said[:-1]]
    assert places == [("survey", "2"), ("survey", "3"), ("survey", "4"), ("choices", "4")]
    assert made.said[-1] == "cannot be used: 4 mistakes. Nothing was written."


def test_conditions_that_go_round_in_a_circle_are_found(tmp_path: Path) -> None:
    """What only shows when the whole is read comes in the words of ``kiosk survey check``."""
    rows = ask("integer", "a", relevant="${b} = 1"), ask("integer", "b", relevant="${a} = 1")
    made = bring_in(tmp_path, sheets(*rows))
    assert made.result.exit_code == 1
    assert made.said[0].startswith('sheet survey, row 2: Item "a" has an enableWhen that depends, perhaps by way of others,')


def test_the_friends_and_family_question_starts_with_no_answer(tmp_path: Path) -> None:
    """S100: no option is chosen beforehand."""
    made = bring_in(tmp_path, sheets(ask("select_one fft", "q", default=1), choices=FFT))
    assert made.said[0].startswith("sheet survey, row 2, column default: The Friends and Family question must start")


def test_groups_without_end_are_no_trap(tmp_path: Path) -> None:
    made = bring_in(tmp_path, sheets(*[ask("begin_group", f"g{number}") for number in range(1_500)]))
    assert made.result.exit_code == 1
    assert any("Groups stand in each other more than 20 deep." in line for line in made.said)


@pytest.mark.parametrize(
    ("settings", "label", "words"),
    [
        (
            {**SETTINGS, "default_language": "Klingon"},
            "label",
            "sheet settings, row 2, column default_language: Nobody can tell",
        ),
        (SETTINGS, "label::Klingon", 'sheet survey, row 1: Nobody can tell which language "Klingon" is.'),
        (SETTINGS, "label::Cymraeg (cy)", "sheet settings, row 2, column default_language: No column has its words in en."),
    ],
)
def test_a_language_that_nobody_can_name_is_refused(tmp_path: Path, settings: Cells, label: str, words: str) -> None:
    made = bring_in(tmp_path, sheets({"type": "text", "name": "q", label: "Well?"}, choices=(), settings=settings))
    assert made.result.exit_code == 1
    assert any(line.startswith(words) for line in made.said)


def test_two_columns_for_one_language_are_refused(tmp_path: Path) -> None:
    row = {"type": "text", "name": "q", "label::English": "Well?", "label::English (en)": "Are you well?"}
    made = bring_in(tmp_path, sheets(row))
    words = '"label::English" and "label::English (en)" are in the same language. Keep one of them.'
    assert made.said[0] == f"sheet survey, row 1: {words}"


def test_a_workbook_without_the_sheet_survey_is_named_with_what_it_has(tmp_path: Path) -> None:
    made = bring_in(tmp_path, {"Sheet1": [ask("text", "q")]})
    assert made.said[0] == "There is no sheet survey; the sheets are: Sheet1. Name the sheet with the questions survey."


@pytest.mark.parametrize("rows", [[], [{"type": "", "name": ""}]])
def test_a_survey_without_rows_is_refused(tmp_path: Path, rows: list[Cells]) -> None:
    made = bring_in(tmp_path, sheets(*rows))
    assert made.said[0].startswith("sheet survey: There is nothing on the sheet survey.")


def test_a_sheet_without_its_columns_says_which(tmp_path: Path) -> None:
    made = bring_in(tmp_path, {"survey": [{"question": "Well?", "name": "q"}]})
    assert made.said[0] == "sheet survey, row 1: The column type is missing. Its name must stand in the first row."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"type,name,label\n", "It is not a workbook. Save the form as .xlsx, and try again."),
        (b"", "It is not a workbook. Save the form as .xlsx, and try again."),
        (
            OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "It is locked with a password. Save it without one",
        ),
        (OLD_OFFICE + b"\0" * 600, "It is a workbook of the old kind. Open it, and save it as .xlsx."),
    ],
)
def test_what_is_no_workbook_is_said_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    made = bring_in(tmp_path, path)
    assert made.result.exit_code == 1
    assert made.said[0].startswith(words)


def test_a_zip_that_is_no_workbook_and_one_that_is_spoilt(tmp_path: Path) -> None:
    other, spoilt = tmp_path / "other.xlsx", tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("readme.txt", "Hello")
    with zipfile.ZipFile(spoilt, "w") as parts:
        parts.writestr("[Content_Types].xml", "<not xml")
    assert bring_in(tmp_path, other).said == ["It is not a workbook. Save the form as .xlsx, and try again."]
    assert bring_in(tmp_path, spoilt).said == ["The workbook is spoilt. Open it, save it again as .xlsx, and try once more."]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_workbook_cut_short_is_a_sentence(tmp_path: Path, kept: float) -> None:
    whole = write(tmp_path / "form.xlsx", sheets(ask("text", "q"))).read_bytes()
    (tmp_path / "form.xlsx").write_bytes(whole[: int(len(whole) * kept)])
    made = bring_in(tmp_path, tmp_path / "form.xlsx")
    assert (made.result.exit_code, len(made.said)) == (1, 1)


def test_a_form_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    made = bring_in(tmp_path, tmp_path / "nowhere.xlsx")
    assert made.said == ["It cannot be read: No such file or directory. Check its name and place."]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    form = write(tmp_path / "form.xlsx", sheets(ask("text", "q")))
    (tmp_path / "survey.json").mkdir()
    made = bring_in(tmp_path, form)
    assert made.result.exit_code == 1
    assert made.result.stderr.endswith("Choose another place.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.xlsx", "survey.json"]


def test_the_form_itself_is_never_written_over(tmp_path: Path) -> None:
    form = write(tmp_path / "survey.json", sheets(ask("text", "q")))
    before = form.read_bytes()
    made = bring_in(tmp_path, form)
    assert made.result.exit_code == 1
    assert form.read_bytes() == before


def test_without_the_reader_of_workbooks_the_command_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, real = write(tmp_path / "form.xlsx", sheets(ask("text", "q"))), builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "openpyxl":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert bring_in(tmp_path, form).said == [
        'Reading workbooks needs openpyxl. Install it: pip install "feedback-kiosk[forms]".'
    ]


@pytest.mark.parametrize(("limit_bytes", "words"), [(1_000, "It is larger than"), (30_000, "It is too large when")])
def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit_bytes: int, words: str
) -> None:
    """What is all alike is small in the file, and large when it is unpacked."""
    form = write(tmp_path / "form.xlsx", sheets(ask("text", "q")))
    with zipfile.ZipFile(form, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/more.xml", b" " * 200_000)
    monkeypatch.setattr(survey_import, "SIZE_LIMIT_BYTES", limit_bytes)
    assert bring_in(tmp_path, form).said[0].startswith(words)


def test_a_sheet_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_import, "ROW_LIMIT", 3)
    made = bring_in(tmp_path, sheets(*[ask("text", f"q{number}") for number in range(3)]))
    assert made.said == ['The sheet "survey" has more than 3 rows. Make it shorter.']


def test_a_kiosk_never_loads_the_reader_of_workbooks() -> None:
    """A kiosk starts fast: what only an author needs is loaded when it is asked for."""
    script = "import sys, kiosk.cli.survey, kiosk.app.patient; print('openpyxl' in sys.modules, 'kiosk.xlsform' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
