"""The one window: tools above, the page between, the ways back and on below. Full screen, and it does not let go.

``render`` draws a :class:`kiosk.screens.Screen`; ``happened`` tells what was done with it, ``touched`` that someone is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from kiosk.events import StaffCalled
from kiosk.screens import Button, PageKind, Screen
from ui.accessible import Role, Told, announce, in_reading_order, tell_readers
from ui.announcing import news
from ui.bar import Bar, face_of
from ui.focus import show_rings, tab_stops
from ui.fonts import fonts_for
from ui.pages.message import LanguagesPage, MessagePage
from ui.pages.page import Page
from ui.pages.pin import PinPage
from ui.pages.question import QuestionPage
from ui.pages.review import ReviewPage
from ui.pages.staff import KeypadPage, StaffPage
from ui.parts import part_of, parts_in, said_of
from ui.theme import PALETTES, ROOMY, ROOMY_MM, Look
from ui.touch import TouchGuard

PAGES: dict[PageKind, type[Page]] = {
    PageKind.WELCOME: QuestionPage,
    PageKind.QUESTION: QuestionPage,
    PageKind.NOTE: QuestionPage,
    PageKind.REVIEW: ReviewPage,
    PageKind.LANGUAGES: LanguagesPage,
    PageKind.EASIER: MessagePage,
    PageKind.START_AGAIN: MessagePage,
    PageKind.STILL_THERE: MessagePage,
    PageKind.THANKS: MessagePage,
    PageKind.STAFF_PIN: PinPage,
    PageKind.STAFF: StaffPage,
    PageKind.KEYPAD: KeypadPage,
    PageKind.OUT_OF_ORDER: MessagePage,
}
AFTER_A_PERSON = frozenset({PageKind.WELCOME, PageKind.THANKS, PageKind.STAFF, PageKind.OUT_OF_ORDER})
WITH_LANGUAGES = {PageKind.WELCOME, PageKind.OUT_OF_ORDER}
"""Languages stand on these screens themselves, below where there is room."""
TOOL_CELLS = 5
"""Each tool keeps its place, however many there are (S72)."""
LIKELY_PX_PER_MM = 3.78
"""For a screen that does not know its own width."""


class Window(QWidget, Told):
    """Shows screens. `width_mm` is the lit width of the screen, None to ask the screen; `viewing_mm` is eyes to screen."""

    happened = Signal(object)
    """Carries a :data:`kiosk.events.Event`."""
    touched = Signal()
    """A finger or a key, on anything or on nothing."""
    explored = Signal(str, str)
    """A finger that asks what is there came to this: the key of the screen's part, ``""`` for none, and its name (S25)."""
    focused = Signal(str, str)
    """The Tab key came to this: key and name, as above."""
    key_pressed = Signal(object)
    """Carries a :class:`kiosk.keys.Key` of a keypad."""
    painted = Signal()
    """A screen is being drawn: connected in a queue, it is on the glass when this is heard."""

    def __init__(
        self, width_mm: float | None = None, viewing_mm: float = 600, clock: Callable[[], float] = time.monotonic
    ) -> None:
        tell_readers()
        super().__init__()
        self._width_mm, self._viewing_mm = width_mm, viewing_mm
        self.allow_close = False
        self.screen_shown: Screen | None = None
        self._look: Look | None = None
        self._events: dict[str, Button] = {}
        self._pages: dict[type[Page], Page] = {}
        self._page: Page | None = None
        self.bottom, self.tools = Bar(self), Bar(self, even=True, tallest_share=0.2)
        for bar in (self.bottom, self.tools):
            bar.touched.connect(self._bar_touched)
        self.guard = TouchGuard(self, clock)
        self.guard.touched.connect(self.touched)
        self.guard.held.connect(lambda: self.happened.emit(StaffCalled()))
        self.guard.tabbed_to.connect(self._tabbed_to)
        self.guard.explored.connect(lambda thing: self.explored.emit(part_of(thing), said_of(thing)))
        show_rings(self, shown=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def reader_role(self) -> Role:
        return Role.Window

    # --- the window itself -----------------------------------------------------------------------------------------

    def show_full_screen(self, size: tuple[int, int] | None = None) -> None:
        """Fill the screen (or `size` of it), without a frame, and follow it when it turns."""
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._fill(self.screen(), size)
        self.showFullScreen()
        self._fill(self.screen(), size)  # without a window manager, full screen alone keeps the old size
        self.screen().geometryChanged.connect(lambda: self._fill(self.screen(), size))

    def show_windowed(self, size: tuple[int, int]) -> None:
        """An ordinary window, which can be closed."""
        self.allow_close = True
        self.resize(QSize(*size))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the program itself closes the kiosk."""
        event.setAccepted(self.allow_close)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.palette.ground))
        self._paint_progress(painter, self._look)
        painter.end()
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        if self.screen_shown is not None:
            self.render(self.screen_shown)

    # --- screens ---------------------------------------------------------------------------------------------------

    def render(self, screen: Screen) -> None:  # type: ignore[override]
        """Draw `screen`; in place when it is the page that already stands there."""
        shown = self.screen_shown
        is_new = shown is None or identity(screen) != identity(shown)
        self.screen_shown, self._look = screen, self.look_for(screen)
        self.setAccessibleName(screen.heading)
        self.guard.explorer.on = screen.shown.touch_to_hear or screen.shown.screen_hidden
        self.setAccessibleDescription(screen.progress.words if screen.progress else "")
        for_page = self._render_bars(screen, self._look)
        page, before = self._page_for(screen), self.focusWidget()
        self._place(page, self._look)
        page.show_screen(for_page, self._look)
        if is_new:
            page.pager.turn_to(0)
            self.guard.page_changed()
        if page is not self._page:
            if self._page is not None:
                self._page.hide()
            self._page = page
        if screen.kind in AFTER_A_PERSON:
            self._forget_all_but(page)
        page.show()
        in_reading_order((self.tools, page, self.bottom))
        self._order_focus(page)
        if is_new or self.focusWidget() is None or not self.focusWidget().isVisibleTo(self):
            self._first_focus(page)
        elif self.focusWidget() is not before:  # a box that has just been opened
            page.pager.reveal(self.focusWidget())
        announce(self, news(shown, screen, is_new=is_new))
        self.update()

    def highlight(self, key: str, start: int, length: int) -> None:
        """Mark the part named `key`, and its word from character `start`, while it is said; ``""`` clears."""
        for bar in (self.tools, self.bottom):
            for name, button in bar.buttons.items():
                button.highlight(start, length, spoken=name == key)
        if self._page is not None:
            self._page.highlight(key, start, length)

    def focus_on(self, key: str) -> None:
        """Put the ring on the part named `key`, turning to it; words are only marked."""
        part = next((part for part in parts_in(self, key) if part.isVisibleTo(self)), None)
        stop = self._page.first_focus() if key == "ask" and self._page is not None else part
        if stop is None:
            return
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            show_rings(self, shown=True)
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.highlight(key, 0, 0)
        if self._page is not None:
            self._page.pager.reveal(stop)

    @property
    def page(self) -> Page | None:
        """The page that stands there now."""
        return self._page

    def look_for(self, screen: Screen) -> Look:
        """How `screen` is drawn on this glass."""
        return Look(
            palette=PALETTES.get(screen.theme, PALETTES["calm"]),
            px_per_mm=self._px_per_mm(),
            viewing_mm=self._viewing_mm,
            text_percent=screen.text_percent,
            families=fonts_for(screen.language),
            right_to_left=screen.right_to_left,
            enlarged=ROOMY if min(self.width(), self.height()) >= ROOMY_MM * self._px_per_mm() else 1.0,
        )

    # --- inside ----------------------------------------------------------------------------------------------------

    def _fill(self, screen: QScreen, size: tuple[int, int] | None) -> None:
        whole = screen.geometry()
        self.setGeometry(QRect(whole.topLeft(), QSize(*size)) if size else whole)

    def _px_per_mm(self) -> float:
        if self._width_mm:
            return self.width() / self._width_mm
        wide = self.screen().physicalSize().width()
        own = self.screen().geometry().width() / wide if wide else 0
        return own if 1.5 < own < 12 else LIKELY_PX_PER_MM

    def _page_for(self, screen: Screen) -> Page:
        kind = PAGES[screen.kind]
        if kind not in self._pages:
            page = self._pages[kind] = kind(self)
            page.happened.connect(self.happened)
        return self._pages[kind]

    def _forget_all_but(self, page: Page) -> None:
        """Hidden pages hold what was written and read on them: they go with the person (S160)."""
        for kind in [kind for kind, held in self._pages.items() if held is not page]:
            self._pages.pop(kind).deleteLater()

    def _render_bars(self, screen: Screen, look: Look) -> Screen:
        """Tools and ends; languages stand below too where there is room. Returns what is left for the page."""
        starts = [button for button in (screen.by_ear, screen.back, screen.start_again) if button]
        ends = [screen.forward] if screen.forward else []
        if screen.kind in WITH_LANGUAGES and self._hold_languages(screen, look):
            starts = [*starts[:1], *screen.languages, *starts[1:]] if screen.by_ear else [*screen.languages, *starts]
            screen = replace(screen, languages=())
        below = [*starts, *ends]
        self._events = {button.key: button for button in (*below, *screen.tools)}
        self.bottom.show_faces({b.key: face_of(b) for b in below}, look, [b.key for b in ends])
        self.tools.show_faces({b.key: face_of(b, "tool") for b in screen.tools}, look, cells=TOOL_CELLS)
        return screen

    def _hold_languages(self, screen: Screen, look: Look) -> bool:
        below = [*screen.languages, *(b for b in (screen.by_ear, screen.back, screen.start_again, screen.forward) if b)]
        return self.bottom.holds({b.key: face_of(b) for b in below}, look, self.width() - 2 * self._margin(look))

    def _margin(self, look: Look) -> int:
        """Room at the sides, in pixels; a narrow screen needs its width for 13 keys of 16 mm (S78)."""
        return look.mm(4) if self.width() < look.mm(240) else max(look.mm(4), self.width() // 40)

    def _place(self, page: Page, look: Look) -> None:
        """Tools above, beside the corner that staff hold; the page between; the ends below."""
        margin, edge = self._margin(look), look.mm(4)
        corner = look.target + look.gap
        self.guard.corner = QRect(0 if look.right_to_left else self.width() - corner, 0, corner, corner)
        tools_width = self.width() - 2 * margin - corner
        tools = self.tools.needed(tools_width)
        x = self.width() - margin - tools_width if look.right_to_left else margin
        self.tools.setGeometry(x, edge, tools_width, tools)
        top = edge + tools + self._progress_room(look) if tools else edge
        width = self.width() - 2 * margin
        below = self.bottom.needed(width)
        self.bottom.setGeometry(margin, self.height() - edge - below, width, below)
        bottom = self.height() - edge - below - (look.mm(4) if below else 0)
        page.setGeometry(margin, top, width, bottom - top)
        self.tools.place()
        self.bottom.place()

    def _progress_room(self, look: Look) -> int:
        return look.mm(7)

    def _paint_progress(self, painter: QPainter, look: Look) -> None:
        """A quiet line under the tools: how far one has come."""
        progress = self.screen_shown.progress if self.screen_shown else None
        if progress is None or not progress.total:
            return
        margin, thick = self._margin(look), look.mm(1.6)
        whole = QRect(margin, self.tools.geometry().bottom() + look.mm(2.5), self.width() - 2 * margin, thick)
        done = QRect(whole)
        done.setWidth(max(thick, whole.width() * progress.done // progress.total))
        if look.right_to_left:
            done.moveRight(whole.right())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.palette.edge))
        painter.setBrush(QColor(look.palette.panel))
        painter.drawRoundedRect(whole, thick / 2, thick / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.palette.primary))
        painter.drawRoundedRect(done, thick / 2, thick / 2)

    def _order_focus(self, page: Page) -> None:
        """Answers first, then the ways on and back, then the tools."""
        for before, after in pairwise([stop for part in (page, self.bottom, self.tools) for stop in tab_stops(part)]):
            QWidget.setTabOrder(before, after)

    def _first_focus(self, page: Page) -> None:
        """The first answer; else the way on; else the first way back."""
        ends = list(self.bottom.buttons.values())
        target = page.first_focus() or (ends[-1] if ends else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tabbed_to(self, widget: QWidget) -> None:
        if self._page is not None:
            self._page.pager.reveal(widget)
        self.focused.emit(part_of(widget), said_of(widget))

    def _bar_touched(self, key: str) -> None:
        if key in self._events:
            self.happened.emit(self._events[key].event)


def identity(screen: Screen) -> tuple[object, ...]:
    """What makes a page another page: its kind and place, not its words, colours or sizes."""
    step = screen.heading if screen.kind in {PageKind.STAFF_PIN, PageKind.KEYPAD} else ""
    return (PAGES[screen.kind], screen.kind is PageKind.NOTE, screen.place, screen.kind if screen.place is None else "", step)
