"""A Secret Service (freedesktop.org) on a message bus of its own, as far as keyring speaks to one."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from jeepney import HeaderFields, Message, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import Proxy, open_dbus_connection

SECRETS = "/org/freedesktop/secrets"
NOT_SUPPORTED = "org.freedesktop.DBus.Error.NotSupported"


class SecretService:
    """One collection. `asked_for_password` counts the windows it would have opened."""

    def __init__(self, address: str, collection: str) -> None:
        self.collection = collection
        self.locked = False
        self.asked_for_password = 0
        self.secrets: list[tuple[dict[str, str], bytes]] = []
        self._bus = open_dbus_connection(bus=address)
        Proxy(message_bus, self._bus).RequestName("org.freedesktop.secrets")
        self._thread = threading.Thread(target=self._serve, name="secret service", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                message = self._bus.receive()
            except (ConnectionError, OSError):
                self._bus.close()
                return
            if message.header.message_type is MessageType.method_call:
                self._bus.send(self._answer(message))

    def wait_for_its_end(self) -> None:
        """Its bus is gone."""
        self._thread.join(10)

    def _answer(self, message: Message) -> Message:
        fields = message.header.fields
        path, member = str(fields[HeaderFields.path]), str(fields[HeaderFields.member])
        match member, message.body:
            case "Get", (_, "Locked"):
                return new_method_return(message, "v", (("b", self.locked),))
            case "Get", (_, "Label"):
                return new_method_return(message, "v", (("s", "a label"),))
            case "ReadAlias", _:
                return new_method_return(message, "o", (self.collection,))
            case "OpenSession", ("plain", _):
                return new_method_return(message, "vo", (("s", ""), f"{SECRETS}/session/1"))
            case "SearchItems", (wanted,):
                return new_method_return(message, "ao", ([self._path(at) for at in self._found(dict(wanted))],))
            case "CreateItem", (properties, secret, _):
                attributes = dict(properties["org.freedesktop.Secret.Item.Attributes"][1])
                self.secrets.append((attributes, bytes(secret[2])))
                return new_method_return(message, "oo", (self._path(len(self.secrets) - 1), "/"))
            case "GetSecret", (session,):
                secret = self.secrets[int(path.rpartition("/")[2])][1]
                return new_method_return(message, "(oayays)", ((session, b"", secret, "text/plain"),))
            case "Unlock", (paths,) if not self.locked:
                return new_method_return(message, "aoo", (paths, "/"))
            case "Unlock" | "CreateCollection", _:
                self.asked_for_password += 1
        return new_error(message, NOT_SUPPORTED, "s", (member,))

    def _found(self, wanted: dict[str, str]) -> list[int]:
        return [at for at, (attributes, _) in enumerate(self.secrets) if wanted.items() <= attributes.items()]

    def _path(self, number: int) -> str:
        return f"{self.collection}/{number}"


@contextmanager
def on_a_bus_of_its_own(patch: pytest.MonkeyPatch) -> Iterator[Callable[[str], SecretService]]:
    """Gives what starts a service with a collection at that path. Skips where there is no dbus-daemon."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        services: list[SecretService] = []

        def start(collection: str) -> SecretService:
            services.append(SecretService(address, collection))
            return services[-1]

        try:
            yield start
        finally:
            daemon.terminate()
            for service in services:
                service.wait_for_its_end()
