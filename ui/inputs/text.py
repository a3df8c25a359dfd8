"""Words: a large box, and the keyboard under it. The box is always in sight, whatever the height that is left."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kiosk.events import Changed
from kiosk.screens import Screen, TextAsk
from ui.accessible import in_reading_order
from ui.inputs.crowded import UNLIMITED, KeyedInput
from ui.inputs.writing_box import Paper, frame_px, line_px
from ui.keyboard import Keyboard
from ui.keyboard_fit import FLOOR_MM, WIDEST_MM, Fit, fits
from ui.keyboard_layout import COLUMNS, KeyboardLayout, keyboard_for
from ui.theme import Look
from ui.tiles import Face, TouchButton
from ui.wrapping import widest_word, wrap

LEAST_LINES = 2
NEARLY_FULL = 50
"""Where there is little room, letters are counted from here down."""
BESIDE_MM = 40.0
"""A box narrower than this does not stand beside its keyboard."""
LOWEST_MM = 14.5
"""Where a keyboard of five rows fits nowhere else, its keys may be this low; they are 16 mm wide."""
MOST_LINES = 8
"""A box higher than this only pushes the keyboard away."""
SENTENCE_ENDS = ".!?…"


class TextInput(KeyedInput[TextAsk]):
    """Takes words from the keyboard on the screen, or from a real one."""

    key_named = Signal(str)
    """The spoken name of a key that was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: TextAsk | None = None
        self._look: Look | None = None
        self._layout_of_keys: KeyboardLayout | None = None
        self._counting = ""
        self.paper = Paper(self)
        self.box = self.paper.box
        self.count = QLabel(self)
        self.count.setWordWrap(True)
        self.up, self.down = TouchButton(self), TouchButton(self)
        self.up.clicked.connect(lambda: self.box.turn_by(-1))
        self.down.clicked.connect(lambda: self.box.turn_by(1))
        self._extras = (False, False)
        self._arranging = False
        self.keyboard = Keyboard(self)
        self.keyboard.write_to(self.box)
        in_reading_order((self.paper, self.count, self.up, self.down, self.turn, self.keyboard))
        self.keyboard.key_named.connect(self.key_named)
        QApplication.instance().focusChanged.connect(self._focus_went)  # type: ignore[union-attr]
        self.box.touched.connect(lambda: self.write(writing=True))
        self.box.worded.connect(self._worded)
        self.box.cursorPositionChanged.connect(self._caret_moved)
        self.box.document().documentLayout().documentSizeChanged.connect(self._reconsider, Qt.ConnectionType.QueuedConnection)

    def render(self, ask: TextAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        self.name_turn(screen)
        counting = screen.key_name("letters-left") if ask.max_length is not None else ""
        if self._ask is not None and self._ask.place != ask.place:
            self.keyboard.forget_letters()
        before = (self._look, self._layout_of_keys, self._counting, self._ask and (self._ask.one_line, self._ask.max_length))
        self._ask, self._look, self._layout_of_keys, self._counting = ask, look, keyboard_for(ask.language), counting
        same = before == (look, self._layout_of_keys, counting, (ask.one_line, ask.max_length))
        self.box.hold(ask.typed[0] if ask.typed else "", ask.max_length, one_line=ask.one_line)
        self.box.setPlaceholderText(ask.hint)
        if not self.keyboard.hasFocus():  # then it is named after the key its cursor is on
            self.keyboard.setAccessibleName(screen.key_name(self.keys_named))
        self.box.setAccessibleDescription("" if self.box.toPlainText() else ask.hint)
        self.box.setAccessibleName(ask.name or screen.heading)
        self._tell()
        if not same:
            self.count.setFont(look.font())
            self.count.setStyleSheet(f"color: {look.palette.quiet};")
            self.up.show_as(Face(icon="up", shape="icon", name=screen.key_name("up")), look)
            self.down.show_as(Face(icon="down", shape="icon", name=screen.key_name("more")), look)
            self.arrange()
            self.updateGeometry()

    def first_focus(self) -> QWidget:
        return self.box

    def needed(self, width: int) -> int:
        """Box and keyboard with nothing cut; where the question leaves no room for both, the box without its keyboard."""
        look, layout = self._look, self._layout_of_keys
        if look is None or layout is None:
            return 0
        keys = fits(layout, look, width)[-1].height + look.gap
        full, least = (keys + self._box_height(self._lines, font) for font in (look.font(), self._least_font(look)))
        if self.judge(least):
            return max(look.target, self._box_height(1, look.font()))
        return full if full <= self._offered else least

    def most(self, width: int) -> int:
        """The highest keyboard, the count, and the longest box."""
        look = self._look
        if look is None or self._layout_of_keys is None:
            return 0
        box = self._box_height(1 if self._lines == 1 else MOST_LINES, look.font())
        count = wrap(self._fullest(), look.font(), width).height if self._counting else 0
        keys = 0 if self.crowded else look.gap + fits(self._layout_of_keys, look, width)[0].height
        return box + count + keys

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self.arrange()

    # --- what is written ---

    def _worded(self, text: str) -> None:
        self._tell()
        if self._ask is not None:
            self.happened.emit(Changed(self._ask.place, self._ask.chosen, (text,)))

    def _focus_went(self, left: QWidget | None, to: QWidget | None) -> None:
        """From the words to something else on the page, such as the way on."""
        here = (self.box, self.keyboard)
        if left in here and to is not None and to not in here:
            self.keyboard.write_letters()

    def _caret_moved(self) -> None:
        self.keyboard.begins_sentence(begins_sentence(self.box.before_caret()))

    def _tell(self) -> None:
        if self._ask is not None and self._ask.max_length is not None:
            self.count.setText(self._left(self._letters_left))
        self._caret_moved()
        self._reconsider()

    @property
    def _letters_left(self) -> int:
        most = self._ask.max_length if self._ask is not None else None
        return most - len(self.box.toPlainText()) if most is not None else UNLIMITED

    def _wanted_extras(self) -> tuple[bool, bool]:
        """Whether the words need buttons to be turned by, and whether the count is worth its room."""
        counted = bool(self._counting) and (not self.crowded or (self.writing and self._letters_left <= NEARLY_FULL))
        return self.box.overflows and self.keys_shown, counted

    def _left(self, letters: int) -> str:
        return self._counting.replace("{n}", str(max(0, letters)))

    def _fullest(self) -> str:
        return self._left(self._ask.max_length or 0) if self._ask else ""

    # --- how it looks ---

    @property
    def _lines(self) -> int:
        return 1 if self._ask is not None and self._ask.one_line else LEAST_LINES

    def _box_height(self, lines: int, font: QFont) -> int:
        return 0 if self._look is None else lines * line_px(font) + 2 * frame_px(self._look)

    def arrange(self) -> None:
        """Everything in its place; once more where the words turn out to need buttons to be turned by, or none."""
        self._arranging = True
        for _ in range(2):
            self._extras = self._wanted_extras()
            self._place_all()
            if self._extras == self._wanted_extras():
                break
        self._arranging = False

    def _reconsider(self) -> None:
        if not self._arranging and self._extras != self._wanted_extras():
            self.arrange()

    def _place_all(self) -> None:
        """The keyboard as good as fits beside the least box; then the box and what stands beside it with what is left."""
        look, layout = self._look, self._layout_of_keys
        if look is None or layout is None or not self.width():
            return
        self.keyboard.setVisible(self.keys_shown)
        self.show_turn(look)
        if not self.keys_shown:
            self._place_box(QRect(0, 0, self.width(), self.height()), look)
            return
        way = self._way(look, layout)
        self.keyboard.dress(
            way.layout, look, one_line=bool(self._ask and self._ask.one_line), folded=way.folded, shared=way.shared
        )
        if way.aside:
            wide = round(COLUMNS * FLOOR_MM * look.px_per_mm)
            self._place_box(QRect(0, 0, self.width() - wide - look.gap, self.height()), look)
            self.keyboard.setGeometry(self._mirrored(QRect(self.width() - wide, 0, wide, way.height)))
            return
        box = self._place_box(QRect(0, 0, self.width(), self.height() - way.height - look.gap), look)
        self.keyboard.setGeometry(0, box + look.gap, self.width(), way.height)

    def _way(self, look: Look, layout: KeyboardLayout) -> Fit:
        """The best keyboard under a box with the least lines at full size; else at 100 %; else beside the box."""
        ways = fits(layout, look, self.width())
        room = self.height() - look.gap
        lowest = look.target if self.crowded else 0
        full, least = (max(lowest, self._box_height(self._lines, font)) for font in (look.font(), _ordinary_font(look)))
        for way in ways:
            if room - way.height >= full:
                return way
        beside = self.width() - COLUMNS * FLOOR_MM * look.px_per_mm - look.gap
        rows = layout.height * look.px_per_mm
        if room - ways[-1].height < least and beside >= look.mm(BESIDE_MM) and self.height() >= rows * LOWEST_MM:
            return Fit(layout, min(self.height(), round(rows * WIDEST_MM)), aside=True, shared=True)
        return replace(ways[-1], height=min(ways[-1].height, room - self._box_height(1, _ordinary_font(look))))

    def _least_font(self, look: Look) -> QFont:
        return look.font("small")

    def _fitting_font(self, room: int, look: Look) -> QFont:
        """The text's font; smaller, but never below 150 %, where the screen is too low for the least lines."""
        font, least = look.font(), self._least_font(look).pixelSize()
        lines = self._lines if self.keys_shown else 1
        while self._box_height(lines, font) > room and font.pixelSize() > least:
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def _one_line_font(self, font: QFont, room: int, look: Look) -> QFont:
        """Smaller still, down to 100 %, where not even one line has room: at least one line is always in sight."""
        least = _ordinary_font(look).pixelSize()
        while self._box_height(1, font) > room and font.pixelSize() > least:
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def _place_box(self, room: QRect, look: Look) -> int:
        """Places box, count and button in `room`; returns where they end, in pixels from the top."""
        font = self._fitting_font(room.height(), look)
        self.paper.dress(look, font)
        most = max(look.target, self._box_height(1 if self._lines == 1 else MOST_LINES, font))
        narrow = room.width() < look.mm(2 * BESIDE_MM)
        box = QRect(room.topLeft(), QSize(room.width(), room.height() if narrow else min(room.height(), most)))
        if self.crowded:
            side = min(box.height(), look.target)
            turn = QRect(box.right() + 1 - look.target, box.bottom() + 1 - side, look.target, side)
            self.turn.setGeometry(self._mirrored(turn))
            box.adjust(0, 0, *((0, -side - look.gap) if narrow else (-look.target - look.gap, 0)))
        turning, counted = self._extras
        turning = turning and not (narrow and counted)
        if turning:
            self._place_turning(box, look, narrow=narrow)
        for button in (self.up, self.down):
            button.setVisible(turning)
        self.count.setVisible(counted)
        if counted:
            self._place_count(box, room, look, narrow=narrow)
        self.paper.dress(look, self._one_line_font(font, box.height(), look))
        self.paper.setGeometry(self._mirrored(box))
        return max(box.bottom(), self.count.geometry().bottom() if counted else 0) + 1

    def _place_count(self, box: QRect, room: QRect, look: Look, *, narrow: bool) -> None:
        """Under the box where that leaves the least lines, else beside it. Makes `box` smaller by its room."""
        font = self._least_font(look) if self.crowded else look.font()
        under = wrap(self._fullest(), font, box.width()).height
        if narrow and 2 * under > box.height():  # the words themselves come first
            font = _ordinary_font(look)
            under = wrap(self._fullest(), font, box.width()).height
        self.count.setFont(font)
        if narrow:
            box.setBottom(box.bottom() - under)
            self.count.setGeometry(self._mirrored(QRect(box.left(), box.bottom() + 1, box.width(), under)))
        elif not self.crowded and room.height() - under >= self._box_height(self._lines, self.box.font()):
            box.setHeight(min(room.height() - under, box.height()))
            self.count.setGeometry(room.left(), box.bottom() + 1, room.width(), under)
        else:
            beside = _narrowest(self._fullest(), font, box.height(), room.width() // 3)
            self.count.setGeometry(self._mirrored(QRect(box.right() + 1 - beside, box.top(), beside, box.height())))
            box.setRight(box.right() - beside - look.gap)

    def _place_turning(self, box: QRect, look: Look, *, narrow: bool) -> None:
        """Two buttons at the box's end, one over the other where it is high enough; a narrow box has them under it."""
        least, gap = self.up.minimumSizeHint().expandedTo(QSize(look.target, look.target)), look.gap
        side, high = least.width(), min(least.height(), box.height())
        right, low = box.right() + 1 - side, box.bottom() + 1 - high
        over = box.height() >= 2 * high + gap and not narrow
        self.down.setGeometry(self._mirrored(QRect(right, low, side, high)))
        up = QRect(right, box.top(), side, high) if over else QRect(right - side - gap, low, side, high)
        self.up.setGeometry(self._mirrored(up))
        if narrow:
            box.setBottom(low - gap)
        else:
            box.setRight(box.right() - (side + gap if over else 2 * (side + gap)))

    def _mirrored(self, rect: QRect) -> QRect:
        if self._look is not None and self._look.right_to_left:
            rect.moveLeft(self.width() - rect.width() - rect.left())
        return rect


def _ordinary_font(look: Look) -> QFont:
    return replace(look, text_percent=100).font()


def _narrowest(text: str, font: QFont, height: int, most: int) -> int:
    """The least width in pixels at which `text` stays within `height`."""
    least = widest_word(text, font)
    return next((w for w in range(least, most, 8) if wrap(text, font, w).height <= height), max(least, most))


def begins_sentence(before: str) -> bool:
    """Whether a sentence begins after the words `before`."""
    said = before.rstrip()
    return not said or before.endswith("\n") or (said != before and said[-1] in SENTENCE_ENDS)
