"""Answers at rest: AES-256-GCM, a fresh nonce for each document, bound to the response it belongs to (S159).

A sealed document is one version byte, the nonce of 12 bytes, and the ciphertext with its tag. The response's id and the key's
name are authenticated with it, so that a row's text cannot be moved into another row. What the database keeps beside it
is a digest of the sealed bytes, which tells damage and says nothing of the words.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.keys import Keys

VERSION: Final = b"\x01"
NONCE_BYTES: Final = 12
PURPOSE: Final = b"feedback-kiosk answer\0"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted document, and the name of the key that opens it."""

    key: str
    document: bytes = field(repr=False)


class Vault:
    """Seals and opens documents with the device's own `keys`."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._ciphers: dict[str, AESGCM] = {}

    def seal(self, response_id: str, document: bytes) -> Sealed:
        """The document encrypted for this very response. OSError when there is no way to keep a key."""
        key = self.keys.current()
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = _bound(key.name, response_id)
        return Sealed(key.name, VERSION + nonce + self._cipher(key.name, key.secret).encrypt(nonce, document, bound))

    def open(self, response_id: str, sealed: Sealed) -> bytes | None:
        """The document, or None: its key cannot be had now, or these are not the bytes that were sealed for this response."""
        key = self.keys.known().get(sealed.key)
        if key is None or sealed.document[:1] != VERSION:
            return None
        nonce, ciphertext = sealed.document[1 : 1 + NONCE_BYTES], sealed.document[1 + NONCE_BYTES :]
        try:
            return self._cipher(key.name, key.secret).decrypt(nonce, ciphertext, _bound(key.name, response_id))
        except (InvalidTag, ValueError):
            return None

    def _cipher(self, name: str, secret: bytes) -> AESGCM:
        if name not in self._ciphers:
            self._ciphers[name] = AESGCM(secret)
        return self._ciphers[name]


def _bound(key: str, response_id: str) -> bytes:
    return PURPOSE + VERSION + key.encode() + b"\0" + response_id.encode()
