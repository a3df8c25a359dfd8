"""The hub's own key for answers that come as a file: devices get its public half at pairing, and close their files with it.

It lies beside the key of the sessions, made when it is first needed. Hubs on several machines that share one database need
the same file, as they need the same `secret-key`.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path
from typing import Any, Final

import jwt
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings

from sync import wire
from sync.hub.errors import DataUnusable

FILE_NAME: Final = "handover-key"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class Closed(Exception):
    """This cannot be opened with the key of this hub."""


class Opener:
    """Opens the lines of one file, by what its first line says. Closed for a file that was closed for another key."""

    def __init__(self, to: str, epk: dict[str, Any]) -> None:
        own = _private()
        if to != _public(own)["kid"]:
            raise Closed
        try:
            once = jwt.PyJWK(epk, algorithm=wire.ASSERTION_ALGORITHM).key
            shared = own.exchange(ec.ECDH(), once)
        except (jwt.PyJWTError, TypeError, ValueError) as problem:
            raise Closed from problem
        self._cipher = AESGCM(HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=wire.BUNDLE_SEALING).derive(shared))

    def open(self, number: int, response_id: str, sealed: str) -> bytes:
        """The document of line `number` (from 1). Raises Closed for anything that was not put into that line."""
        try:
            closed = base64.b64decode(sealed, validate=True)
            return self._cipher.decrypt(number.to_bytes(NONCE_BYTES, "big"), closed, response_id.encode())
        except (InvalidTag, binascii.Error, ValueError) as problem:
            raise Closed from problem


def public() -> dict[str, str]:
    """The public half (JWK), its id the key's own thumbprint (RFC 7638)."""
    return _public(_private())


def _public(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    parts: dict[str, str] = jwt.get_algorithm_by_name(wire.ASSERTION_ALGORITHM).to_jwk(key.public_key(), as_dict=True)
    bare = {name: parts[name] for name in ("crv", "kty", "x", "y")}
    digest = hashes.Hash(hashes.SHA256())
    digest.update(msgspec.json.encode(bare))
    return {**bare, "use": "enc", "kid": base64.urlsafe_b64encode(digest.finalize()).rstrip(b"=").decode()}


def _private() -> ec.EllipticCurvePrivateKey:
    """The key in the data folder, made now if there is none. Raises DataUnusable."""
    file = Path(settings.HUB_DATA) / FILE_NAME
    try:
        if not file.exists():
            _make(file)
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError) as problem:
        raise DataUnusable(f"The hub cannot use {file}. Put the file back from a backup.") from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise DataUnusable(f"{file} holds another kind of key. Put the file back from a backup.")
    return key


def _make(file: Path) -> None:
    """Whole or not at all, for its owner alone; another thread or process may be quicker, and then its key is the one."""
    pem = ec.generate_private_key(ec.SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = file.with_name(f".{FILE_NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
