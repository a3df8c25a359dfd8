"""The project keeps its word: versions agree, documented commands exist, files stay small and name nobody's machine."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import kiosk
from kiosk.cli import commands

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    "ACCESSIBILITY.md",
    "INSTALL.md",
    "kiosk",
    "ui",
    "sync",
    "assets",
    "tests",
    "pyproject.toml",
    "build.spec",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
}
MOST_LINES = 350
PLACES_OF_ONE_MACHINE = re.compile(r"/(?:home|Users)/\w|/work/|/opt/(?!kiosk|feedback-kiosk)|[A-Z]:\\Users\\")
SHELL_BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def in_git() -> list[Path]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def words(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def documented(program: str) -> list[list[str]]:
    """Every call of `program` in the README's shell blocks, as words."""
    blocks = "\n".join(SHELL_BLOCK.findall(words(ROOT / "README.md")))
    lines = (line.strip().removeprefix("$ ") for line in blocks.splitlines())
    return [shlex.split(line, comments=True) for line in lines if line.startswith(f"{program} ")]


@cache
def kiosk_help(*names: str) -> str:
    """What `kiosk NAMES --help` prints; empty when there is no such command."""
    answer = CliRunner().invoke(commands, [*names, "--help"])
    return answer.stdout if answer.exit_code == 0 else ""


def test_the_program_and_the_package_have_one_version() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == kiosk.__version__


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{kiosk.__version__}]" in words(ROOT / "CHANGELOG.md")


def test_nothing_stands_at_the_top_that_convention_does_not_put_there() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in in_git()}
    assert {top for top in tops if not top.startswith(".")} - TOP_LEVEL == set()


@pytest.mark.parametrize("package", ["kiosk", "ui", "sync", "tests"])
def test_no_file_has_grown_two_subjects(package: str) -> None:
    """But what Django has written: a migration is one subject, however long."""
    files = [path for path in (ROOT / package).rglob("*.py") if path.parent.name != "migrations"]
    sizes = {str(path.relative_to(ROOT)): len(words(path).splitlines()) for path in files}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def test_no_file_names_a_place_on_the_machine_of_whoever_wrote_it() -> None:
    found = [
        (path.name, place[0])
        for path in in_git()
        if path != Path(__file__)
        for place in PLACES_OF_ONE_MACHINE.finditer(words(path))
    ]
    assert found == []


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", words(ROOT / "Makefile"), re.MULTILINE))
    named = {word for call in documented("make") for word in call[1:] if "=" not in word}
    assert named
    assert named - targets == set()


def test_every_command_in_the_readme_exists_with_its_options() -> None:
    calls = documented("kiosk")
    assert calls
    assert [" ".join(call) for call in calls if not is_understood(call[1:])] == []


def is_understood(arguments: list[str]) -> bool:
    """Whether the leading words name a command, and its help knows every option given."""
    names: list[str] = []
    for name in arguments:
        if name.startswith("-") or kiosk_help(*names, name) in {"", kiosk_help(*names)}:
            break
        names.append(name)
    options = {argument.partition("=")[0] for argument in arguments if argument.startswith("--")}
    return bool(names) and all(option in kiosk_help(*names) for option in options)


def test_no_font_lies_in_the_project() -> None:
    """S90: fonts come from the system, with their own licences."""
    assert [path.name for path in in_git() if path.suffix.lower() in {".ttf", ".otf", ".woff", ".woff2", ".ttc"}] == []


def test_the_kiosk_has_neither_eyes_nor_ears() -> None:
    """S22, S30: no camera, no microphone, so nothing depends on a face, a finger's print or a voice."""
    sources = [path for package in ("kiosk", "ui", "sync") for path in (ROOT / package).rglob("*.py")]
    senses = re.compile(r"QCamera|QAudioSource|QMediaCaptureSession|audioInput", re.IGNORECASE)
    assert [path.name for path in sources if senses.search(words(path))] == []
