"""Every kind of screen, from the sample survey and the product's own words: what the pictures and the layout tests show."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from kiosk.answers import Problem, ProblemKind
from kiosk.app.gui import routes
from kiosk.fhir import read_survey
from kiosk.keys import Code, Key, KeyMap, preset
from kiosk.present import present
from kiosk.said_and_did import SaidAndDid
from kiosk.screens import Screen
from kiosk.settings import Settings
from kiosk.site import Site
from kiosk.states import (
    Adjusting,
    Asking,
    ChoosingLanguage,
    ChoosingPin,
    Cleaning,
    Draft,
    EnteringPin,
    Figures,
    Joining,
    LearningKeys,
    OutOfOrder,
    Preferences,
    Reviewing,
    Rules,
    Session,
    StaffArea,
    StartingAgain,
    State,
    Stick,
    StillThere,
    Thanks,
    TryingKeys,
    Welcome,
)
from kiosk.survey import Answers, Place, Question, Survey

SURVEY = Path(__file__).parent.parent / "assets" / "surveys" / "share-for-better-care.json"
FIGURES = Figures(
    waiting=12,
    sent=1430,
    refused=1,
    today=27,
    oldest_seconds=93_000,
    connection="captive-portal",
    last_contact="23/11/2026 06:41",
    detail="The reply was a web page",
    voices={"en-GB": "gmw/en", "cy": "cel/cy", "pl": "zlw/pl", "ur": None, "ar": "sem/ar"},
    fonts={"en-GB": "Noto Sans", "cy": "Noto Sans", "pl": "Noto Sans", "ur": "Noto Nastaliq Urdu", "ar": None},
    unreviewed=("cy", "pl", "ur", "ar"),
    survey="share-for-better-care",
    version="1.0.0",
    keypad=preset("f-keys", "linux"),
    keypad_fault="keypad.json, key 3: its code stands there twice. Teach the keys again on the staff screen.",
)
TOLD = (
    SaidAndDid(
        {
            "en": ("The wait at the desk was too long.", "Two more people work there in the morning."),
            "ar": ("كان الانتظار عند مكتب الاستقبال طويلا.", "يعمل هناك الآن شخصان إضافيان في الصباح."),
        }
    ),
    SaidAndDid({"en": ("It was hard to hear your name when it was called.", "Your name is on a big screen now, too.")}),
)
LESSON = tuple((key, None if key is Key.PAUSE else Code(scan_code=79 + number)) for number, key in enumerate(Key))
TAUGHT = KeyMap("learnt", tuple((code, key) for key, code in LESSON if code))


@cache
def sample_survey() -> Survey:
    return read_survey(SURVEY.read_bytes())


def questions(survey: Survey) -> tuple[Question, ...]:
    return tuple(item for item in survey.walk() if isinstance(item, Question))


def an_answer_to_each(survey: Survey) -> Answers:
    """An answer to every question there is: the first option, or many words."""
    words = "The nurse took time to explain everything, and I never felt that I was in the way."
    return {Place(item.link_id): (item.options[0].value if item.options else words,) for item in questions(survey)}


@cache
def screens(preferences: Preferences) -> dict[str, Screen]:
    """Every screen, by a short name, as this person reads."""
    survey = sample_survey()
    rules = Rules(survey, preferences)
    site = Site(survey.languages, frozenset({"en", "cy", "pl", "ur", "ar"}), routes(Settings()))
    drawn = {name: present(rules, site, state) for name, state in states(survey, preferences).items()}
    return drawn | {"welcome-told": present(rules, replace(site, said_and_did=TOLD, name="Elm Road Surgery"), Welcome())}


def states(survey: Survey, preferences: Preferences) -> dict[str, State]:
    """Every state a person can stand before, by a short name."""
    session = Session(preferences, an_answer_to_each(survey))
    places = {item.link_id: Place(item.link_id) for item in questions(survey)}
    empty = Asking(Session(preferences), places["fft"])
    reviewing = Reviewing(session)
    return {
        "welcome": Welcome(),
        **{f"question-{link_id}": Asking(session, place) for link_id, place in places.items()},
        "question-problem": Asking(session, places["support"], Draft(places["support"]), Problem(ProblemKind.NEEDED)),
        "question-unanswered": Asking(Session(preferences), places["communication"]),
        "review": reviewing,
        "languages": ChoosingLanguage(reviewing),
        "easier": Adjusting(reviewing),
        "start-again": StartingAgain(reviewing),
        "still-there": StillThere(Asking(session, places["why"]), 29),
        "still-there-empty": StillThere(empty, 1),
        "thanks": Thanks(preferences),
        "pin-new": ChoosingPin(mistake="not-the-same"),
        "pin": EnteringPin(refused=True),
        "pin-wait": EnteringPin(wait_seconds=30, refused=True),
        "staff": StaffArea(FIGURES, doing="sending"),
        "staff-unpaired": StaffArea(replace(FIGURES, connection="not-paired", detail="", can_join=True), stick=Stick("full")),
        "staff-first-thing": StaffArea(replace(FIGURES, today=0)),
        "staff-saved": StaffArea(FIGURES, stick=Stick("saved", 12, 1)),
        "joining-asks": Joining(),
        "joining-code": Joining("K7QM-4XPD", "https://feedback.example.org/devices/approve?code=K7QM-4XPD", 600),
        "joining-failed": Joining(outcome="failed", detail="No network. Check the address and the network, then try again."),
        "joining-joined": Joining(outcome="joined", detail="Ward 7"),
        "cleaning": Cleaning(30),
        "keys": TryingKeys(FIGURES.keypad, pressed=Code(scan_code=191)),
        "keys-lesson": LearningKeys(FIGURES.keypad, LESSON[:9], taken=Key.UP),
        "keys-headphones": LearningKeys(FIGURES.keypad, LESSON[:10]),
        "keys-taught": TryingKeys(FIGURES.keypad, TAUGHT, Code(scan_code=9), told="not-saved"),
        "out-of-order": OutOfOrder("no-survey"),
    }
