"""What patients said: each response as it came, flat, and in their own words.

A response is kept twice: as the bytes that came (`Response.document`), and flat (`Answer`, one row an answer). A day is a
London day of arrival, for a device's clock is not to be trusted and a month that has been reported must not change.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sync.hub.models.devices import Device
from sync.hub.models.sites import Site
from sync.hub.models.surveys import SurveyVersion
from sync.hub.words import mixed


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
    """One answer of one response, flat. `code` holds a code, a number, a date or true/false; own words stand in Comment alone.

    On PostgreSQL this table lies in parts, one a month of `day` (see ``months``). Nothing guards `version` and `site`:
    they are copies of the response's, which are guarded, and twenty million more checks would find nothing.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    version = models.ForeignKey(SurveyVersion, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False)
    site = models.ForeignKey(Site, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False)
    day = models.DateField()
    link_id = models.TextField()
    repetition = models.CharField(max_length=60, blank=True)
    system = models.TextField(blank=True)
    code = models.TextField(blank=True)
    number = models.FloatField(null=True)

    class Meta:
        default_permissions = ()


class Theme(models.Model):
    """What comments are about, in the words of the staff who tag them."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """A person's own words in answer to one question: as they may be shown now, and as they came if something was taken out."""

    response = models.ForeignKey(Response, null=True, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    language = models.CharField(max_length=35)
    link_id = models.TextField()
    text = models.TextField()
    original = models.TextField(blank=True)
    """What came, once `text` is another; "" while nothing was taken out."""
    overall = models.CharField(max_length=20, blank=True)
    """The Friends and Family answer of the same response, "" where it gave none (S105)."""
    may_share = models.BooleanField(default=False)
    warnings = models.CharField(max_length=60, blank=True)
    """What it may hold that points at a person, until somebody has looked: codes of sync.hub.words.warnings, with spaces."""
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    place = models.BigIntegerField(unique=True, default=mixed.this_month)
    """Where it stands among all comments: by month, and anywhere within its month (see sync.hub.words.mixed; S157)."""
    folded = models.TextField(blank=True)
    """The words of `text` as they are searched (see sync.hub.words.folding)."""
    themes = models.ManyToManyField(Theme, blank=True, related_name="comments")

    class Meta:
        default_permissions = ()
        permissions = (
            ("read_comments", "Can read people's own words"),
            ("redact_comments", "Can take names out of people's words, tag and publish them"),
            ("read_originals", "Can read words as they came, before anything was taken out"),
            ("export_responses", "Can take whole responses away as a file"),
            ("delete_responses", "Can delete one person's response"),
        )
        indexes = (
            models.Index(fields=("version", "day"), name="comment_by_day"),
            models.Index(fields=("version", "place"), name="comment_by_place"),
            models.Index(fields=("site", "place"), name="comment_by_site"),
            models.Index(fields=("overall", "place"), name="comment_by_overall"),
            models.Index(fields=("language", "place"), name="comment_by_language"),
            models.Index(fields=("place",), condition=~models.Q(warnings=""), name="comment_with_warning"),
            models.Index(fields=("place",), condition=models.Q(published_at__isnull=False), name="comment_published"),
        )


class Forgotten(models.Model):
    """A response that was deleted here: if it comes again it is known, and neither kept nor counted."""

    uuid = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    deleted_at = models.DateTimeField()
    why = models.CharField(max_length=20)
    """``asked`` for by the person, or ``retention``."""

    class Meta:
        default_permissions = ()
