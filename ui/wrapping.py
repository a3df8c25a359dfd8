"""Words that wrap and are never cut: one way to measure and draw text for labels and buttons alike."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

LINE_FACTOR = 1.5
"""Least distance of lines in blocks of text, in ems (S60). A script that needs more gets its font's own."""

WIDER_LINES = 1.2
"""Lines of a font with wider spacing stand apart by so much more: 1.8 ems in blocks of text, 1.5 everywhere else (S59, S97)."""

MOST_LINE, STEEP = 1.7, 2.3
"""Lines of a font that asks for more ems than the first stand that far apart, unless it is as steep as Nastaliq."""

SHORT = 6
"""So many characters without a space are a word or two, as on a button, and stay together."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where lines stand: at the start side of a script that runs `right_to_left` or not, or in the middle."""

    right_to_left: bool = False
    centred: bool = False

    @property
    def flags(self) -> Qt.AlignmentFlag:
        if self.centred:
            return Qt.AlignmentFlag.AlignHCenter
        return Qt.AlignmentFlag.AlignRight if self.right_to_left else Qt.AlignmentFlag.AlignLeft


START = Side()


@dataclass(frozen=True, slots=True)
class Mark:
    """A word being spoken: from character `start`, `length` long, drawn in `text` on `ground`."""

    start: int
    length: int
    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Text broken into lines: `bottoms` are the lines' lower ends in pixels, `width` the widest line's."""

    layout: QTextLayout
    bottoms: tuple[int, ...]
    width: int

    @property
    def height(self) -> int:
        return self.bottoms[-1] if self.bottoms else 0

    def draw(self, painter: QPainter, x: float, y: float, colour: str, mark: Mark | None = None) -> None:
        """Draw with the upper start corner of the box at (x, y)."""
        painter.setPen(QColor(colour))
        self.layout.draw(painter, QPointF(x, y), _formats(mark) if mark else [])


def wrap(
    text: str, font: QFont, width: int, flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, *, rtl: bool = False
) -> Wrapped:
    """:func:`set_lines` for a block of text, by Qt's flags."""
    return _lay_out(text, font, width, (flags, rtl), LINE_FACTOR)


def set_lines(text: str, font: QFont, width: int, side: Side = START, line_factor: float = LINE_FACTOR) -> Wrapped:
    """`text` in lines of at most `width` pixels. Words break inside only when one alone is wider than that."""
    return _lay_out(text, font, width, (side.flags, side.right_to_left), line_factor)


def _lay_out(text: str, font: QFont, width: int, side: tuple[Qt.AlignmentFlag, bool], line_factor: float) -> Wrapped:
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption(side[0] | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    runs_left = side[1] and any(bidirectional(letter) in {"R", "AL"} for letter in text)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if runs_left else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    bottoms, widest, y = [], 0.0, 0.0
    least = line_factor * font.pixelSize() * (WIDER_LINES if font.wordSpacing() else 1)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        slack = line_height(line.height(), least, font.pixelSize()) - line.height()
        line.setPosition(QPointF(0, y + slack / 2))
        y += line.height() + slack
        bottoms.append(round(y + 0.5))
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    return Wrapped(layout, tuple(bottoms), int(widest) + 1)


def line_height(natural: float, least: float, size: int) -> float:
    """How far lines stand apart: at least `least`; fonts with room for marks that nobody writes here are drawn together."""
    if natural > STEEP * size:
        return natural
    return max(least, min(natural, MOST_LINE * size))


def widest_word(text: str, font: QFont) -> int:
    """Width in pixels of the longest unbreakable piece of `text`. Not cached: it may be a patient's own."""
    return max((set_lines(piece, font, 1_000_000).width for piece in unbreakable(text)), default=0) + 2


def unbreakable(text: str) -> list[str]:
    """The pieces of `text` that should stay whole: words, and in longer Chinese each character with the signs that are its."""
    words = text.replace("\n", " ").split(" ")
    return [piece for word in words for piece in (_between_breaks(word) if _is_unspaced(word) else [word])]


def _is_unspaced(word: str) -> bool:
    return len(word) > SHORT and any("\N{CJK RADICAL REPEAT}" <= letter <= "\u9fff" for letter in word)


def _between_breaks(word: str) -> list[str]:
    """By Unicode's rules for lines (UAX #14): none begins with a full stop, none ends with an open bracket."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, word)
    at, units, pieces = 0, word.encode("utf-16-le"), list[str]()
    while (end := finder.toNextBoundary()) > at:
        pieces.append(units[2 * at : 2 * end].decode("utf-16-le"))
        at = end
    return pieces


def _formats(mark: Mark) -> list[QTextLayout.FormatRange]:
    spot = QTextLayout.FormatRange()
    spot.start, spot.length = mark.start, mark.length
    style = QTextCharFormat()
    style.setForeground(QBrush(QColor(mark.text)))
    style.setBackground(QBrush(QColor(mark.ground)))
    spot.format = style
    return [spot]
