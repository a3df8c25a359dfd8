"""A hub that sends its mail through a post office of the test's own: ``tests.mailed`` beside ``tests.hub_server``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.hub.running.mail import settings_for_mail
from tests.hub_people import Hub
from tests.post_office import PostOffice, open_post_office


@pytest.fixture
def mailed(hub: Hub) -> Iterator[PostOffice]:
    """The hub sends its mail through this post office."""
    from django.test import override_settings

    with open_post_office() as office:
        named = settings_for_mail(f"smtp://127.0.0.1:{office.port}", "hub@example.org")
        with override_settings(**named, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"):
            yield office
