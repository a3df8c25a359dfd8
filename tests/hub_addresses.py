"""Every address of the hub, from Django's own list, each with an example that can be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

EXAMPLES = {"int": "1", "slug": "visit", "str": "x", "uuid": "019ab000-0000-7000-8000-000000000001", "path": "x"}
"""By Django's path converter."""


@dataclass(frozen=True)
class Address:
    """One line of the hub's list. `path` leads to it; `is_door`: machines knock there."""

    path: str
    view: Callable[..., Any]
    name: str | None

    @property
    def is_door(self) -> bool:
        return self.view.__module__.startswith("sync.hub.doors")


def addresses() -> list[Address]:
    from django.urls import get_resolver

    return list(_below(get_resolver().url_patterns, "/"))


def _below(patterns: Any, start: str) -> Iterator[Address]:
    for pattern in patterns:
        path = start + _example(str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from _below(pattern.url_patterns, path)
        else:
            yield Address(path, pattern.callback, pattern.name)


def _example(route: str) -> str:
    """A route's converters with values in their places; of a regular expression what it begins with."""
    plain = route.removeprefix("^").replace(r"[\s\S]*\Z", "anything")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "x"), plain)
