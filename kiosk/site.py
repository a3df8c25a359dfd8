"""The place the kiosk stands in: what its screens need to know besides the survey."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.phrases import Phrases
from kiosk.said_and_did import SaidAndDid
from kiosk.screens import Route


@dataclass(frozen=True, slots=True)
class Site:
    """What holds at this clinic and on this device, besides the survey: languages that can be shown, ones that can be
    spoken (primary tags), the other ways to be heard, and the numbers for urgent help.
    """

    languages: tuple[str, ...] = ("en-GB",)
    spoken: frozenset[str] = frozenset()
    routes: tuple[Route, ...] = ()
    emergency: str = "999"
    advice: str = "111"
    name: str = ""
    warning_sound: bool = True
    """Whether a short sound goes with "Are you still there?": more than one sense is warned (S45, S50)."""
    said_and_did: tuple[SaidAndDid, ...] = ()
    """What was changed because people said something: the first screen tells one at a time."""
    turn: int = 0
    """Which of them: counted on, whatever their number."""

    def turned(self) -> Site:
        """The same place, when the next text has its turn."""
        return replace(self, turn=self.turn + 1)

    def in_turn(self) -> tuple[SaidAndDid, ...]:
        """Every text, the one whose turn it is first."""
        at = self.turn % len(self.said_and_did) if self.said_and_did else 0
        return (*self.said_and_did[at:], *self.said_and_did[:at])

    def speaks(self, tag: str) -> bool:
        """Whether a page in the language `tag` can be heard here; without a voice there is no button (S16)."""
        return tag.partition("-")[0] in self.spoken


def urgent_help(site: Site, say: Phrases) -> str:
    """Not for urgent help (S150), with the site's numbers."""
    return " ".join(
        (
            say("Staff cannot see this now."),
            say("If you need help now, tell a member of staff."),
            say("In an emergency, call {number}.", number=site.emergency),
            say("For urgent advice, call {number}.", number=site.advice),
        )
    )
