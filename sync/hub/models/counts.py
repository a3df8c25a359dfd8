"""Roll-ups: what was counted, by day and by month, at each site and everywhere. Results read these and never raw documents."""

from __future__ import annotations

from django.db import models

from sync.hub.models.surveys import SurveyVersion

EVERYWHERE = 0
"""The `place` of a sheet that counts all sites together."""


class Sheet(models.Model):
    """The counts of one survey version, on one day or in one month, at one site or everywhere; kept in step by intake.

    `first` is the day, or the first of the month. Each count is a number of responses:

    - ``headline``: `{"status": {code: n}, "methods": {code: n}, "languages": {tag: n}, "ways": {code: n},
      "measures": {measure: {code: n}}}`
    - ``questions``: `{link_id: {"n": n, "codes": {system: {code: n}}}}`
    - ``groups``: `{characteristic: {group: {"n": n, "measures": {measure: {code: n}}}}}`; characteristics are ``language``,
      ``way``, ``method`` ("" where none was told) and the equality questions by their code. Never two characteristics at
      once (S127).

    JSON, not rows of a table: a batch costs four sheets, and a page reads a sheet a month where it would read a row a count.
    """

    class Span(models.TextChoices):
        DAY = "d"
        MONTH = "m"
        WAITING = "w", "Not shown yet (see sync.hub.counts.suppression)"
        SHOWN_DAY = "D", "Shown, by the day since when"
        SHOWN_MONTH = "M", "Shown, by the month since when"

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
