"""Every alphabet is on its keyboard, and every key can be seen, named and touched (assets/keyboards/README.md, S78)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk import ASSETS
from kiosk.languages import LANGUAGES

LAYOUTS = {path.stem: path for path in sorted((ASSETS / "keyboards").glob("*.json"))}
ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "cy": "abcdefghijklmnopqrstuvwxyzâêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "pt": "aáàâãbcçdeéêfghiíjklmnoóôõpqrstuúvwxyz",
    "es": "aábcdeéfghiíjklmnñoópqrstuúüvwxyz",
    "ur": "اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤۂۓ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى",
    "pa": "ਅਆਇਈਉਊਏਐਓਔੳੲਸਹਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜ਼ਾਿੀੁੂੇੈੋੌੰਂੱਃ੍੦੧੨੩੪੫੬੭੮੯",
    "bn": "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ়ৎংঃঁািীুূৃেৈোৌ্০১২৩৪৫৬৭৮৯",
    "gu": "અઆઇઈઉઊઋએઐઓઔઍઑકખગઘઙચછજઝઞટઠડઢણતથદધનપફબભમયરલવશષસહળાિીુૂૃેૈોૌૅૉંઃઁ઼્૦૧૨૩૪૫૬૭૮૯",
    "so": "abcdefghijklmnopqrstuvwxyz'",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ’",
    "zh": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
CAPITALS = {"so": "", "en": "", "cy": "ÂÊÎÔÛŴŶ", "pl": "ĄĆĘŁŃÓŚŹŻ", "ro": "ĂÂÎȘȚ", "pt": "ÁÀÂÃÇÉÊÍÓÔÕÚ", "es": "ÁÉÍÑÓÚÜ"}
SIGNS = {"ur": "،۔؟!", "ar": "،.؟!", "pa": ",।?!", "bn": ",।?!", "es": ",.?!¿¡", "zh": "，。？！、"}
ICONS = {"shift": {"shift", "shift-on"}, "backspace": {"backspace"}, "newline": {"newline"}}
ACTION = re.compile(r"shift|backspace|newline|space|level:[a-z]+")

each_layout = pytest.mark.parametrize("tag", LAYOUTS)


def layout(tag: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(LAYOUTS[tag].read_text(encoding="utf-8"))
    return found


def keys(rows: list[list[Any]]) -> Iterator[Any]:
    for row in rows:
        yield from row


def texts(rows: list[list[Any]]) -> list[str]:
    return [key for key in keys(rows) if isinstance(key, str)]


def actions(rows: list[list[Any]]) -> list[str]:
    return [key["action"] for key in keys(rows) if not isinstance(key, str)]


def reachable(tag: str) -> set[str]:
    """Every text that can be written, from the first board on."""
    levels, seen, todo = layout(tag)["levels"], set[str](), ["letters"]
    written: set[str] = set()
    while todo:
        level = todo.pop()
        if level in seen:
            continue
        seen.add(level)
        written |= set(texts(levels[level]))
        todo += [action.removeprefix("level:") for action in actions(levels[level]) if action.startswith(("level:", "shift"))]
    assert seen == set(levels), "a board that no key leads to"
    return written


def test_there_is_a_keyboard_for_every_language_of_the_sample() -> None:
    assert set(ALPHABETS) <= set(LAYOUTS)


@pytest.mark.parametrize("tag", ALPHABETS)
def test_every_letter_of_the_alphabet_can_be_reached(tag: str) -> None:
    capitals = ALPHABETS["en"].upper() + CAPITALS[tag] if tag in CAPITALS else ""
    wanted = set(ALPHABETS[tag] + capitals + "1234567890" + SIGNS.get(tag, ",.?!"))
    assert wanted - reachable(tag) == set()


@pytest.mark.parametrize("tag", ["pa", "bn", "gu"])
def test_every_word_that_the_kiosk_says_in_a_script_of_india_can_be_written(tag: str) -> None:
    """S113: letters, vowel signs and joiners; only Latin letters (PIN, CQC) have no key."""
    catalogue = (ASSETS / "locale" / tag / "LC_MESSAGES" / "kiosk.po").read_text(encoding="utf-8")
    said = {letter for letter in catalogue if letter > "\u02ff" and unicodedata.category(letter)[0] in "LMN"}
    assert said - set("".join(reachable(tag))) == set()


@each_layout
def test_the_file_says_which_language_it_is_for_and_which_way_it_runs(tag: str) -> None:
    found = layout(tag)
    assert (found["language"], found["right_to_left"]) == (tag, LANGUAGES[tag].right_to_left)
    assert set(found) - {"low", "candidates", "once"} == {"language", "right_to_left", "labels", "names", "levels"}


@each_layout
def test_a_level_for_one_letter_is_one_of_the_boards_and_not_the_first(tag: str) -> None:
    """S113: letters that seldom stand together are one touch away, and the others one touch back."""
    assert set(layout(tag).get("once", [])) <= set(layout(tag)["levels"]) - {"letters", "shift"}


@each_layout
def test_no_key_stands_twice_on_a_board(tag: str) -> None:
    for name, rows in layout(tag)["levels"].items():
        everything = [*texts(rows), *actions(rows)]
        assert sorted(everything) == sorted(set(everything)), name


@each_layout
def test_a_board_is_at_most_ten_keys_wide_and_five_rows_high(tag: str) -> None:
    for name, rows in layout(tag)["levels"].items():
        widths = [sum(1 if isinstance(key, str) else key.get("columns", 1) for key in row) for row in rows]
        assert max(widths) <= 10, name
        assert len(rows) <= 5, name


@each_layout
def test_a_low_board_has_every_key_of_the_board_whose_place_it_takes(tag: str) -> None:
    """On a low, wide screen nothing is missing: fewer rows, longer ones."""
    found = layout(tag)
    for name, rows in found.get("low", {}).items():
        for kind in (texts, actions):
            assert sorted(kind(rows)) == sorted({*kind(rows)}), name
        written = {text for board in found["low"].values() for text in texts(board)}
        assert set(texts(found["levels"][name])) <= written, name
        assert set(actions(rows)) == set(actions(found["levels"][name])), name
        assert max(sum(1 if isinstance(key, str) else key.get("columns", 1) for key in row) for row in rows) <= 13, name
        assert len(rows) <= 4, name


@each_layout
def test_a_script_with_five_rows_that_cannot_give_one_up_has_a_low_board(tag: str) -> None:
    """Boards with capitals lift their row of accents to a level of its own; the others need another shape."""
    levels, low = layout(tag)["levels"], layout(tag).get("low", {})
    assert "shift" in levels or all(name in low for name, rows in levels.items() if len(rows) > 4)


@each_layout
def test_every_board_has_delete_space_new_line_and_a_way_back_to_letters(tag: str) -> None:
    for name, rows in layout(tag)["levels"].items():
        there = set(actions(rows))
        assert {"backspace", "space", "newline"} <= there, name
        assert there & ({"level:letters", "shift"} if name != "letters" else {"level:numbers"}), name


@each_layout
def test_a_key_that_acts_has_a_known_action_a_name_and_something_to_show(tag: str) -> None:
    found = layout(tag)
    for rows in found["levels"].values():
        for key in (key for key in keys(rows) if not isinstance(key, str)):
            action = key["action"]
            assert ACTION.fullmatch(action)
            assert set(key) <= {"action", "icon", "columns"}
            assert action.removeprefix("level:") in found["levels"] or not action.startswith("level:")
            assert found["names"][action]
            assert key.get("icon") in ICONS[action] if action in ICONS else found["labels"][action]


@each_layout
def test_every_sign_has_a_spoken_name(tag: str) -> None:
    """Letters and digits are spoken as they are; a voice says nothing for a comma."""
    found = layout(tag)
    signs = {text for rows in found["levels"].values() for text in texts(rows) if not text.isalnum()}
    assert signs - set(found["names"]) == set()


@each_layout
def test_names_and_labels_belong_to_keys_of_the_keyboard(tag: str) -> None:
    found = layout(tag)
    there = {one for rows in found["levels"].values() for one in (*texts(rows), *actions(rows))}
    if "candidates" in found:
        there |= (more := {"candidates", "candidates:next", "candidates:previous"})
        assert more <= set(found["names"])
    assert set(found["names"]) - there == set()
    assert set(found["labels"]) - there == set()


@each_layout
def test_a_mark_that_joins_the_letter_before_it_shows_on_a_dotted_circle(tag: str) -> None:
    found = layout(tag)
    written = {text for rows in found["levels"].values() for text in texts(rows)}
    for text in (text for text in written if unicodedata.category(text[0]).startswith("M")):
        assert found["labels"][text] == "\u25cc" + text


@each_layout
def test_no_key_shows_a_sign_that_fonts_lack(tag: str) -> None:
    assert not set("⇧⌫⏎⇪␣") & set(LAYOUTS[tag].read_text(encoding="utf-8"))


@each_layout
def test_every_text_is_composed_as_one_character(tag: str) -> None:
    """NFC, so that the same word is the same bytes whichever keyboard wrote it."""
    written = {text for rows in layout(tag)["levels"].values() for text in texts(rows)}
    assert {text for text in written if unicodedata.normalize("NFC", text) != text} == set()
