"""Codes people type and tokens machines send: made here, kept only as hashes."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without 0 and O, 1, I and L, which look alike."""
CODE_LENGTH = 8


def new_code() -> str:
    """A code a person can read out and type: ``K7PM-4XQR``, 39 bits."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def new_token() -> str:
    """An opaque bearer token, 256 bits."""
    return secrets.token_urlsafe(32)


def code_hash(code: str) -> str:
    """The hash of a code, however it was typed: small letters, spaces and dashes do not matter."""
    return token_hash("".join(letter for letter in code.upper() if letter.isalnum()))


def token_hash(token: str) -> str:
    """SHA-256 in hex: enough for what is random already."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
