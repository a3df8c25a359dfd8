"""What the centre tells a device: checked whole, kept on disk, in force when it is let in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.telling import FILE_NAME, Teller
from kiosk.said_and_did import told_on
from kiosk.settings import Settings, names_in


def told(digest: str = "one", texts: list[dict[str, Any]] | None = None, **settings: Any) -> bytes:
    return json.dumps({"digest": digest, "settings": settings, "said_and_did": texts or []}).encode()


@pytest.fixture
def teller(tmp_path: Path) -> Teller:
    return Teller(tmp_path, Settings(idle_seconds=45), frozenset({"idle_seconds"}))


def test_what_is_told_holds_once_it_is_let_in_and_not_before(teller: Teller) -> None:
    """S77"""
    assert teller.hears(told(theme="dark"))
    assert (teller.in_force.settings.theme, teller.report()["settings_applied"]) == ("calm", "")
    assert teller.take_effect()
    assert (teller.in_force.settings.theme, teller.report()["settings_applied"]) == ("dark", "one")
    assert not teller.take_effect()


def test_it_holds_at_the_next_start_too(teller: Teller, tmp_path: Path) -> None:
    teller.hears(told(theme="dark"))
    assert Teller(tmp_path, Settings()).in_force.settings.theme == "dark"


def test_the_same_again_is_nothing_new(teller: Teller) -> None:
    assert teller.hears(told())
    assert not teller.hears(told())
    teller.take_effect()
    assert not teller.hears(told())


def test_what_stands_in_the_devices_own_file_stays(teller: Teller) -> None:
    """S77: who set it up decides."""
    teller.hears(told(idle_seconds=300, thanks_seconds=60))
    teller.take_effect()
    assert (teller.in_force.settings.idle_seconds, teller.in_force.settings.thanks_seconds) == (45, 60)
    assert teller.report()["settings_pinned"] == ["idle_seconds"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("thanks_seconds", 5),
        ("languages", "en"),
        ("routes", [{"kind": "phone", "name": "PALS", "address": "call us"}]),
        ("urgent_help", {"emergency": 999}),
        ("opening_hours", {"monday": "early"}),
    ],
)
def test_one_bad_value_and_the_old_ones_all_stay(
    teller: Teller, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, value: Any
) -> None:
    """S93: no setting is half taken; the hub is told why."""
    teller.hears(told(theme="dark"))
    teller.take_effect()
    assert not teller.hears(told("two", text_percent=200, **{name: value}))
    assert (teller.waiting, teller.in_force.digest) == (None, "one")
    assert name in teller.report()["settings_fault"]
    assert Teller(tmp_path, Settings()).in_force.settings.theme == "dark"
    assert "The old ones stay" in caplog.text


def test_a_better_word_ends_the_fault(teller: Teller, caplog: pytest.LogCaptureFixture) -> None:
    teller.hears(told("two", theme="pink"))
    teller.hears(told("three", theme="light"))
    assert teller.report()["settings_fault"] == ""
    assert caplog.records


def test_a_setting_of_a_later_hub_is_left_out_and_told(teller: Teller) -> None:
    """An older kiosk goes on with what it knows."""
    teller.hears(told(theme="dark", hologram=True))
    teller.take_effect()
    assert teller.in_force.settings.theme == "dark"
    assert "hologram" in teller.report()["settings_fault"]


def test_what_belongs_to_the_device_cannot_be_set_from_afar(teller: Teller) -> None:
    """S74: the glass is measured where it stands."""
    teller.hears(told(screen_width_mm=100, hub_url="https://elsewhere.example"))
    teller.take_effect()
    assert (teller.in_force.settings.screen_width_mm, teller.in_force.settings.hub_url) == (None, "")


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b'{"digest": 1}', b"\xff", b'{"digest": "x", "said_and_did": [{}]}'])
def test_what_is_no_word_of_a_centre_changes_nothing(teller: Teller, caplog: pytest.LogCaptureFixture, raw: bytes) -> None:
    assert not teller.hears(raw)
    assert teller.waiting is None
    assert caplog.records


def test_a_broken_file_costs_a_line_in_the_log_and_never_a_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"{")
    assert Teller(tmp_path, Settings()).in_force.settings == Settings()
    assert FILE_NAME in caplog.text


def test_texts_are_shown_on_their_days(teller: Teller) -> None:
    words = {"en": ["Too loud.", "We put up a curtain."]}
    teller.hears(told(texts=[{"words": words, "from": "2026-11-02", "until": "2026-11-04"}, {"words": words}]))
    teller.take_effect()
    texts = teller.in_force.said_and_did
    assert [len(told_on(texts, date(2026, 11, day))) for day in (1, 2, 4, 5)] == [1, 2, 2, 1]


def test_a_text_without_english_is_refused(teller: Teller, caplog: pytest.LogCaptureFixture) -> None:
    assert not teller.hears(told(texts=[{"words": {"cy": ["a", "b"]}}]))
    assert "English" in caplog.text


def test_a_settings_file_names_what_it_holds_on_to(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    assert names_in(file) == frozenset()
    file.write_text('theme = "dark"\n[urgent_help]\nadvice = "112"\n')
    assert names_in(file) == {"theme", "urgent_help"}
