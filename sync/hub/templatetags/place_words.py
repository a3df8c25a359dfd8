"""How devices' settings are said on the staff pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from kiosk import languages
from sync.hub.pages.settings_fields import FIELDS

register = template.Library()

APPLIED: Final = {
    "yes": "Applied",
    "not yet": "Not yet applied",
    "refused": "Not accepted by the device",
    "not told": "No report yet",
}


@register.filter
def applied(state: str) -> str:
    """Whether what is set here holds on the device."""
    return APPLIED.get(state, "–")


@register.filter
def room(free_mb: int | None) -> str:
    """Room on a disk: ``12.3 GB``."""
    if free_mb is None:
        return "–"
    return f"{free_mb / 1000:.1f} GB" if free_mb >= 1000 else f"{free_mb} MB"


@register.filter
def setting_names(names: list[str]) -> str:
    """``idle_seconds`` by its words; a name without words as it is."""
    words = {field.name: field.label for field in FIELDS}
    return ", ".join(words.get(name, name) for name in names)


@register.filter
def entry(table: Mapping[str, Any] | None, key: str) -> str:
    """What stands under `key`."""
    return str(table.get(key, "")) if isinstance(table, Mapping) else ""


@register.filter
def joined(value: Any) -> str:
    """A list as it is typed: ``en, cy``."""
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


@register.filter
def tongue(tag: str) -> str:
    """``cy`` -> ``Welsh``."""
    return languages.language(tag).english_name


@register.filter
def ago(moment: datetime | None) -> str:
    """How long since: ``just now``, ``3 hours ago``, ``never``."""
    if moment is None:
        return "never"
    return "just now" if (timezone.now() - moment).total_seconds() < 60 else f"{timesince(moment)} ago"
