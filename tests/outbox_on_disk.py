"""A real outbox in a file, as fixtures: ``pytest_plugins = ("tests.outbox_on_disk",)``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.outbox import Outbox
from sync.reserve import Reserve
from tests.outbox_in_use import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path, clock: Clock) -> Iterator[Outbox]:
    outbox = Outbox(path, clock=clock, reserve=Reserve(path.with_suffix(".reserve"), 1000))
    yield outbox
    outbox.close()
