"""The screens where staff see, try and teach the keys of a keypad. All with touch: the keypad itself is what is taught."""

from __future__ import annotations

from kiosk.events import ForgettingKeysAsked, KeySkipped, SavingKeysAsked, TeachingAsked, WentBack
from kiosk.keys import Key, KeyMap
from kiosk.phrases import Phrases
from kiosk.screens import Button, Line, PageKind, Screen
from kiosk.states import LearningKeys, TryingKeys
from kiosk.teaching import ASKED, asked

_KEYS = {
    Key.UP: "Up",
    Key.DOWN: "Down",
    Key.BACK: "Back",
    Key.FORWARD: "Next",
    Key.SELECT: "Select",
    Key.HELP: "Help",
    Key.HOME: "Home",
    Key.LOUDER: "Louder",
    Key.QUIETER: "Quieter",
    Key.PAUSE: "Pause",
    Key.HEADSET_IN: "Headphones in",
    Key.HEADSET_OUT: "Headphones out",
}
_MAPS = {
    "f-keys": "Function keys F13 to F24",
    "arrows": "Arrow keys of a keyboard",
    "learnt": "Keys that staff taught",
    "none": "No keypad",
}


def key_words(key: Key, say: Phrases) -> str:
    """The name of a key."""
    return say(_KEYS[key])


def keypad_words(key_map: KeyMap, say: Phrases) -> str:
    """What the keys in force are called."""
    return say(_MAPS[key_map.name])


def trying_screen(state: TryingKeys, say: Phrases) -> Screen:
    """What each key means; pressing one shows it."""
    shown = state.taught or state.in_force
    return Screen(
        kind=PageKind.KEYPAD,
        language="",
        heading=say("These are the keys you taught") if state.taught else say("Keypad"),
        lines=_lines(_trying_lines(state, shown, say)),
        problem=say("The keys cannot be saved. Make room on the disk. Then try again.") if state.told == "not-saved" else "",
        facts=tuple((key_words(key, say), _legends(shown, key, say)) for key in ASKED),
        actions=_trying_actions(state, say),
        back=Button("back", say("Back"), WentBack(), "back"),
    )


def _trying_lines(state: TryingKeys, shown: KeyMap, say: Phrases) -> tuple[str, ...]:
    saved = say("Saved. These keys work from now on.") if state.told == "saved" else ""
    in_use = "" if state.taught else say("In use: {keys}", keys=keypad_words(shown, say))
    if state.pressed is None:
        return saved, in_use, say("Press a key to try it.") if shown.pairs else say("No key has been taught.")
    found = shown.meaning(state.pressed.qt_key, state.pressed.scan_code)
    return in_use, say("That key is: {key}", key=key_words(found, say)) if found else say("That key does nothing here.")


def _lines(sentences: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(Line(f"line:{number}", words) for number, words in enumerate(filter(None, sentences)))


def _trying_actions(state: TryingKeys, say: Phrases) -> tuple[Button, ...]:
    if state.taught is None:
        teach = Button("action:teach", say("Teach the keys"), TeachingAsked(), "keypad", primary=True)
        forget = Button("action:forget", say("Use the ready-made keys"), ForgettingKeysAsked(), "start-again")
        return (teach, forget) if state.in_force.name == "learnt" else (teach,)
    save = Button("action:save", say("Save"), SavingKeysAsked(), "check", primary=True)
    again = Button("action:teach", say("Start over"), TeachingAsked(), "start-again")
    return (save, again) if state.taught.pairs else (again,)


def learning_screen(state: LearningKeys, say: Phrases) -> Screen:
    """One key is asked for; those asked before stand below."""
    number = say("Key {n} of {total}", n=len(state.known) + 1, total=len(ASKED))
    again = Button("action:teach", say("Start over"), TeachingAsked(), "start-again")
    return Screen(
        kind=PageKind.KEYPAD,
        language="",
        heading=_request(asked(state), say),
        lines=(Line("line:0", number, "context"),),
        problem=_problem(state, say),
        facts=tuple((key_words(key, say), code.legend if code else say("No such key")) for key, code in reversed(state.known)),
        actions=(
            Button("action:skip", say("This keypad has no such key"), KeySkipped(), "forward"),
            *((again,) if state.known else ()),
        ),
        back=Button("back", say("Back"), WentBack(), "back"),
    )


def _request(key: Key, say: Phrases) -> str:
    if key is Key.HEADSET_IN:
        return say("Put the plug of the headphones in.")
    if key is Key.HEADSET_OUT:
        return say("Pull the plug of the headphones out.")
    return say("Press the key for “{key}”.", key=key_words(key, say))


def _problem(state: LearningKeys, say: Phrases) -> str:
    if state.taken:
        return say("That key is taken. It is: {key}", key=key_words(state.taken, say))
    return say("The kiosk cannot tell that key from others.") if state.untold else ""


def _legends(key_map: KeyMap, key: Key, say: Phrases) -> str:
    return ", ".join(key_map.legends(key)) or say("No such key")
