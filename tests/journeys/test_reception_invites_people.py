"""Reception looks at the staff screen: nobody has answered yet, and what can be said to people. Then somebody answers."""

from __future__ import annotations

import pytest

from kiosk.events import FiguresArrived
from kiosk.states import Figures
from tests.visitor import Visitor

pytest_plugins = ("tests.staff_at_a_kiosk",)

ASK = "You can say: “Would you tell us how it was today? It takes about a minute, on the screen over there.”"
NOBODY = "Nobody has answered yet today. That is all right: many people say yes when somebody asks."


def on_the_glass(visitor: Visitor) -> list[str]:
    """What reception reads, in the blocks of the page that is drawn."""
    page = visitor.kiosk.window.page
    assert page is not None
    blocks = [page._kept.get(key) for key in ("line:today", "line:ask")]
    return [block.widget().accessibleName() for block in blocks if block is not None]


def test_reception_reads_a_kind_word_and_then_how_many_answered(visitor: Visitor) -> None:
    visitor.comes_in()
    assert on_the_glass(visitor) == [NOBODY, ASK]
    visitor.touches("Back")
    visitor.answers("Very good")
    visitor.comes_in()
    assert on_the_glass(visitor) == ["1 person has answered today.", ASK]


@pytest.mark.parametrize("figures", [Figures(), Figures(today=0, fault="The disk is full.")])
def test_the_card_goes_while_answers_cannot_be_kept(visitor: Visitor, figures: Figures) -> None:
    visitor.comes_in()
    visitor.kiosk.shell.receive(FiguresArrived(figures))
    assert on_the_glass(visitor) == []
