"""Where somebody is signed in, and how that ends."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

BEGAN: Final = "began"
BROWSER: Final = "browser"

BROWSERS: Final = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session. `mark` names it on a page; the session's own key never leaves the server."""

    mark: str
    began: datetime | None
    browser: str
    is_this: bool
    key: str


@receiver(user_logged_in)
def note_where(request: HttpRequest, **_: Any) -> None:
    """Keep when and with what somebody signed in; and sweep out what has run out."""
    request.session[BEGAN] = timezone.now().isoformat()
    request.session[BROWSER] = browser(request.META.get("HTTP_USER_AGENT", ""))
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def of(user: User, this: str | None = None) -> list[SignedIn]:
    """Every place where `user` is signed in now, the newest first. `this`: the key of the session that asks."""
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        said = row.get_decoded()
        if said.get(SESSION_KEY) == str(user.pk):
            began = datetime.fromisoformat(said[BEGAN]) if BEGAN in said else None
            mark = hashlib.sha256(row.session_key.encode()).hexdigest()[:16]
            found.append(SignedIn(mark, began, said.get(BROWSER, ""), row.session_key == this, row.session_key))
    return sorted(found, key=lambda one: one.began or timezone.now(), reverse=True)


def end(user: User, mark: str) -> bool:
    """End one of the sessions of `user`; whether there was such a one."""
    keys = [one.key for one in of(user) if one.mark == mark]
    return bool(Session.objects.filter(session_key__in=keys).delete()[0])


def end_all(user: User, but: str | None = None) -> int:
    """Sign `user` out everywhere, except in the session with the key `but`. How many ended."""
    keys = [one.key for one in of(user) if one.key != but]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def browser(agent: str) -> str:
    """A browser's long name in short words: ``Firefox on Windows``."""
    program = next((words for sign, words in BROWSERS.items() if sign in agent), "")
    system = next((words for sign, words in SYSTEMS.items() if sign in agent), "")
    return " on ".join(part for part in (program, system) if part) or "Another program"
