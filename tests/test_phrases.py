"""Every sentence the product says is there in every language, fits its places, and is plain to read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import kiosk
from kiosk.fhir.plain_words import longest_sentence_words, reading_grade
from kiosk.languages import LANGUAGES
from kiosk.phrases import CATALOGUES, Catalogue, CatalogueFault, catalogue_languages, phrases, read_catalogue, reviewed
from kiosk.pictures import picture_names, picture_title
from kiosk.settings import WAYS

SAMPLE = """
# A comment.
msgid ""
msgstr ""
"Language: cy\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"
"X-Reviewed: yes\\n"

#, fuzzy
msgid "Unsure"
msgstr "Ansicr"

msgid ""
"Two "
"lines \\"and\\" a break\\n"
msgstr "Dwy linell"
msgctxt "month"
msgid "May"
msgstr "Mai"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} diwrnod"
msgstr[1] "{n} ddiwrnod"
msgstr[2] "{n} o ddyddiau"

msgid "Empty"
msgstr ""
#~ msgid "Gone"
#~ msgstr "Wedi mynd"
"""
FORMS = {
    "en": 2,
    "cy": 6,
    "pl": 3,
    "ur": 2,
    "ar": 6,
    "so": 2,
    "uk": 3,
    "zh": 1,
    "ro": 3,
    "pt": 2,
    "es": 2,
    "pa": 2,
    "bn": 2,
    "gu": 2,
}
SPELT_OUT = {"ar": {0, 1, 2}}
"""Plural forms that name the number in words, without a digit."""


def catalogue(tag: str) -> Catalogue:
    path = CATALOGUES / tag / "LC_MESSAGES" / "kiosk.po"
    return read_catalogue(path.read_text(encoding="utf-8"), path)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


# --- what the product says, read from its source -------------------------------------------------------------------


def said_by_the_product() -> set[tuple[str, ...]]:
    """Every sentence given to `say` or to `phrases(…)`: one string, or singular and plural."""
    sources = (Path(kiosk.__file__).parent).rglob("*.py")
    found = {said for path in sources for said in said_in(ast.parse(path.read_text(encoding="utf-8")))}
    return found | {(way.name,) for way in WAYS}


def said_in(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    tables = {
        target.id: [one.value for one in node.value.values if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        if speaks(call.func):
            for part in ast.walk(call.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield (part.value,)
                elif isinstance(part, ast.Name):
                    yield from ((value,) for value in tables.get(part.id, ()))
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "plural":
            yield tuple(part.value for part in call.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str))


def speaks(function: ast.expr) -> bool:
    """``say(…)`` or ``phrases(tag)(…)``."""
    if isinstance(function, ast.Call):
        function = function.func
        return isinstance(function, ast.Name) and function.id == "phrases"
    return isinstance(function, ast.Name) and function.id == "say"


SAID = sorted(said_by_the_product())


def test_the_source_gives_up_its_sentences() -> None:
    assert {("Next",), ("Thank you",), ("Yellow on black",), ("{n} second left", "{n} seconds left")} <= set(SAID)
    assert len(SAID) > 100


@pytest.mark.parametrize("tag", FORMS)
def test_every_sentence_is_in_every_catalogue(tag: str) -> None:
    there = catalogue(tag).sentences
    assert [said for said in SAID if not all(there.get(("", said[0]), ("",)))] == []


@pytest.mark.parametrize("tag", FORMS)
def test_no_catalogue_holds_a_sentence_that_nobody_says(tag: str) -> None:
    said = {("", sentence[0]) for sentence in SAID} | {("picture", picture_title(name)) for name in picture_names()}
    assert [sentence for sentence in catalogue(tag).sentences if sentence not in said] == []


@pytest.mark.parametrize("tag", FORMS)
def test_a_translation_has_the_same_places_to_fill_as_the_english(tag: str) -> None:
    for (_, sentence), forms in catalogue(tag).sentences.items():
        for at, form in enumerate(forms):
            spelt_out = {"n"} if len(forms) > 1 and at in SPELT_OUT.get(tag, ()) else set()
            assert places(sentence) - spelt_out <= places(form) <= places(sentence), form


@pytest.mark.parametrize("tag", FORMS)
def test_a_counted_sentence_has_every_form_of_its_language(tag: str) -> None:
    there = catalogue(tag)
    for said in SAID:
        assert len(there.sentences["", said[0]]) == (FORMS[tag] if len(said) > 1 else 1)
    assert {there.plural_form(n) for n in range(201)} == set(range(FORMS[tag]))


def test_the_english_catalogue_says_every_sentence_as_it_stands() -> None:
    """So the kiosk need not read it to speak English."""
    there = catalogue("en").sentences
    assert {said: form for said, form in there.items() if said[1] != form[0]} == {}
    assert phrases("en").catalogue.sentences == {}


@pytest.mark.parametrize("tag", [tag for tag in FORMS if tag != "en"])
def test_a_translation_ends_as_the_english_does(tag: str) -> None:
    ends = {".": ".۔。।", "?": "?؟？", ":": ":："}
    for (_, sentence), forms in catalogue(tag).sentences.items():
        for form in forms:
            assert (form[-1] in ends[sentence[-1]]) if sentence[-1] in ends else form[-1] not in "?؟？:：", form


def test_only_english_counts_as_reviewed() -> None:
    """Machine translations say so until a speaker has read them."""
    assert {tag: reviewed(tag) for tag in FORMS} == {tag: tag == "en" for tag in FORMS}
    assert reviewed("en-GB")
    assert not reviewed("fr")


def test_every_sentence_is_plain_english() -> None:
    """S85: grade 6 at most, fifteen words a sentence at most."""
    spoken = [re.sub(r"{\w+}", "5", form) for said in SAID for form in said]
    assert [form for form in spoken if longest_sentence_words(form) > 15] == []
    assert [form for form in spoken if form[-1] in ".?" and reading_grade(form) > 6] == []


# --- saying it -----------------------------------------------------------------------------------------------------


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    assert [phrases(tag)("Thank you") for tag in ("en", "cy", "pl", "ur", "ar")] == [
        "Thank you",
        "Diolch",
        "Dziękujemy",
        "شکریہ",
        "شكراً لك",
    ]


def test_a_regional_tag_uses_its_language() -> None:
    assert phrases("cy-GB")("Next") == "Nesaf"


def test_a_language_without_a_catalogue_says_it_in_english_and_keeps_its_own_direction() -> None:
    say = phrases("fa")
    assert (say("Next"), say.language, say.said_in, say.right_to_left) == ("Next", "fa", "en", True)


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    assert phrases("cy")("This sentence is new.") == "This sentence is new."


def test_values_go_to_their_places() -> None:
    assert phrases("cy")("Question {n} of about {total}", n=2, total=7) == "Cwestiwn 2 o tua 7"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "Została 1 sekunda"), (3, "Zostały 3 sekundy"), (12, "Zostało 12 sekund"), (22, "Zostały 22 sekundy")]
)
def test_a_number_takes_its_own_form(n: int, said: str) -> None:
    assert phrases("pl").plural("{n} second left", "{n} seconds left", n) == said


def test_a_counted_sentence_without_a_translation_counts_in_english() -> None:
    say = phrases("ar").plural
    assert [say("{n} bird", "{n} birds", n) for n in (1, 2)] == ["1 bird", "2 birds"]


def test_a_phone_number_keeps_its_order_inside_right_to_left_words() -> None:
    """Unicode UAX #9: without the isolate "03000 616161" would show as "616161 03000"."""
    said = phrases("ar")("In an emergency, call {number}.", number="03000 616161")
    assert "\u206803000 616161\u2069" in said
    assert "\u2068" not in phrases("cy")("In an emergency, call {number}.", number="999")


def test_every_catalogue_is_of_a_language_with_a_name() -> None:
    assert set(catalogue_languages()) == set(FORMS)
    assert set(FORMS) <= set(LANGUAGES)


@pytest.mark.parametrize("tag", FORMS)
def test_a_translators_tool_reads_what_the_kiosk_reads(tag: str) -> None:
    with (CATALOGUES / tag / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        theirs = read_po(file, locale=tag, abort_invalid=True)
    said = {message.id if isinstance(message.id, str) else message.id[0]: message.string for message in theirs if message.id}
    forms = {sentence: (one,) if isinstance(one, str) else one for sentence, one in said.items()}
    assert forms == {sentence: ours for (_, sentence), ours in catalogue(tag).sentences.items()}
    assert [error for message in theirs for error in message.check(theirs)] == []


# --- reading PO files ----------------------------------------------------------------------------------------------


def test_a_catalogue_is_read_with_its_header_contexts_and_forms() -> None:
    found = read_catalogue(SAMPLE)
    assert found.sentences["", 'Two lines "and" a break\n'] == ("Dwy linell",)
    assert found.sentences["month", "May"] == ("Mai",)
    assert found.sentences["", "{n} day"] == ("{n} diwrnod", "{n} ddiwrnod", "{n} o ddyddiau")
    assert found.header["language"] == "cy"
    assert found.reviewed
    assert [found.plural_form(n) for n in (1, 2, 3)] == [0, 1, 2]


def test_what_a_translator_was_not_sure_of_or_took_out_is_not_said() -> None:
    found = read_catalogue(SAMPLE)
    assert ("", "Unsure") not in found.sentences
    assert ("", "Gone") not in found.sentences
    assert found.sentences["", "Empty"] == ("",)


@pytest.mark.parametrize("line", ["msgid Next", 'mesgid "Next"', '"on its own"', 'msgid "Next', "just words"])
def test_a_line_that_is_not_po_is_named_with_its_file_and_number(line: str) -> None:
    with pytest.raises(CatalogueFault, match=r"cy\.po, line 3: .*Write msgid"):
        read_catalogue(f"# Welsh\n\n{line}\n", Path("cy.po"))
