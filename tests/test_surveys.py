"""Surveys from the centre, kept on the device."""

import os
from pathlib import Path

import pytest

from sync.surveys import Shelf, canonical

FIRST = b'{"resourceType": "Questionnaire", "url": "https://c.example/q", "version": "1"}'
SECOND = b'{"resourceType": "Questionnaire", "url": "https://c.example/q", "version": "2"}'
OTHER = b'{"resourceType": "Questionnaire", "url": "https://c.example/../other"}'


def test_a_survey_kept_is_there_after_a_restart_byte_for_byte(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "surveys").keep(FIRST)
    assert Shelf(tmp_path / "surveys").surveys() == [FIRST]


def test_a_newer_version_takes_the_place_of_the_older(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(FIRST)
    assert shelf.keep(SECOND)
    assert shelf.surveys() == [SECOND]


def test_the_same_survey_again_is_no_news(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(FIRST)
    assert not shelf.keep(FIRST)


def test_two_surveys_stand_side_by_side_the_newest_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(FIRST)
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    shelf.keep(OTHER)
    assert shelf.surveys() == [OTHER, FIRST]


def test_a_surveys_address_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    Shelf(tmp_path / "surveys").keep(OTHER)
    assert [path.name for path in tmp_path.iterdir()] == ["surveys"]


def test_a_plug_pulled_while_keeping_leaves_the_old_survey_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(FIRST)

    def plug_pulled(_handle: int) -> None:
        raise OSError

    monkeypatch.setattr("os.fsync", plug_pulled)
    with pytest.raises(OSError):
        shelf.keep(SECOND)
    assert shelf.surveys() == [FIRST]


@pytest.mark.parametrize(
    ("survey", "name"),
    [(FIRST, "https://c.example/q|1"), (b'{"url": "u"}', "u"), (b"{}", ""), (b"<html>", ""), (b'{"url": 1}', "")],
)
def test_a_survey_is_known_by_its_canonical_address(survey: bytes, name: str) -> None:
    assert canonical(survey) == name
