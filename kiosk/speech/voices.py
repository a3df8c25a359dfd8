"""Which voice for which language. A voice of another language is never chosen: then there is none (S16)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kiosk.speech.lines import Description

HOME_REGIONS = {"en": "gb", "zh": "cn", "ar": "sa", "ur": "pk", "pa": "in", "bn": "bd", "cy": "gb", "fa": "ir", "uk": "ua"}
"""The region to prefer when only the language is asked for; elsewhere the language's own name (``pl-pl``)."""

SAME_SPEECH = {"zh-hk": "yue", "zh-mo": "yue", "zh-hant-hk": "yue", "nb": "no", "fil": "tl", "tl": "fil"}
"""Tags under which an engine may file the same spoken language."""


def primary(tag: str) -> str:
    """The language alone: ``en-GB`` -> ``en``."""
    return tag.lower().replace("_", "-").partition("-")[0]


def choose(voices: Sequence[Description], language: str) -> Description | None:
    """The best of `voices` for a BCP 47 tag, or None. Exact region first, then the home region, then any region.

    Between equals the order of `voices` decides, so list the preferred engine's first.
    """
    for wanted in _wishes(language):
        for tags in (_first_tag, _all_tags):
            found = next((voice for voice in voices if wanted in tags(voice)), None)
            if found:
                return found
    return next((voice for voice in voices if _speaks(voice, language)), None)


def spoken(voices: Collection[Description]) -> tuple[str, ...]:
    """Every primary language some voice is made for, in the order of `voices`, English first."""
    found = dict.fromkeys(primary(tag) for voice in voices for tag in voice.languages)
    return tuple(sorted(found, key=lambda tag: tag != "en"))


def _wishes(language: str) -> Iterator[str]:
    tag, main = language.lower().replace("_", "-"), primary(language)
    if tag != main:
        yield tag
    if tag in SAME_SPEECH:
        yield SAME_SPEECH[tag]
    yield f"{main}-{HOME_REGIONS.get(main, main)}"
    yield main


def _first_tag(voice: Description) -> tuple[str, ...]:
    return voice.languages[:1]


def _all_tags(voice: Description) -> tuple[str, ...]:
    return voice.languages


def _speaks(voice: Description, language: str) -> bool:
    return any(primary(tag) == primary(language) and _script(tag) == _script(language) for tag in voice.languages)


def _script(tag: str) -> str:
    """The script subtag, if any: a voice for Persian in Latin letters cannot read Persian."""
    return next((part for part in tag.lower().split("-")[1:2] if len(part) == 4 and part.isalpha()), "")
