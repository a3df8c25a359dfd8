"""Another service that staff sign in with (OpenID Connect): the file that names it.

    name = "Trust sign-in"
    issuer = "https://login.example.org"
    client_id = "feedback-hub"
    client_secret = "…"
    second_step = "here"

The secret may stand in the environment instead (`KIOSK_HUB_OIDC_SECRET`). Who is let in, an invitation alone says.
`second_step` is ``there`` where the service itself asks for one.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Final

import msgspec

from sync.hub.errors import SignInServiceUnusable

SERVICE_ID: Final = "service"
"""In the addresses: ``/oidc/service/callback``."""

SECRET_VARIABLE: Final = "KIOSK_HUB_OIDC_SECRET"  # noqa: S105 - the name of one


class SignInService(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the hub needs to know of it."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    second_step: str = "here"


def read_service(file: Path) -> SignInService:
    """The service that `file` (TOML) names. Raises SignInServiceUnusable."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SignInServiceUnusable(f"The hub cannot read {file}: {problem.strerror}. Check --oidc.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SignInServiceUnusable(f"{file} is not TOML: {problem}.") from problem
    said.setdefault("client_secret", os.environ.get(SECRET_VARIABLE, ""))
    try:
        service = msgspec.convert(said, SignInService)
    except msgspec.ValidationError as problem:
        raise SignInServiceUnusable(f"{file}: {problem}. It needs name, issuer, client_id and client_secret.") from problem
    _refuse_unsafe(service, file)
    return service


def _refuse_unsafe(service: SignInService, file: Path) -> None:
    if not service.issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise SignInServiceUnusable(f"{file}: the issuer must begin with https://.")
    if not service.client_secret:
        raise SignInServiceUnusable(f"{file}: client_secret is missing. Write it there, or set {SECRET_VARIABLE}.")
    if service.second_step not in {"here", "there"}:
        raise SignInServiceUnusable(f'{file}: second_step must be "here" or "there".')
