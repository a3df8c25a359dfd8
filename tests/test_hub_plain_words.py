"""What the pages of places, settings and texts say to staff is plain: short sentences, and words a child of eleven reads."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from kiosk.fhir.plain_words import GRADE_LIMIT, SENTENCE_LIMIT_WORDS, longest_sentence_words, reading_grade
from sync import hub as the_hub
from tests.hub_people import Hub

pytest_plugins = ("tests.hub_server",)

TEMPLATES = Path(the_hub.__file__).parent / "templates/hub"
PAGES = (
    *("home", "devices", "_devices", "device", "add_device", "approve_device", "sites", "site", "organisation", "place_form"),
    *("settings", "settings_overview", "_inherited", "said_and_did", "_said_and_did", "write_said_and_did"),
)
BLOCK = re.compile(r"</?(?:p|li|h[1-6]|dt|dd|th|td|label|legend|button|summary|div|option|title|a)\b[^>]*>")


def said(template: str) -> list[str]:
    """The running words of a template, one block each; what it fills in counts as one word."""
    words = re.sub(r"{%.*?%}", " ", template, flags=re.DOTALL)
    words = re.sub(r"{{.*?}}", "it", words)
    blocks = BLOCK.split(words)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", block)).split()) for block in blocks]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_it_plainly(page: str) -> None:
    """S85: at most 15 words a sentence, and a reading age of 9 to 11."""
    blocks = said((TEMPLATES / f"{page}.html").read_text(encoding="utf-8"))
    long = [block for block in blocks if longest_sentence_words(block) > SENTENCE_LIMIT_WORDS]
    hard = [(round(grade, 1), block) for block in blocks if (grade := reading_grade(block)) > GRADE_LIMIT]
    assert (long, hard) == ([], [])


def test_a_setting_is_explained_plainly(hub: Hub) -> None:
    """S85. One long word in a label of three makes a grade of its own: labels may have 8."""
    from sync.hub.pages.settings_fields import FIELDS

    words = [text for field in FIELDS for text in (field.label, field.hint, field.otherwise)]
    assert [text for text in words if longest_sentence_words(text) > SENTENCE_LIMIT_WORDS or reading_grade(text) > 8] == []
