"""Every reply of the hub, page or door, good or bad, has the same strict headers; and nothing it says is a fault of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sync import wire
from sync.hub.gate import LONGEST_QUEUE, Gate
from sync.hub.headers import HEADERS
from tests.hub_addresses import Address, addresses
from tests.hub_people import Hub, Staff
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


def missing(reply: requests.Response) -> list[str]:
    """What a reply should say and does not."""
    wrong = [name for name, value in HEADERS.items() if reply.headers.get(name) != value]
    if "Cache-Control" not in reply.headers:
        wrong.append("Cache-Control")
    return [f"{reply.request.method} {reply.request.path_url} ({reply.status_code}): {name}" for name in wrong]


def asked(hub: Hub, address: Address, staff: Staff, token: str) -> Iterator[requests.Response]:
    """This address, by every method: as anybody, as a device, and a page as an administrator too."""
    for method in METHODS:
        for headers in ({}, {"Authorization": f"Bearer {token}", "Content-Type": wire.FHIR_JSON}):
            yield requests.request(method, hub.url + address.path, headers=headers, timeout=10, allow_redirects=False)
    if not address.is_door and address.name != "sign-out":
        yield staff.see(address.path)
        yield staff.send(address.path, {})


def test_every_address_by_every_method_answers_with_strict_headers_and_without_a_fault(hub: Hub) -> None:
    """S159. Nothing is written, and whatever is asked, it is no 5xx."""
    staff, device = hub.staff(), hub.device()
    device.put(answer())
    faults: list[str] = []
    statuses: set[int] = set()
    for address in addresses():
        for reply in asked(hub, address, staff, device.token):
            statuses.add(reply.status_code)
            faults += missing(reply)
            faults += [f"{reply.request.method} {address.path}: {reply.status_code}"] if reply.status_code >= 500 else []
    assert faults == []
    assert {200, 302, 401, 404, 405} <= statuses


def test_the_policy_allows_no_script_or_style_but_our_own_files() -> None:
    """S159."""
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy.pop("default-src") == "'none'"
    assert set(policy.values()) == {"'self'", "'none'"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/no-such-page", b"", 404),
        ("GET", "/fhir/Patient/1", b"", 404),
        ("GET", "/sign-out", b"", 405),
        ("GET", wire.TOKEN_PATH, b"", 405),
        ("POST", "/sign-in", b"", 403),
        ("POST", wire.PAIR_PATH, b"{", 400),
        ("POST", wire.PAIR_PATH, b" " * (wire.MAX_REQUEST_BYTES + 1), 413),
        ("POST", "/fhir", b" " * 9_000_000, 413),
        ("GET", "/static/hub/hub.css", b"", 200),
        ("GET", "/static/hub/nothing.css", b"", 404),
    ],
)
def test_an_error_has_them_too(hub: Hub, method: str, path: str, body: bytes, status: int) -> None:
    """S159. The largest is refused by the server itself, before any door."""
    reply = requests.request(method, hub.url + path, data=body, timeout=20)
    assert (reply.status_code, missing(reply)) == (status, [])


def test_a_wrong_host_is_refused_with_them(hub: Hub) -> None:
    """S159."""
    reply = requests.get(hub.url + "/sign-in", headers={"Host": "other.example"}, timeout=10)
    assert (reply.status_code, missing(reply)) == (400, [])


def test_what_is_no_request_at_all_is_answered_with_them(hub: Hub) -> None:
    """S159."""
    port = int(hub.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n")
        heard = line.makefile("rb").read().decode("latin-1").lower()
    assert heard.startswith("http/1.1 400")
    assert [name for name, value in HEADERS.items() if f"{name}: {value}\r\n".lower() not in heard] == []


def through(application: Any, path: str = "/fhir") -> tuple[str, dict[str, str], bytes]:
    """What a gate before this application answers, without a socket."""
    heard: list[Any] = []
    gate = Gate(application)
    gate.waiting = lambda: LONGEST_QUEUE + 1 if application is None else 0

    def start(*told: Any) -> Any:
        heard.append(told)

    body = b"".join(gate({"REQUEST_METHOD": "POST", "PATH_INFO": path}, start))
    return heard[-1][0], dict(heard[-1][1]), body


def test_being_sent_away_has_them_too() -> None:
    """S159. 503, before anything of Django is asked."""
    status, headers, _ = through(None)
    assert status.startswith("503")
    assert int(headers["Retry-After"]) > 0
    assert headers.items() >= HEADERS.items()


def test_a_fault_that_escapes_everything_is_told_and_logged_without_anybodys_words(caplog: pytest.LogCaptureFixture) -> None:
    """S156. The server itself would log the exception with its message, and that may quote an answer."""

    def broken(*_: object) -> list[bytes]:
        raise RuntimeError("She wrote: my secret")

    status, headers, body = through(broken)
    assert status.startswith("500")
    assert headers.items() >= HEADERS.items()
    assert b"a fault of its own" in body
    assert "RuntimeError at broken" in caplog.text
    assert "secret" not in caplog.text + body.decode()


def test_the_key_of_the_sessions_is_made_at_the_first_start_for_its_owner_alone_and_differs_from_hub_to_hub(
    tmp_path: Path,
) -> None:
    """S159."""
    from sync.hub.config import HubConfig, make_data_directory, secret_key

    hubs = [HubConfig(data=tmp_path / name) for name in ("a", "b")]
    for config in hubs:
        make_data_directory(config)
    first, second = (secret_key(config) for config in hubs)
    assert len(first) >= 64
    assert first != second
    assert first == secret_key(hubs[0])
    assert (hubs[0].data / "secret-key").stat().st_mode & 0o777 == 0o600


def test_there_is_no_account_and_no_password_before_somebody_makes_one(hub: Hub) -> None:
    """S159. The link that is printed at the first start is the only way in, and good once."""
    from django.contrib.auth.models import User

    from sync.hub.people import accounts

    assert not User.objects.exists()
    code = accounts.set_up_code()
    assert code is not None
    assert requests.get(f"{hub.url}/set-up/{code}", timeout=10).status_code == 200
    for name in ("admin", "root", "hub"):
        assert "do not fit together" in Staff(hub.url).sign_in(name, name).text
