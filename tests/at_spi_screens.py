"""A program of the tests: the product's real window, showing one screen after another as the test asks.

A line in: a JSON object with `screen`, `language`, `percent`, and the `page` of a screen that is turned. A line out: a JSON
object with `pages`, how many there are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QSocketNotifier

from kiosk.app.gui import set_up_qt
from kiosk.fhir import read_survey
from kiosk.present import present
from kiosk.screens import Screen, SliderAsk
from kiosk.site import Site
from kiosk.states import Asking, Draft, Preferences, Rules, Session
from kiosk.survey import Item, Place, Question, Section, Survey
from tests.pictures import GLASSES
from tests.screens_for_pictures import screens

EVERY_TYPE = Path(__file__).parent / "data" / "every-type.json"


@cache
def every_type() -> Survey:
    return read_survey(EVERY_TYPE.read_bytes())


@cache
def all_screens(preferences: Preferences) -> dict[str, Screen]:
    """Every screen of the product, a question of every type, a box for something else, and a long scale, by a short name."""
    survey, session = every_type(), Session(preferences)
    rules, site = Rules(survey, preferences), Site(survey.languages, frozenset({"en"}))
    states = {question.link_id: Asking(session, Place(question.link_id)) for question in asked_once(survey.items)}
    states["other"] = replace(states["by"], draft=Draft(Place("by"), (), ("",)))
    typed = {f"type-{name}": present(rules, site, state) for name, state in states.items()}
    scale = typed["type-pain"].ask
    assert isinstance(scale, SliderAsk)
    typed["type-scale"] = replace(typed["type-pain"], ask=replace(scale, maximum=100, typed=("40",)))
    return screens(preferences) | typed


def asked_once(items: Iterable[Item]) -> Iterator[Question]:
    """The questions that stand in no section that repeats, and below none that takes several answers."""
    for item in items:
        if isinstance(item, Question):
            yield item
        if isinstance(item, Question | Section) and not item.repeats:
            yield from asked_once(item.items)


def main(glass_name: str) -> int:
    application = set_up_qt()
    window = next(glass for glass in GLASSES if glass.name == glass_name).window()
    window.show()
    window.activateWindow()

    def show() -> None:
        line = sys.stdin.readline()
        if not line:
            return application.quit()
        asked = json.loads(line)
        screen = all_screens(Preferences(asked["language"], asked["percent"]))[asked["screen"]]
        if screen is not window.screen_shown:
            window.render(screen)
        assert window.page is not None
        window.page.pager.turn_to(asked["page"])
        print(json.dumps({"pages": window.page.pager.page_count}), flush=True)  # noqa: T201 - to the test
        return None

    asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    asked.activated.connect(show)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
