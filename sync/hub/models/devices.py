"""Paired kiosks and how they join. Codes and tokens are kept as SHA-256 only; a lost database signs nobody in."""

from __future__ import annotations

from django.db import models

from sync.hub.models.sites import Site


class Device(models.Model):
    """A paired kiosk: its public key (JWK), and what it last said about itself (wire.REPORT_FIELDS)."""

    client_id = models.UUIDField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=120)
    key = models.JSONField()
    paired_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=60, blank=True)
    survey = models.CharField(max_length=400, blank=True)
    languages = models.JSONField(default=list)
    waiting = models.PositiveBigIntegerField(null=True)
    sent = models.PositiveBigIntegerField(null=True)
    refused = models.PositiveBigIntegerField(null=True)
    oldest_waiting_seconds = models.PositiveBigIntegerField(null=True)
    unreadable = models.PositiveBigIntegerField(null=True)
    clock_ahead_seconds = models.BigIntegerField(null=True)
    disk_free_mb = models.PositiveBigIntegerField(null=True)
    voices = models.JSONField(default=list)
    """The languages it has a voice for."""
    settings_applied = models.CharField(max_length=64, blank=True)
    """The digest of the settings and texts it last applied (see sync.hub.places.telling)."""
    settings_pinned = models.JSONField(default=list)
    """Names of settings that stand in the device's own file, and stay whatever is set here."""
    settings_fault = models.TextField(blank=True)
    """Why the device does not use what it was told."""
    quiet_told_at = models.DateTimeField(null=True, blank=True)
    """When mail was sent because it had gone quiet; empty again once it was in touch."""

    class Meta:
        ordering = ("site__name", "name")
        default_permissions = ()
        permissions = (("look_after_devices", "Can add, rename and revoke devices"),)

    def __str__(self) -> str:
        return self.name


class PairingCode(models.Model):
    """A promise that one new device may join `site` until `expires_at`."""

    code_hash = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class PairingRequest(models.Model):
    """A device that asks to join and shows a code on its own screen; staff who read it there say yes or no."""

    code_hash = models.CharField(max_length=64, unique=True)
    ticket_hash = models.CharField(max_length=64, unique=True)
    """Of what the device alone knows, and asks for the outcome with."""
    key = models.JSONField()
    name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    refused_at = models.DateTimeField(null=True)
    device = models.OneToOneField(Device, null=True, on_delete=models.CASCADE)


class AccessToken(models.Model):
    token_hash = models.CharField(max_length=64, unique=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE)
    expires_at = models.DateTimeField(db_index=True)


class SeenAssertion(models.Model):
    """A signed assertion that was used once (`jti`), kept until it would have expired."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, db_index=False)
    jti = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("device", "jti"), name="assertion_used_once"),)
