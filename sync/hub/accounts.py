"""Staff accounts: how the first one comes to be, and how more are made."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from sync.hub.codes import code_hash, new_token
from sync.hub.errors import AccountRefused
from sync.hub.models import SetUpCode

READ_COMMENTS = "read_comments"


@transaction.atomic
def add(name: str, password: str, *, administrator: bool = False, reads_comments: bool = False) -> User:
    """A new account; the first one of a hub is always an administrator. Raises AccountRefused."""
    if User.objects.filter(username__iexact=name).exists():
        raise AccountRefused(f"There is an account named {name} already.")
    user = User(username=name)
    try:
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as problem:
        raise AccountRefused(" ".join(problem.messages)) from problem
    user.is_superuser = administrator or not User.objects.exists()
    user.set_password(password)
    user.save()
    if reads_comments:
        user.user_permissions.add(Permission.objects.get(codename=READ_COMMENTS, content_type__app_label="hub"))
    return user


def set_up_code() -> str | None:
    """A new way in for a hub without accounts; None once there is one."""
    SetUpCode.objects.all().delete()
    if User.objects.exists():
        return None
    code = new_token()
    SetUpCode.objects.create(code_hash=code_hash(code))
    return code


def opens_set_up(code: str) -> bool:
    """Whether `code` may make the first account now."""
    return not User.objects.exists() and SetUpCode.objects.filter(code_hash=code_hash(code)).exists()
