"""What stands along the edges of every screen: the tools, the ways back and on, languages, and the control in the corner."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QWidget

from kiosk.events import LanguageAsked
from kiosk.screens import Button, PageKind, Screen
from ui.bar import Bar, face_of
from ui.faces import Face, Fitted
from ui.parts import name_part
from ui.places import Heights, Places, edge_of, margin_of, places, tools_make_room
from ui.theme import Look
from ui.tiles import TouchButton

WITH_LANGUAGES = {PageKind.WELCOME, PageKind.OUT_OF_ORDER}
"""Languages stand on these screens themselves, below where there is room."""
TOOL_CELLS = 6
"""Each tool keeps its place, however many there are: the last one only comes while the kiosk reads aloud (S72)."""
LISTENING = ("pause", "play", "again")
"""The icons of the tool that comes and goes, and what its words are called."""
EAR_MM = (40.0, 31.0)
"""Least width and height of the control in the corner, which reaches to the edges of the glass (S23)."""
EAR_SHARE = 0.12
"""The greatest part of the glass's height that it takes with words of full size."""
FIRST = 2
"""So many languages stand on the first screen, whatever room there is: in Wales English and Welsh (S115)."""


class Edges(QObject):
    """The bars of one window. ``happened`` carries the event of what was touched."""

    happened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.bottom, self.tools = Bar(window), Bar(window, even=True, roomy_share=0.12)
        self.ear = TouchButton(window)
        self.ear.hide()
        self.ear.clicked.connect(lambda: self._touched("by-ear"))
        name_part(self.ear, "by-ear")
        for bar in (self.bottom, self.tools):
            bar.touched.connect(self._touched)
        self._events: dict[str, Button] = {}

    def show_screen(self, screen: Screen, look: Look) -> Screen:
        """Show what `screen` has along its edges; languages too where there is room. Returns what is left for the page."""
        self._show_ear(screen.by_ear, look)
        ends = [screen.forward] if screen.forward else []
        below = [button for button in (screen.back, screen.start_again, screen.forward) if button]
        languages: tuple[Button, ...] = ()
        if screen.kind in WITH_LANGUAGES:
            languages, left = self._shared(screen, below, look)
            screen = replace(screen, languages=left)
        shown = (*languages, *below)
        self._events = {button.key: button for button in (*shown, *screen.tools, *filter(None, [screen.by_ear]))}
        faces = {button.key: face_of(button) for button in shown}
        self.bottom.show_faces(faces, look, [b.key for b in ends], alike=[b.key for b in languages if b.language])
        self.tools.comers = tuple(Face(screen.key_name(icon), icon, kind="tool") for icon in LISTENING)
        self.tools.show_faces({b.key: face_of(b, "tool") for b in screen.tools}, look, cells=_cells(screen))
        return screen

    def place(self, look: Look, *, writing: bool = False) -> Places:
        """Put them where they stand; says where that leaves room for the page. The tools may make room for `writing`."""
        away = writing and tools_make_room(self._window.size(), look)
        self.tools.setVisible(not away)
        ear = self.ear_size() if self.has_ear else QSize(0, 0)
        found = places(
            self._window.size(), look, Heights((lambda _: 0) if away else self.tools.needed, self.bottom.needed, ear)
        )
        self.tools.setGeometry(found.tools)
        self.bottom.setGeometry(found.ends)
        self.ear.setGeometry(found.ear)
        self.tools.place()
        self.bottom.place()
        return found

    @property
    def has_ear(self) -> bool:
        return not self.ear.isHidden()

    def buttons(self) -> dict[str, TouchButton]:
        """Every button along the edges, by its key."""
        ear = {"by-ear": self.ear} if self.has_ear else {}
        return {**self.tools.buttons, **ear, **self.bottom.buttons}

    def stops(self) -> list[QWidget]:
        """In the order of the Tab key: the ends first, then the tools."""
        return [*([self.ear] if self.has_ear else []), *self.bottom.tab_order(), *self.tools.tab_order()]

    def ear_size(self) -> QSize:
        """How large the corner's control is, in pixels."""
        return _ear_size(self.ear.fitted)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _touched(self, key: str) -> None:
        if key in self._events:
            self.happened.emit(self._events[key].event)

    def _show_ear(self, button: Button | None, look: Look) -> None:
        self.ear.setVisible(button is not None)
        if button is None:
            return
        plain = replace(face_of(button), icon_mm=11)
        faces = [replace(plain, shape=shape, small=small) for small in (False, True) for shape in ("under", "beside")]
        most = max(look.mm(EAR_MM[1]), int(self._window.height() * EAR_SHARE))
        fitting = (face for face in faces if _ear_size(Fitted(face, look)).height() <= most)
        self.ear.show_as(next(fitting, faces[-1]), look)

    def _shared(self, screen: Screen, below: list[Button], look: Look) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
        """(languages below, languages for the page): as many below as fit, and a way to the others."""
        every, faces = screen.languages, {button.key: face_of(button) for button in below}
        more = Button("languages:more", screen.key_name("more-languages"), LanguageAsked(), "globe")
        width = self._ends_width(look)
        self.bottom.at_least = self.ear_size().height() - edge_of(self._window.size(), look) if self.has_ear else 0
        most = min(len(every), width // look.mm(EAR_MM[1]))
        shorter = ((*every[:count], more) for count in range(most if most < len(every) else most - 1, FIRST - 1, -1))
        wishes = chain([every], shorter if screen.kind is PageKind.WELCOME else ())
        for wish in wishes:
            tried = {**{button.key: face_of(button) for button in wish}, **faces}
            if self.bottom.holds(tried, look, width, [button.key for button in wish if button.language]):
                return wish, ()
        first = (*every[:FIRST], more) if len(every) > FIRST + 1 and screen.kind is PageKind.WELCOME else every
        return (), first

    def _ends_width(self, look: Look) -> int:
        margin = margin_of(look, self._window.width())
        start = self.ear_size().width() + look.gap if self.has_ear else margin
        return self._window.width() - start - margin


def _ear_size(fit: Fitted) -> QSize:
    width = max(fit.look.mm(EAR_MM[0]), fit.narrowest)
    return QSize(width, max(fit.look.mm(EAR_MM[1]), fit.needed(width)))


def _cells(screen: Screen) -> int:
    """Room for the tool that comes and goes."""
    return TOOL_CELLS if any(tool.key == "tool:aloud" for tool in screen.tools) else len(screen.tools)
