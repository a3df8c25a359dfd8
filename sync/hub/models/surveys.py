"""Questionnaires, version by version."""

from __future__ import annotations

from django.db import models


class Survey(models.Model):
    """A questionnaire by its canonical address, over all its versions. `slug` names it in this hub's addresses."""

    url = models.CharField(max_length=400, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    keep_days = models.PositiveIntegerField(null=True, blank=True, default=365)
    """How long responses are kept (S158); empty: for ever. Counts stay."""

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
