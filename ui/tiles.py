"""Everything to touch is one of these: a painted button whose words wrap and are never cut.

It acts on release inside and not when the finger slides off (S67), shows being chosen by a tick, a thick edge and a fill
(never by colour alone, S56), and is never smaller than 20 mm either way (S78).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.focus import draw_ring, ring_shown
from ui.theme import Look, Palette
from ui.wrapping import Mark, Wrapped, widest_word, wrap


@dataclass(frozen=True, slots=True)
class Face:
    """What a button shows. `kind`: plain | primary | answer | tool | key. `shape`: beside | under | icon."""

    text: str = ""
    icon: str = ""
    detail: str = ""
    """A short value beside the icon: "150 %"."""
    kind: str = "plain"
    shape: str = "beside"
    """Words beside the icon, under it, or the icon alone (words stay the accessible name)."""
    chosen: bool | None = None
    """Ticked or not; None for a button that only acts."""
    several: bool = False
    """One of several that can be ticked: an empty box shows where the tick goes."""
    icon_mm: float = 8
    name: str = ""
    """Accessible name, where it is not `text`."""
    description: str = ""
    picture: QPixmap | None = None
    """A picture of the survey's own, in place of an icon."""
    families: tuple[str, ...] = ()
    """Fonts of the words, where they are not in the screen's language."""
    icon_after: bool = False
    """The icon stands after the words: the way on points on."""


class TouchButton(QAbstractButton):
    """A painted button. ``show_as`` gives it a face; ``clicked`` says that it was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = Face()
        self.look: Look | None = None
        self._mark: tuple[int, int] | None = None
        self._spoken = False
        self._wrapped: dict[int, Wrapped] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, on=False)

    def show_as(self, face: Face, look: Look) -> None:
        """Show `face`; asks for room again when it changed."""
        if face == self.face and look == self.look:
            return
        self.face, self.look = face, look
        self._wrapped.clear()
        self.setAccessibleName(face.name or " ".join(filter(None, (face.text, face.detail))))
        self.setAccessibleDescription(face.description)
        self.setCheckable(face.chosen is not None)
        self.setChecked(bool(face.chosen))
        self.setMinimumSize(look.target, look.target)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """The screen says what is chosen, not the touch."""

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:
        """Mark the button, and one word of it, while it is being said."""
        self._spoken, self._mark = spoken, (start, length) if spoken and length else None
        self.update()

    # --- size ------------------------------------------------------------------------------------------------------

    def narrowest(self) -> int:
        """The least width in pixels at which no word breaks inside."""
        look = self._look()
        words = 0 if self.face.shape == "icon" else widest_word(self.face.text, self._font())
        return max(look.target, words + self._around(), self._icon_row() + 2 * look.pad)

    def one_line(self) -> int:
        """The width in pixels at which the words stand on one line."""
        words = 0 if self.face.shape == "icon" else wrap(self.face.text, self._font(), 100_000).width
        return max(self._look().target, words + self._around(), self._icon_row() + 2 * self._look().pad)

    def needed(self, width: int) -> int:
        """The height in pixels at which nothing is cut, when `width` wide."""
        look = self._look()
        icon = self._icon_side()
        words = 0 if self.face.shape == "icon" or not self.face.text else self._words(width).height
        if self.face.shape == "under":
            inner = self._head() + (look.mm(1) if words and self._head() else 0) + words
        else:
            inner = max(icon, words, self._detail_height())
        return max(look.target, inner + 2 * look.mm(1.5) + self._lift())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self.needed(width) if self.look else 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        if self.look is None:
            return QSize(0, 0)
        width = self.one_line()
        return QSize(width, self.needed(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        if self.look is None:
            return QSize(0, 0)
        width = self.narrowest()
        return QSize(width, self.needed(max(self.width(), width)))

    # --- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter acts like Space; a key held down acts once (S27)."""
        if event.isAutoRepeat():
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        if self.look is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        body = self._paint_frame(painter, self.look)
        if self.face.shape == "under":
            self._paint_under(painter, body)
        elif self.face.shape == "icon":
            self._paint_head(painter, body.center().y() - self._head() // 2)
        else:
            self._paint_beside(painter, body)
        if ring_shown(self):
            draw_ring(painter, QRectF(self.rect()), self.look)
        painter.end()

    def _paint_frame(self, painter: QPainter, look: Look) -> QRect:
        """Edge, ground and the little step under it that says "press me". Returns what is left for the words."""
        fill, edge, thick = self._colours(look.palette)
        lift = self._lift()
        body = QRectF(self.rect()).adjusted(0, 0, 0, -lift)
        if lift and not self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(edge))
            painter.drawRoundedRect(body.translated(0, lift), look.radius, look.radius)
        elif lift:
            body.translate(0, lift)
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(edge), thick))
        half = thick / 2
        painter.drawRoundedRect(body.adjusted(half, half, -half, -half), look.radius - half, look.radius - half)
        return body.toRect()

    def _paint_under(self, painter: QPainter, body: QRect) -> None:
        look, words = self._look(), self._words(self.width())
        space = look.mm(1) if self._head() and self.face.text else 0
        top = body.top() + max(0, body.height() - self._head() - space - words.height) // 2
        self._paint_head(painter, top)
        if self.face.text:
            self._paint_words(painter, words, look.pad, top + self._head() + space)
        if self.face.chosen is not None and (self.face.chosen or self.face.several):
            self._paint_tick(painter, QPoint(body.width() - self._tick() - look.pad, body.top() + look.pad))

    def _paint_head(self, painter: QPainter, top: int) -> None:
        """Icon and detail, side by side in the middle."""
        look, icon = self._look(), self._icon_side()
        detail = self._detail_width()
        x = (self.width() - icon - (look.mm(1) + detail if detail else 0)) // 2
        self._paint_icon(painter, QPoint(self._mirror(x, icon), top + (self._head() - icon) // 2))
        if detail:
            words = wrap(self.face.detail, look.font("strong"), detail + 2)
            words.draw(painter, self._mirror(x + icon + look.mm(1), detail), top + (self._head() - words.height) // 2, self._ink())

    def _paint_beside(self, painter: QPainter, body: QRect) -> None:
        look, words, icon = self._look(), self._words(self.width()), self._icon_side()
        if not self.face.text:
            self._paint_head(painter, body.center().y() - self._head() // 2)
            return
        room = icon + look.pad if icon else 0
        x = look.pad + (self._tick_room() if self.face.several else 0)
        centred = self.face.kind != "answer"
        if centred:
            x = max(x, (self.width() - room - min(words.width, self._text_width(self.width()))) // 2)
        middle = body.center().y()
        if icon:
            at = x + words.width + look.pad if self.face.icon_after else x
            self._paint_icon(painter, QPoint(self._mirror(at, icon), middle - icon // 2))
        start = x if self.face.icon_after else x + room
        left = start if not look.right_to_left else self.width() - start - self._text_width(self.width())
        self._paint_words(painter, words, left, middle - words.height // 2)
        if self.face.chosen is not None and (self.face.chosen or self.face.several):
            at = look.pad if self.face.several else self.width() - look.pad - self._tick()
            self._paint_tick(painter, QPoint(self._mirror(at, self._tick()) if self.face.several else at, middle - self._tick() // 2))

    def _paint_words(self, painter: QPainter, words: Wrapped, x: int, y: int) -> None:
        palette = self._look().palette
        mark = Mark(*self._mark, palette.ground, palette.ink) if self._mark else None
        words.draw(painter, x, y, self._ink(), mark)

    def _paint_icon(self, painter: QPainter, at: QPoint) -> None:
        look, side = self._look(), self._icon_side()
        if self.face.picture is not None:
            size = self.face.picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
            rect = QRect(QPoint(at.x() + (side - size.width()) // 2, at.y() + (side - size.height()) // 2), size)
            painter.drawPixmap(rect, self.face.picture)
        elif self.face.icon:
            picture = icons.pixmap(self.face.icon, side, look.palette, self._ink(), mirrored=look.right_to_left)
            painter.drawPixmap(at, picture)

    def _paint_tick(self, painter: QPainter, at: QPoint) -> None:
        """A tick in its box, or the empty box where several can be ticked."""
        look, side = self._look(), self._tick()
        x = at.x() if not look.right_to_left or self.face.several else self.width() - at.x() - side
        box = QRectF(x, at.y(), side, side)
        ink = self._ink()
        painter.setPen(QPen(QColor(ink), look.line))
        painter.setBrush(QColor(ink) if self.face.chosen else QColor(look.palette.panel))
        round_by = side / 2 if not self.face.several else look.mm(1)
        half = look.line / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), round_by, round_by)
        if self.face.chosen:
            fill = self._colours(look.palette)[0]
            inset = side // 6
            painter.drawPixmap(int(x) + inset, at.y() + inset, icons.pixmap("check", side - 2 * inset, look.palette, fill))

    # --- measures --------------------------------------------------------------------------------------------------

    def _look(self) -> Look:
        assert self.look is not None, "show_as comes first"  # noqa: S101 - a mistake of ours, not of a person
        return self.look

    def _colours(self, palette: Palette) -> tuple[str, str, int]:
        """(fill, edge, edge's thickness) as the button stands now."""
        line = self._look().line
        if self.face.kind == "primary":
            return palette.primary, palette.chosen_edge if self._spoken else palette.primary, 3 * line if self._spoken else line
        if self.face.chosen:
            return palette.chosen, palette.chosen_edge, 3 * line
        if self.isDown():
            return palette.chosen, palette.chosen_edge, 2 * line
        return palette.panel, palette.chosen_edge if self._spoken else palette.edge, 3 * line if self._spoken else line

    def _ink(self) -> str:
        palette = self._look().palette
        if self.face.kind == "primary":
            return palette.on_primary
        return palette.on_chosen if self.face.chosen or self.isDown() else palette.ink

    def _font(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        look = self._look()
        font = look.font("key" if self.face.kind == "key" else "strong" if self.face.kind != "tool" else "body")
        if self.face.families:
            font.setFamilies(list(self.face.families))
        return font

    def _lift(self) -> int:
        return self._look().mm(0.8)

    def _tick(self) -> int:
        return max(self._look().mm(6), self._look().font().pixelSize())

    def _tick_room(self) -> int:
        return self._tick() + self._look().pad

    def _icon_side(self) -> int:
        return self._look().mm(self.face.icon_mm) if self.face.icon or self.face.picture is not None else 0

    def _detail_width(self) -> int:
        return wrap(self.face.detail, self._look().font("strong"), 100_000).width if self.face.detail else 0

    def _detail_height(self) -> int:
        return wrap(self.face.detail, self._look().font("strong"), 100_000).height if self.face.detail else 0

    def _icon_row(self) -> int:
        detail = self._detail_width()
        return self._icon_side() + (self._look().mm(1) + detail if detail else 0)

    def _head(self) -> int:
        """Height of the row with icon and detail."""
        return max(self._icon_side(), self._detail_height())

    def _around(self) -> int:
        """Width in pixels taken by everything beside the words."""
        look = self._look()
        around = 2 * look.pad
        if self.face.shape == "beside":
            around += self._icon_side() + look.pad if self._icon_side() else 0
            around += self._tick_room() if self.face.chosen is not None else 0
        return around

    def _text_width(self, width: int) -> int:
        return max(1, width - self._around())

    def _words(self, width: int) -> Wrapped:
        room = self._text_width(width)
        if room not in self._wrapped:
            look = self._look()
            centred = self.face.shape == "under"
            side = Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft
            flags = Qt.AlignmentFlag.AlignHCenter if centred else side
            self._wrapped[room] = wrap(self.face.text, self._font(), room, flags, rtl=look.right_to_left)
        return self._wrapped[room]

    def _mirror(self, x: int, width: int) -> int:
        return self.width() - x - width if self._look().right_to_left else x
