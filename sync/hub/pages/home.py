"""The first page: what came in today and this month, and which devices need somebody."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sync.hub import devices, results
from sync.hub.models import Device, Survey


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    survey: Survey
    today: int
    this_month: int


@dataclass(frozen=True, slots=True)
class DeviceCare:
    device: Device
    worries: list[str]


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Surveys with their counts, and devices to look at."""
    today = timezone.localdate()
    by_day, by_month = results.responses_since(today), results.responses_since(today.replace(day=1))
    counts = [SurveyCounts(one, by_day.get(one.pk, 0), by_month.get(one.pk, 0)) for one in Survey.objects.all()]
    paired = Device.objects.filter(revoked_at=None).select_related("site")
    cared = [DeviceCare(device, devices.worries(device, timezone.now())) for device in paired]
    found = {"surveys": counts, "device_count": len(cared), "attention": [one for one in cared if one.worries]}
    return render(request, "hub/home.html", found)
