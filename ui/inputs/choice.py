"""Answers to touch: faces, tiles or a list, one or several, and a box for "Something else"."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import ChoiceAsk, Screen, Tile
from kiosk.survey import Media
from ui.grid import Grid, Plan
from ui.icons import is_picture
from ui.inputs.base import Input
from ui.theme import Look
from ui.tiles import Face

PICTURE_MM = 15
"""The least side of a picture beside an answer, in Easy Read (S96)."""
SMALLER_MM = (8.0, 0.0)
"""The same where the largest words on a small glass leave no more room: words are never cut for a picture."""


class ChoiceInput(Input[ChoiceAsk]):
    """A touch on a tile gives that tile's event; the screen that follows says what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, Tile] = {}
        self._look: Look | None = None
        self._grid = Grid(self)
        self._grid.touched.connect(self._touched)
        self._other: Input | None = None  # type: ignore[type-arg]
        self._offered = 0

    def render(self, ask: ChoiceAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        self._tiles = {tile.key: tile for tile in ask.tiles}
        self._look = look
        portrait = self.window().height() > 1.2 * self.window().width()
        faces = {tile.key: face_of(tile, several=ask.several) for tile in ask.tiles}
        self._grid.show_faces(faces, look, plan_for(ask, portrait=portrait))
        self._render_other(ask, look, screen)
        self._place()

    def first_focus(self) -> QWidget:
        """The tile that is chosen, else the first."""
        buttons = self._grid.buttons
        return next((buttons[tile.key] for tile in self._tiles.values() if tile.chosen), next(iter(buttons.values()), self))

    def offer(self, height: int) -> None:
        self._offered = height
        self._grid.offer(height if self._other is None else max(1, height - self._gap() - self._look_target()))

    def placed(self) -> None:
        self._grid.placed()

    @property
    def alone(self) -> bool:
        """While the box of "something else" is written in, on a low page."""
        return self._other is not None and self._other.alone

    def needed(self, width: int) -> int:
        tiles = self._grid.needed(width)
        if self._other is None:
            return tiles
        if self._offered:
            self._other.offer(max(1, self._offered - tiles - self._gap()))
        return tiles + self._gap() + self._other.needed(width)

    def most(self, width: int) -> int:
        return self._grid.most(width) if self._other is None else 1_000_000

    def breaks(self, width: int) -> tuple[int, ...]:
        ends = self._grid.breaks(width)
        if self._other is None:
            return ends
        top = self._grid.needed(width) + self._gap()
        return (*ends, *(top + end for end in self._other.breaks(width)))

    def highlight(self, key: str, start: int, length: int) -> None:
        for name, button in self._grid.buttons.items():
            prefix = len(self._tiles[name].prefix) + 1 if self._tiles[name].prefix else 0
            within = prefix <= start < prefix + len(self._tiles[name].label)
            button.highlight(start - prefix, length if within else 0, spoken=name == key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    def _touched(self, key: str) -> None:
        self.happened.emit(self._tiles[key].event)

    def _render_other(self, ask: ChoiceAsk, look: Look, screen: Screen) -> None:
        if ask.other is None:
            if self._other is not None:
                self._other.hide()
                self._other.deleteLater()
                self._other = None
            return
        if self._other is None:
            from ui.inputs.text import TextInput

            self._other = TextInput(self)
            self._other.happened.connect(self.happened)
            self._other.room_asked.connect(self.room_asked)
            self._other.show()
            self._other.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)  # who opened it wants to write
        self._other.render(ask.other, look, screen)

    def _gap(self) -> int:
        return self._look.gap if self._look else 0

    def _look_target(self) -> int:
        return self._look.target if self._look else 0

    def _place(self) -> None:
        self._grid.setVisible(not self.alone)
        if self._other is None or self.alone:
            whole = self._grid if self._other is None else self._other
            whole.setGeometry(QRect(0, 0, self.width(), self.height()))
            return
        tiles = self._grid.needed(self.width())
        self._grid.setGeometry(0, 0, self.width(), tiles)
        top = tiles + self._gap()
        self._other.setGeometry(0, top, self.width(), max(0, self.height() - top))


def face_of(tile: Tile, *, several: bool) -> Face:
    """How one answer looks."""
    words = f"{tile.prefix}\N{NO-BREAK SPACE}{tile.label}" if tile.prefix else tile.label
    picture = picture_of(tile.media)
    large = tile.picture.startswith("face-") or picture is not None
    return Face(
        words,
        tile.picture,
        kind="answer",
        chosen=tile.chosen,
        several=several,
        icon_mm=PICTURE_MM if is_picture(tile.picture) else 12 if large else 8,
        description=tile.picture_words,
        picture=picture,
    )


def plan_for(ask: ChoiceAsk, *, portrait: bool) -> Plan:
    """Faces in one row, else in two or three; other answers in a column, else in as many columns as it takes."""
    count = len(ask.tiles)
    pictured = all(tile.picture or tile.media for tile in ask.tiles)
    if portrait:
        smaller_mm = SMALLER_MM if ask.look == "pictured" else ()
        return Plan(columns=(1, 2) if count <= 8 else (1, 2, 3), row_mm=34, large=True, smaller_mm=smaller_mm)
    if ask.look == "faces" or (pictured and any(tile.media for tile in ask.tiles)):
        return Plan(columns=tuple(dict.fromkeys((count, -(-count // 2), 2, 1))), under_from=3, large=True)
    if ask.look == "pictured":
        columns = (1, 2, 3) if count <= 3 else (2, 1, 3)
        return Plan(columns=columns, row_mm=34, beside_mm=24, large=True, smaller_mm=SMALLER_MM)
    if ask.look == "side-by-side":
        return Plan(columns=(count, 2, 1), row_mm=34, large=True)
    return Plan(columns=(1, 2, 3) if count <= 4 else (2, 1, 3) if count <= 12 else (3, 2, 1), large=True)


def picture_of(media: Media | None) -> QPixmap | None:
    """The picture inside `media`, None where there is none or it cannot be read."""
    if media is None or not media.content_type.startswith("image/") or not media.data:
        return None
    picture = QPixmap()
    try:
        return picture if picture.loadFromData(base64.b64decode(media.data)) else None
    except (binascii.Error, ValueError):
        return None
