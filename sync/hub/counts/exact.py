"""Every answer counted on the day it came, small numbers too: for those who may take whole responses away anyway."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sync.hub.analysis import as_document, results
from sync.hub.analysis.results import USUAL_DAYS
from sync.hub.counts.scopes import Scope
from sync.hub.models import Survey


def document(slug: str, first: date | None = None, last: date | None = None) -> dict[str, Any] | None:
    """The exact results of a survey; without dates of the last 30 days. None where there is no such survey."""
    survey = Survey.objects.filter(slug=slug).first()
    if survey is None:
        return None
    until = last or timezone.localdate()
    return as_document.of(results.of(Scope(survey, first or until - timedelta(days=USUAL_DAYS - 1), until)))
