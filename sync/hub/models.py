"""What the hub keeps. Codes and tokens are kept as SHA-256 only; a lost database signs nobody in.

A response is kept twice: as the bytes that came (`Response.document`), and flat (`Answer`, one row an answer). `Tally` counts
both by day, so that results never read a document. A day is a London day of arrival, for a device's clock is not to be trusted
and a month that has been reported must not change.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Site(models.Model):
    """A place that asks: a practice, a ward, a department."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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
    clock_ahead_seconds = models.BigIntegerField(null=True)

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


class SetUpCode(models.Model):
    """The way in to a hub without accounts; of no use once there is one."""

    code_hash = models.CharField(max_length=64, unique=True)


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


class Survey(models.Model):
    """A questionnaire by its canonical address, over all its versions. `slug` names it in this hub's addresses."""

    url = models.CharField(max_length=400, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)

    class Meta:
        ordering = ("title",)
        default_permissions = ()
        permissions = (("look_after_surveys", "Can add, activate and retire surveys"),)

    def __str__(self) -> str:
        return self.title


class SurveyVersion(models.Model):
    """One version, as the FHIR Questionnaire that was added. Never changed, never deleted: old responses are judged by it."""

    class State(models.TextChoices):
        ACTIVE = "active"
        RETIRED = "retired"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("-added_at", "-id")
        constraints = (models.UniqueConstraint(fields=("survey", "version"), name="version_kept_once"),)

    def __str__(self) -> str:
        return f"{self.survey.title}, version {self.version}"


class Response(models.Model):
    """One QuestionnaireResponse as it came. `device_time` is what the device's clock said, and decides nothing.

    `clock_ahead_seconds` is how far that clock was ahead of ours when the response came, None where that was not told.
    """

    uuid = models.UUIDField(unique=True)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT)
    device = models.ForeignKey(Device, on_delete=models.PROTECT)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    status = models.CharField(max_length=20)
    language = models.CharField(max_length=35)
    may_share = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    day = models.DateField(db_index=True)
    device_time = models.CharField(max_length=40, blank=True)
    clock_ahead_seconds = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    document = models.BinaryField()
    digest = models.CharField(max_length=64)


class Answer(models.Model):
    """One answer of one response, flat. `code` holds a code, a number, a date or true/false; `text` a person's own words."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    language = models.CharField(max_length=35)
    link_id = models.TextField()
    repetition = models.CharField(max_length=60, blank=True)
    system = models.TextField(blank=True)
    code = models.TextField(blank=True)
    number = models.FloatField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        permissions = (("read_comments", "Can read people's own words"),)
        indexes = (models.Index(fields=("version", "link_id", "day"), name="answer_by_question_and_day"),)


class Tally(models.Model):
    """How many times, on one day at one device in one language.

    `subject` says what is counted: responses by ``status``, ``way`` or ``method`` (in `code`); per question the responses
    that have ``answered`` it, and each ``answer`` by `system` and `code`.
    """

    day = models.DateField()
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, db_index=False)
    language = models.CharField(max_length=35)
    subject = models.CharField(max_length=10)
    link_id = models.TextField(blank=True)
    system = models.TextField(blank=True)
    code = models.TextField(blank=True)
    count = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("version", "day", "site", "device", "language", "subject", "link_id", "system", "code"),
                name="counted_once",
            ),
        )


class StaffAction(models.Model):
    """What a member of staff did and when (S161). Never a patient's answer."""

    at = models.DateTimeField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=200)

    class Meta:
        ordering = ("-at", "-id")
        default_permissions = ()
        permissions = (("read_staff_actions", "Can read what staff did"),)
