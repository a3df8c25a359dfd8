"""One page with everything that makes the kiosk easier to use: for reading, for touching and for listening."""

from __future__ import annotations

from kiosk.events import Aid, AidToggled, SpeedChanged, Stayed, VolumeChanged
from kiosk.phrases import Phrases, phrases
from kiosk.screens import Button, Line, PageKind, Screen
from kiosk.site import Site
from kiosk.states import SPEEDS_WPM, VOLUME_STEPS, Preferences, Rules


def easier_screen(rules: Rules, site: Site, shown: Preferences) -> Screen:
    """Aids that this survey and this device have; each says whether it is on (S26)."""
    say = phrases(shown.language)
    has_easy = any(item.easy or item.picture for item in rules.survey.walk())
    return Screen(
        kind=PageKind.EASIER,
        language="",
        heading=say("Make it easier to use"),
        lines=(Line("line:0", say("Everything goes back for the next person."), "help"),),
        actions=(
            *((_aid(Aid.EASY_READ, say("Easy words and pictures"), "picture", shown, say),) if has_easy else ()),
            _aid(Aid.WIDE_SPACING, say("More space between words"), "spacing", shown, say),
            _aid(Aid.BIG_BUTTONS, say("Bigger buttons"), "bigger", shown, say),
            _aid(Aid.LOW_CONTROLS, say("Move buttons down"), "down", shown, say),
            *(_for_listening(shown, say) if site.speaks(shown.language) else ()),
        ),
        back=Button("back", say("Back"), Stayed(), "back"),
    )


def _for_listening(shown: Preferences, say: Phrases) -> tuple[Button, ...]:
    """How it sounds; and while the kiosk reads aloud, what only listeners need."""
    speeds = dict(zip(SPEEDS_WPM, (say("Slow"), say("Normal"), say("Fast")), strict=True))
    volume = say("{n} of {total}", n=shown.volume_step + 1, total=VOLUME_STEPS)
    sounds = (
        Button("aid:speed", say("Speed of the voice"), SpeedChanged(), "speed", speeds.get(shown.words_per_minute, "")),
        Button("aid:volume", say("Volume"), VolumeChanged(), "speaker", volume),
        _aid(Aid.PRIVATE, say("Read my own words aloud"), "privacy", shown, say),
    )
    if not shown.reading_aloud:
        return sounds
    return (
        *sounds,
        _aid(Aid.TOUCH_TO_HEAR, say("Touch once to hear, twice to choose"), "touch", shown, say),
        _aid(Aid.SCREEN_HIDDEN, say("Hide the screen"), "hide", shown, say),
    )


def _aid(aid: Aid, words: str, icon: str, shown: Preferences, say: Phrases) -> Button:
    on = bool(getattr(shown, aid.value))
    return Button(f"aid:{aid.value}", words, AidToggled(aid), icon, detail=say("On") if on else say("Off"), pressed=on)
