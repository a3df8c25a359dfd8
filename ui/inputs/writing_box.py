"""The box that words are written in: no memory of what was deleted, nothing on the clipboard, no menu (S160)."""

from __future__ import annotations

import math
import unicodedata

from PySide6.QtCore import QMimeData, QRectF, Qt, QTextBoundaryFinder, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui.focus import draw_ring, ring_px, ring_shown
from ui.theme import Look

_REFUSED = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)


class WritingBox(QTextEdit):
    """Plain words, with a caret that stays where it is when the same words are shown again."""

    worded = Signal(str)
    """All the words, after each change made by a person."""
    refocused = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._one_line = False
        self._max_length: int | None = None
        self._held = ""
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # or the system's keyboard covers the page
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._changed)

    def dress(self, look: Look, font: QFont) -> None:
        """Colours from `look`, letters in `font`."""
        colours = look.palette
        if (look, font) == (self._look, self.font()):
            return
        self._look = look
        self.setFont(font)
        self.setCursorWidth(max(2, look.line))
        self.setStyleSheet(
            f"QTextEdit {{ background: {colours.panel}; color: {colours.ink}; placeholder-text-color: transparent;"
            f" border: none; selection-background-color: {colours.chosen}; selection-color: {colours.on_chosen}; }}"
        )
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if look.right_to_left else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)

    def hold(self, text: str, max_length: int | None, *, one_line: bool) -> None:
        """Show `text`. The same text leaves the caret alone; another one puts it at the end."""
        self._max_length, self._one_line = max_length, one_line
        if text == self.toPlainText():
            return
        self._held = text
        self.blockSignals(True)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.blockSignals(False)

    @property
    def overflows(self) -> bool:
        """Whether there are more words than can be seen."""
        return self.document().size().height() > self.viewport().height() + self.fontMetrics().descent()

    def turn_by(self, pages: int) -> None:
        """Show the words `pages` boxes further down, or up; one line stays in sight. The caret stays where it is."""
        bar, line = self.verticalScrollBar(), self._line
        lines = max(1, round(self.viewport().height() / line) - 1)
        bar.setValue(round((round(bar.value() / line) + pages * lines) * line))

    def show_whole_lines(self) -> None:
        """Bring the caret in sight, with no line cut at the top."""
        self.ensureCursorVisible()
        bar = self.verticalScrollBar()
        bar.setValue(round(math.ceil(bar.value() / self._line - 0.1) * self._line))

    @property
    def _line(self) -> float:
        """The height of a line as it is laid out."""
        layout = self.document().firstBlock().layout()
        return layout.lineAt(0).height() if layout.lineCount() else line_px(self.font())

    def before_caret(self) -> str:
        return self.toPlainText()[: self.textCursor().position()]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words that stand in an empty box are painted here: Qt has them on the left in every language."""
        super().paintEvent(event)
        look = self._look
        if look is None or self.toPlainText():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(look.palette.quiet))
        side = Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.viewport().rect(), flags.value | Qt.TextFlag.TextWordWrap.value, self.placeholderText())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line_end = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if any(event.matches(key) for key in _REFUSED) or (line_end and self._one_line):
            event.ignore()
        elif event.key() == Qt.Key.Key_Backspace and not self.textCursor().hasSelection():
            self._rub_out()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.show_whole_lines()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The caret goes there. A finger that trembles or comes twice selects no words."""
        self.setTextCursor(self.cursorForPosition(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.viewport().rect().contains(event.position().toPoint()):
            self.touched.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        return QMimeData()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: ARG002 - Qt's name and shape
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.refocused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.refocused.emit()

    def _rub_out(self) -> None:
        cursor = self.textCursor()
        for _ in range(rubbed_out(self.before_caret())):
            cursor.deletePreviousChar()
        self.setTextCursor(cursor)
        self.show_whole_lines()

    def _changed(self) -> None:
        text = self.toPlainText()
        if text == self._held:  # Qt calls a new font a change, too
            return
        spare = len(text) - self._max_length if self._max_length is not None else 0
        if spare > 0:
            self.blockSignals(True)
            for _ in range(spare):
                self.textCursor().deletePreviousChar()
            self.blockSignals(False)
        before, self._held = self._held, self.toPlainText()
        if self._held != before:
            self.worded.emit(self._held)


class Paper(QWidget):
    """The sheet under a :class:`WritingBox`: its ground, its edge and the focus ring. A touch on it is for the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self.box = WritingBox(self)
        self.box.refocused.connect(self.update)
        self.setFocusProxy(self.box)

    def dress(self, look: Look, font: QFont) -> None:
        self._look = look
        self.box.dress(look, font)
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self.box.touched.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sheet(painter, self.rect().toRectF(), self._look, active=self.box.hasFocus())
        if ring_shown(self.box):
            draw_ring(painter, self.rect().toRectF(), self._look)

    def _place(self) -> None:
        if self._look is not None:
            inset = frame_px(self._look)
            room = self.rect().adjusted(inset, inset, -inset, -inset)
            line = line_px(self.box.font())
            room.setHeight(max(1, room.height() // line) * line if room.height() > line else room.height())
            self.box.setGeometry(room)
            self.box.show_whole_lines()


def draw_sheet(painter: QPainter, rect: QRectF, look: Look, *, active: bool) -> None:
    """The ground and edge of something to write in; the edge is thick where writing goes now."""
    thick = 3 * look.line if active else look.line
    painter.setPen(QPen(QColor(look.palette.chosen_edge if active else look.palette.edge), thick))
    painter.setBrush(QColor(look.palette.panel))
    half = thick / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), look.radius, look.radius)


def line_px(font: QFont) -> int:
    """The height of a line of writing, in whole pixels."""
    return math.ceil(QFontMetricsF(font).lineSpacing())


def frame_px(look: Look) -> int:
    """From the sheet's edge to its words, in pixels: room for the focus ring."""
    return max(look.mm(1.5), ring_px(look) * 3)


def rubbed_out(text: str) -> int:
    """How many characters one backspace takes from the end of `text`.

    A letter with its accents, a flag or a family goes as a whole; a vowel sign or mark of a script that is typed mark by
    mark (Arabic, Devanagari, Gurmukhi, Bengali…) goes alone.
    """
    if not text:
        return 0
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    finder.toEnd()
    start = max(0, finder.toPreviousBoundary())
    cluster = text.encode("utf-16-le")[2 * start :].decode("utf-16-le")
    return len(cluster) if _goes_whole(cluster) else 1


def _goes_whole(cluster: str) -> bool:
    base = unicodedata.name(cluster[0], "")
    return base.startswith(("LATIN", "GREEK", "CYRILLIC")) or unicodedata.category(cluster[0])[0] in "SZC"
