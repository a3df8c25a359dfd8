"""A screen reader that a site installs finds everything: read over AT-SPI, from another process, in a real window.

Whoever uses one reaches the kiosk by its accessibility tree alone: names, roles, states, and what can be done (EN 301 549
11.5, S140). The tree is compared with the screen's own value, which knows nothing of widgets.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from kiosk.app.pin import StaffPin
from kiosk.screens import Screen
from kiosk.states import Preferences
from tests.at_spi import Desktop, Missing, program
from tests.at_spi_expected import Control, control_of, controls_on, keys_of, plain, told_by, words_on
from tests.at_spi_reader import Node, Reader, shown, words_in
from tests.at_spi_screens import all_screens
from tests.pictures import GLASSES, Glass

ROLES = {"push button", "radio button", "check box", "text", "slider", "tool bar"}
LEAST_PX = 40
"""No control is a sliver."""


@dataclass
class Stage:
    """The window on a glass, and a reader outside it."""

    reader: Reader
    process: subprocess.Popen[str]

    def show(self, name: str, language: str = "en-GB", percent: int = 100, page: int = 0) -> int:
        """Have the window show it; how many pages it has there."""
        asked: Any = {"screen": name, "language": language, "percent": percent, "page": page}
        print(json.dumps(asked), file=_open(self.process.stdin), flush=True)
        return int(json.loads(_open(self.process.stdout).readline())["pages"])

    def pages(self, name: str, language: str = "en-GB", percent: int = 100) -> Iterator[Node]:
        """The tree of each page."""
        count = self.show(name, language, percent)
        yield self.reader.program()
        for page in range(1, count):
            self.show(name, language, percent, page)
            yield self.reader.program()


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@contextmanager
def stage_of(glass: Glass, folder: Path) -> Iterator[Stage]:
    command, pipe = [sys.executable, "-m", "tests.at_spi_screens", glass.name], subprocess.PIPE
    with (
        closing(Desktop(folder, (glass.width, glass.height))) as desktop,
        closing(Reader(desktop)) as reader,
        subprocess.Popen(command, env=desktop.environment, stdin=pipe, stdout=pipe, text=True) as process,
    ):
        yield Stage(reader, process)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_of(GLASSES[0], tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def tablet(tmp_path: Path) -> Iterator[Stage]:
    with stage_of(GLASSES[1], tmp_path / "tablet") as opened:
        yield opened


def faults(screen: Screen, pages: list[Node]) -> list[str]:
    """What a screen reader would miss, or be misled by."""
    told = set().union(*(told_by(tree) for tree in pages))
    found = [control_of(node) for tree in pages for node in shown(tree) if node.role in ROLES]
    every = "\n".join(told)
    missing = [f"not told: {words!r}" for words in map(plain, words_on(screen)) if words and words not in every]
    without = [f"no {control}" for control in controls_on(screen) if not _is_there(control, found)]
    nameless = [fault for tree in pages for fault in faults_of_page(screen, tree)]
    return [*missing, *without, *_keys_missing(screen, found), *nameless, *_untitled(screen, pages)]


def _is_there(wanted: Control, found: list[Control]) -> bool:
    return Control(wanted.role, plain(wanted.name), wanted.checked, plain(wanted.said)) in found


def _keys_missing(screen: Screen, found: list[Control]) -> Iterator[str]:
    """All the keys of one level; where a low page has put them away, the button that brings them."""
    names = {control.name for control in found}
    boards = [frozenset(plain(key) for key in board) for board in keys_of(screen)]
    turn = {plain(screen.key_name(keys)) for keys in ("letters", "numbers")}
    if boards and not names & turn and not any(board <= names for board in boards):
        yield f"keys: {[sorted(board - names) for board in boards]}"


def faults_of_page(screen: Screen, tree: Node) -> Iterator[str]:
    frames = list(shown(tree, "frame"))
    if len(frames) != 1 or not frames[0].name:
        yield f"the window is {frames}"
    acting = [node for node in shown(tree) if node.is_a("focusable") or node.actions]
    for node in acting:
        if node.role not in ROLES or not node.name:
            yield f"a {node.role} named {node.name!r} can be acted on"
        if min(node.place[2:]) < LEAST_PX:
            yield f"{node.name!r} is {node.place[2:]} pixels"


def _untitled(screen: Screen, pages: list[Node]) -> Iterator[str]:
    """The question is a heading, and names the group that its answers stand in."""
    titled = {node.role for tree in pages for node in shown(tree) if plain(node.name) == plain(screen.heading)}
    if "heading" not in titled:
        yield "its heading is none"
    if (screen.ask or screen.pin_length) and "panel" not in titled:
        yield "its answers stand in no group"


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["en-GB", "ur"])
def test_every_word_and_every_control_of_every_screen_is_told(stage: Stage, language: str, percent: int) -> None:
    """S1, S26, S140. Questions of every type besides, once in each language."""
    wrong = {}
    of_every_type = (language, percent) in {("en-GB", 100), ("ur", 200)}
    for name, screen in all_screens(Preferences(language, percent)).items():
        if name.startswith("type-") and not of_every_type:
            continue
        found = faults(screen, list(stage.pages(name, language, percent)))
        if found:
            wrong[name] = found
    assert wrong == {}


def test_a_word_that_is_missing_a_wrong_role_and_a_control_without_a_name_are_noticed(stage: Stage) -> None:
    """S140: the test above can fail."""
    screen = all_screens(Preferences())["question-listened"]
    pages = list(stage.pages("question-listened"))
    assert faults(screen, pages) == []
    (answer,) = [node for tree in pages for node in shown(tree, name="Yes, fully")]
    answer.name = ""
    assert any("not told: 'Yes, fully'" in fault for fault in faults(screen, pages))
    assert any("named ''" in fault for fault in faults(screen, pages))
    answer.name, answer.role = "Yes, fully", "push button"
    assert any("no Control(role='radio button', name='Yes, fully'" in fault for fault in faults(screen, pages))


def test_the_part_that_has_the_focus_says_so(stage: Stage) -> None:
    """S66."""
    stage.show("question-listened")
    focused = [node for node in shown(stage.reader.program()) if node.is_a("focusable", "focused")]
    assert [(node.role, node.name) for node in focused] == [("radio button", "Yes, fully")]


def test_what_is_wrong_is_said_at_once(stage: Stage) -> None:
    """S17: nobody has to go looking for it."""
    problem = all_screens(Preferences())["question-problem"].problem
    stage.show("question-support")
    stage.reader.listen()
    stage.show("question-problem")
    assert stage.reader.said_at_once() == [problem]


def test_a_page_without_a_question_and_the_time_that_is_left_are_said_at_once(stage: Stage) -> None:
    """S62: the focus stands on the button below them."""
    screen = all_screens(Preferences())["still-there"]
    stage.show("question-support")
    stage.reader.listen()
    stage.show("still-there")
    assert stage.reader.said_at_once() == [screen.countdown, *(line.text for line in screen.lines)]
    assert [frame.name for frame in shown(stage.reader.program(), "frame")] == [screen.heading]


def test_what_stands_on_a_page_that_is_turned_away_does_not_show(stage: Stage) -> None:
    """S140: a reader reads what is there now."""
    first, *_, last = stage.pages("review", percent=200)
    rows = [{node.name for node in shown(tree, "push button") if node.name.startswith("Change")} for tree in (first, last)]
    assert rows[0]
    assert rows[1]
    assert rows[0] & rows[1] == set()


def test_the_parts_are_read_in_the_order_in_which_they_stand(stage: Stage) -> None:
    """WCAG 1.3.2: tools, question, answers, ways on."""
    stage.show("question-share")
    names = [node.name for node in shown(stage.reader.program()) if node.role in ROLES | {"heading"}]
    wanted = ["Read aloud: Off", "May we share your words?", "Yes, you may share them", "Back", "Next"]
    assert [name for name in names if name in wanted] == wanted


def test_keys_that_have_no_room_come_when_they_are_asked_for(tablet: Stage) -> None:
    """S140: on a low page the box and the button that brings the keys are told, and then the keys."""
    tree = next(tree for tree in tablet.pages("type-site", percent=200) if list(shown(tree, "text")))
    (turn,) = shown(tree, "push button", "Letters")
    tablet.reader.act(turn)
    tree = tablet.reader.program()
    assert set("qwertyuiopasdfghjklzxcvbnm") <= {node.name.lower() for node in shown(tree, "push button")}
    assert [node.is_a("editable") for node in shown(tree, "text")] == [True]


@dataclass
class RunningKiosk:
    """The product itself, and a person who has it only through a screen reader."""

    reader: Reader
    report: Path

    def has_found_its_voices(self) -> bool:
        """The first page is shown again when it is known which languages can be heard."""
        return self.report.read_text(encoding="utf-8").count("question fft") > 1

    def presses(self, name: str, role: str = "push button") -> Node:
        """Press that, once it is there; the tree of another page after it."""
        tree = self.reader.wait_for(lambda tree: any(shown(tree, role, name)), f"A {role} named {name}")
        self.reader.act(next(iter(shown(tree, role, name))))
        heading = _heading(tree)
        return self.reader.wait_for(lambda tree: _heading(tree) not in {"", heading}, f"The page after {heading}")


def _heading(tree: Node) -> str:
    return next((node.name for node in shown(tree, "heading")), "")


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[RunningKiosk]:
    """For a site where a screen reader is installed: it does not speak itself."""
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    (tmp_path / "kiosk.toml").write_text("reading_aloud = false\n", encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "run", "--windowed", "--report-paint", "--data", str(tmp_path)]
    report = tmp_path / "report"
    with (
        closing(Desktop(tmp_path / "desktop", (1280, 800))) as desktop,
        closing(Reader(desktop)) as reader,
        report.open("w") as lines,
        subprocess.Popen(command, env=desktop.environment, stdout=lines) as process,
    ):
        yield RunningKiosk(reader, report)
        process.terminate()
        assert process.wait(20) == 0


def test_a_whole_survey_is_answered_and_sent_by_what_a_screen_reader_can_press(kiosk: RunningKiosk) -> None:
    """S1, S140: and with its own speech switched off the kiosk offers no second voice, on no page."""
    kiosk.reader.wait_for(lambda tree: kiosk.has_found_its_voices(), "A voice")
    tree = kiosk.presses("Very good", "radio button")
    assert _heading(tree) == "Why did you give that answer?"
    aloud = []
    while _heading(tree) != "Check your answers":
        aloud += [words for words in words_in(tree) if "aloud" in words.lower() or "listening" in words.lower()]
        ways = {node.name for node in shown(tree, "push button")} & {"Next", "Skip"}
        tree = kiosk.presses(ways.pop())
    assert {"Overall, how was your experience of our service?", "Very good"} <= set(words_in(tree))
    assert _heading(kiosk.presses("Send")) == "Thank you"
    assert aloud == []


def test_what_is_missing_on_a_machine_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """S140: nobody takes a test that could not run for one that passed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match=r"Xvfb is not on this machine.*system-packages.*at-spi2-core"):
        program("Xvfb")
