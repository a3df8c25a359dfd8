"""Roll-ups: what was counted, by day and by month, at each site and everywhere. Results read these and never raw documents."""

from __future__ import annotations

from django.db import models

from sync.hub.models.devices import Device
from sync.hub.models.sites import Site
from sync.hub.models.surveys import SurveyVersion

EVERYWHERE = 0
"""The `place` of a sheet that counts all sites together."""


class Sheet(models.Model):
    """The counts of one survey version, on one day or in one month, at one site or everywhere; kept in step by intake.

    `first` is the day, or the first of the month. Each count is a number of responses:

    - ``headline``: `{"status": {code: n}, "method": {code: n}, "measures": {measure: {code: n}}}`
    - ``questions``: `{link_id: {"n": n, "codes": {"system|code": n}}}`
    - ``groups``: `{characteristic: {group: {"n": n, "measures": {measure: {code: n}}}}}`; characteristics are ``language``,
      ``way`` and the equality questions by their measure code. Never two characteristics at once (S127).
    """

    class Span(models.TextChoices):
        DAY = "d"
        MONTH = "m"

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, db_index=False)
    place = models.PositiveBigIntegerField()
    """The id of a Site, or EVERYWHERE."""
    span = models.CharField(max_length=1, choices=Span.choices)
    first = models.DateField()
    headline = models.BinaryField()
    questions = models.BinaryField()
    groups = models.BinaryField()

    class Meta:
        default_permissions = ()
        permissions = (("read_results", "Can read results"),)
        constraints = (models.UniqueConstraint(fields=("version", "place", "span", "first"), name="counted_on_one_sheet"),)


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
