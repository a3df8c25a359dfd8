"""Where people are asked: organisations, their sites, and what is set for each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce


class Organisation(models.Model):
    """Who answers for the sites: a trust, a partnership. `alert_mail`, an address a line, hears of devices gone quiet."""

    name = models.CharField(max_length=120, unique=True)
    quiet_after_hours = models.PositiveSmallIntegerField(default=24)
    alert_mail = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    return_list = models.CharField(max_length=10, default="gp")
    """Which list of collection methods its Friends and Family return has (methods.LISTS)."""
    method_words = models.JSONField(default=dict, blank=True)
    """What was changed in that list: `{code: words}`, "" takes a row away."""

    class Meta:
        ordering = ("name",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place that asks: a practice, a ward, a department."""

    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120, unique=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        default_permissions = ()
        permissions = (
            ("look_after_sites", "Can add and rename sites and set what their devices do"),
            ("rename_places", "Can give other names to sites and devices within reach"),
        )

    def __str__(self) -> str:
        return self.name


class PopulationShare(models.Model):
    """What part of a site's population is in one group of one characteristic, as staff entered it (0 to 100)."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="population")
    characteristic = models.CharField(max_length=60)
    """As in `Sheet.groups`: the measure code of an equality question."""
    group = models.CharField(max_length=200)
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("site", "characteristic", "group"), name="share_entered_once"),)


class KioskSettings(models.Model):
    """What devices are told to do: for all (no foreign key set), an organisation, a site or a device. The nearest wins."""

    organisation = models.OneToOneField(Organisation, null=True, on_delete=models.CASCADE, related_name="kiosk_settings")
    site = models.OneToOneField(Site, null=True, on_delete=models.CASCADE, related_name="kiosk_settings")
    device = models.OneToOneField("hub.Device", null=True, on_delete=models.CASCADE, related_name="kiosk_settings")
    values = models.JSONField(default=dict)
    """Only what is set at this level, by the names of the kiosk's own settings."""
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                Coalesce("organisation", 0), Coalesce("site", 0), Coalesce("device", 0), name="set_once_at_each_level"
            ),
        )
