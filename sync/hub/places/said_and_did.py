"""You said, we did: texts for the first screen of the kiosks, in plain words, in as many languages as somebody can write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from kiosk.fhir.plain_words import GRADE_LIMIT, SENTENCE_LIMIT_WORDS, longest_sentence_words, reading_grade
from sync.hub.models import SaidAndDid
from sync.hub.people import access

ENGLISH: Final = "en"
LONGEST: Final = 160
"""Letters of one sentence: more would push the question away."""


def texts(user: User | AnonymousUser) -> QuerySet[SaidAndDid]:
    """The texts this person may see: those of their sites, and those for all sites."""
    seen = access.reach(user)
    rows = SaidAndDid.objects.select_related("site", "written_by")
    return rows if seen is None else rows.filter(Q(site=None) | Q(site__in=seen))


def may_change(user: User | AnonymousUser, text: SaidAndDid) -> bool:
    """Texts for all sites belong to those who see all sites."""
    seen = access.reach(user)
    return user.has_perm("hub.write_said_and_did") and (seen is None or text.site_id in seen)


def to_show(today: date) -> QuerySet[SaidAndDid]:
    """Every text that is shown now or will be, the newest first."""
    return SaidAndDid.objects.filter(Q(shown_until=None) | Q(shown_until__gte=today))


def told(rows: Iterable[SaidAndDid], site_id: int) -> list[dict[str, Any]]:
    """Those of `rows` that one site's devices show, as sync.wire.SETTINGS_PATH has them."""
    return [_told(row) for row in rows if row.site_id in {None, site_id}]


def _told(row: SaidAndDid) -> dict[str, Any]:
    words = {tag: [pair["said"], pair["did"]] for tag, pair in row.words.items()}
    until = {"until": row.shown_until.isoformat()} if row.shown_until else {}
    return {"words": words, "from": row.shown_from.isoformat(), **until}


def hard_words(text: str) -> Iterator[str]:
    """What makes an English sentence hard to read, each as advice; nothing when it is plain (S85)."""
    longest, grade = longest_sentence_words(text), reading_grade(text)
    if longest > SENTENCE_LIMIT_WORDS:
        yield f"A sentence here has {longest} words. Use {SENTENCE_LIMIT_WORDS} at most: make two of it."
    elif grade > GRADE_LIMIT:
        yield f"This is hard to read: school grade {grade:.0f}. Use shorter words; {GRADE_LIMIT:.0f} is the aim."


def unreviewed(row: SaidAndDid) -> list[str]:
    """The languages that no speaker has read yet."""
    return [tag for tag, pair in row.words.items() if tag != ENGLISH and not pair.get("reviewed")]
