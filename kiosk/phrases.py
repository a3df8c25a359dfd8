"""The product's own sentences, in every language that has a catalogue (gettext's PO files under ``assets/locale``).

The English sentence is the key. A sentence without a translation is shown in English, never left out. Catalogues are read
as they are written: there is no build step, so a translator's correction shows at the next start.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kiosk import ASSETS
from kiosk.languages import language

CATALOGUES = ASSETS / "locale"
ISOLATED = "\u2068{}\u2069"
"""First-strong isolate: a phone number inside right-to-left words keeps its digits in order (Unicode UAX #9)."""


class CatalogueFault(Exception):
    """A catalogue cannot be read; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One PO file: its header, and the translations by context and English sentence, one for each plural form."""

    header: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def reviewed(self) -> bool:
        """Whether a speaker has read these sentences: the header ``X-Reviewed``."""
        return self.header.get("x-reviewed", "no").lower() == "yes"

    @property
    def plural_form(self) -> Callable[[int], int]:
        """Which form a number takes: the header ``Plural-Forms``."""
        rule = re.search(r"plural\s*=\s*([^;]+)", self.header.get("plural-forms", "plural=n!=1;"))
        return gettext.c2py(rule[1] if rule else "n!=1")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Says the product's sentences in one language. Values go in by name: ``say("{n} of {total}", n=2, total=6)``.

    `language` is the tag asked for, as the survey has it; `said_in` is the catalogue's, which may be English instead.
    """

    language: str
    said_in: str
    right_to_left: bool
    catalogue: Catalogue = field(repr=False)

    def __call__(self, sentence: str, /, *, context: str = "", **values: object) -> str:
        """`sentence` in this language, else in English. `context` tells two uses of one English word apart."""
        found = self.catalogue.sentences.get((context, sentence), ("",))[0]
        return self._filled(found or sentence, values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form for `n`, which the sentence may name as ``{n}``: two forms in English, six in Arabic and Welsh."""
        forms = self.catalogue.sentences.get(("", one), ())
        at = self.catalogue.plural_form(n) if forms else 0
        found = forms[at] if at < len(forms) else ""
        return self._filled(found or (one if n == 1 else many), {"n": n, **values})

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        if not values:
            return sentence
        kept = {name: self._isolated(value) for name, value in values.items()}
        return sentence.format(**kept)

    def _isolated(self, value: object) -> object:
        return ISOLATED.format(value) if self.right_to_left and isinstance(value, str) else value


def phrases(tag: str) -> Phrases:
    """The sentences for a BCP 47 tag: its own catalogue, else its primary language's (``en-GB`` -> ``en``), else English."""
    primary = tag.partition("-")[0]
    chosen = next((found for found in (tag, primary) if found in catalogue_languages()), "en")
    return Phrases(tag, chosen, language(tag).right_to_left, _catalogue(chosen))


def reviewed(tag: str) -> bool:
    """Whether a speaker has checked the product's sentences in `tag`; False where there is no catalogue."""
    found = phrases(tag)
    return found.catalogue.reviewed and found.said_in in {tag, tag.partition("-")[0]}


@cache
def catalogue_languages() -> tuple[str, ...]:
    """Every language that has a catalogue, by tag."""
    return tuple(sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/kiosk.po")))


@cache
def _catalogue(tag: str) -> Catalogue:
    if tag == "en":  # each sentence is its own key: nobody waits for its file to be read (a test holds it to that)
        return Catalogue({"x-reviewed": "yes"})
    path = CATALOGUES / tag / "LC_MESSAGES" / "kiosk.po"
    return read_catalogue(path.read_text(encoding="utf-8"), path) if path.exists() else Catalogue()


# --- PO files (GNU gettext manual, "The Format of PO Files") --------------------------------------------------------

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?("(?:[^"\\]|\\.)*")')


def read_catalogue(text: str, path: Path = Path("kiosk.po")) -> Catalogue:
    """The catalogue written in `text`. Sentences marked ``fuzzy`` or left empty count as missing.

    Raises CatalogueFault, naming `path` and the line, for anything that is not PO.
    """
    header: dict[str, str] = {}
    sentences: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in _entries(text, path):
        forms = tuple(said for part, said in sorted(entry.items()) if part.startswith("msgstr"))
        if entry.get("msgid"):
            sentences[entry.get("msgctxt", ""), entry["msgid"]] = forms
        elif forms:
            pairs = (line.partition(":") for line in forms[0].splitlines())
            header = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Catalogue(header, sentences)


def _entries(text: str, path: Path) -> Iterator[dict[str, str]]:
    """One dict an entry: ``msgid``, ``msgctxt``, ``msgid_plural``, ``msgstr0``… and its joined strings."""
    entry: dict[str, str] = {}
    part = ""
    fuzzy = False
    for number, line in enumerate((line.strip() for line in text.splitlines()), 1):
        if part.startswith("msgstr") and (line.startswith(("#", "msgid ", "msgctxt "))):
            if not fuzzy:
                yield entry
            entry, part, fuzzy = {}, "", False
        if not line or line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _LINE.fullmatch(line)
        if not found or not (found[1] or part):
            msg = f'{path}, line {number}: this is not a line of a PO file. Write msgid "…" or msgstr "…", each in quotes.'
            raise CatalogueFault(msg)
        if found[1]:
            part = f"msgstr{found[2] or 0}" if found[1] == "msgstr" else found[1]
        entry[part] = entry.get(part, "") + ast.literal_eval(found[3])
    if entry and not fuzzy:
        yield entry
