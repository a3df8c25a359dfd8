"""The one window: tools above, the page between, the ways back and on below. Full screen, and it does not let go.

``render`` draws a :class:`kiosk.screens.Screen`; ``happened`` tells what was done with it, ``touched`` that someone is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QRegion, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from kiosk.events import StaffCalled
from kiosk.screens import PageKind, Screen
from ui.accessible import SAID_WHEN_SHOWN, Role, Told, announce, in_reading_order, tell_readers
from ui.announcing import news, title
from ui.caption import Caption
from ui.cover import Cover
from ui.edges import Edges
from ui.focus import show_rings, tab_stops
from ui.fonts import fonts_for
from ui.pages.easier import EasierPage
from ui.pages.message import LanguagesPage, MessagePage
from ui.pages.page import Page
from ui.pages.pin import PinPage
from ui.pages.question import QuestionPage
from ui.pages.review import ReviewPage
from ui.pages.staff import JoiningPage, KeypadPage, StaffPage
from ui.parts import part_of, parts_in, said_of
from ui.places import Places
from ui.theme import PALETTES, ROOMY, ROOMY_MM, Look
from ui.touch import TouchGuard

PAGES: dict[PageKind, type[Page]] = {
    PageKind.WELCOME: QuestionPage,
    PageKind.QUESTION: QuestionPage,
    PageKind.NOTE: QuestionPage,
    PageKind.REVIEW: ReviewPage,
    PageKind.LANGUAGES: LanguagesPage,
    PageKind.EASIER: EasierPage,
    PageKind.START_AGAIN: MessagePage,
    PageKind.STILL_THERE: MessagePage,
    PageKind.THANKS: MessagePage,
    PageKind.STAFF_PIN: PinPage,
    PageKind.STAFF: StaffPage,
    PageKind.JOINING: JoiningPage,
    PageKind.CLEANING: MessagePage,
    PageKind.KEYPAD: KeypadPage,
    PageKind.OUT_OF_ORDER: MessagePage,
}
AFTER_A_PERSON = frozenset({PageKind.WELCOME, PageKind.THANKS, PageKind.STAFF, PageKind.OUT_OF_ORDER})
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
        self._pages: dict[type[Page], Page] = {}
        self._page: Page | None = None
        self.edges = Edges(self)
        self.edges.happened.connect(self.happened)
        self.bottom, self.tools = self.edges.bottom, self.edges.tools
        self._places: Places | None = None
        self.cover, self.caption = Cover(self), Caption(self)
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
        self.setAccessibleName(title(screen))
        self.guard.explorer.on = screen.shown.touch_to_hear or screen.shown.screen_hidden
        for_page = self.edges.show_screen(screen, self._look)
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
        in_reading_order((self.tools, page, self.edges.ear, self.bottom))
        self._order_focus(page)
        if is_new or self.focusWidget() is None or not self.focusWidget().isVisibleTo(self):
            self._first_focus(page)
        elif self.focusWidget() is not before:  # a box that has just been opened
            page.pager.reveal(self.focusWidget())
        self._hide_or_show(screen, self._look)
        announce(self, news(shown, screen, is_new=is_new, said_when_shown=SAID_WHEN_SHOWN))
        self.update()

    def highlight(self, key: str, start: int, length: int) -> None:
        """Mark the part named `key`, and its word from character `start`, while it is said; ``""`` clears."""
        for name, button in self.edges.buttons().items():
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

    def show_caption(self, text: str) -> None:
        """In words what the keys of a keypad say besides the screen; ``""`` for nothing. Not on a hidden screen (S20, S46)."""
        if self._look is not None and self._places is not None:
            self.caption.show_words("" if self.cover.isVisible() else text, self._look, self._places.page)

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
            wide=screen.shown.wide_spacing,
            big=screen.shown.big_buttons,
            low=screen.shown.low_controls,
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
            page.pager.alone_changed.connect(self._make_room)
        return self._pages[kind]

    def _forget_all_but(self, page: Page) -> None:
        """Hidden pages hold what was written and read on them: they go with the person (S160)."""
        for kind in [kind for kind, held in self._pages.items() if held is not page]:
            self._pages.pop(kind).deleteLater()

    def _place(self, page: Page, look: Look) -> None:
        """The edges where they belong, the page in what they leave."""
        hidden = self.screen_shown is not None and self.screen_shown.shown.screen_hidden
        self._places = self.edges.place(look, writing=page.pager.is_alone and not hidden)
        self.guard.corner = QRect() if self.tools.isHidden() else self._places.corner
        page.setGeometry(self._places.page)
        page.pager.floors = self._places.floors

    def _make_room(self) -> None:
        """Keys have the page to themselves now, or no longer."""
        if self._page is not None and self._look is not None and self._page.isVisible():
            self._place(self._page, self._look)
            self.update()

    def _hide_or_show(self, screen: Screen, look: Look) -> None:
        """A hidden screen has its cover over everything but the tools (S46)."""
        if screen.shown.screen_hidden and self._places is not None:
            words = (screen.key_name("hidden"), screen.key_name("show-again"))
            self.cover.show_over(words, look, self._places.without_tools(self.rect()))
            self.cover.setMask(QRegion(self.rect()).subtracted(self.tools.geometry()))
        else:
            self.cover.hide()

    def _paint_progress(self, painter: QPainter, look: Look) -> None:
        """A quiet line under the tools: how far one has come."""
        progress = self.screen_shown.progress if self.screen_shown else None
        if progress is None or not progress.total or self._places is None or self.tools.isHidden():
            return
        whole, thick = self._places.progress, self._places.progress.height()
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
        for before, after in pairwise([*tab_stops(page), *self.edges.stops()]):
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


def identity(screen: Screen) -> tuple[object, ...]:
    """What makes a page another page: its kind and place, not its words, colours or sizes."""
    step = screen.heading if screen.kind in {PageKind.STAFF_PIN, PageKind.KEYPAD} else ""
    return (PAGES[screen.kind], screen.kind is PageKind.NOTE, screen.place, screen.kind if screen.place is None else "", step)
