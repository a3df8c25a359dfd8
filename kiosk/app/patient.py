"""The scripted patient of the demonstration: reads what is on the screen and touches it, one page after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.app.gui import Kiosk
from kiosk.app.hub_process import DemoFailed
from kiosk.screens import ChoiceAsk, PageKind, Screen
from kiosk.survey import Coding
from ui.finger import Finger

MOST_PAGES = 60


@dataclass(frozen=True)
class Patient:
    """Whom the demonstration plays: a language, and for each question (linkId) answer codes, or words to write."""

    language: str
    answers: Mapping[str, tuple[str, ...]]
    adjusts: tuple[str, ...] = ()
    """Tools (by key) that are touched on the first page."""


PATIENTS = (
    Patient(
        "en-GB",
        {
            "fft": ("very-good",),
            "why": ("Everybody was kind",),
            "listened": ("yes",),
            "communication": ("partly",),
            "support": ("interpreter", "more-time"),
            "better": ("Shorter waits",),
            "share": ("yes",),
            "who": ("patient",),
            "about-you": ("yes",),
            "age": ("75-84",),
        },
        ("tool:size", "tool:theme"),
    ),
    Patient("ur", {"fft": ("poor",), "why": ("انتظار بہت لمبا تھا",), "questions": ("no",), "about-you": ("no",)}),
)
"""One who reads English in large print, and one who reads Urdu, from right to left."""


class Walk:
    """One patient at one kiosk. `seen` is called with each screen, once it is painted."""

    def __init__(self, kiosk: Kiosk, patient: Patient, seen: Callable[[Screen], None]) -> None:
        self._kiosk, self._patient, self._seen = kiosk, patient, seen
        self._finger = Finger(kiosk.window)
        self.given: dict[str, tuple[str, ...]] = {}

    def whole_session(self) -> dict[str, tuple[str, ...]]:
        """From the welcome screen to Thank you, and back; what was given, by linkId."""
        self._look()
        if self._patient.language != self._screen.language:
            self._choose_language()
        for key in self._patient.adjusts:
            self._touch_tool(key)
        for _ in range(MOST_PAGES):
            if self._screen.kind is PageKind.REVIEW:
                break
            self._answer_page()
            self._look()
        else:
            raise DemoFailed("The scripted patient did not come to the end of the survey.")
        self._go_on()
        self._look()
        self._go_on()
        return self.given

    @property
    def _screen(self) -> Screen:
        return self._kiosk.shell.screen

    def _look(self) -> None:
        self._finger.settle()
        self._seen(self._screen)

    def _choose_language(self) -> None:
        self._touch_tool("tool:language", fallback=True)
        wanted = next(button for button in self._screen.languages if button.language == self._patient.language)
        self._finger.touch(wanted.label)
        self._look()

    def _touch_tool(self, key: str, *, fallback: bool = False) -> None:
        tool = next((tool for tool in self._screen.tools if tool.key == key), None)
        if tool is None:
            if fallback:
                raise DemoFailed(f"There is no {key} on the screen.")
            return
        self._finger.touch(tool.label)
        self._look()

    def _answer_page(self) -> None:
        screen = self._screen
        wanted = self._patient.answers.get(screen.place.link_id) if screen.place else None
        if not wanted or screen.ask is None:
            return self._go_on()
        if isinstance(screen.ask, ChoiceAsk):
            self._choose(screen.ask, wanted)
        else:
            self._finger.write(wanted[0])
            self._seen(self._screen)
        self.given[screen.ask.place.link_id] = wanted
        if isinstance(screen.ask, ChoiceAsk) and not screen.ask.several:
            return None
        return self._go_on()

    def _choose(self, ask: ChoiceAsk, codes: tuple[str, ...]) -> None:
        labels = {_code(values[-1]): tile.label for tile in ask.tiles if (values := _values(tile.event))}
        for code in codes:
            if code not in labels:
                raise DemoFailed(f"The scripted patient wants {code!r}; the page offers {sorted(labels)}.")
            self._finger.touch(labels[code])
        if ask.several:
            self._seen(self._screen)

    def _go_on(self) -> None:
        forward = self._screen.forward
        if forward is None:
            raise DemoFailed(f"There is no way on from {self._screen.heading!r}.")
        self._finger.touch(forward.label)


def _values(event: object) -> tuple[object, ...]:
    """What a touch on an answer would give."""
    return tuple(getattr(event, "values", ()) or getattr(event, "chosen", ()))


def _code(value: object) -> str:
    return value.code if isinstance(value, Coding) else str(value)
