"""The operating system's own key store (Secret Service, macOS keychain, Windows Credential Manager), through keyring.

Only a real store is used: not keyring's plain-text files, and none that would open a window to ask for a password, for in a
waiting room nobody is there to type it. Nothing here raises: a store that fails is a store that is not there.
"""

from __future__ import annotations

import base64
import binascii
import logging
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE: Final = "feedback-kiosk"
REAL_PRIORITY: Final = 1.0
"""What keyring itself recommends has at least this priority."""
NO_STORES: Final = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer", "keyrings.alt")
ASKING_STORES: Final = ("keyring.backends.kwallet", "keyring.backends.libsecret")
"""They may open a window. KWallet and GNOME are reached through the Secret Service, which tells first whether it is locked."""
FLEETING_COLLECTIONS: Final = ("/", "/org/freedesktop/secrets/collection/session")
"""None at all, and the one that is forgotten when the session ends."""


def real_store() -> KeyringBackend | None:
    """The store this account can use now, or None. Takes a few tenths of a second to find out."""
    try:
        import keyring

        chosen = keyring.get_keyring()
        return next((store for store in getattr(chosen, "backends", [chosen]) if _is_real(store)), None)
    except Exception as error:  # noqa: BLE001 - stores are plug-ins, and each fails in its own way
        log.info("No key store can be used here (%s).", type(error).__name__)
        return None


def put_away(store: KeyringBackend, name: str, secret: bytes) -> bool:
    """Keep `secret` in the store under `name`; whether it is there, read back."""
    try:
        store.set_password(SERVICE, name, base64.b64encode(secret).decode())
    except Exception as error:  # noqa: BLE001 - as above
        log.info("The key store took nothing (%s).", type(error).__name__)
        return False
    return fetch(path_of(store), name) == secret


def fetch(store_path: str, name: str) -> bytes | None:
    """The secret kept under `name` in the store of that class, or None: gone, locked or out of reach."""
    try:
        from keyring.core import load_keyring

        store = load_keyring(store_path)
        word = store.get_password(SERVICE, name) if _is_real(store) else None
        return base64.b64decode(word, validate=True) if word else None
    except binascii.Error:
        return None
    except Exception as error:  # noqa: BLE001 - as above
        log.info("The key store gave nothing (%s).", type(error).__name__)
        return None


def path_of(store: KeyringBackend) -> str:
    """Module and class, by which :func:`fetch` finds the store again."""
    return f"{type(store).__module__}.{type(store).__qualname__}"


def _is_real(store: KeyringBackend) -> bool:
    module = type(store).__module__
    if module.startswith(NO_STORES + ASKING_STORES) or store.priority < REAL_PRIORITY:
        return False
    return module != "keyring.backends.SecretService" or _secret_service_is_open()


def _secret_service_is_open() -> bool:
    """Asked before keyring is, which would open a window to unlock its collection, or to make one where there is none."""
    import secretstorage
    from secretstorage.defines import SS_PATH
    from secretstorage.util import SERVICE_IFACE, DBusAddressWrapper

    with closing(secretstorage.dbus_init()) as bus:
        (collection,) = DBusAddressWrapper(SS_PATH, SERVICE_IFACE, bus).call("ReadAlias", "s", "default")
        return collection not in FLEETING_COLLECTIONS and not secretstorage.Collection(bus, collection).is_locked()
