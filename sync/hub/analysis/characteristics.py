"""What people are parted by, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sync.hub.counts.suppression import NOT_SAID, OTHERS

UNSAID: Final = frozenset({NOT_SAID, "prefer-not"})
"""Groups of those who did not say."""
WORDS: Final = {NOT_SAID: "Did not say", OTHERS: "Groups too small to show"}


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One equality question: its code, its words, and those of its groups in the order of the form."""

    code: str
    words: str
    groups: dict[str, str] = field(default_factory=dict)

    def name(self, group: str) -> str:
        """A group in words."""
        return self.groups.get(group) or WORDS.get(group, group)
