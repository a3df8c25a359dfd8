"""A settings file is read, or every mistake in it is said in words that name the file, the key and the remedy."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.settings import EXAMPLE, WAYS, Settings, SettingsFault, UrgentHelp, Way, data_dir, load, read, save, write_example

HERE = Path("kiosk.toml")


def mistakes(text: str) -> list[str]:
    with pytest.raises(SettingsFault) as refused:
        read(text, HERE)
    return list(refused.value.mistakes)


def test_an_empty_file_gives_the_defaults() -> None:
    assert read("", HERE) == Settings()


def test_what_a_file_says_is_taken_and_the_rest_keeps_its_default() -> None:
    found = read('idle_seconds = 90\nlanguages = ["cy", "en"]\nscreen_width_mm = 344\ntheme = "cream"', HERE)
    assert found == Settings(idle_seconds=90, languages=("cy", "en"), screen_width_mm=344.0, theme="cream")


def test_by_default_a_person_has_a_minute_and_then_thirty_seconds_more() -> None:
    """S93."""
    assert (Settings().idle_seconds, Settings().warning_seconds) == (60, 30)


@pytest.mark.parametrize(("key", "lowest", "highest"), [("idle_seconds", 30, 600), ("viewing_distance_mm", 300, 1500)])
def test_a_number_out_of_its_range_is_refused_with_the_range(key: str, lowest: int, highest: int) -> None:
    """S74, S93."""
    for fine in (lowest, highest):
        assert getattr(read(f"{key} = {fine}", HERE), key) == fine
    for wrong in (lowest - 1, highest + 1):
        (sentence,) = mistakes(f"{key} = {wrong}")
        assert sentence.startswith(f"kiosk.toml, line 1, {key}: {wrong} will not do.")
        assert f"from {lowest} to {highest}" in sentence


def test_the_warning_is_never_shorter_than_thirty_seconds() -> None:
    """S62, S93."""
    assert "from 30 to" in mistakes("warning_seconds = 20")[0]


def test_by_default_function_keys_are_a_keypad_and_a_key_struck_twice_in_half_a_second_counts_once() -> None:
    """S28, S129."""
    assert (Settings().keypad, Settings().identical_key_seconds) == ("f-keys", 0.5)


@pytest.mark.parametrize("keypad", ["f-keys", "arrows", "learnt", "none"])
def test_a_site_says_which_keypad_it_has_and_how_its_keys_are_filtered(keypad: str) -> None:
    """S28, S129: from no filter at all to two seconds."""
    for seconds in (0, 2):
        found = read(f'keypad = "{keypad}"\nidentical_key_seconds = {seconds}', HERE)
        assert (found.keypad, found.identical_key_seconds) == (keypad, seconds)


def test_a_misspelt_key_is_answered_with_the_right_one() -> None:
    assert mistakes("\nidle_second = 90") == [
        "kiosk.toml, line 2, idle_second: there is no such setting. Did you mean idle_seconds?"
    ]


def test_a_key_like_no_other_is_answered_with_all_there_are() -> None:
    (sentence,) = mistakes("wifi_password = 'x'")
    assert all(field.name in sentence for field in fields(Settings))


def test_every_mistake_is_reported_at_once() -> None:
    found = mistakes('idle_seconds = 5\ntheme = "creme"\nhub_url = "http://hub.example.org"\nreading_aloud = "yes"')
    assert [sentence.split(":")[0] for sentence in found] == [
        "kiosk.toml, line 1, idle_seconds",
        "kiosk.toml, line 2, theme",
        "kiosk.toml, line 3, hub_url",
        "kiosk.toml, line 4, reading_aloud",
    ]
    assert "Did you mean cream?" in found[1]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("text_percent = 120", "100, 150, 200"),
        ("text_percent = true", "100, 150, 200"),
        ("idle_seconds = true", "whole number"),
        ("idle_seconds = 60.5", "whole number"),
        ("site_name = 7", "words in quotes"),
        ("languages = 'en'", '["en", "cy"]'),
        ("languages = ['en', 'en']", "Take one away"),
        ("languages = ['english!']", "language tag"),
        ("default_language = 4", "language tag"),
        ("screen_width_mm = 'wide'", "number of millimetres"),
        ("words_per_minute = 100", "120, 150, 180"),
        ("reading_aloud = 1", "true or false"),
        ("keypad = 'arrow'", "Did you mean arrows?"),
        ("keypad = true", "f-keys"),
        ("identical_key_seconds = 2.5", "from 0 to 2"),
        ("identical_key_seconds = 'short'", "number of seconds"),
        ("hub_url = 'hub.example.org'", "https://"),
        ("hub_url = 3", "https://"),
        ("routes = 'phone'", "[[routes]]"),
        ("urgent_help = '999'", "emergency, advice"),
        ("urgent_help.emergency = 999", "in quotes"),
        ("urgent_help.emergncy = '999'", "Did you mean emergency?"),
        ("languages = ['en']\ndefault_language = 'cy'", "not in languages"),
        ("survey = 'nowhere.json'", "there is no file nowhere.json"),
    ],
)
def test_a_value_of_the_wrong_kind_is_answered_with_what_to_write(line: str, remedy: str) -> None:
    (sentence,) = mistakes(line)
    assert remedy in sentence


def test_plain_http_is_taken_on_this_machine_only() -> None:
    assert read('hub_url = "http://127.0.0.1:8000/"', HERE).hub_url == "http://127.0.0.1:8000"
    assert mistakes('hub_url = "http://192.168.1.2"')


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("idle_seconds = 60\nsite_name = Elm Road", "line 2"),
        ("idle_seconds =", "at the end"),
        ("= 1\nidle_seconds = 60", "line 1"),
    ],
)
def test_a_line_that_is_not_toml_is_named(text: str, line: str) -> None:
    (sentence,) = mistakes(text)
    assert sentence.startswith(f"kiosk.toml, {line}: this cannot be read.")


def test_a_setting_that_stands_twice_is_named() -> None:
    assert mistakes("idle_seconds = 60\nidle_seconds = 90") == [
        "kiosk.toml, line 1, idle_seconds: this setting stands in the file twice. Take one away."
    ]


def test_a_site_has_its_own_numbers_for_urgent_help() -> None:
    """S150: other countries have others."""
    assert read("[urgent_help]\nemergency = '112'", HERE).urgent_help == UrgentHelp("112", "111")


def test_by_default_there_are_other_ways_to_be_heard_by_web_phone_relay_and_mail() -> None:
    """S121, S163."""
    assert [way.kind for way in Settings().routes] == ["web", "web", "phone", "text-relay", "email"]
    assert Settings().routes == WAYS


def test_a_site_names_its_own_ways_to_be_heard() -> None:
    text = "[[routes]]\nkind = 'desk'\nname = 'PALS'\naddress = 'Ground floor'"
    assert read(text, HERE).routes == (Way("desk", "PALS", "Ground floor"),)


@pytest.mark.parametrize(
    ("row", "where", "remedy"),
    [
        ("kind = 'fax'\nname = 'A'\naddress = '1'", "routes, number 1, kind", "desk"),
        ("kind = 'phone'\nname = 'A'", "routes, number 1, address", "missing"),
        ("kind = 'phone'\nname = 'A'\naddress = 'call us'", "routes, number 1, address", "digits"),
        ("kind = 'email'\nname = 'A'\naddress = 'at home'", "routes, number 1, address", "@"),
        ("kind = 'web'\nname = 'A'\naddress = 'ftp://x.example'", "routes, number 1, address", "https://"),
    ],
)
def test_a_way_to_be_heard_that_leads_nowhere_is_refused(row: str, where: str, remedy: str) -> None:
    (sentence,) = mistakes(f"[[routes]]\n{row}")
    assert sentence.startswith(f"kiosk.toml, {where}: ")
    assert remedy in sentence


def test_a_survey_is_found_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_text("{}")
    (tmp_path / "kiosk.toml").write_text('survey = "ours.json"')
    assert load(tmp_path / "kiosk.toml").survey == tmp_path / "ours.json"


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match=r"gone\.toml: the settings cannot be read .*Check the path"):
        load(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes('site_name = "Ysbyty Tŷ"'.encode("utf-16"))
    with pytest.raises(SettingsFault, match="UTF-8"):
        load(path)


def test_a_file_from_an_editor_that_marks_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('site_name = "Tŷ Mawr"', encoding="utf-8-sig")
    assert load(path).site_name == "Tŷ Mawr"


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    survey = tmp_path / "ours.json"
    survey.write_text("{}")
    ways = (Way("phone", "PALS", "01632 960000"),)
    ours = Settings(site_name='Tŷ "Mawr"', survey=survey, languages=("cy", "en"), screen_width_mm=344.5, routes=ways)
    path = tmp_path / "new" / "kiosk.toml"
    save(ours, path)
    assert load(path) == ours
    assert [file.name for file in path.parent.iterdir()] == ["kiosk.toml"]


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    write_example(tmp_path / "kiosk.toml")
    assert load(tmp_path / "kiosk.toml") == Settings()


def test_the_example_never_overwrites_a_sites_own_file(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("idle_seconds = 90")
    write_example(path)
    assert load(path).idle_seconds == 90


def test_every_line_of_the_example_can_be_switched_on(tmp_path: Path) -> None:
    lines = (line.removeprefix("# ") for line in EXAMPLE.splitlines())
    switched_on = "\n".join(line for line in lines if "=" in line.split("#")[0] or line.startswith("["))
    (tmp_path / "our-survey.json").write_text("{}")
    read(switched_on, tmp_path / "kiosk.toml")
    assert set(tomllib.loads(switched_on)) == {field.name for field in fields(Settings)}


def test_the_data_folder_is_the_persons_own(home_of_their_own: Path) -> None:
    assert data_dir().name == "feedback-kiosk"
    assert data_dir().is_relative_to(home_of_their_own)
