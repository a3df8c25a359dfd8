"""GET /device/settings: what a device is to do and to show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from sync.hub.doors import replies
from sync.hub.doors.knock import for_devices
from sync.hub.models import Device
from sync.hub.places import telling


@for_devices("GET")
def settings(request: HttpRequest, device: Device) -> HttpResponse:
    """Settings and texts for this device, nobody else's. ETag and If-None-Match are honoured."""
    told = telling.document(device, timezone.localdate())
    etag = f'"{told["digest"]}"'
    reply = get_conditional_response(request, etag=etag) or replies.plain(told)
    reply["ETag"] = etag
    reply["Cache-Control"] = "no-cache"
    return reply
