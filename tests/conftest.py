"""What holds for every test: no screen needed, no network but this machine, no home but the test's own, no stray warnings.

A warning, a warning logged and a Qt message fail the test (pyproject.toml holds the first and the last). A test that
expects a log line asks for pytest's `caplog` and checks it there.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key store of the person who runs them is theirs

HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")

LONGEST = (
    "test_on_postgresql",
    "test_hub_in_a_browser",
    "test_from_the_first_day_to_a_change",
    "test_stampede",
    "test_hub_rights",
    "test_nothing_lost_nothing_doubled",
)
"""Files of few tests that take long, the longest first: begun last, they would hold everything up alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


class StrayLines(logging.Handler):
    """Keeps every log line from warning upwards, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_log_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the test reads the log itself."""
    stray = StrayLines()
    logging.getLogger().addHandler(stray)
    yield
    logging.getLogger().removeHandler(stray)
    if stray.lines and "caplog" not in request.fixturenames:
        pytest.fail("Unexpected in the log:\n" + "\n".join(stray.lines))


@pytest.fixture(autouse=True, scope="session")
def home_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Tests never read or write the settings, answers and caches of the person who runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in HOMES:
            folder = home / name.lower()
            folder.mkdir(mode=0o700)
            patch.setenv(name, str(folder))
        yield home


@pytest.fixture(autouse=True)
def windows_that_are_closed_are_gone() -> Iterator[None]:
    """Qt deletes them only in a running loop; each that stays sees every event of the tests that follow."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True, scope="session")
def empty_clipboard() -> Iterator[None]:
    """What a test left on the clipboard goes before Python does: Qt would free it too late, and crash."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance():
            QGuiApplication.clipboard().clear()


def on_this_machine(host: object) -> bool:
    """Whether an address leads back to this machine. `None` and the empty name do; `.invalid` names lead nowhere."""
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host in {"", "localhost"} or not isinstance(host, str):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in {"0.0.0.0", "::"}
    except ValueError:
        return False


def stay_on_this_machine(event: str, details: tuple[object, ...]) -> None:
    """An audit hook: looking up or calling any other machine fails the test; an `.invalid` name is unknown, as everywhere."""
    if event == "socket.getaddrinfo":
        host = details[0]
    elif event == "socket.connect" and isinstance(details[1], tuple):
        host = details[1][0]
    else:
        return
    if str(host).endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not on_this_machine(host):
        pytest.fail(f"A test tried to reach {host}. Tests stay on this machine.")


sys.addaudithook(stay_on_this_machine)
