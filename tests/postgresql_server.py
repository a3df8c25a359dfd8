"""A real PostgreSQL for the tests of one process, as a fixture: ``pytest_plugins = ("tests.postgresql_server",)``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql import QUICK, Cluster, NotHere, running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A cluster, or a skip that says why there is none."""
    try:
        with running(*QUICK) as cluster:
            yield cluster
    except NotHere as missing:
        pytest.skip(str(missing))
