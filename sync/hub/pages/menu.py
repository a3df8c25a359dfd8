"""The main menu: where it leads, and who is shown which part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the hub: its words, the name of its first address, what one must be able to do to see it, and its pages."""

    words: str
    address: str
    ability: str = ""
    pages: tuple[str, ...] = ()
    """How the names of its other addresses begin."""


MENU: Final = (
    Part("Home", "home"),
    Part(
        "Results",
        "all-results",
        "read_results",
        ("results", "trends", "equality", "population", "how-shown", "comment", "themes", "quotes", "exports"),
    ),
    Part("Reports", "reports", "read_results", ("report",)),
    Part("Returns", "returns", "send_returns", ("return", "enter-return")),
    Part("You said, we did", "said-and-did", "write_said_and_did", ("write-said", "change-said")),
    Part("Sites", "sites", "", ("site", "add-site", "organisation", "add-organisation", "settings")),
    Part("Devices", "devices", "", ("device", "add-device", "approve-device")),
    Part("Surveys", "surveys", "", ("add-survey",)),
    Part("People", "people", "look_after_people", ("person", "invite-person", "staff-actions")),
    Part("Your account", "your-account", "", ("second-step", "recovery-codes", "add-passkey", "remove-")),
)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Django context processor: ``menu``, each part with whether we are in it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": ()}
    here = request.resolver_match.url_name if request.resolver_match else ""
    shown = [part for part in MENU if not part.ability or user.has_perm(f"hub.{part.ability}")]
    return {"menu": [(part, _is_here(part, here or "")) for part in shown]}


def _is_here(part: Part, here: str) -> bool:
    return here == part.address or here.startswith(part.pages)
