"""What every door does first: the method, the bearer token, and no CSRF, for machines carry no cookies."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from sync.hub.doors import body, replies
from sync.hub.models import Device
from sync.hub.places import clocks, devices, tokens

P = ParamSpec("P")
DeviceView = Callable[Concatenate[HttpRequest, Device, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_anyone(*methods: str) -> Callable[[View[P]], View[P]]:
    """A door without sign-in."""

    def wrap(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return _wrong_method(methods)
            try:
                return view(request, *args, **kwargs)
            except body.BodyRefused as problem:
                return replies.refused(problem.status, problem.code, problem.words)

        return cast("View[P]", door)

    return wrap


def for_devices(*methods: str) -> Callable[[DeviceView[P]], View[P]]:
    """A door for paired devices: the view is given the device whose token came, its clock as it is at this moment."""

    def wrap(view: DeviceView[P]) -> View[P]:
        @wraps(view)
        def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            now = timezone.now()
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            device = tokens.device_with(token.strip(), now) if scheme.lower() == "bearer" else None
            if device is None:
                return replies.refused(401, "login", "Sign in again: the token is missing, unknown, old or revoked.")
            ahead = clocks.ahead_by_date(request.headers.get("Date", ""), now)
            devices.seen(device, now, ahead)
            device.clock_ahead_seconds = ahead
            return view(request, device, *args, **kwargs)

        return for_anyone(*methods)(cast("View[P]", door))

    return wrap


def _wrong_method(methods: tuple[str, ...]) -> HttpResponse:
    reply = replies.refused(405, "not-supported", f"This address takes {' and '.join(methods)} only.")
    reply["Allow"] = ", ".join(methods)
    return reply
