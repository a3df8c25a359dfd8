"""Patterns of the regex extension."""
import re


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` has the form `pattern`."""
    return re.fullmatch(pattern, text) is not None
