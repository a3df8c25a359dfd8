"""How Friends and Family answers are collected, in the words of the return they go into (S107).

The two lists are NHS England's as far as they are known; a site changes words or adds a row on the page, and nothing else is
hard-coded: a device tells its method by code, and an unknown code is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KIOSK: Final = "tablet-kiosk"
"""What these devices send (sync.wire.METHOD_EXTENSION)."""
GENERAL_PRACTICE: Final = {
    "handwritten": "Handwritten",
    "telephone": "Telephone call",
    KIOSK: "Tablet or kiosk",
    "sms": "SMS or text message",
    "online": "Smartphone app or online",
    "other": "Other",
}
ACUTE_AND_COMMUNITY: Final = {
    "sms": "SMS, text or smartphone app",
    KIOSK: "Electronic tablet or kiosk at point of discharge",
    "paper-there": "Paper or postcard at point of discharge",
    "paper-home": "Paper survey sent home",
    "telephone": "Telephone survey once home",
    "online": "Online survey once home",
    "other": "Other",
}
LISTS: Final[Mapping[str, Mapping[str, str]]] = {"gp": GENERAL_PRACTICE, "acute": ACUTE_AND_COMMUNITY}


def words_of(chosen: str, changed: Mapping[str, str]) -> dict[str, str]:
    """Methods by code in the order of the return: the chosen list, with what was changed; "" takes a row away."""
    return {code: words for code, words in (dict(LISTS[chosen]) | dict(changed)).items() if words}
