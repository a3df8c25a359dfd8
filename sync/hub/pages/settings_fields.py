"""The settings of a kiosk as a form has them: words, choices, and the way between a form and the kiosk's own values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from kiosk.languages import language
from kiosk.opening import DAYS
from kiosk.phrases import catalogue_languages
from kiosk.settings_keys import ROUTE_KINDS
from kiosk.states import SPEEDS_WPM, TEXT_PERCENTS, THEMES
from sync.hub.models import Survey

Choices = tuple[tuple[str, str], ...]
ROUTE_WORDS: Final = {"web": "Web", "phone": "Phone", "text-relay": "Text relay", "email": "E-mail", "desk": "A desk"}
SPARE_ROUTES: Final = 2
MOST_ROUTES: Final = 8
SPEED_WORDS: Final = dict(zip(SPEEDS_WPM, ("Slow", "Middle", "Fast"), strict=True))


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. `look`: text | number | choice | yes-no | numbers | routes | hours.

    `otherwise` is what holds if nobody sets it.
    """

    name: str
    label: str
    look: str
    otherwise: str
    hint: str = ""
    choices: Callable[[], Choices] = tuple
    part: str = ""
    """The heading above it, where a new part of the page begins."""

    @property
    def options(self) -> Choices:
        return self.choices()


def _surveys() -> Choices:
    return tuple((one.url, one.title) for one in Survey.objects.filter(versions__state="active").distinct())


def _tags() -> list[str]:
    """The languages that a kiosk has words for, by their English names."""
    return sorted(catalogue_languages(), key=lambda tag: language(tag).english_name)


def _languages() -> Choices:
    return tuple((tag, f"{language(tag).english_name} ({language(tag).own_name})") for tag in _tags())


def _percents() -> Choices:
    return tuple((str(percent), f"{percent}%") for percent in TEXT_PERCENTS)


def _themes() -> Choices:
    return tuple((theme, theme.replace("-", " ").capitalize()) for theme in THEMES)


def _speeds() -> Choices:
    return tuple((str(speed), f"{SPEED_WORDS[speed]} ({speed} words a minute)") for speed in SPEEDS_WPM)


def _codes() -> str:
    return ", ".join(f"{tag} {language(tag).english_name}" for tag in _tags())


FIELDS: Final = (
    Field("survey_url", "Survey", "choice", "The newest survey", "Which survey is asked.", _surveys, part="What is asked"),
    Field("languages", "Languages", "text", "All that the survey has", "codes", part=""),
    Field("default_language", "First language", "choice", "The survey's own", "The language of the first screen.", _languages),
    Field("site_name", "Name of the place", "text", "The site's name here", "As patients know it."),
    Field(
        "text_percent", "Text size", "choice", "100%", "Each person can change it.", _percents, part="How it looks and sounds"
    ),
    Field("theme", "Colours", "choice", "Calm", "Each person can change them.", _themes),
    Field("reading_aloud", "Offer to read aloud", "yes-no", "Yes", "No only where a screen reader speaks already."),
    Field("words_per_minute", "Reading speed", "choice", "Middle", "Each person can change it.", _speeds),
    Field("private_sound", "Sound goes only to headphones", "yes-no", "No", "Yes where the kiosk has no loudspeaker."),
    Field("warning_sound", "A short sound with “Are you still there?”", "yes-no", "Yes", "It helps people who cannot see it."),
    Field("idle_seconds", "Seconds until “Are you still there?”", "number", "60", "30 to 600.", part="Times"),
    Field("warning_seconds", "Seconds that question waits", "number", "30", "30 to 300."),
    Field("thanks_seconds", "Seconds the thank-you stays", "number", "30", "10 to 120."),
    Field("urgent_help", "Numbers for urgent help", "numbers", "999 and 111", "On the first and the last screen.", part="Help"),
    Field(
        "routes",
        "Other ways to be heard",
        "routes",
        "The health regulator and Healthwatch",
        "On the last screen, in this order.",
    ),
    Field(
        "opening_hours", "Opening hours", "hours", "Not set", "Such as 08:00-18:30, or 08:00-12:30, 13:30-18:00.", part="Hours"
    ),
)


def read_rows(form: QueryDict) -> dict[str, Any]:
    """What a posted form sets at this level, as the kiosk's own values; what is empty is not set. Checked later."""
    found = {field.name: _read(field, form) for field in FIELDS}
    return {name: value for name, value in found.items() if value not in ("", None, {}, [])}


def _read(field: Field, form: QueryDict) -> Any:
    given = " ".join(form.get(field.name, "").split())
    match field.look:
        case "yes-no":
            return {"yes": True, "no": False}.get(given)
        case "number":
            return _number(given)
        case "numbers":
            both = {part: form.get(f"{field.name}-{part}", "").strip() for part in ("emergency", "advice")}
            return {part: number for part, number in both.items() if number}
        case "hours":
            days = {day: form.get(f"{field.name}-{day}", "").strip() for day in DAYS}
            return {day: spans for day, spans in days.items() if spans}
        case "routes":
            return list(_routes(form))
    if field.name == "languages":
        return [tag for tag in given.replace(",", " ").split() if tag]
    return _number(given) if field.name in {"text_percent", "words_per_minute"} else given


def _number(given: str) -> int | str:
    """A number, or what was written instead, which the kiosk's rules then refuse in words."""
    return int(given) if given.isdecimal() and len(given) < 9 else given


def _routes(form: QueryDict) -> Iterable[dict[str, str]]:
    for number in range(MOST_ROUTES):
        row = {part: form.get(f"routes-{number}-{part}", "").strip() for part in ("kind", "name", "address")}
        if row["name"] or row["address"]:
            yield row


def route_rows(given: list[dict[str, str]] | None) -> list[dict[str, str]]:
    """The rows of the form: what is set, and room for more."""
    rows = list(given or [])
    spare = min(MOST_ROUTES - len(rows), SPARE_ROUTES)
    return [*rows, *({"kind": "web", "name": "", "address": ""} for _ in range(spare))]


def shown_value(field: Field, value: Any) -> str:
    """A value in words."""
    match field.look:
        case "yes-no":
            return "Yes" if value else "No"
        case "numbers":
            return ", ".join(value.values())
        case "routes":
            return "; ".join(f"{ROUTE_WORDS[way['kind']]}: {way['name']}" for way in value)
        case "hours":
            return "; ".join(f"{day.capitalize()} {spans}" for day, spans in value.items())
        case "choice":
            return dict(field.options).get(str(value), str(value))
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def codes_hint() -> str:
    """The languages that a kiosk has words for, with their codes."""
    return f"Codes in the order they are offered, such as en, cy, pl. There are: {_codes()}."


KINDS: Final[Mapping[str, str]] = {kind: ROUTE_WORDS[kind] for kind in ROUTE_KINDS}
