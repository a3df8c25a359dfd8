"""The hub's own address, as the outside knows it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """`path` with the public address in front, or with the address the request came to where none is set."""
    public = str(settings.HUB_PUBLIC_URL)
    return f"{public}{path}" if public else request.build_absolute_uri(path)
