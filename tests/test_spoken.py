"""Numbers to call are said so that a person can call them (S150, S163)."""

from __future__ import annotations

import pytest

from kiosk.phrases import phrases
from kiosk.screens import PageKind, Route, Screen
from kiosk.spoken import digit_by_digit, spoken


def said(screen: Screen) -> dict[str, str]:
    return {utterance.key: utterance.text for utterance in spoken(screen, phrases("en-GB"))}


def test_the_emergency_number_is_said_digit_by_digit() -> None:
    """Not as "nine hundred and ninety-nine"."""
    screen = Screen(kind=PageKind.THANKS, language="en-GB", heading="Thank you", notice="In an emergency, call 999.")
    assert said(screen)["notice"] == "In an emergency, call 9\u20609\u20609."


@pytest.mark.parametrize(
    ("kind", "address", "words"),
    [
        ("phone", "03000 616161", digit_by_digit("03000 616161")),
        ("text-relay", "18001 03000 616161", digit_by_digit("18001 03000 616161")),
        ("web", "https://www.example.org/2024", "example.org/2024"),
        ("email", "care@example.org", "care@example.org"),
    ],
)
def test_an_address_is_said_as_a_person_would_say_it(kind: str, address: str, words: str) -> None:
    screen = Screen(kind=PageKind.THANKS, language="en-GB", heading="Thank you", routes=(Route("r", "PALS", address, kind),))
    assert said(screen)["r"] == f"PALS. {words}"


def test_digits_apart_read_the_same_and_no_other_letter_changes() -> None:
    text = digit_by_digit("Call 111, or 0161 496 0000.")
    assert text.replace("\u2060", "") == "Call 111, or 0161 496 0000."
    assert text.count("\u2060") == 2 + 3 + 2 + 3
