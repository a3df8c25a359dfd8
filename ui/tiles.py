"""Everything to touch is one of these: a painted button whose words wrap and are never cut.

It acts on release inside and not when the finger slides off (S67), shows being chosen by a tick, a thick edge and a fill
(never by colour alone, S56), and is never smaller than 20 mm either way (S78).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.accessible import Role, Told
from ui.faces import Face, Fitted
from ui.focus import draw_ring, ring_shown
from ui.theme import Look, Palette
from ui.wrapping import Mark

__all__ = ["Face", "TouchButton"]


class TouchButton(QAbstractButton, Told):
    """A painted button. ``show_as`` gives it a face; ``clicked`` says that it was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = Face()
        self.look: Look | None = None
        self._fitted: Fitted | None = None
        self._mark: tuple[int, int] | None = None
        self._spoken = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def show_as(self, face: Face, look: Look) -> None:
        """Show `face`; asks for room again when it changed."""
        if face == self.face and look == self.look:
            return
        self.face, self.look, self._fitted = face, look, Fitted(face, look)
        self.setAccessibleName(face.name or " ".join(filter(None, (face.text, face.detail))))
        self.setAccessibleDescription(face.description)
        self.setCheckable(face.chosen is not None)
        self.setChecked(bool(face.chosen))
        self.setMinimumSize(look.target, look.target)
        self.updateGeometry()
        self.update()

    def reader_role(self) -> Role:
        """One of several to choose from, one of several to tick, a switch, or something that is done."""
        if self.face.chosen is None:
            return Role.Button
        switches = self.face.several or self.face.detail or self.face.kind == "tool"
        return Role.CheckBox if switches else Role.RadioButton

    def nextCheckState(self) -> None:
        """The screen says what is chosen, not the touch."""

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:
        """Mark the button, and one word of it, while it is being said."""
        self._spoken, self._mark = spoken, (start, length) if spoken and length else None
        self.update()

    # --- size ------------------------------------------------------------------------------------------------------

    @property
    def fitted(self) -> Fitted:
        """The room the face takes."""
        assert self._fitted is not None, "show_as comes first"  # noqa: S101 - a mistake of ours, not of a person
        return self._fitted

    def narrowest(self) -> int:
        """The least width in pixels at which no word breaks inside."""
        return self.fitted.narrowest

    def needed(self, width: int) -> int:
        """The height in pixels at which nothing is cut, when `width` wide."""
        return self.fitted.needed(width)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.fitted.needed(width) if self._fitted else 0

    def sizeHint(self) -> QSize:
        if self._fitted is None:
            return QSize(0, 0)
        width = self._fitted.one_line
        return QSize(width, self._fitted.needed(width))

    def minimumSizeHint(self) -> QSize:
        if self._fitted is None:
            return QSize(0, 0)
        width = self._fitted.narrowest
        return QSize(width, self._fitted.needed(max(self.width(), width)))

    # --- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts like Space; a key held down acts once (S27)."""
        if event.isAutoRepeat():
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self.look is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        body = self._paint_frame(painter, self.look)
        if self.face.shape == "beside" and self.fitted.text:
            self._paint_beside(painter, body)
        else:
            self._paint_under(painter, body, self.look)
        if ring_shown(self):
            draw_ring(painter, QRectF(self.rect()), self.look)
        painter.end()

    def _paint_frame(self, painter: QPainter, look: Look) -> QRect:
        """Edge, ground and the little step under it that says "press me". Returns what is left for the words."""
        fill, edge, thick = self._colours(look.palette, look.line)
        lift = self.fitted.lift
        body = QRectF(self.rect()).adjusted(0, 0, 0, -lift)
        if self.isDown():
            body.translate(0, lift)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.palette.edge if self.face.kind != "primary" else look.palette.ink))
            painter.drawRoundedRect(body.translated(0, lift), look.radius, look.radius)
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(edge), thick))
        half = thick / 2
        painter.drawRoundedRect(body.adjusted(half, half, -half, -half), look.radius - half, look.radius - half)
        return body.toRect()

    def _paint_under(self, painter: QPainter, body: QRect, look: Look) -> None:
        """Icon and detail in the middle, the words under them."""
        fitted = self.fitted
        words = max(fitted.words(self.width()).height, self.face.words_px) if fitted.text else 0
        space = look.mm(1) if fitted.head and words else 0
        top = body.top() + max(0, body.height() - fitted.head - space - words) // 2
        x = (self.width() - fitted.head_width) // 2
        self._paint_icon(painter, QPoint(self._mirror(x, fitted.icon), top + (fitted.head - fitted.icon) // 2))
        if (detail := fitted.detail_words) is not None:
            left = self._mirror(x + fitted.head_width - fitted.detail_width, fitted.detail_width)
            detail.draw(painter, left, top + (fitted.head - detail.height) // 2, self._ink())
        if words:
            self._paint_words(painter, fitted.pad, top + fitted.head + space)
        at = self._mirror(self.width() - fitted.tick - look.mm(1.5), fitted.tick)
        self._paint_tick(painter, QPoint(at, body.top() + look.mm(1.5)))

    def _paint_beside(self, painter: QPainter, body: QRect) -> None:
        """A tick box at the start, icon and words, a tick at the end."""
        fitted, middle = self.fitted, body.center().y()
        words = fitted.words(self.width())
        pad = fitted.pad
        icon = fitted.icon + pad if fitted.icon else 0
        start = pad + (fitted.tick + pad if self.face.several else 0)
        if self.face.kind not in {"answer", "switch"}:
            end = fitted.tick + pad if self.face.chosen and not self.face.several else 0
            start = max(start, (self.width() - end - icon - words.width) // 2)
        words_at = start if self.face.icon_after else start + icon
        icon_at = start + words.width + pad if self.face.icon_after else start
        self._paint_icon(painter, QPoint(self._mirror(icon_at, fitted.icon), middle - fitted.icon // 2))
        self._paint_words(painter, self._mirror(words_at, fitted.room(self.width())), middle - words.height // 2)
        tick_at = pad if self.face.several else self.width() - pad - fitted.tick
        self._paint_tick(painter, QPoint(self._mirror(tick_at, fitted.tick), middle - fitted.tick // 2))
        if fitted.state_width:
            self._paint_switch(painter, middle)

    def _paint_switch(self, painter: QPainter, middle: int) -> None:
        """At the end: a slot whose knob is at its far end and full while it is on, and the word that says so (S26, S56)."""
        fitted, look, knob = self.fitted, self.fitted.look, self.fitted.knob
        detail, width = fitted.detail_words, fitted.state_width
        high = knob.height() + (detail.height if detail else 0)
        left, top = self._mirror(self.width() - fitted.pad - width, width), middle - high // 2
        if detail is not None:
            detail.draw(painter, left + (width - detail.width) // 2, top + knob.height(), self._ink())
        if knob.isEmpty():
            return
        on, line = bool(self.face.chosen), look.line
        slot = QRectF(left + (width - knob.width()) / 2, top, knob.width(), knob.height()).adjusted(line, line, -line, -line)
        painter.setPen(QPen(QColor(self._ink()), line))
        painter.setBrush(QColor(self._ink() if on else look.palette.panel))
        painter.drawRoundedRect(slot, slot.height() / 2, slot.height() / 2)
        side = slot.height() - 4 * line
        at_end = on is not look.right_to_left
        x = slot.right() - side - 2 * line if at_end else slot.left() + 2 * line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours(look.palette, line)[0] if on else self._ink()))
        painter.drawEllipse(QRectF(x, slot.top() + 2 * line, side, side))

    def _paint_words(self, painter: QPainter, x: int, y: int) -> None:
        palette = self._palette()
        fill = self._colours(palette, 0)[0]
        mark = Mark(*self._mark, fill, self._ink()) if self._mark else None
        self.fitted.words(self.width()).draw(painter, x, y, self._ink(), mark)

    def _paint_icon(self, painter: QPainter, at: QPoint) -> None:
        side = self.fitted.icon
        if self.face.picture is not None:
            size = self.face.picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
            corner = at + QPoint((side - size.width()) // 2, (side - size.height()) // 2)
            painter.drawPixmap(QRect(corner, size), self.face.picture)
        elif self.face.icon:
            mirrored = self.look is not None and self.look.right_to_left
            painter.drawPixmap(at, icons.pixmap(self.face.icon, side, self._palette(), self._ink(), mirrored=mirrored))

    def _paint_tick(self, painter: QPainter, at: QPoint) -> None:
        """A tick on a disc, or in a box; an empty box where several can be ticked and this one is not."""
        side, ink = self.fitted.tick, self._ink()
        if not side or (not self.face.chosen and not (self.face.several and self.face.chosen is not None)):
            return
        line = self.look.line if self.look else 1
        half = line / 2
        painter.setPen(QPen(QColor(ink), line))
        painter.setBrush(QColor(ink if self.face.chosen else self._palette().panel))
        round_by = side / 6 if self.face.several else side / 2
        painter.drawRoundedRect(QRectF(at.x(), at.y(), side, side).adjusted(half, half, -half, -half), round_by, round_by)
        if self.face.chosen:
            inset = side // 6
            fill = self._colours(self._palette(), line)[0]
            painter.drawPixmap(at + QPoint(inset, inset), icons.pixmap("check", side - 2 * inset, self._palette(), fill))

    # --- colours and sides -----------------------------------------------------------------------------------------

    def _palette(self) -> Palette:
        return self.fitted.look.palette

    def _colours(self, palette: Palette, line: int) -> tuple[str, str, int]:
        """(fill, edge, edge's thickness) as the button stands now."""
        if self.face.kind == "primary":
            return palette.primary, palette.on_primary if self._spoken else palette.primary, 3 * line if self._spoken else line
        if self.face.chosen:
            return palette.chosen, palette.chosen_edge, 3 * line
        if self.isDown():
            return palette.chosen, palette.chosen_edge, 2 * line
        return palette.panel, palette.chosen_edge if self._spoken else palette.edge, 3 * line if self._spoken else line

    def _ink(self) -> str:
        palette = self._palette()
        if self.face.kind == "primary":
            return palette.on_primary
        return palette.on_chosen if self.face.chosen or self.isDown() else palette.ink

    def _mirror(self, x: int, width: int) -> int:
        return self.width() - x - width if self.fitted.look.right_to_left else x
