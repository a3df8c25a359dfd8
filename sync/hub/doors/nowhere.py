"""What stands under /fhir and is no door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sync.hub.doors import replies


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every address and method ends alike
    """404 as an OperationOutcome, for a FHIR client reads no web page."""
    return replies.refused(404, "not-found", "There is nothing at this address.")
