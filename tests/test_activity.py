"""NEEDS.md: every kind of input counts as activity. A waiting room's clock starts anew with each, and with no other thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.events import Answered, Changed, Skipped
from kiosk.keys import Key
from kiosk.states import Asking
from kiosk.survey import Place
from tests.surveys import coding
from ui.shell import Shell

pytest_plugins = ("tests.recorded_shell",)

HARDLY_ANY_MS = 5_000
INPUTS: dict[str, Callable[[Shell], None]] = {
    "a touch anywhere": lambda shell: shell.touched(),
    "a letter on the glass or on a keyboard": lambda shell: shell.receive(Changed(Place("why"), typed=("It was q",))),
    "a key of a keypad": lambda shell: shell.key_pressed(Key.DOWN),
    "a finger that explores": lambda shell: shell.explored("option:good", "Good"),
    "the Tab key": lambda shell: shell.focused("option:good", "Good"),
    "headphones": lambda shell: shell.headphones_changed(plugged_in=True),
    "going on": lambda shell: shell.receive(Skipped(Place("why"))),
}


@pytest.fixture
def asking(shell: Shell) -> Shell:
    """Somebody is on the second page, and has been quiet for nearly the whole time they have."""
    shell.receive(Answered(Place("fft"), (coding("Good"),)))
    assert isinstance(shell.state, Asking)
    shell._timer.start(HARDLY_ANY_MS)
    return shell


@pytest.mark.parametrize("what", INPUTS)
def test_every_kind_of_input_starts_the_time_anew(asking: Shell, what: str) -> None:
    """S93."""
    INPUTS[what](asking)
    assert not asking._timer.isActive() or asking._timer.interval() > HARDLY_ANY_MS


def test_what_is_no_input_leaves_the_time_as_it_is(asking: Shell) -> None:
    """Figures that arrive, and a tap on a page that has gone."""
    asking.figures_changed()
    asking.receive(Answered(Place("fft"), (coding("Good"),)))
    assert asking._timer.interval() == HARDLY_ANY_MS
