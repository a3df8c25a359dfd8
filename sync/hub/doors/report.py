"""POST /device/report: how a device is doing."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sync.hub.doors import body, replies
from sync.hub.doors.knock import for_devices
from sync.hub.doors.shapes import Report
from sync.hub.models import Device
from sync.hub.places import devices
from sync.hub.texts import UNREADABLE_JSON


@for_devices("POST")
def report(request: HttpRequest, device: Device) -> HttpResponse:
    """Keep the report; the reply tells the device its name and site, which staff may have changed."""
    try:
        said = msgspec.json.decode(body.read(request), type=Report)
        devices.note_report(device, msgspec.structs.asdict(said), timezone.now())
    except (*UNREADABLE_JSON, ValueError) as problem:
        return replies.refused(400, "structure", f"This report cannot be read: {problem}.")
    return replies.plain({"name": device.name, "site": device.site.name})
