"""Answers on a stick are closed so that only the hub opens them: its public key, given at pairing, and a new one for each file.

ECDH on P-384, HKDF-SHA256, AES-256-GCM (sync.wire.BUNDLE_SEALING says how they are put together). The one-time private key is
never kept: not even this device can open the file again.
"""

import base64
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.credentials import jwk, new_key, public_key
from sync.wire import BUNDLE_SEALING

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class Envelope:
    """For one file. `to`: the hub's public key (JWK), ValueError when it is none. `header` goes into the file's first line."""

    def __init__(self, to: Mapping[str, Any]) -> None:
        once = new_key()
        shared = once.exchange(ec.ECDH(), public_key(to))
        self._cipher = AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=BUNDLE_SEALING).derive(shared))
        self.header = {"to": str(to.get("kid", "")), "epk": jwk(once.public_key())}

    def close(self, number: int, response_id: str, document: bytes) -> str:
        """The document of line `number` (from 1), in base64. It opens in that line and under that id only."""
        nonce = number.to_bytes(NONCE_BYTES, "big")
        return base64.b64encode(self._cipher.encrypt(nonce, document, response_id.encode())).decode()
