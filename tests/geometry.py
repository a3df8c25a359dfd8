"""What the standards ask of sizes and colours, computed from what is drawn: ``python -m tests.geometry`` does all of it.

Every screen, on five kinds of glass, in three languages and text sizes, plain and with each aid, and every theme: for each
glass the least target, key and gap in millimetres, the least angle of a capital letter, the least contrast, and every fault.
It takes some minutes; ``--glass``, ``--aid`` and ``--languages`` do a part of it. The tests take a sample in which each value
of each of these comes up.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from kiosk.states import TEXT_PERCENTS, THEMES, Preferences
from tests.drawn import angle, contrasts, pieces, x_height_css
from tests.layout_faults import faults_of_page, is_seen, rect_in, unreached
from tests.pictures import AIDS, GLASSES, LANGUAGES, Glass
from tests.screens_for_pictures import screens
from ui.inputs.crowded import KeyedInput
from ui.theme import Look
from ui.tiles import TouchButton
from ui.window import Window

ALL_GLASSES = (*GLASSES, Glass("small-desk", 1366, 768, 344, 600), Glass("wall", 3840, 2160, 697, 600))
LAYING_OUT = ("plain", "big", "wide", "low", "all")
"""The aids that change where things stand."""
LARGE_ENOUGH = 0.7
"""Degrees of a capital letter: EN 301 549 v3 5.1.4 (S19)."""
X_HEIGHT_CSS = 16
"""Reference pixels of the x-height: EN 301 549 v4 (S19, S73)."""
LEAST_KEY_MM = 15.8
"""The floor of the keys of keyboard and pad on small glass: less than a pixel under S78's hard floor of 16 mm."""
SEVEN = 7.0
"""Contrast of all text (S54)."""


@dataclass(slots=True)
class Least:
    """The least of everything that was seen, and every fault by the screen it is on."""

    target_mm: float = 99.0
    key_mm: float = 99.0
    gap_mm: float = 99.0
    degrees: float = 99.0
    x_css: float = 99.0
    contrast: float = 99.0
    pages: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)

    def row(self) -> str:
        numbers = (self.target_mm, self.key_mm, self.gap_mm, self.degrees, self.x_css, self.contrast)
        return "  ".join("     –" if n == 99 else f"{n:6.2f}" for n in numbers) + f"  {self.pages:6d}  {len(self.faults):6d}"


HEAD = "target mm, key mm, gap mm, capital degrees, x-height css px, contrast, pages seen, screens with faults"


def measure(window: Window, name: str, preferences: Preferences, least: Least) -> None:
    """Lay out one screen and look at each of its pages."""
    window.render(screens(preferences)[name])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # outside a loop Qt keeps what is to go
    page, look = window.page, window.look_for(screens(preferences)[name])
    assert page is not None
    found: list[str] = []
    for number in range(page.pager.page_count):
        page.pager.turn_to(number)
        found += [f"page {number}: {fault}" for fault in (*faults_of_page(window, look), *sizes_of(window, look, least))]
        least.pages += 1
    found += unreached(window)
    page.pager.turn_to(0)
    found += _while_writing(window, look, least)
    if found:
        least.faults[f"{name} {preferences.language} {preferences.text_percent}"] = found


def _while_writing(window: Window, look: Look, least: Least) -> Iterator[str]:
    """The page of the keys, where question and keys do not fit together."""
    for keyed in [one for one in window.findChildren(KeyedInput) if one.isVisible() and one.crowded]:
        keyed.write(writing=True)
        yield from (f"writing: {fault}" for fault in (*faults_of_page(window, look), *sizes_of(window, look, least)))
        keyed.write(writing=False)
        least.pages += 1


def sizes_of(window: Window, look: Look, least: Least) -> Iterator[str]:
    """Take the measures of what can be seen now; every text that is too small."""
    buttons = [button for button in window.findChildren(QAbstractButton) if is_seen(button)]
    for button in buttons:
        side = min(button.width(), button.height()) / look.px_per_mm
        if isinstance(button, TouchButton):
            least.target_mm = min(least.target_mm, side)
        else:
            least.key_mm = min(least.key_mm, side)
    rects = [rect_in(window, button) for button in buttons if isinstance(button, TouchButton)]
    for one, other in combinations(rects, 2):
        across = max(one.x() - other.right() - 1, other.x() - one.right() - 1)
        down = max(one.y() - other.bottom() - 1, other.y() - one.bottom() - 1)
        least.gap_mm = min(least.gap_mm, max(across, down) / look.px_per_mm)
    for piece in pieces(window):
        degrees, x_css = angle(piece, look), x_height_css(piece, look)
        least.degrees, least.x_css = min(least.degrees, degrees), min(least.x_css, x_css)
        if look.text_percent >= 150 and degrees < LARGE_ENOUGH:
            yield f"too small at {look.text_percent} %: {piece.text[:30]!r} is {degrees:.2f} degrees"
        if x_css < X_HEIGHT_CSS:
            yield f"too small: {piece.text[:30]!r} has an x-height of {x_css:.1f} reference pixels"


def look_at_colours(window: Window, name: str, preferences: Preferences, least: Least) -> None:
    """The contrast of every piece of text on the first page of a screen."""
    window.render(screens(preferences)[name])
    for ratio, piece in contrasts(window, pieces(window)):
        least.contrast = min(least.contrast, ratio)
        if ratio < SEVEN:
            words = f"{piece.text[:30]!r} has {ratio:.1f}:1 in {preferences.theme}"
            least.faults.setdefault(f"{name} {preferences.language}", []).append(words)


def ways(languages: Iterable[str], aid: str) -> Iterator[Preferences]:
    for language, percent in product(languages, TEXT_PERCENTS):
        yield Preferences(language, percent, **AIDS[aid])


def main() -> int:
    """Print the least of everything for each glass and aid; 1 where something falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--glass", default=",".join(glass.name for glass in ALL_GLASSES))
    parser.add_argument("--aid", default=",".join(LAYING_OUT))
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    wanted = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    languages, wrong = wanted.languages.split(","), 0
    print(HEAD)  # noqa: T201 - what the script is for
    for glass in (glass for glass in ALL_GLASSES if glass.name in wanted.glass.split(",")):
        window = glass.window()
        window.show()
        for aid in wanted.aid.split(","):
            least = Least()
            for preferences in ways(languages, aid):
                for name in screens(preferences):
                    measure(window, name, preferences, least)
            wrong += told(f"{glass.name:>10} {aid:>6}", least)
        least = Least()
        for theme, name in product(THEMES, screens(Preferences())):
            look_at_colours(window, name, Preferences(theme=theme), least)
        wrong += told(f"{glass.name:>10} themes", least)
        window.close()
    application.processEvents()
    return 1 if wrong else 0


def told(title: str, least: Least) -> int:
    """Print one row and its faults; how many screens have some."""
    print(f"{title}  {least.row()}")  # noqa: T201 - what the script is for
    for screen, found in least.faults.items():
        print(f"    {screen}: " + "; ".join(found[:4]), flush=True)  # noqa: T201 - see above
    return len(least.faults)


if __name__ == "__main__":
    sys.exit(main())
