"""What every screen must know of a language: its own name, its English name and which way it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 tag. `own_name` is what its readers look for on a list."""

    tag: str
    own_name: str
    english_name: str
    right_to_left: bool = False


_ROWS = (
    ("en", "English", "English"),
    ("cy", "Cymraeg", "Welsh"),
    ("pl", "Polski", "Polish"),
    ("ur", "اردو", "Urdu"),
    ("ar", "العربية", "Arabic"),
    ("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    ("bn", "বাংলা", "Bengali"),
    ("gu", "ગુજરાતી", "Gujarati"),
    ("hi", "हिन्दी", "Hindi"),
    ("ne", "नेपाली", "Nepali"),
    ("ta", "தமிழ்", "Tamil"),
    ("ro", "Română", "Romanian"),
    ("pt", "Português", "Portuguese"),
    ("es", "Español", "Spanish"),
    ("fr", "Français", "French"),
    ("it", "Italiano", "Italian"),
    ("de", "Deutsch", "German"),
    ("lt", "Lietuvių", "Lithuanian"),
    ("sk", "Slovenčina", "Slovak"),
    ("hu", "Magyar", "Hungarian"),
    ("bg", "Български", "Bulgarian"),
    ("uk", "Українська", "Ukrainian"),
    ("ru", "Русский", "Russian"),
    ("sq", "Shqip", "Albanian"),
    ("tr", "Türkçe", "Turkish"),
    ("so", "Soomaali", "Somali"),
    ("ti", "ትግርኛ", "Tigrinya"),
    ("am", "አማርኛ", "Amharic"),
    ("fa", "فارسی", "Persian"),
    ("ps", "پښتو", "Pashto"),
    ("ckb", "کوردی", "Central Kurdish"),
    ("ku", "Kurdî", "Kurdish"),
    ("he", "עברית", "Hebrew"),
    ("yi", "ייִדיש", "Yiddish"),
    ("zh", "中文", "Chinese"),
    ("yue", "粵語", "Cantonese"),
    ("vi", "Tiếng Việt", "Vietnamese"),
    ("ga", "Gaeilge", "Irish"),
    ("gd", "Gàidhlig", "Scottish Gaelic"),
)

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

LANGUAGES = {tag: Language(tag, own, english, tag in _RIGHT_TO_LEFT) for tag, own, english in _ROWS}


def language(tag: str) -> Language:
    """The facts for a BCP 47 tag, else for its primary language (``en-GB`` -> ``en``); an unknown one is named by its tag."""
    primary = tag.partition("-")[0].lower()
    known = LANGUAGES.get(tag) or LANGUAGES.get(primary)
    return known or Language(tag, tag, tag, primary in _RIGHT_TO_LEFT)


def matching(wanted: str, offered: Iterable[str]) -> str | None:
    """The tag in `offered` that `wanted` means: itself, else the first of the same language (``en`` -> ``en-GB``)."""
    tags = tuple(offered)
    primary = wanted.partition("-")[0].lower()
    return wanted if wanted in tags else next((tag for tag in tags if tag.partition("-")[0].lower() == primary), None)
