"""One line a request, and its part in the metrics: method, route, status, time. Never a query, an address or an answer (S161).

The route is the pattern of the address (``devices/<int:pk>``): no id of anybody stands in a log or in a metric.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram

log = logging.getLogger("hub.requests")

REGISTRY: Final = CollectorRegistry()
"""Of this process alone; what the database knows is added when it is asked for (sync.hub.running.metrics)."""
REQUESTS: Final = Counter("hub_requests", "Requests answered.", ("method", "route", "status"), registry=REGISTRY)
SECONDS: Final = Histogram(
    "hub_request_seconds",
    "Time from a request to its reply.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
QUIET: Final = frozenset({"healthz", "readyz", "metrics"})
"""Asked every few seconds by programs: counted, and not written down."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class Observed:
    """Django middleware, around everything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        reply = self._get_response(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(method, route, str(reply.status_code)).inc()
        SECONDS.labels(route).observe(seconds)
        reply["X-Request-Id"] = identity = str(uuid4())
        if route not in QUIET:
            said = {"method": method, "route": route, "status": reply.status_code}
            log.info("request", extra={"said": said | {"milliseconds": round(seconds * 1000, 1), "id": identity}})
        return reply


def route_of(request: HttpRequest) -> str:
    """The pattern that the address fits; ``nowhere`` for an address that is none."""
    return str(request.resolver_match.route or "home") if request.resolver_match else "nowhere"
