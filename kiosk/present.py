"""``present(rules, site, state) -> Screen``: what to show and what to say in each state.

Here are the frame that every screen shares (tools, ends, language) and the screens around a session; the pages of a
session stand in :mod:`kiosk.pages`, the words spoken in :mod:`kiosk.spoken`.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.easier import easier_screen
from kiosk.easy_read import with_pictures
from kiosk.events import (
    AdjustingAsked,
    Aid,
    AidToggled,
    LanguageAsked,
    ListenAsked,
    ListeningStarted,
    ReadingAloudToggled,
    StartAgainConfirmed,
    Stayed,
    TextSizeChanged,
    ThanksFinished,
    ThemeChanged,
)
from kiosk.flow import preferences
from kiosk.languages import language
from kiosk.pages import language_button, question_screen, review_screen, welcome_screen
from kiosk.phrases import Phrases, phrases
from kiosk.screens import Button, Line, PageKind, Route, Screen
from kiosk.site import Site, urgent_help
from kiosk.spoken import spoken
from kiosk.staff_screens import behind_the_corner
from kiosk.states import (
    Adjusting,
    Asking,
    Behind,
    ChoosingLanguage,
    ChoosingPin,
    Cleaning,
    EnteringPin,
    Joining,
    LearningKeys,
    OutOfOrder,
    Over,
    Preferences,
    Reviewing,
    Rules,
    StaffArea,
    StartingAgain,
    State,
    StillThere,
    Thanks,
    TryingKeys,
    Welcome,
)


def present(rules: Rules, site: Site, state: State, hearing: str = "") -> Screen:
    """The screen for `state`, as this person reads and listens. `hearing`: speaking | paused | "" while nothing is said."""
    shown = preferences(rules, state)
    if isinstance(state, Welcome):
        shown = rules.defaults
    screen = with_pictures(_framed(_screen(rules, site, state), site, shown, state, hearing))
    return replace(screen, spoken=spoken(screen, phrases(shown.language), site.speaks, rules.survey.language))


def _screen(rules: Rules, site: Site, state: State) -> Screen:
    say = phrases(preferences(rules, state).language)
    match state:
        case Welcome():
            return welcome_screen(rules, site, _no_survey(site, say))
        case Asking():
            return question_screen(rules, site, state)
        case Reviewing():
            return review_screen(rules, state)
        case ChoosingLanguage():
            return _languages(site, say)
        case Adjusting():
            return easier_screen(rules, site, preferences(rules, state))
        case StartingAgain():
            return _start_again(say)
        case StillThere():
            return _still_there(site, state, say)
        case Thanks():
            return _thanks(site, say)
        case ChoosingPin() | EnteringPin() | StaffArea() | Joining() | Cleaning() | TryingKeys() | LearningKeys():
            return behind_the_corner(state, say)
        case OutOfOrder():
            return replace(_no_survey(site, say), languages=_language_row(site, preferences(rules, state).language))


# --- the frame -----------------------------------------------------------------------------------------------------

_THEME_NAMES = {"calm": "Calm", "light": "Light", "dark": "Dark", "yellow-on-black": "Yellow on black", "cream": "Cream"}


def _framed(screen: Screen, site: Site, shown: Preferences, state: State, hearing: str) -> Screen:
    say = phrases(shown.language)
    staff = isinstance(state, Behind)
    return replace(
        screen,
        language=shown.language,
        right_to_left=language(shown.language).right_to_left,
        shown=shown,
        tools=() if staff else _tools(site, shown, state, say, hearing),
        by_ear=_by_ear(site, state, shown, say),
        key_names=_key_names(say),
    )


def _tools(site: Site, shown: Preferences, state: State, say: Phrases, hearing: str) -> tuple[Button, ...]:
    own_name = language(shown.language).own_name
    tools = []
    if len(site.languages) > 1 and not isinstance(state, OutOfOrder):
        tools.append(Button("tool:language", say("Language"), LanguageAsked(), "globe", detail=own_name))
    size = say("{percent} %", percent=shown.text_percent)
    tools.append(Button("tool:size", say("Text size"), TextSizeChanged(), "text-size", detail=size))
    theme = say(_THEME_NAMES.get(shown.theme, shown.theme))
    if shown.screen_hidden:  # in the place of the colours, which nobody sees now
        tools.append(Button("tool:show", say("Show the screen"), AidToggled(Aid.SCREEN_HIDDEN), "show"))
    else:
        tools.append(Button("tool:theme", say("Colours"), ThemeChanged(), "contrast", detail=theme))
    if not isinstance(state, OutOfOrder):
        tools.append(Button("tool:easier", say("More help"), AdjustingAsked(), "easier"))
    return (*tools, *_listening_tools(shown, say, hearing)) if site.speaks(shown.language) else tuple(tools)


def _listening_tools(shown: Preferences, say: Phrases, hearing: str) -> tuple[Button, ...]:
    """Read aloud on and off; and while it is on, one control that pauses, goes on and says it again (S5, S26)."""
    icon, state_words = ("speaker", say("On")) if shown.reading_aloud else ("speaker-off", say("Off"))
    aloud = Button("tool:aloud", say("Read aloud"), ReadingAloudToggled(), icon, state_words, pressed=shown.reading_aloud)
    if not shown.reading_aloud:
        return (aloud,)
    now = {"speaking": (say("Pause"), "pause"), "paused": (say("Go on"), "play")}
    words, icon = now.get(hearing, (say("Hear again"), "again"))
    return (aloud, Button("tool:listen", words, ListenAsked(), icon))


def _by_ear(site: Site, state: State, shown: Preferences, say: Phrases) -> Button | None:
    if not isinstance(state, Welcome) or not site.speaks(shown.language):
        return None
    return Button("by-ear", say("Use by listening"), ListeningStarted(), "ear")


def _key_names(say: Phrases) -> tuple[tuple[str, str], ...]:
    return (
        ("more", say("More below")),
        ("up", say("Back up")),
        ("pause", say("Pause")),
        ("play", say("Go on")),
        ("again", say("Hear again")),
        ("more-languages", say("More languages")),
        ("hidden", say("The screen is hidden.")),
        ("show-again", say("Touch “Show the screen” twice to see it again.")),
        ("backspace", say("Delete")),
        ("clear", say("Clear")),
        ("ok", say("OK")),
        ("done", say("Done")),
        ("shift", say("Capital letters")),
        ("space", say("Space")),
        ("newline", say("New line")),
        ("letters", say("Letters")),
        ("numbers", say("Numbers")),
        ("accents", say("Accents")),
        ("minus", say("Minus")),
        ("decimal", say("Decimal point")),
        ("letters-left", say("{n} letters left")),
        ("digits-entered", say("{n} digits")),
        ("nothing-chosen", say("Nothing chosen yet")),
        ("no-voice", say("no voice")),
        ("no-font", say("no letters on this device")),
        ("to-be-reviewed", say("to be reviewed by a speaker")),
        ("waiting", say("Waiting to be sent")),
        ("sent", say("Sent")),
        ("refused", say("Refused by the centre")),
        ("today", say("Answered today")),
        ("oldest", say("Oldest waiting")),
        ("connection", say("Connection")),
        ("last-contact", say("Last contact")),
        ("languages", say("Languages")),
        ("version", say("Version")),
        ("survey", say("Survey")),
        ("none", say("None")),
        ("minutes", say("{n} minutes")),
        ("hours", say("{n} hours")),
        ("days", say("{n} days")),
        ("connected", say("Connected")),
        ("offline", say("No network")),
        ("sending", say("Sending now")),
        ("captive-portal", say("A sign-in page is in the way")),
        ("certificate", say("The centre’s certificate is not trusted")),
        ("not-paired", say("Not paired with a centre")),
        ("held", say("The centre does not accept this device")),
    )


# --- screens around a session --------------------------------------------------------------------------------------


def _languages(site: Site, say: Phrases) -> Screen:
    current = say.language
    return Screen(
        kind=PageKind.LANGUAGES,
        language=current,
        heading=say("Choose your language"),
        languages=tuple(language_button(tag, chosen=tag == current) for tag in site.languages),
        back=Button("back", say("Back"), Stayed(), "back"),
    )


def _language_row(site: Site, current: str) -> tuple[Button, ...]:
    tags = site.languages if len(site.languages) > 1 else ()
    return tuple(language_button(tag, chosen=tag == current) for tag in tags)


def _start_again(say: Phrases) -> Screen:
    return Screen(
        kind=PageKind.START_AGAIN,
        language="",
        heading=say("Start again?"),
        lines=(Line("line:0", say("Your answers so far will be cleared.")),),
        actions=(
            Button("action:stay", say("No, go on"), Stayed(), "forward", primary=True),
            Button("action:start-again", say("Yes, start again"), StartAgainConfirmed(), "start-again"),
        ),
    )


def _still_there(site: Site, state: StillThere, say: Phrases) -> Screen:
    covered = state.under.under if isinstance(state.under, Over) else state.under
    given = not isinstance(covered, Thanks) and bool(covered.session.answers)
    sent, over = (
        say("If you do nothing, your answers are sent as they are."),
        say("If you do nothing, this screen starts again."),
    )
    after = sent if given else over
    seconds = say.plural("{n} second left", "{n} seconds left", state.seconds_left)
    return Screen(
        kind=PageKind.STILL_THERE,
        language="",
        heading=say("Are you still there?"),
        lines=(Line("line:0", say("Touch the screen if you need more time.")), Line("line:1", after)),
        countdown=seconds,
        wait_seconds=state.seconds_left,
        chimes=site.warning_sound,
        actions=(Button("action:stay", say("I am still here"), Stayed(), "check", primary=True),),
    )


def _thanks(site: Site, say: Phrases) -> Screen:
    return Screen(
        kind=PageKind.THANKS,
        language="",
        heading=say("Thank you"),
        lines=(
            Line("line:0", say("Your answers are saved. They will be sent to the people who run this service.")),
            Line("line:1", say("There are other ways to be heard:")),
        ),
        routes=_routes(site, say),
        forward=Button("forward", say("Finish"), ThanksFinished(), "check", primary=True),
        notice=urgent_help(site, say),
    )


def _routes(site: Site, say: Phrases) -> tuple[Route, ...]:
    """The other ways to be heard: how, and by whom, in this language where we have the words."""
    kinds = {
        "web": say("On the web"),
        "phone": say("By phone"),
        "text-relay": say("By text relay"),
        "email": say("By e-mail"),
        "desk": say("At the desk"),
    }
    return tuple(replace(route, name=f"{kinds[route.kind]}: {say(route.name)}") for route in site.routes)


def _no_survey(site: Site, say: Phrases) -> Screen:
    return Screen(
        kind=PageKind.OUT_OF_ORDER,
        language="",
        heading=say("This screen is having a rest"),
        lines=(
            Line("line:0", say("Please tell a member of staff. They can also write down what you want to say.")),
            Line("line:1", say("There are other ways to be heard:")),
        ),
        routes=_routes(site, say),
        notice=urgent_help(site, say),
    )
