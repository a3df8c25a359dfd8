"""A row of buttons along an edge of the screen: words beside icons, else under them, else icons alone with their value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Button
from ui.faces import Face, Fitted
from ui.fonts import fonts_for
from ui.theme import Look
from ui.tiles import TouchButton

SHAPES = (("beside", True), ("under", True), ("under", False), ("icon", True), ("icon", False))
"""What is tried in turn: (shape, with its value)."""


def face_of(button: Button, kind: str = "") -> Face:
    """How a screen's button looks. Its value is in its name even where there is no room to draw it."""
    name = f"{button.label}: {button.detail}" if button.detail else button.label
    return Face(
        text=button.label,
        icon=button.icon,
        detail=button.detail,
        kind=kind or ("primary" if button.primary else "plain"),
        chosen=button.pressed,
        name=name,
        families=fonts_for(button.language) if button.language else (),
        icon_after=button.icon == "forward",
    )


class Bar(QWidget):
    """Buttons in equal cells (`even`), or some at the start and the rest at the end. ``touched`` gives the button's key."""

    touched = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, even: bool = False, tallest_share: float = 0.19) -> None:
        super().__init__(parent)
        self._even, self._tallest_share = even, tallest_share
        self._buttons: dict[str, TouchButton] = {}
        self._faces: dict[str, Face] = {}
        self._ends: frozenset[str] = frozenset()
        self._cells = 0
        self._look: Look | None = None

    def show_faces(self, faces: Mapping[str, Face], look: Look, ends: Sequence[str] = (), cells: int = 0) -> None:
        """Show these, `ends` at the end side; at least `cells` cells where they are even, so that each keeps its place."""
        self._look, self._faces, self._ends, self._cells = look, dict(faces), frozenset(ends), cells
        for key in [key for key in self._buttons if key not in faces]:
            gone = self._buttons.pop(key)
            gone.hide()
            gone.deleteLater()
        self._buttons = {key: self._buttons.get(key) or self._new(key) for key in faces}
        for before, after in zip(list(self._buttons.values()), list(self._buttons.values())[1:], strict=False):
            QWidget.setTabOrder(before, after)
        for key, face in faces.items():
            if self._buttons[key].look is None:
                self._buttons[key].show_as(face, look)
        self.place()

    @property
    def buttons(self) -> dict[str, TouchButton]:
        return dict(self._buttons)

    def needed(self, width: int) -> int:
        """Height in pixels at this width; 0 without buttons."""
        if not self._faces or self._look is None:
            return 0
        fits = self._shaped(width)
        widths = self._widths(fits, width)
        return max(fit.needed(widths[key]) for key, fit in fits.items())

    def holds(self, faces: Mapping[str, Face], look: Look, width: int) -> bool:
        """Whether these would stand side by side with all their words."""
        fits = {key: Fitted(face, look) for key, face in faces.items()}
        return self._fits_in(fits, width, look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self.place()

    def place(self) -> None:
        """Shape and place the buttons for the width there is."""
        if self._look is None or not self._faces or self.width() <= 0:
            return
        look, fits = self._look, self._shaped(self.width())
        widths = self._widths(fits, self.width())
        x, end = 0, self.width()
        for key in [key for key in fits if key not in self._ends]:
            self._set(key, fits[key], x, widths[key], look)
            x += widths[key] + look.gap
        for key in reversed([key for key in fits if key in self._ends]):
            end -= widths[key]
            self._set(key, fits[key], end, widths[key], look)
            end -= look.gap

    # --- arranging -------------------------------------------------------------------------------------------------

    def _new(self, key: str) -> TouchButton:
        button = TouchButton(self)
        button.clicked.connect(lambda: self.touched.emit(key))
        button.show()
        return button

    def _set(self, key: str, fit: Fitted, x: int, width: int, look: Look) -> None:
        self._buttons[key].show_as(fit.face, look)
        left = self.width() - x - width if look.right_to_left else x
        self._buttons[key].setGeometry(left, 0, width, self.height())

    def _shaped(self, width: int) -> dict[str, Fitted]:
        """Every button in the first shape in which all of them fit; words of the main button are never dropped."""
        assert self._look is not None  # noqa: S101 - callers ask first
        fits: dict[str, Fitted] = {}
        for shape, detailed in SHAPES:
            fits = {key: Fitted(self._shape(face, shape, detailed=detailed), self._look) for key, face in self._faces.items()}
            if self._fits_in(fits, width, self._look):
                break
        return fits

    def _shape(self, face: Face, shape: str, *, detailed: bool) -> Face:
        if not face.icon:
            return replace(face, shape="beside")
        if shape == "icon" and face.kind == "primary":
            return replace(face, shape="under")
        detail = face.detail if detailed else ""
        return replace(face, shape=shape, detail=detail, icon_mm=12 if shape == "icon" and not detail else face.icon_mm)

    def _fits_in(self, fits: Mapping[str, Fitted], width: int, look: Look) -> bool:
        widths = self._widths(fits, width)
        gaps = look.gap * (len(fits) - 1)
        if not self._even and sum(widths.values()) + gaps > width:
            return False
        whole = all(fit.narrowest <= widths[key] for key, fit in fits.items())
        tallest = max(look.target, int(self.window().height() * self._tallest_share))
        return whole and max(fit.needed(widths[key]) for key, fit in fits.items()) <= tallest

    def _widths(self, fits: Mapping[str, Fitted], width: int) -> dict[str, int]:
        look = self._look or next(iter(fits.values())).look
        if self._even:
            cells = max(self._cells, len(fits))
            return dict.fromkeys(fits, (width - look.gap * (cells - 1)) // cells)
        return {key: min(width, max(fit.one_line if fit.face.shape == "beside" else fit.narrowest, look.mm(28))) for key, fit in fits.items()}
