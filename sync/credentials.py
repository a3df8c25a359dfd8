"""Who this device is to its centre: one small file, made at pairing, whole even after a power cut, for our user only."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urljoin

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync.batch import UNREADABLE_JSON
from sync.errors import CredentialsUnreadable, PairingFailed
from sync.files import write_durably
from sync.outcomes import Unreachable
from sync.signin import DeviceKey, NoSignIn, SignIn
from sync.transport import HttpTransport, Reply, Request, Transport, check_address
from sync.wire import ASSERTION_ALGORITHM, PAIR_PATH, REPORT_PATH

T = TypeVar("T")
FILE_NAME: Final = "credentials.json"
COORDINATE_BYTES: Final = 48
"""A P-384 coordinate (RFC 7518 6.2.1.2)."""


class Credentials(msgspec.Struct, frozen=True):
    """Which centre, and how to sign in there. `report_url` is "" where the centre is not our hub.

    `handover_key` is the hub's public key (JWK) for answers that leave as a file; empty where it gave none.
    """

    fhir_base: str
    sign_in: SignIn = NoSignIn()
    site: str = ""
    name: str = ""
    report_url: str = ""
    handover_key: dict[str, str] = {}


class _Paired(msgspec.Struct):
    client_id: str
    token_url: str
    fhir_base: str
    site: str = ""
    handover_key: dict[str, str] = {}


def load(folder: Path) -> Credentials | None:
    """The stored credentials, or None for a device that was never paired. CredentialsUnreadable."""
    path = folder / FILE_NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Credentials)
    except FileNotFoundError:
        return None
    except (OSError, *UNREADABLE_JSON) as error:
        raise CredentialsUnreadable(path) from error


def save(folder: Path, credentials: Credentials) -> None:
    """Store the credentials in place of the old ones, at once, readable by this user only. OSError."""
    write_durably(folder / FILE_NAME, msgspec.json.encode(credentials))


def forget(folder: Path) -> None:
    """Unpair: this device no longer knows a centre."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def pair(url: str, code: str, name: str, transport: Transport | None = None) -> Credentials:
    """Make a new key, show its public half to the hub at `url` with the one-time `code`, and return what to :func:`save`.

    AddressRefused for an address that is not safe, PairingFailed with a sentence for everything else.
    """
    key = new_key()
    reply = ask(url, PAIR_PATH, {"code": code.strip(), "jwk": jwk(key.public_key()), "name": name}, transport)
    if isinstance(reply, Reply) and reply.status == 403:
        raise PairingFailed("The code is wrong or too old. Make a new one at the centre and type it again.")
    return joined(url, name, key, reply)


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key that this device alone will ever hold."""
    return ec.generate_private_key(ec.SECP384R1())


def ask(url: str, path: str, question: dict[str, Any], transport: Transport | None = None) -> Reply | Unreachable:
    """One question to the hub at `url`, before this device is known there. AddressRefused."""
    check_address(url)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    carrier = transport or HttpTransport()
    try:
        return carrier.exchange(Request("POST", urljoin(url, path), headers, msgspec.json.encode(question)))
    finally:
        carrier.close()


def joined(url: str, name: str, key: ec.EllipticCurvePrivateKey, reply: Reply | Unreachable) -> Credentials:
    """What the hub's reply makes this device to it. PairingFailed, AddressRefused."""
    paired = answered(reply, _Paired)
    token_url, fhir_base, report_url = (urljoin(url, part) for part in (paired.token_url, paired.fhir_base, REPORT_PATH))
    for address in (token_url, fhir_base):
        check_address(address)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    sign_in = DeviceKey(token_url, paired.client_id, pem, jwk(key.public_key())["kid"])
    if paired.handover_key:
        _checked(paired.handover_key)
    return Credentials(fhir_base, sign_in, paired.site, name, report_url, paired.handover_key)


def _checked(handover_key: dict[str, str]) -> None:
    try:
        public_key(handover_key)
    except ValueError as error:
        raise PairingFailed(
            "The centre's key for answers on a stick cannot be used. Tell who looks after the centre."
        ) from error


def public_key(key: Mapping[str, Any]) -> ec.EllipticCurvePublicKey:
    """A P-384 JSON Web Key (RFC 7518, 6.2.1) as a key. ValueError."""
    try:
        x, y = (int.from_bytes(base64.urlsafe_b64decode(f"{key[name]}==")) for name in ("x", "y"))
    except (KeyError, binascii.Error) as error:
        raise ValueError("This is no JSON Web Key.") from error
    if key.get("crv") != "P-384":
        raise ValueError("The key is not on the curve P-384.")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP384R1()).public_key()


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
    """A public key as a JSON Web Key (RFC 7517), its id the key's own thumbprint (RFC 7638)."""
    numbers = key.public_numbers()
    x, y = (_base64url(number.to_bytes(COORDINATE_BYTES, "big")) for number in (numbers.x, numbers.y))
    thumbprint = hashlib.sha256(msgspec.json.encode({"crv": "P-384", "kty": "EC", "x": x, "y": y})).digest()
    public = {"kty": "EC", "crv": "P-384", "x": x, "y": y}
    return {**public, "alg": ASSERTION_ALGORITHM, "use": "sig", "kid": _base64url(thumbprint)}


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def answered(reply: Reply | Unreachable, kind: type[T]) -> T:
    """What the hub said, as `kind`. PairingFailed for anything else."""
    if isinstance(reply, Unreachable):
        raise PairingFailed(f"{reply.reason} Check the address and the network, then try again.")
    if reply.status == 429:
        raise PairingFailed("Too many devices ask at the centre just now. Wait ten minutes, then try again.")
    if reply.status != 200:
        raise PairingFailed(f"The centre did not pair this device (HTTP {reply.status}). Check the address.")
    try:
        return msgspec.json.decode(reply.body, type=kind)
    except UNREADABLE_JSON as error:
        raise PairingFailed("What answered is not a feedback hub. Check the address.") from error
