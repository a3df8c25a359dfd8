"""Staff accounts: how the first one comes to be, how more are made, and what each may do and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from sync.hub.errors import AccountRefused
from sync.hub.models import Member, SetUpCode, Site
from sync.hub.people import second_factor, sessions
from sync.hub.people.access import EVERYWHERE, Role
from sync.hub.people.codes import code_hash, new_token

NAME: Final = UnicodeUsernameValidator(message="A name has letters, digits and @ . + - _ only, and no spaces.")
LAST_ONE: Final = "Somebody must look after the hub. Make another person an administrator first."


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody does here: a role, and for site managers and viewers where. `everywhere` counts for viewers alone."""

    role: str = Role.VIEWER
    everywhere: bool = False
    sites: tuple[Site, ...] = ()

    def __str__(self) -> str:
        where = "" if self.role in EVERYWHERE else "everywhere" if self.everywhere else ", ".join(map(str, self.sites))
        return " – ".join(part for part in (Role(self.role).label, where) if part)


ADMINISTRATOR: Final = Duty(Role.ADMINISTRATOR)
VIEWER_EVERYWHERE: Final = Duty(Role.VIEWER, everywhere=True)


def duty(role: str, sites: Iterable[Site] = (), *, everywhere: bool = False) -> Duty:
    """A duty that makes sense. Raises AccountRefused: a site manager and a viewer need to be somewhere."""
    if role in EVERYWHERE:
        return Duty(role)
    if role == Role.VIEWER and everywhere:
        return VIEWER_EVERYWHERE
    named = tuple(sites)
    if not named:
        raise AccountRefused(f"Choose at least one site for a {Role(role).label.lower()}.")
    return Duty(role, sites=named)


@transaction.atomic
def add(name: str, password: str | None, duty: Duty | None = None) -> User:
    """A new account. Without a duty the hub's first one is an administrator, and a later one a viewer everywhere.

    Without a password it is for somebody whom another sign-in service vouches for. Raises AccountRefused.
    """
    user = User(username=name)
    refuse_taken(name)
    try:
        NAME(name)
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as problem:
        raise AccountRefused(" ".join(problem.messages)) from problem
    first = not User.objects.exists()
    user.set_password(password)
    user.save()
    give(user, duty or (ADMINISTRATOR if first else VIEWER_EVERYWHERE))
    return user


@transaction.atomic
def reset(name: str, password: str) -> User:
    """Another password and no second step for the account `name`; it is open again. Raises AccountRefused."""
    user = User.objects.filter(username__iexact=name).first()
    if user is None:
        raise AccountRefused(f"There is no account named {name}.")
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise AccountRefused(" ".join(problem.messages)) from problem
    user.set_password(password)
    user.is_active = True
    user.save()
    second_factor.forget(user)
    sessions.end_all(user)
    return user


def refuse_taken(name: str) -> None:
    """Raises AccountRefused when somebody has this name, in whatever letters."""
    if User.objects.filter(username__iexact=name).exists():
        raise AccountRefused(f"There is an account named {name} already.")


@transaction.atomic
def give(user: User, duty: Duty) -> None:
    """From now on `user` does this. Raises AccountRefused for the last administrator."""
    if duty.role != Role.ADMINISTRATOR:
        refuse_last(user)
    member, _ = Member.objects.update_or_create(user=user, defaults={"role": duty.role, "everywhere": duty.everywhere})
    member.sites.set(duty.sites)
    user.member = member


@transaction.atomic
def close(user: User) -> None:
    """`user` signs in no more; what they did stays on record. Raises AccountRefused for the last administrator."""
    refuse_last(user)
    user.is_active = False
    user.save(update_fields=["is_active"])


def open_again(user: User) -> None:
    """`user` may sign in again, with the role they had."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def refuse_last(user: User) -> None:
    """Raises AccountRefused when no other administrator could sign in."""
    working = Member.objects.select_for_update().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if {member.user_id for member in working} == {user.pk}:
        raise AccountRefused(LAST_ONE)


def has_administrator() -> bool:
    """Whether anybody can look after this hub."""
    return Member.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists()


def set_up_code() -> str | None:
    """A new way in for a hub without an administrator; None once there is one. Each of several processes has its own."""
    if has_administrator():
        SetUpCode.objects.all().delete()
        return None
    code = new_token()
    SetUpCode.objects.create(code_hash=code_hash(code))
    return code


def opens_set_up(code: str) -> bool:
    """Whether `code` may make the first account now."""
    return not has_administrator() and SetUpCode.objects.filter(code_hash=code_hash(code)).exists()
