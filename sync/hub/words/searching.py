"""Finding comments by their words: every word that is asked for, also as the start of a longer one; "these words" together."""

from __future__ import annotations

import re
from typing import Final

from django.db import connection

from sync.hub.words import folding

WORDS_OR_QUOTED: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
SHORTEST_BEGINNING: Final = 2
MOST_TERMS: Final = 12
LONGEST: Final = 200


def terms(asked: str) -> list[tuple[list[str], bool]]:
    """What `asked` wants, term by term: words that follow each other, and whether the last may be longer."""
    found = []
    for quoted, word in WORDS_OR_QUOTED.findall(asked[:LONGEST]):
        words = folding.fold(quoted or word).split()
        if words:
            found.append((words, not quoted and len(words[-1]) >= SHORTEST_BEGINNING))
    return found[:MOST_TERMS]


def query(asked: str) -> str:
    """`asked` as a query for this database's index; "" when there is no word in it."""
    return on_sqlite(asked) if connection.vendor == "sqlite" else on_postgresql(asked)


def on_sqlite(asked: str) -> str:
    """As FTS5 reads it. Folded words hold letters and digits alone, so nothing in them is read as a rule."""
    return " AND ".join(f'"{" ".join(words)}"{" *" if longer else ""}' for words, longer in terms(asked))


def on_postgresql(asked: str) -> str:
    """As to_tsquery reads it."""
    return " & ".join(f"({' <-> '.join(words)}{':*' if longer else ''})" for words, longer in terms(asked))
