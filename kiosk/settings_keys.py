"""Every key of the settings file: what it takes, an example, and the words that explain it. See :mod:`kiosk.settings`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from kiosk.opening import hours
from kiosk.states import TEXT_PERCENTS, THEMES

Read: TypeAlias = Callable[[Any], Any]
"""Takes what TOML holds, returns the setting; raises ValueError with a sentence that says what to write."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. `example` is TOML; `words` explain it in the example file."""

    read: Read
    example: str
    words: str


# --- what a value may be -------------------------------------------------------------------------------------------


def words(longest: int) -> Read:
    """Text in quotes, up to `longest` characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest:
            raise ValueError(f"write words in quotes, {longest} letters at most.")
        return value.strip()

    return read


def whole(lowest: int, highest: int, unit: str) -> Read:
    """A whole number of `unit`."""

    def read(value: Any) -> int:
        if type(value) is not int or not lowest <= value <= highest:
            raise ValueError(f"{_shown(value)} will not do. Write a whole number of {unit} from {lowest} to {highest}.")
        return value

    return read


def number(lowest: float, highest: float, unit: str) -> Read:
    """A number of `unit`, whole or not."""

    def read(value: Any) -> float:
        if type(value) not in {int, float} or not lowest <= value <= highest:
            raise ValueError(f"{_shown(value)} will not do. Write a number of {unit} from {lowest:g} to {highest:g}.")
        return float(value)

    return read


def one_of(*allowed: int | str) -> Read:
    """One of the values in `allowed`."""

    def read(value: Any) -> int | str:
        if type(value) is bool or value not in allowed:
            near = difflib.get_close_matches(str(value), [str(choice) for choice in allowed], 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ValueError(f"{_shown(value)} will not do. Write one of: {', '.join(map(_shown, allowed))}.{hint}")
        return allowed[allowed.index(value)]

    return read


def yes_or_no(value: Any) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise ValueError(f"{_shown(value)} will not do. Write true or false, without quotes.")
    return value


def tag(value: Any) -> str:
    """A language's BCP 47 tag."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f'{_shown(value)} is not a language tag. Write one such as "en", "cy" or "ur".')
    return value


def tags(value: Any) -> tuple[str, ...]:
    """A list of tags, none of them twice."""
    if not isinstance(value, list):
        raise ValueError('write a list of language tags, such as ["en", "cy"].')
    found = tuple(tag(one) for one in value)
    twice = next((one for one in found if found.count(one) > 1), None)
    if twice:
        raise ValueError(f'"{twice}" stands in the list twice. Take one away.')
    return found


def web_address(value: Any) -> str:
    """An address with https, or with http on this very machine."""
    address = value.rstrip("/") if isinstance(value, str) else ""
    parts = urlsplit(address)
    at_home = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if value == "" or (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and at_home))):
        return address
    raise ValueError(f'{_shown(value)} is not a safe web address. Write one that starts with "https://".')


def email_address(value: str) -> str:
    """Something with an @ and a dot behind it."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError(f'"{value}" is not an e-mail address. Write one such as "care@example.org".')
    return value


def phone_number(value: str) -> str:
    """Digits and spaces, perhaps after a plus."""
    if not re.fullmatch(r"\+?[0-9 ]{3,30}", value):
        raise ValueError(f'"{value}" is not a number to call. Write digits and spaces only.')
    return value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


# --- the keys ------------------------------------------------------------------------------------------------------

KEYS: Mapping[str, Key] = {
    "site_name": Key(words(80), '"Elm Road Surgery"', "The place where the kiosk stands. It shows on the first screen."),
    "survey": Key(words(1000), '"our-survey.json"', "The survey to ask. Without this line the kiosk asks its own sample."),
    "survey_url": Key(
        words(400), '"https://example.org/our-survey"', "Which of the centre's surveys to ask, by its url. Else the newest."
    ),
    "hub_url": Key(web_address, '"https://feedback.example.org"', "The centre that answers go to."),
    "languages": Key(tags, '["en", "cy", "pl", "ur", "ar"]', "Languages in the order offered. Without this line: all it has."),
    "default_language": Key(tag, '"en"', "The language of the first screen. Without this line: the survey's own."),
    "screen_width_mm": Key(
        number(50, 3000, "millimetres"), "344.0", "Measure the lit part of the screen. Without this line the screen is asked."
    ),
    "viewing_distance_mm": Key(
        whole(300, 1500, "millimetres"), "600", "From the eyes to the screen. It decides how large words and buttons are."
    ),
    "text_percent": Key(one_of(*TEXT_PERCENTS), "100", "The text size that everyone starts with: 100, 150 or 200."),
    "theme": Key(one_of(*THEMES), '"calm"', f"The colours that everyone starts with: {', '.join(THEMES)}."),
    "reading_aloud": Key(yes_or_no, "true", "Offer to read aloud. Switch it off where a screen reader does this already."),
    "warning_sound": Key(yes_or_no, "false", "A short sound when the kiosk asks: still there? It helps who does not see it."),
    "private_sound": Key(yes_or_no, "true", "The sound goes only to headphones, so what a person writes may be spoken."),
    "keypad": Key(
        one_of("f-keys", "arrows", "learnt", "none"),
        '"f-keys"',
        "The keys of the keypad: f-keys, arrows, learnt or none. Keys that staff taught come before f-keys and arrows.",
    ),
    "identical_key_seconds": Key(
        number(0, 2, "seconds"),
        "0.5",
        "A second press of the same key within this time does nothing. Up and Down: a third of it.",
    ),
    "words_per_minute": Key(one_of(120, 150, 180), "150", "How fast the kiosk reads aloud: 120, 150 or 180."),
    "idle_seconds": Key(whole(30, 600, "seconds"), "60", "How long nobody touches the screen before it asks: still there?"),
    "warning_seconds": Key(whole(30, 300, "seconds"), "30", "How long that question waits. Then the answers are sent."),
    "thanks_seconds": Key(whole(10, 120, "seconds"), "30", "How long the thank-you stays."),
    "sent_days": Key(whole(1, 365, "days"), "30", "How long the kiosk keeps answers after the centre has them."),
    "repeat_seconds": Key(
        number(0, 1, "seconds"), "0.5", "A second touch on the same place, or the same key again, counts only after so long."
    ),
    "lockout_seconds": Key(number(0, 2, "seconds"), "0.4", "How long a new page waits before it takes a touch."),
    "touch_accepts": Key(
        one_of("release", "first-touch"),
        '"first-touch"',
        "What counts when a finger slides: where it lifts (release), or what it touched first (first-touch).",
    ),
}

URGENT_KEYS: Mapping[str, Key] = {
    "emergency": Key(words(20), '"999"', "The number to call when a life is in danger."),
    "advice": Key(words(20), '"111"', "The number to call for urgent advice."),
}

ROUTE_KINDS = ("web", "phone", "text-relay", "email", "desk")

ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "web": web_address,
    "phone": phone_number,
    "text-relay": phone_number,
    "email": email_address,
}

ROUTE_KEYS: Mapping[str, Key] = {
    "kind": Key(one_of(*ROUTE_KINDS), '"phone"', f"One of: {', '.join(ROUTE_KINDS)}."),
    "name": Key(words(80), '"Patient advice and liaison service"', "Who answers."),
    "address": Key(words(300), '"01632 960000"', "The web address, number or e-mail address. A desk: where it stands."),
}


DAY_WORDS = 'The hours of each day, such as "08:00-18:30". A day that is left out is closed.'

CENTRE_KEYS = (
    *("site_name", "survey_url", "languages", "default_language", "text_percent", "theme", "reading_aloud", "words_per_minute"),
    *("private_sound", "warning_sound", "idle_seconds", "warning_seconds", "thanks_seconds"),
    *("urgent_help", "routes", "opening_hours"),
)
"""What the centre may set from afar. The rest belongs to the device: its glass, its hands, its keys, its folder."""


# --- checking a table ----------------------------------------------------------------------------------------------


def checked(keys: Mapping[str, Key], table: Any, above: str = "") -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What `table` sets, and its mistakes as (key, sentence); `above` is put before each key."""
    if not isinstance(table, dict):
        return {}, [(above.rstrip(", "), f"write a table with the keys {', '.join(keys)}.")]
    values: dict[str, Any] = {}
    mistakes: list[tuple[str, str]] = []
    for name, value in table.items():
        try:
            values[name] = keys[name].read(value)
        except KeyError:
            mistakes.append((above + name, unknown(name, keys)))
        except ValueError as error:
            mistakes.append((above + name, str(error)))
    return values, mistakes


def unknown(name: str, keys: Mapping[str, Key]) -> str:
    """The sentence for a key that does not exist, with the nearest that does."""
    near = difflib.get_close_matches(name.lower(), keys, 1)
    if near:
        return f"there is no such setting. Did you mean {near[0]}?"
    return f"there is no such setting. There are: {', '.join(keys)}."


def checked_ways(rows: Any) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """Other ways to be heard, as in :func:`checked`."""
    if not isinstance(rows, list):
        return [], [("routes", "write each way to be heard under a line of its own that says [[routes]].")]
    ways: list[dict[str, str]] = []
    mistakes: list[tuple[str, str]] = []
    for number_, row in enumerate(rows, 1):
        above = f"routes, number {number_}, "
        fields, wrong = checked(ROUTE_KEYS, row, above)
        missing = [name for name in ROUTE_KEYS if not wrong and not fields.get(name)]
        wrong += [(above + name, "this is missing. " + ROUTE_KEYS[name].words) for name in missing]
        wrong = wrong or _wrong_address(fields, above)
        mistakes += wrong
        if not wrong:
            ways.append(fields)
    return ways, mistakes


def checked_hours(table: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Opening hours, as in :func:`checked`."""
    try:
        return hours(table), []
    except ValueError as error:
        return {}, [("opening_hours", str(error))]


def checked_from_centre(table: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]], tuple[str, ...]]:
    """What `table` from the centre sets, its mistakes, and the names in it that this version does not know."""
    strange = tuple(sorted(name for name in table if name not in CENTRE_KEYS))
    plain = {name: value for name, value in table.items() if name in CENTRE_KEYS and name in KEYS}
    values, mistakes = checked(KEYS, plain)
    for name, check in {"urgent_help": checked_urgent, "routes": checked_ways, "opening_hours": checked_hours}.items():
        if name in table:
            values[name], wrong = check(table[name])
            mistakes += wrong
    return values, mistakes, strange


def checked_urgent(table: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The numbers for help now, as in :func:`checked`."""
    return checked(URGENT_KEYS, table, "urgent_help, ")


def _wrong_address(fields: Mapping[str, str], above: str) -> list[tuple[str, str]]:
    try:
        ADDRESSES.get(fields["kind"], str)(fields["address"])
    except ValueError as error:
        return [(above + "address", str(error))]
    return []
