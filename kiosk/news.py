"""What is said of its own accord when one screen follows another: a new page whole, a change on the page in a few words.

Pure: two screens in, utterances out. Nothing new to say is the empty tuple, and what is being said goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.boxes import boxes, count_words, joined
from kiosk.ear import Ear, sentence
from kiosk.listening import guide, reads_aloud, volume_words
from kiosk.phrases import phrases
from kiosk.screens import ChoiceAsk, PageKind, Screen, Utterance

COUNTDOWN_SECONDS = frozenset({10, 5})
"""When the warning's count is said again (S45)."""
CHANGING = ("option:", "aid:", "tool:", "ask", "added:", "masked")
"""Parts of a page whose change a listener is told: not the way on, which only follows from it."""


def subject(screen: Screen) -> object:
    """What tells two screens apart for a listener: another page or another language."""
    return (screen.kind, screen.place, screen.language, screen.heading if screen.place is None else "")


def news(before: Screen | None, after: Screen, ear: Ear) -> tuple[Utterance, ...]:
    """What to say now that `after` stands where `before` stood, to somebody at `ear`."""
    if before is None or not reads_aloud(before):
        return (*_welcome(after), *after.spoken)
    if before.language != after.language:
        return (*guide(after), *after.spoken)
    if subject(before) != subject(after):
        return after.spoken
    if after.problem and after.problem != before.problem:
        return tuple(part for part in after.spoken if part.key in {"problem", "heading"})
    if after.shown.volume_step != before.shown.volume_step:
        return (volume_words(after),)
    if after.countdown != before.countdown and after.wait_seconds in COUNTDOWN_SECONDS:
        return (sentence(after, after.countdown, "countdown"),)
    return tuple(_changes(before, after, ear))


def _welcome(screen: Screen) -> tuple[Utterance, ...]:
    """For somebody who does not see the screen, or not well: how it is used (S134). Who only switched reading on, sees it."""
    how = guide(screen)
    hello = (sentence(screen, phrases(screen.language)("Welcome.")),) if how and screen.kind is PageKind.WELCOME else ()
    return (*hello, *how)


def _changes(before: Screen, after: Screen, ear: Ear) -> Iterator[Utterance]:
    """The parts that say something else now, the one that was acted on first (S18)."""
    if ear.spelling:
        return
    old, new = _texts(before), _texts(after)
    changed = [key for key in new if key.startswith(CHANGING) and key != "tool:listen" and old.get(key) != new[key]]
    for key in sorted(changed, key=lambda key: key != ear.at):
        yield _change(key, new[key], before, after)
    if not changed and _chosen(before) != _chosen(after):
        yield sentence(after, phrases(after.language)("Your choice is kept. It is not read aloud."), ear.at)


def _change(key: str, text: str, before: Screen, after: Screen) -> Utterance:
    """A box that is being filled says how much is in it, and an answer taken back says so."""
    say = phrases(after.language)
    box = next((box for box in boxes(after.ask, say) if box.key == key), None)
    known = {box.key for box in boxes(before.ask, say)}
    if box and key in known:
        return sentence(after, count_words(box, say), key)
    is_off = key in _chosen(before) - _chosen(after)
    return sentence(after, joined(text, say("Not chosen") if is_off else ""), key)


def _chosen(screen: Screen) -> frozenset[str]:
    tiles = screen.ask.tiles if isinstance(screen.ask, ChoiceAsk) else ()
    return frozenset(tile.key for tile in tiles if tile.chosen)


def _texts(screen: Screen) -> Mapping[str, str]:
    """What each part says, as one text."""
    said: dict[str, str] = {}
    for part in screen.spoken:
        said[part.key] = joined(said.get(part.key, ""), part.text)
    return said
