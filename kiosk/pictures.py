"""Our own pictures by name: which there are, and their words for whoever does not see them (S96)."""

from __future__ import annotations

import re
from functools import cache

from kiosk import ASSETS
from kiosk.phrases import phrases

PICTURES = ASSETS / "pictures"
_TITLE = re.compile(r"<title>([^<]+)</title>")


@cache
def picture_names() -> frozenset[str]:
    """Every picture there is, without ``.svg``."""
    return frozenset(path.stem for path in PICTURES.glob("*.svg"))


def picture_words(name: str, tag: str) -> str:
    """What the picture shows, in the language `tag`; empty where there is no such picture."""
    title = picture_title(name)
    return phrases(tag)(title, context="picture") if title else ""


@cache
def picture_title(name: str) -> str:
    """The English text alternative: the SVG's title, which is the sentence of context "picture" in the catalogues."""
    if name not in picture_names():
        return ""
    found = _TITLE.search((PICTURES / f"{name}.svg").read_text(encoding="utf-8"))
    return found[1] if found else ""
