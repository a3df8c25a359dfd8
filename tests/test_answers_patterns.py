"""Patterns match like Python's own engine, in time proportional to the answer, and refuse what they do not know."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from kiosk.answers.patterns import BadPattern, compiled, matches

PATTERNS = [
    "",
    "a",
    "a*",
    "a+",
    "a?",
    "a{2}",
    "a{2,}",
    "a{1,3}",
    "ab|cd",
    "(ab)*",
    "(?:ab|c)+d?",
    "[abc]+",
    "[^abc]",
    r"\d{3}-\d{4}",
    r"\w+@\w+\.\w+",
    "^abc$",
    "^(a|b)*$",
    ".*",
    ".+x",
    r"[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}",
    "a**"[:2],
    "(a|)b",
    r"\(\)",
    r"[\]a-]+",
    "a.c",
    "x{0}y",
    "(a*)*b",
    "a*?b",
    "é+",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=40, deadline=None)
@given(text=st.text(alphabet="abcdxy01-@. AZé()]\n", max_size=8))
def test_it_agrees_with_pythons_own_engine(pattern: str, text: str) -> None:
    assert matches(pattern, text) is (re.fullmatch(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}", "LS1 4DY"),
        (r"\d{3}-\d{4}", "555-1234"),
        ("^(a|b)*$", "abba"),
        (r"\w+@\w+\.\w+", "a@b.cd"),
    ],
)
def test_a_pattern_fits_what_it_was_made_for(pattern: str, text: str) -> None:
    assert matches(pattern, text)
    assert not matches(pattern, text + "!")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "([a-z]+)*=", "(.*a){12}", "(a?){25}a{25}"])
def test_patterns_that_hold_other_engines_for_ever_end_at_once(pattern: str) -> None:
    """Backtracking would need some 2 to the 3,000 steps here: that the test ends is the promise."""
    matches(pattern, "a" * 3000 + "!")


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "(a",
        "a)",
        "[a",
        "*a",
        "+",
        "a{3,2}",
        "a**",
        "(?=a)",
        "(?<=a)b",
        "(?!a)",
        "(?P<n>a)",
        "(?i)a",
        r"(a)\1",
        r"\b",
        r"\p{L}",
        "[z-a]",
        "a{9999}{9999}",
        "((((a{99}){99}){99}){99})",
        "(" * 100 + "a" + ")" * 100,
    ],
)
def test_what_it_does_not_know_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compiled(pattern)
