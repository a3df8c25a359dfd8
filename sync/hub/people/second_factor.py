"""The second step of signing in: a code from a phone, a passkey, or a recovery code. Here alone the library for it is used.

Secrets are kept encrypted with a key that comes from the hub's own: a lost database signs nobody in.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Final

import segno
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from sync.hub.people.access import Role, member_of

ISSUER: Final = "Feedback hub"
EVERYONE: Final = "everyone"
NOT_VIEWERS: Final = "not-viewers"
REPLAY_SECONDS: Final = 120
"""A code is good for a step before and after its own (RFC 6238 allows for slow clocks); longer than that it is remembered."""


class Vault(DefaultMFAAdapter):  # type: ignore[misc] # the library has no types
    """Allauth's adapter: our name in the phone's list, our words, and nothing kept in the clear."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not fit. Look again, or wait for the next."
    }

    def get_totp_issuer(self) -> str:
        return ISSUER

    def _get_user_identifier(self, user: User) -> str:
        return user.get_username()

    def _get_site_name(self) -> str:
        return ISSUER

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # the hub's key was made anew: from now on no code fits
            return base64.b32encode(generate_totp_secret().encode()).decode()


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second step at sign-in, in our words. A code works once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code"
        code.help_text = "Six digits from the app on your phone. Or one of your recovery codes."
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autofocus": True}

    def clean_code(self) -> str:
        code = super().clean_code()
        if not cache.add(f"code-used:{self.user.pk}:{_plain(code)}", 1, REPLAY_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return str(code)


def needed(user: User | AnonymousUser) -> bool:
    """Whether `user` must have a second step: whoever reads people's own words or changes anything; in some hubs all."""
    member = member_of(user)
    return member is not None and (settings.HUB_SECOND_STEP == EVERYONE or member.role != Role.VIEWER)


def has(user: User | AnonymousUser) -> bool:
    """Whether `user` is asked for a second step when signing in."""
    return bool(_kinds(user) & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


def having() -> set[int]:
    """The ids of everybody who has one."""
    return set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))


def has_phone(user: User) -> bool:
    """Whether codes from a phone are asked for."""
    return Authenticator.Type.TOTP in _kinds(user)


def passkeys(user: User) -> list[Authenticator]:
    """With what browsers were told to remember; each has a name in ``data``."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at"))


def codes_left(user: User) -> int:
    """How many recovery codes are not used up."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


# --- the phone ------------------------------------------------------------------------------------------------------------


def new_secret() -> str:
    """160 bits in base 32, for the phone and for us."""
    return str(generate_totp_secret())


def spelt(secret: str) -> str:
    """The secret in groups of four, for typing."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def picture(user: User, secret: str) -> str:
    """The secret as a QR code: SVG that stands in the page itself, without a style."""
    address = get_adapter().build_totp_url(user, secret)
    return str(segno.make(address, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None))


def fits(secret: str, code: str) -> bool:
    """Whether a phone that knows `secret` shows `code` now."""
    return bool(validate_totp_code(secret, code))


@transaction.atomic
def take_phone(user: User, secret: str) -> list[str]:
    """From now on codes from the phone are asked for. The recovery codes that were made for it; none if there were some."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    return _first_codes(user)


# --- passkeys -------------------------------------------------------------------------------------------------------------


def passkeys_work(host: str) -> bool:
    """Whether browsers make passkeys for this host: it needs a name, an address of digits will not do."""
    name = host.rpartition(":")[0] if ":" in host else host
    return bool(name) and not name.replace(".", "").isdigit() and not name.startswith("[")


def offer_passkey(user: User) -> dict[str, Any]:
    """What the browser needs to make one; kept in the session until it comes back."""
    return dict(webauthn.begin_registration(user, passwordless=False))


@transaction.atomic
def take_passkey(user: User, name: str, credential: dict[str, Any]) -> list[str] | None:
    """Keep what the browser made. The recovery codes made for it (see `take_phone`); None when it is not what was asked."""
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        return None
    webauthn.WebAuthn.add(user, name, credential)
    return _first_codes(user)


# --- both -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Ten recovery codes; the older ones work no more."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return [str(code) for code in RecoveryCodes.activate(user).get_unused_codes()]


@transaction.atomic
def remove(user: User, key: int | None = None) -> None:
    """Without `key` the phone, else that passkey. With the last of them the recovery codes go too."""
    own = Authenticator.objects.filter(user=user)
    (own.filter(type=Authenticator.Type.TOTP) if key is None else own.filter(type=Authenticator.Type.WEBAUTHN, pk=key)).delete()
    if not has(user):
        own.delete()


def forget(user: User) -> None:
    """`user` has no second step any more, and sets one up at the next sign-in."""
    Authenticator.objects.filter(user=user).delete()


def right_code(user: User, code: str) -> bool:
    """Whether `code` is a good code of this person, from the phone or a recovery code; that one is used up then."""
    form = CodeForm(user=user, data={"code": code})
    return bool(form.is_valid())


def _kinds(user: User | AnonymousUser) -> set[str]:
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True)) if user.pk else set()


def _first_codes(user: User) -> list[str]:
    return [] if Authenticator.Type.RECOVERY_CODES in _kinds(user) else new_codes(user)


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second step:" + str(settings.SECRET_KEY).encode()).digest()))


def _plain(code: str) -> str:
    return "".join(letter for letter in code if letter.isalnum())
