"""Organisations and sites: opened, renamed, closed. A closed place keeps its results and takes no new device."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from sync.hub.errors import HubError
from sync.hub.models import Organisation, Site


class StillInUse(HubError):
    """A place that cannot be closed yet; the message says what stands in the way."""


def open_sites() -> QuerySet[Site]:
    """Sites that may get a device."""
    return Site.objects.filter(closed_at=None)


def with_counts(sites: QuerySet[Site]) -> QuerySet[Site]:
    """`sites`, each with its `device_count`."""
    paired = Count("devices", filter=Q(devices__revoked_at=None))
    return sites.select_related("organisation").annotate(device_count=paired)


def close_site(site: Site, now: datetime) -> None:
    """No new device may join. Raises StillInUse while there is one."""
    if site.devices.filter(revoked_at=None).exists():
        raise StillInUse("There are still devices at this site. Move them or revoke them first.")
    site.closed_at = now
    site.save(update_fields=["closed_at"])


def close_organisation(organisation: Organisation, now: datetime) -> None:
    """Its sites must be closed, or belong elsewhere, first. Raises StillInUse."""
    if organisation.sites.filter(closed_at=None).exists():
        raise StillInUse("There are still open sites in this organisation. Move them or close them first.")
    organisation.closed_at = now
    organisation.save(update_fields=["closed_at"])


def open_again(place: Site | Organisation) -> None:
    """As if it had never been closed."""
    place.closed_at = None
    place.save(update_fields=["closed_at"])
