"""What a button shows, and the room that takes: measured without a widget, so that a layout can be tried before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPixmap

from ui.theme import Look
from ui.wrapping import Side, Wrapped, set_lines, widest_word

LINES = 1.3
"""Distance of lines on a button, in ems: a few words, not a block of text."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a button shows. `kind`: plain | primary | answer | tool | switch | key. `shape`: beside | under | icon."""

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
    words_px: int = 0
    """Height kept for the words under a picture, so that pictures beside each other stand at one height."""
    large: bool = False
    """Larger words, where there is room."""
    small: bool = False
    """Words no larger than they must be, where larger ones have no room."""
    icon_after: bool = False
    """The icon stands after the words: the way on points on."""


class Fitted:
    """A face at one look: how wide and high it must be that no word is cut."""

    def __init__(self, face: Face, look: Look) -> None:
        self.face, self.look = face, look
        self._wrapped: dict[int, Wrapped] = {}
        apart = bool(face.detail) and (face.shape != "beside" or face.kind == "switch")
        detail = look.font("small-strong" if face.small else "strong")
        self._detail = set_lines(face.detail, detail, 1_000_000, line_factor=LINES) if apart else None

    # --- parts -----------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The words that are drawn. Beside an icon the detail follows them, and breaks off as a whole."""
        if self.face.shape == "icon":
            return ""
        if self.face.shape == "beside" and self.face.detail and self.face.kind != "switch":
            words = (f"{self.face.text}:", self.face.detail)
            return " ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in words)
        return self.face.text

    @property
    def font(self) -> QFont:
        role = {"key": "key", "tool": "body"}.get(self.face.kind, "large" if self.face.large else "strong")
        if self.face.small:
            role = "small" if self.face.kind == "tool" else "small-strong"
        return self.look.font(role, self.face.families)

    @property
    def icon(self) -> int:
        """Side of the icon in pixels, 0 without one."""
        if not self.face.icon and self.face.picture is None:
            return 0
        side = max(self.look.mm(self.face.icon_mm), int(self.look.px("small" if self.face.small else "body") * 1.1))
        alone = self.face.shape == "icon" and not self.face.detail
        return min(side, self.look.target - 2 * self.look.pad) if alone else side

    @property
    def tick(self) -> int:
        """Side of the tick in pixels, 0 for a button that is not ticked."""
        return 0 if self.face.chosen is None or self.face.kind in {"tool", "switch"} else max(self.look.mm(6), self.look.px())

    @property
    def detail_words(self) -> Wrapped | None:
        """The value beside the icon."""
        return self._detail

    @property
    def detail_width(self) -> int:
        return self._detail.width if self._detail else 0

    @property
    def knob(self) -> QSize:
        """Size of a switch's slot, over the word that says whether it is on."""
        slides = self.face.kind == "switch" and self.face.chosen is not None
        high = max(self.look.mm(7), int(self.look.px() * 0.85))
        return QSize(int(high * 1.85), high) if slides else QSize(0, 0)

    @property
    def state_width(self) -> int:
        """Width of the end of a switch, in pixels."""
        return max(self.detail_width, self.knob.width()) if self.face.kind == "switch" else 0

    @property
    def head(self) -> int:
        """Height of the row that has the icon, and its detail where words are under it."""
        return max(self.icon, self._detail.height if self._detail else 0)

    @property
    def head_width(self) -> int:
        return self.icon + (self.look.mm(1) if self._detail and self.icon else 0) + self.detail_width

    @property
    def lift(self) -> int:
        """Height of the step under the button that says "press me"."""
        return self.look.mm(0.8)

    @property
    def pad(self) -> int:
        """Room between the edge and what is inside: more in a row that is read like a line of a list."""
        if self.face.kind == "tool":
            return self.look.mm(1.2)
        return self.look.mm(3.5) if self.face.kind in {"answer", "switch"} and self.face.shape == "beside" else self.look.pad

    @property
    def around(self) -> int:
        """Width taken by everything beside the words."""
        width = 2 * self.pad
        if self.face.shape == "beside":
            width += self.icon + self.pad if self.icon else 0
            width += self.tick + self.pad if self.tick else 0
            width += self.state_width + self.pad if self.state_width else 0
        return width

    # --- sizes -----------------------------------------------------------------------------------------------------

    @cached_property
    def narrowest(self) -> int:
        """The least width at which no word breaks inside."""
        words = widest_word(self.text, self.font) + self.around if self.text else 0
        ticked = self.icon + 2 * (self.tick + self.look.mm(1.5)) if self.face.shape != "beside" and self.tick else 0
        return max(self.look.target, words, self.head_width + 2 * min(self.pad, self.look.pad), ticked)

    @cached_property
    def one_line(self) -> int:
        """The width at which the words stand on one line."""
        words = set_lines(self.text, self.font, 1_000_000).width + self.around if self.text else 0
        return max(self.narrowest, words)

    def needed(self, width: int) -> int:
        """The height at which nothing is cut, when `width` wide."""
        look, words = self.look, self.words(width).height if self.text else 0
        if self.face.shape == "under":
            inner = self.head + (look.mm(1) if words and self.head else 0) + words
        else:
            state = self.knob.height() + (self._detail.height if self._detail else 0)
            inner = max(self.icon, words, self.tick, state)
        return max(look.target, inner + 2 * look.mm(1.5) + self.lift)

    def room(self, width: int) -> int:
        """Width left for the words."""
        return max(1, width - self.around)

    def words(self, width: int) -> Wrapped:
        """The words as they break when the button is `width` wide."""
        room = self.room(width)
        if room not in self._wrapped:
            side = Side(self.look.right_to_left, centred=self.face.shape == "under")
            self._wrapped[room] = set_lines(self.text, self.font, room, side, LINES)
        return self._wrapped[room]
