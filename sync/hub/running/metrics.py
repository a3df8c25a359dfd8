"""``/metrics`` for Prometheus: what this process did, and how the hub stands, read from the database when asked.

Open to programs on this machine, and elsewhere to who brings the token (``HUB_METRICS_TOKEN``). Counts only, never an answer.
"""

from __future__ import annotations

import hmac
import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import msgspec
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sync.hub.doors import replies
from sync.hub.models import EVERYWHERE, Device, Sheet
from sync.hub.running import health
from sync.hub.running.observed import REGISTRY

NEAR = frozenset({"127.0.0.1", "::1"})
QUIET_AFTER = timedelta(days=1)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The exposition format, version 0.0.4."""
    if not _may_read(request):
        return replies.plain({"error": "Metrics are read on the hub's own machine, or with its token."}, 403)
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


class Standing(Collector):
    """How the hub stands now."""

    def collect(self) -> Iterator[Metric]:
        counted = CounterMetricFamily("hub_responses", "Responses counted since the beginning.", labels=["status"])
        for status, count in _responses().items():
            counted.add_metric([status], count)
        yield counted
        known = Device.objects.filter(revoked_at=None)
        quiet = Q(last_seen_at=None) | Q(last_seen_at__lt=timezone.now() - QUIET_AFTER)
        yield _gauge("hub_devices", "Paired devices.", known.count())
        yield _gauge("hub_devices_quiet", "Paired devices not in touch for a day.", known.filter(quiet).count())
        sums = known.aggregate(waiting=Sum("waiting"), refused=Sum("refused"), oldest=Max("oldest_waiting_seconds"))
        yield _gauge("hub_device_responses_waiting", "Responses that wait on devices, as they last said.", sums["waiting"])
        yield _gauge("hub_device_responses_refused", "Responses refused, as devices last said.", sums["refused"])
        yield _gauge("hub_device_oldest_waiting_seconds", "Age of the oldest waiting response on any device.", sums["oldest"])
        yield _gauge("hub_disk_free_bytes", "Free room where the hub keeps its data.", (health.room_mb() or 0) * 1_000_000)


REGISTRY.register(Standing())


def _responses() -> Counter[str]:
    """By status, from the month sheets of all sites: a few rows a year."""
    counted: Counter[str] = Counter()
    sheets = Sheet.objects.filter(place=EVERYWHERE, span=Sheet.Span.MONTH)
    for headline in sheets.values_list("headline", flat=True):
        counted.update(msgspec.json.decode(bytes(headline)).get("status", {}))
    return counted


def _gauge(name: str, words: str, value: int | None) -> Metric:
    return GaugeMetricFamily(name, words, value=value or 0)


def _may_read(request: HttpRequest) -> bool:
    token = os.environ.get("HUB_METRICS_TOKEN", "")
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(brought.encode(), token.encode()):
        return True
    return not token and request.META.get("REMOTE_ADDR") in NEAR
