"""From a :class:`HubConfig` to a hub whose database is ready. Django is set up once in a process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings

from sync.hub.config import HubConfig, make_data_directory
from sync.hub.errors import DatabaseUnusable
from sync.hub.running import turn
from sync.hub.settings import settings_for

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

SAMPLE_SURVEYS = Path(__file__).resolve().parents[2] / "assets" / "surveys"
STATIC = Path(__file__).resolve().parent / "static"


def set_up(config: HubConfig) -> None:
    """Data directory, key, Django and an up-to-date database with at least the sample surveys. Raises HubError."""
    make_data_directory(config)
    with turn.on_this_machine(config.data):
        settings.configure(**settings_for(config))
        django.setup()
        _prepare_database()


def application() -> WSGIApplication:
    """The WSGI application, style sheets included."""
    from django.core.wsgi import get_wsgi_application
    from whitenoise import WhiteNoise

    served: WSGIApplication = WhiteNoise(get_wsgi_application(), root=str(STATIC), prefix="static/")
    return served


def _prepare_database() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        with turn.in_this_database():
            call_command("migrate", interactive=False, verbosity=0)
            _add_sample_surveys()
    except DatabaseError as problem:
        words = str(problem).strip().splitlines()[0]
        remedy = "Check that it runs and that the address is right."
        raise DatabaseUnusable(f"The hub cannot use its database: {words}. {remedy}") from problem


def _add_sample_surveys() -> None:
    from sync.hub import surveys
    from sync.hub.models import Survey

    if not Survey.objects.exists():
        for file in sorted(SAMPLE_SURVEYS.glob("*.json")):
            surveys.add(file.read_bytes())
