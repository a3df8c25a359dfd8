"""What each role may do, and at which sites. Every page asks here; nothing else decides.

Abilities are Django permissions (``hub.read_results``), so that views and templates ask for them in Django's own way; they come
from the role alone, through :class:`RoleBackend`.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, QuerySet

from sync.hub.models import Member, Site

Role = Member.Role
Rows = TypeVar("Rows", bound=Model)

READING: Final = frozenset({"read_results"})
ANSWERING: Final = READING | {"read_comments", "redact_comments", "write_said_and_did", "send_returns"}
ABILITIES: Final[dict[str, frozenset[str]]] = {
    Role.VIEWER: READING,
    Role.SITE_MANAGER: ANSWERING | {"rename_places"},
    Role.ANALYST: ANSWERING | {"export_responses", "read_originals"},
    Role.ADMINISTRATOR: ANSWERING
    | {
        *("export_responses", "read_originals", "delete_responses"),
        *("look_after_people", "look_after_sites", "look_after_devices", "look_after_surveys", "read_staff_actions"),
        "rename_places",
    },
}
EVERYWHERE: Final = frozenset({Role.ADMINISTRATOR, Role.ANALYST})
"""Roles that see every site, whatever sites are named."""


class RoleBackend(BaseBackend):
    """Django's question "may this user …?" answered by role."""

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        if not user_obj.is_active or obj is not None:
            return set()
        member = member_of(user_obj)
        return {f"hub.{ability}" for ability in ABILITIES[member.role]} if member else set()

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)


class PasswordBackend(ModelBackend):
    """Django's own, for names and passwords alone: what somebody may do, their role says."""

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:  # noqa: ARG002 - Django's signature
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


def member_of(user: User | AnonymousUser) -> Member | None:
    """The user's role, None for an account without one. Asked once a request: Django keeps it with the user."""
    return getattr(user, "member", None) if user.is_authenticated else None


def reach(user: User | AnonymousUser) -> frozenset[int] | None:
    """The ids of the sites this person may see; None: every site."""
    member = member_of(user)
    if member is None:
        return frozenset()
    if member.role in EVERYWHERE or (member.role == Role.VIEWER and member.everywhere):
        return None
    return frozenset(member.sites.values_list("pk", flat=True))


def sites(user: User | AnonymousUser) -> QuerySet[Site]:
    """The sites this person may see, by name."""
    within = reach(user)
    return Site.objects.all() if within is None else Site.objects.filter(pk__in=within)


def within_reach(rows: QuerySet[Rows], user: User | AnonymousUser, site: str = "site_id") -> QuerySet[Rows]:
    """Those `rows` whose site (the lookup `site`) this person may see."""
    seen = reach(user)
    return rows if seen is None else rows.filter(**{f"{site}__in": seen})
