"""Work that comes due by itself, and which of several hub processes has it in hand."""

from __future__ import annotations

from django.db import models


class DueWork(models.Model):
    """One piece of work by its name. Whoever sets `claimed_until` alone does it; a claim that has run out is anybody's."""

    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
