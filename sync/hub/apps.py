"""The hub as a Django app: its label, and what is said to the database when a connection opens."""

from django.apps import AppConfig


class HubApp(AppConfig):
    name = "sync.hub"
    label = "hub"
    verbose_name = "Feedback hub"

    def ready(self) -> None:
        from sync.hub.people import sessions  # noqa: F401 - it listens for sign-ins
