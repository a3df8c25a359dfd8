"""Who may import whom. The contracts in pyproject.toml say what a room must never reach, the table here what it may."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kiosk", "ui", "sync")


@dataclass(frozen=True, slots=True)
class Room:
    """Modules with the same rights. `outside`: external packages; `inside`: rooms, by name, beside their own."""

    outside: frozenset[str]
    inside: frozenset[str] = frozenset()


ANYTHING = frozenset({"*"})
ROOMS = {
    "composition root": Room(ANYTHING, ANYTHING),
    "core": Room(frozenset({"msgspec"})),
    "settings": Room(frozenset({"msgspec", "platformdirs", "tomli_w"}), frozenset({"core"})),
    "speech": Room(frozenset({"pyttsx3", "msgspec"}), frozenset({"core"})),
    "screens": Room(frozenset({"PySide6", "shiboken6", "segno"}), frozenset({"core", "speech"})),
    "contract": Room(frozenset()),
    "device": Room(
        frozenset(
            {"requests", "urllib3", "sqlite_utils", "msgspec", "jwt", "cryptography", "truststore", "keyring", "secretstorage"}
        ),
        frozenset({"contract"}),
    ),
    "hub": Room(
        frozenset(
            {
                *("django", "waitress", "whitenoise", "msgspec", "jwt", "cryptography", "click", "segno", "allauth"),
                *("holidays", "prometheus_client", "resvg_py", "weasyprint", "xlsxwriter"),
            }
        ),
        frozenset({"core", "contract"}),
    ),
}


def room_of(module: str) -> str:
    """The room a module stands in; a module nobody thought of belongs to its package's strictest room."""
    by_prefix = {
        "kiosk.app": "composition root",
        "kiosk.cli": "composition root",
        "kiosk.__main__": "composition root",
        "kiosk.settings": "settings",
        "kiosk.speech": "speech",
        "kiosk": "core",
        "ui": "screens",
        "sync.wire": "contract",
        "sync.hub": "hub",
        "sync": "device",
    }
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(by_prefix[prefix] for prefix in prefixes if prefix in by_prefix)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def test_the_contracts_in_pyproject_are_kept() -> None:
    """In a process of its own: import-linter sets up logging for itself."""
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
        "--no-logo",
        "--no-cache",
    ]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_room_imports_only_what_its_line_in_the_table_allows(graph: grimp.ImportGraph) -> None:
    assert [line for module in sorted(graph.modules) if is_ours(module) for line in trespasses(graph, module)] == []


def test_every_file_of_the_product_is_in_the_graph(graph: grimp.ImportGraph) -> None:
    """A folder without `__init__.py` would be out of the contracts' sight."""
    files = {path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    assert names - graph.modules == set()


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def trespasses(graph: grimp.ImportGraph, module: str) -> list[str]:
    room = ROOMS[room_of(module)]
    return [
        f"{module} -> {target}"
        for target in sorted(graph.find_modules_directly_imported_by(module))
        if not may(room, module, target)
    ]


def may(room: Room, module: str, target: str) -> bool:
    if not is_ours(target):
        top = target.partition(".")[0]
        return room.outside == ANYTHING or top in room.outside or top in sys.stdlib_module_names
    theirs = room_of(target)
    return room.inside == ANYTHING or theirs in room.inside or theirs == room_of(module)
