"""What came of it: what was changed because people said something, and what is reported to others."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sync.hub.models.sites import Site
from sync.hub.models.surveys import Survey


class SaidAndDid(models.Model):
    """You said, we did: at one site, or at every site; in each language its two sentences. Shown on the kiosk in turn."""

    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="said_and_did")
    words = models.JSONField()
    """`{language tag: {"said": str, "did": str, "reviewed": bool}}`; English is always there."""
    shown_from = models.DateField()
    shown_until = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("-shown_from", "-pk")
        default_permissions = ()
        permissions = (("write_said_and_did", "Can write what was changed"),)


class OtherMethod(models.Model):
    """Friends and Family answers of one month that came another way than by these devices: on paper, by telephone (S107)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    month = models.DateField()
    method = models.CharField(max_length=40)
    counts = models.JSONField()
    """`{code: n}` over the six codes of measures.FFT_CODES."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("site", "month", "method"), name="other_method_entered_once"),)


class MonthReturn(models.Model):
    """A Friends and Family return as it was sent (S106): its figures never change again. No site: all sites together."""

    month = models.DateField()
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT)
    figures = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("-month", "site__name")
        default_permissions = ()
        permissions = (("send_returns", "Can enter other methods and mark a month's return as sent"),)
        constraints = (
            models.UniqueConstraint(fields=("month", "site"), name="month_sent_once"),
            models.UniqueConstraint(fields=("month",), condition=models.Q(site=None), name="month_of_all_sent_once"),
        )


class ReportByMail(models.Model):
    """Who gets the monthly report of a survey at a site (no site: at all) by mail, and on which day of the month."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE)
    addresses = models.TextField()
    """One a line."""
    day_of_month = models.PositiveSmallIntegerField(default=3)
    sent_month = models.DateField(null=True)
    """The first of the last month that was sent."""

    class Meta:
        default_permissions = ()


class Target(models.Model):
    """What part of the people (0 to 100) should give the good answers to one measure of a survey. Charts show it (S145)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="targets")
    measure = models.CharField(max_length=60)
    percent = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("survey", "measure"), name="one_target_a_measure"),)


class Rebase(models.Model):
    """From this day on a chart has a mean and limits of its own, because something was changed on purpose (S144)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="rebases")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE)
    """None: the chart of all sites."""
    day = models.DateField()
    why = models.CharField(max_length=120)

    class Meta:
        ordering = ("day",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("survey", "site", "day"), name="one_rebase_a_day"),
            models.UniqueConstraint(fields=("survey", "day"), condition=models.Q(site=None), name="one_rebase_of_all_a_day"),
        )


class SmallNumbers(models.Model):
    """The one row that says below how many people a group is hidden (S111); without it, eight."""

    hide_below = models.PositiveSmallIntegerField(default=8)

    class Meta:
        default_permissions = ()
