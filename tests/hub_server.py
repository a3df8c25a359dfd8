"""A real hub on a real socket, as fixtures. A test module asks for it with ``pytest_plugins = ("tests.hub_server",)``."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from waitress.wasyncore import close_all

from sync.hub.config import HubConfig
from sync.hub.serve import listen
from sync.hub.start import set_up
from tests.hub_people import Hub
from tests.hub_survey import SURVEY


@pytest.fixture(scope="session")
def listening_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One hub for the whole run: Django is set up once in a process."""
    # A postgresql:// address runs the same tests there; {worker} in it is the name of each of pytest's processes.
    database = os.environ.get("HUB_TEST_DATABASE", "").replace("{worker}", os.environ.get("PYTEST_XDIST_WORKER", ""))
    config = HubConfig(data=tmp_path_factory.mktemp("hub"), database=database, port=0)
    set_up(config)
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.db.backends.signals import connection_created

    opened: list[BaseDatabaseWrapper] = []

    def remember(connection: BaseDatabaseWrapper, **_: object) -> None:
        opened.append(connection)

    connection_created.connect(remember)
    PBKDF2PasswordHasher.iterations = 1000  # the real one takes half a second each time, on purpose
    server = listen(config)
    thread = threading.Thread(target=server.run, name="hub", daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(lambda: close_all(server._map))  # the loop ends when it has nothing to watch
    thread.join(10)
    server.task_dispatcher.shutdown()
    server.close()
    for connection in opened:  # the worker threads have ended and left theirs open
        connection.inc_thread_sharing()
        connection.close()


@pytest.fixture
def hub(listening_hub: str) -> Iterator[Hub]:
    """The hub, as on its first day: no account, no device, no response, one survey."""
    from django.core.cache import cache
    from django.db import connection

    from sync.hub import surveys

    cache.clear()
    empty_every_table()
    surveys.add(json.dumps(SURVEY).encode())
    yield Hub(listening_hub)
    connection.close()


def empty_every_table() -> None:
    """Delete whatever a test left, what refers to others first."""
    from django.apps import apps
    from django.contrib.auth.models import User
    from django.contrib.sessions.models import Session
    from django.db.models import Model, ProtectedError

    tables: list[type[Model]] = [*apps.get_app_config("hub").get_models(), User, Session]
    while tables:
        for table in tuple(tables):
            with suppress(ProtectedError):
                table._base_manager.all().delete()
                tables.remove(table)
