"""What can be wrong with a screen as it is laid out, measured on its real widgets: cut, overlapping, too small, too close."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.blocks import Words
from ui.pages.parts import Fact
from ui.pages.routes import Card
from ui.theme import Look
from ui.tiles import TouchButton
from ui.window import Window

KEY_FLOOR_MM = 16
"""Keys of the on-screen keyboard and pad may be so small where 20 mm do not fit (S78's hard floor)."""


def faults(window: Window) -> list[str]:
    """Everything wrong with the screen that `window` shows, on each of its pages; empty when all is well."""
    page = window.page
    assert page is not None
    assert window.screen_shown is not None
    look = window.look_for(window.screen_shown)
    found = []
    for number in range(page.pager.page_count):
        page.pager.turn_to(number)
        found += [f"page {number}: {fault}" for fault in faults_of_page(window, look)]
    found += unreached(window)
    page.pager.turn_to(0)
    return found


def faults_of_page(window: Window, look: Look) -> Iterator[str]:
    buttons = [button for button in window.findChildren(QAbstractButton) if is_seen(button)]
    for button in buttons:
        yield from faults_of_button(window, button, look)
    for one, other in combinations(buttons, 2):
        yield from faults_between(window, one, other, look)
    yield from too_high(window, buttons)
    clip = window.page.pager.clip if window.page else None
    if clip is not None and clip.geometry().bottom() >= window.page.pager.height():  # type: ignore[union-attr]
        yield "the page is higher than its room"
    texts: list[Words | Fact | Card] = [*window.findChildren(Words), *window.findChildren(Fact), *window.findChildren(Card)]
    for words in texts:
        if words.isVisible() and words.text() and words.needed(words.width()) > words.height():
            yield f"words are cut: {words.text()[:40]!r}"


def too_high(window: Window, buttons: list[QAbstractButton]) -> Iterator[str]:
    """On upright glass everything to touch stands in the lower two thirds (S36)."""
    if window.height() > window.width():
        for button in buttons:
            if rect_in(window, button).top() < window.height() // 3 - 1:
                yield f"out of reach: {button.accessibleName()!r} at {rect_in(window, button).top()}"


def faults_of_button(window: Window, button: QAbstractButton, look: Look) -> Iterator[str]:
    name, rect = button.accessibleName(), rect_in(window, button)
    least = look.target if isinstance(button, TouchButton) else int(KEY_FLOOR_MM * look.px_per_mm)
    if rect.width() < least or rect.height() < least:
        yield f"too small: {name!r} is {rect.width()} x {rect.height()}, not {least}"
    if not window.rect().contains(rect) or button.visibleRegion().boundingRect() != button.rect():
        yield f"partly out of sight: {name!r}"
    if window.guard.corner.intersects(rect) and window.tools.buttons:
        yield f"under the corner that staff hold: {name!r}"
    if isinstance(button, TouchButton):
        if button.fitted.needed(rect.width()) > rect.height():
            yield f"words are cut: {name!r}"
        if button.fitted.narrowest > rect.width():
            yield f"a word is broken: {name!r} is {rect.width()} wide, not {button.fitted.narrowest}"
    if not name:
        yield "a button without a name"


def faults_between(window: Window, one: QAbstractButton, other: QAbstractButton, look: Look) -> Iterator[str]:
    names = f"{one.accessibleName()!r} and {other.accessibleName()!r}"
    first, second = rect_in(window, one), rect_in(window, other)
    if first.intersects(second):
        yield f"overlap: {names}"
    elif isinstance(one, TouchButton) and isinstance(other, TouchButton):
        room = look.mm(3) - 2
        if first.adjusted(-room, -room, room, room).intersects(second):
            yield f"closer than 3 mm: {names}"


def unreached(window: Window) -> Iterator[str]:
    """Parts of the page that no turning of pages brings into sight whole."""
    pager = window.page.pager if window.page else None
    if pager is None or pager.page_count == 1:
        return
    for button in pager.body.findChildren(TouchButton):
        if not button.isVisibleTo(pager.body):
            continue
        pager.reveal(button)
        if button.visibleRegion().boundingRect() != button.rect():
            yield f"no page shows all of {button.accessibleName()!r}"


def is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def rect_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
