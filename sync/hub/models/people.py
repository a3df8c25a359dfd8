"""Staff: what they may do, how they are invited, and what they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sync.hub.models.sites import Site


class SetUpCode(models.Model):
    """The way in to a hub without accounts; of no use once there is one."""

    code_hash = models.CharField(max_length=64, unique=True)


class StaffAction(models.Model):
    """What a member of staff did and when (S161). Never a patient's answer."""

    at = models.DateTimeField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=200)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("-at",), name="staff_action_by_time"),)
        default_permissions = ()
        permissions = (("read_staff_actions", "Can read what staff did"),)


class Member(models.Model):
    """What one account may do and where. The abilities of a role stand in :mod:`sync.hub.people.access`."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", "Administrator"
        ANALYST = "analyst", "Analyst"
        SITE_MANAGER = "site-manager", "Site manager"
        VIEWER = "viewer", "Viewer"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.VIEWER)
    everywhere = models.BooleanField(default=False)
    """For viewers alone: every site. Administrators and analysts always see every site, site managers only `sites`."""
    sites = models.ManyToManyField(Site, blank=True, related_name="members")

    class Meta:
        default_permissions = ()
        permissions = (("look_after_people", "Can invite people and say what they may do"),)


class Invitation(models.Model):
    """A way in for one new person, by a link that works once and for a few days. Only the link's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Member.Role.choices)
    everywhere = models.BooleanField(default=False)
    sites = models.ManyToManyField(Site, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
