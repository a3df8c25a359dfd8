"""The screen for somebody who cannot see it: a cursor that goes from stop to stop, and what each key of a keypad does there.

Theory of operation. What a screen says (``screen.spoken``) is also the list of places to stand at, so nothing can be heard
that cannot be reached, and nothing be reached that is not heard. A :class:`Ear` remembers a stop by its key, so a page that
changes under the listener leaves them where they are. :func:`pressed` is all there is: no clock, no voice, no window. The
first key on a new page only says where one is (S136); the ends of a page hold nobody (S21).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.boxes import boxes, joined, slid, with_unit
from kiosk.ear import Ear, Heard, sentence
from kiosk.events import Event, ListenAsked, ListeningStarted, ListeningStopped, StartAgainAsked, Stayed, VolumeChanged
from kiosk.keys import Key
from kiosk.phrases import phrases
from kiosk.screens import ChoiceAsk, NumberAsk, PageKind, Screen, SliderAsk, Utterance
from kiosk.spelling import box_of, here, how_to_write, opened, spelled
from kiosk.states import VOLUME_STEPS

LOUDER = {Key.LOUDER: 1, Key.QUIETER: -1}
MOVES = {Key.UP: -1, Key.DOWN: 1}
BEGINS_ON = frozenset({PageKind.WELCOME, PageKind.OUT_OF_ORDER})
"""Where any key is somebody who begins to listen (S23)."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One place to stand at. `event`: what Select does there; `opens_box`: Select begins to write in it."""

    key: str
    say: tuple[Utterance, ...]
    event: Event | None = None
    opens_box: bool = False

    @property
    def text(self) -> str:
        return joined(*(part.text for part in self.say))

    @property
    def language(self) -> str:
        return self.say[0].language


def stops(screen: Screen) -> tuple[Stop, ...]:
    """Every place on the screen, in the order in which it is read."""
    said: dict[str, list[Utterance]] = {}
    for part in screen.spoken:
        said.setdefault(part.key, []).append(part)
    acts, written = _events(screen), {box.key for box in boxes(screen.ask, phrases(screen.language))}
    return tuple(Stop(key, tuple(parts), acts.get(key), key in written) for key, parts in said.items())


def _events(screen: Screen) -> dict[str, Event]:
    """What a touch on each part of the screen does."""
    acts: dict[str, Event] = {button.key: button.event for button in screen.buttons()}
    acts |= {row.key: row.change.event for row in screen.rows}
    match screen.ask:
        case ChoiceAsk(tiles=tiles):
            acts |= {tile.key: tile.event for tile in tiles}
        case SliderAsk() as ask:
            acts |= {"ask:less": slid(ask, -1), "ask:more": slid(ask, 1)}
        case NumberAsk(units=units) as ask:
            acts |= {f"ask:unit:{code}": with_unit(ask, code) for code, _ in units}
    return acts


def reads_aloud(screen: Screen) -> bool:
    """Whether this screen is spoken: the person wants it, and there is a voice for it (S16)."""
    return any(tool.key == "tool:aloud" and tool.pressed for tool in screen.tools)


def guide(screen: Screen) -> tuple[Utterance, ...]:
    """How to use the kiosk by ear: with keys, or by touch."""
    say = phrases(screen.language)
    keys = (say("Use Up and Down to move."), say("Press Select to choose."), say("Press Help to hear again."))
    touch = (say("Touch once to hear, twice to choose"),) if screen.shown.touch_to_hear else ()
    return tuple(sentence(screen, text) for text in (keys if screen.shown.by_keypad else touch))


def volume_words(screen: Screen) -> Utterance:
    """How loud it is, in the loudness it tells of."""
    say = phrases(screen.language)
    step = say("{n} of {total}", n=screen.shown.volume_step + 1, total=VOLUME_STEPS)
    return sentence(screen, joined(say("Volume"), step), "aid:volume")


# --- keys ----------------------------------------------------------------------------------------------------------------


def pressed(screen: Screen, ear: Ear, key: Key) -> Heard:
    """What follows when `key` is pressed by somebody at `ear` on `screen`."""
    if key is Key.HEADSET_IN:
        return Heard(ear, event=ListeningStarted(by_keypad=True, private=True))
    if key is Key.HEADSET_OUT:
        return Heard(ear, event=ListeningStopped())
    if _begins(screen, key):
        return Heard(Ear(), event=ListeningStarted(by_keypad=True))
    if key is Key.PAUSE:
        return Heard(replace(ear, helps=0), event=ListenAsked())
    if key in LOUDER:
        return _louder(screen, replace(ear, helps=0), LOUDER[key])
    if key is Key.HELP:
        return _helped(screen, ear)
    return _acted(screen, replace(ear, helps=0), key)


def _begins(screen: Screen, key: Key) -> bool:
    """Any key begins on the first screen; Help does wherever nothing is read yet."""
    if reads_aloud(screen):
        return False
    return key is Key.HELP or (screen.kind in BEGINS_ON and not screen.shown.by_keypad)


def _louder(screen: Screen, ear: Ear, steps: int) -> Heard:
    """A change is heard at once; at either end the loudness is said once more."""
    is_at_end = not 0 <= screen.shown.volume_step + steps < VOLUME_STEPS
    return Heard(ear, (volume_words(screen),)) if is_at_end else Heard(ear, event=VolumeChanged(steps))


def _helped(screen: Screen, ear: Ear) -> Heard:
    """Once: the item again; twice: the whole screen; three times: how to use the keys (S137)."""
    asked = replace(ear, helps=ear.helps % 3 + 1)
    box = box_of(screen, ear.spelling)
    if asked.helps == 1:
        return Heard(asked, here(box, screen, ear)) if box else _told(screen, asked)
    if asked.helps == 2:
        return Heard(asked, screen.spoken)
    return Heard(asked, how_to_write(box, screen) if box else guide(screen))


def _acted(screen: Screen, ear: Ear, key: Key) -> Heard:
    box = box_of(screen, ear.spelling)
    if box and key is not Key.HOME:
        return spelled(screen, ear, box, key)
    if key is Key.BACK:
        return _went_back(screen, ear)
    if key is Key.HOME:
        return Heard(ear, () if screen.start_again else _stop(screen, ear).say, _start_again(screen))
    if not ear.settled:
        return _told(screen, ear)
    if key in MOVES:
        return _moved(screen, ear, MOVES[key])
    return _selected(screen, ear) if key is Key.SELECT else _went_on(screen, ear)


def _told(screen: Screen, ear: Ear) -> Heard:
    """Where one is; from now on keys act."""
    stop = _stop(screen, ear)
    return Heard(replace(ear, at=stop.key, settled=True), stop.say)


def _moved(screen: Screen, ear: Ear, by: int) -> Heard:
    """To the next stop; at an end that is said, and one stays."""
    all_stops, say = stops(screen), phrases(screen.language)
    at = all_stops.index(_stop(screen, ear)) + by
    if at < 0:
        return Heard(ear, (sentence(screen, say("This is the start.")),))
    if at >= len(all_stops):
        return Heard(ear, (sentence(screen, say("This is the end.")),))
    return Heard(replace(ear, at=all_stops[at].key), all_stops[at].say)


def _selected(screen: Screen, ear: Ear) -> Heard:
    """What stands there happens; a box opens; what is only words is said again."""
    stop = _stop(screen, ear)
    box = box_of(screen, stop.key) if stop.opens_box else None
    if box:
        return opened(box, screen, replace(ear, at=stop.key))
    return Heard(replace(ear, at=stop.key), () if stop.event else stop.say, stop.event)


def _went_on(screen: Screen, ear: Ear) -> Heard:
    if screen.forward:
        return Heard(ear, event=screen.forward.event)
    needed = phrases(screen.language)("Please answer this question to go on.")
    return Heard(ear, (sentence(screen, needed),) if screen.ask else _stop(screen, ear).say)


def _went_back(screen: Screen, ear: Ear) -> Heard:
    if screen.back:
        return Heard(ear, event=screen.back.event)
    if screen.kind in {PageKind.START_AGAIN, PageKind.STILL_THERE}:
        return Heard(ear, event=Stayed())
    return Heard(ear, (sentence(screen, phrases(screen.language)("There is nothing before this.")),))


def _start_again(screen: Screen) -> Event | None:
    return StartAgainAsked() if screen.start_again else None


def _stop(screen: Screen, ear: Ear) -> Stop:
    """Where one stands; the heading when that is nowhere any more."""
    all_stops = stops(screen)
    by_key = {stop.key: stop for stop in all_stops}
    return by_key.get(ear.at) or by_key.get("heading") or all_stops[0]
