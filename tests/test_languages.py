"""A language is shown by its own name, and runs the way its script does."""

import pytest

from kiosk.languages import LANGUAGES, language, matching


@pytest.mark.parametrize(
    ("tag", "own_name"),
    [
        ("en", "English"),
        ("cy", "Cymraeg"),
        ("pl", "Polski"),
        ("ur", "اردو"),
        ("ar", "العربية"),
        ("ro", "Română"),
        ("pt", "Português"),
        ("es", "Español"),
        ("pa", "ਪੰਜਾਬੀ"),
        ("bn", "বাংলা"),
        ("gu", "ગુજરાતી"),
        ("so", "Soomaali"),
        ("uk", "Українська"),
        ("zh", "中文"),
    ],
)
def test_a_language_has_its_own_name(tag: str, own_name: str) -> None:
    assert language(tag).own_name == own_name


@pytest.mark.parametrize("tag", ["ar", "ur", "fa", "ps", "ckb", "he", "ur-PK", "ar-SY"])
def test_scripts_from_right_to_left_are_known(tag: str) -> None:
    assert language(tag).right_to_left


@pytest.mark.parametrize("tag", ["en-GB", "cy", "pl", "pa", "bn", "gu", "so", "uk", "zh", "xx", "en-AR"])
def test_the_others_run_from_left_to_right(tag: str) -> None:
    assert not language(tag).right_to_left


def test_a_regional_tag_has_its_languages_facts() -> None:
    assert language("en-GB") == LANGUAGES["en"]


def test_an_unknown_language_is_named_by_its_tag() -> None:
    assert language("tlh").own_name == "tlh"


def test_no_name_stands_for_two_languages() -> None:
    own_names = [one.own_name for one in LANGUAGES.values()]
    assert len(set(own_names)) == len(own_names)


@pytest.mark.parametrize(("wanted", "found"), [("en", "en-GB"), ("en-GB", "en-GB"), ("cy-GB", "cy"), ("pl", None)])
def test_a_site_that_asks_for_english_gets_the_surveys_english(wanted: str, found: str | None) -> None:
    assert matching(wanted, ("en-GB", "cy")) == found


def test_the_very_tag_goes_before_its_relatives() -> None:
    assert matching("pt-BR", ("pt-PT", "pt-BR")) == "pt-BR"
