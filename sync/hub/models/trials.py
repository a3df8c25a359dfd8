"""Trials of this hub by its devices (``kiosk doctor``): they count for nothing, so they lie apart from every response."""

from __future__ import annotations

from django.db import models

from sync.hub.models.devices import Device


class Trial(models.Model):
    """A response that was entered in error on purpose: its id and the hash of its content, until it is removed or a day old."""

    uuid = models.UUIDField(unique=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
