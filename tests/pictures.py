"""Pictures of every screen: ``python -m tests.pictures OUT_DIR [--only NAME,NAME] [--quick]``.

Every screen, at 100, 150 and 200 %, in five themes, in a Latin language, a longer one and one from right to left, on three
kinds of glass; each page of a screen that is turned has its own picture.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from PySide6.QtWidgets import QApplication

from kiosk.states import TEXT_PERCENTS, THEMES, Preferences
from tests.screens_for_pictures import screens
from ui.window import Window

LANGUAGES = ("en-GB", "cy", "ur")
AIDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "big": {"big_buttons": True},
    "wide": {"wide_spacing": True},
    "low": {"low_controls": True},
    "all": {"big_buttons": True, "wide_spacing": True, "low_controls": True},
    "aloud": {"reading_aloud": True},
    "hidden": {"reading_aloud": True, "touch_to_hear": True, "screen_hidden": True},
    "easy": {"easy_read": True},
}
"""What a person can switch on that changes how a screen is laid out."""


@dataclass(frozen=True)
class Glass:
    """A screen: size in pixels, lit width and viewing distance in millimetres."""

    name: str
    width: int
    height: int
    width_mm: float
    viewing_mm: float

    def window(self) -> Window:
        window = Window(self.width_mm, self.viewing_mm)
        window.allow_close = True
        window.resize(self.width, self.height)
        return window


GLASSES = (
    Glass("desk", 1920, 1080, 476, 600),
    Glass("tablet", 1280, 800, 217, 450),
    Glass("tall", 1080, 1920, 268, 600),
)


def looks(*, quick: bool, languages: Sequence[str], aid: str) -> Iterator[Preferences]:
    """Every way of reading; the quick ones leave out most themes."""
    for language in languages:
        for percent in TEXT_PERCENTS:
            for theme in THEMES:
                if not quick or theme == THEMES[percent // 50 % len(THEMES)]:
                    yield Preferences(language, percent, theme, **AIDS[aid])


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of screens, parted by commas")
    parser.add_argument("--glass", default="", help="names of glasses, parted by commas")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="language tags, parted by commas")
    parser.add_argument("--aid", default="plain", choices=AIDS, help="what is switched on")
    parser.add_argument("--quick", action="store_true", help="one theme for each text size")
    wanted = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    wanted.folder.mkdir(parents=True, exist_ok=True)
    names, glasses = set(filter(None, wanted.only.split(","))), set(filter(None, wanted.glass.split(",")))
    count = 0
    for glass in GLASSES:
        if glasses and glass.name not in glasses:
            continue
        window = glass.window()
        window.show()
        for look in looks(quick=wanted.quick, languages=wanted.languages.split(","), aid=wanted.aid):
            count += draw(window, look, wanted.folder / glass.name, names)
        window.close()
    application.processEvents()
    print(f"{count} pictures in {wanted.folder}")  # noqa: T201 - what the script is for


def draw(window: Window, look: Preferences, folder: Path, names: set[str]) -> int:
    """Draw every screen (or those named) in one way of reading; how many pictures that made."""
    folder.mkdir(exist_ok=True)
    count = 0
    for name, screen in screens(look).items():
        if names and name not in names:
            continue
        window.render(screen)
        assert window.page is not None
        for page in range(window.page.pager.page_count):
            window.page.pager.turn_to(page)
            window.grab().save(str(folder / f"{name}-{look.language}-{look.text_percent}-{look.theme}-{page}.png"))
            count += 1
    return count


if __name__ == "__main__":
    main()
