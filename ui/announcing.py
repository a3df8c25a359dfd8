"""What a screen reader says of its own accord when the screen changes: what nobody would find by going from part to part.

A question needs none of it: its answers stand in a group that is named by it, which is said when the focus comes there.
"""

from __future__ import annotations

import re

from kiosk.screens import Screen

EVERY_SECONDS = 10
"""How often the seconds that are left are said: each second of them would drown everything else."""


def news(before: Screen | None, now: Screen, *, is_new: bool, said_when_shown: bool) -> str:
    """The words to announce now that `now` stands where `before` stood, "" for none; `is_new`: it is another page.

    `said_when_shown`: a reader says by itself what was not there before, so that only what changed in its place is left.
    """
    was = "" if is_new or before is None else before.problem
    problem = now.problem if now.problem != was and (was or not said_when_shown) else ""
    page = () if said_when_shown else _page(now)
    return " ".join(filter(None, (problem, *(page if is_new else _countdown(before, now)))))


def asks(now: Screen) -> bool:
    """Whether its heading is said as the name of the group that its answers stand in."""
    return now.ask is not None or now.pin_length is not None


def title(now: Screen) -> str:
    """The window's name, which a reader says when it changes: where one is; of a page without a group, its heading."""
    where = (now.context, now.progress.words if now.progress else "")
    return ". ".join(filter(None, where)) if asks(now) and any(where) else now.heading


def _page(now: Screen) -> tuple[str, ...]:
    """A page without a way to answer: its focus goes to a button, past all that is written above."""
    return () if asks(now) else (now.heading, now.countdown, *(line.text for line in now.lines))


def _countdown(before: Screen | None, now: Screen) -> tuple[str, ...]:
    seconds = re.search(r"\d+", now.countdown)
    is_due = seconds is not None and int(seconds[0]) % EVERY_SECONDS == 0
    return (now.countdown,) if is_due and (before is None or before.countdown != now.countdown) else ()
