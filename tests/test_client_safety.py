"""The client against a real server on a socket: addresses, certificates, passwords."""

from pathlib import Path
from typing import Any

import pytest

from sync.client import Client
from sync.errors import AddressRefused
from sync.outcomes import Accepted, Entry, Unreachable
from sync.signin import Basic, Bearer, NoSignIn
from sync.transport import HttpTransport, Reply, Request
from tests.batches import batch
from tests.certificates import self_signed
from tests.fhir_centre import Centre

pytest_plugins = ("tests.kiosk_and_centre",)


@pytest.mark.parametrize("url", ["http://centre.example/fhir", "http://10.0.0.1/fhir", "ftp://x/fhir", "centre.example", ""])
def test_answers_never_leave_the_machine_unencrypted(url: str) -> None:
    with pytest.raises(AddressRefused, match="Use https://"):
        Client(url, NoSignIn())


@pytest.mark.parametrize(
    "url", ["http://localhost:80/fhir", "http://127.0.0.9/fhir", "http://[::1]/fhir", "https://c.example/fhir"]
)
def test_https_and_this_computer_itself_are_fine(url: str) -> None:
    assert "fhir" in repr(Client(url, NoSignIn()))


def test_a_certificate_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    centre = Centre(certificate=self_signed(tmp_path / "centre.pem"))
    client = Client(centre.fhir_base, NoSignIn())
    outcome = client.send(batch("a"))
    assert outcome == Unreachable("The centre's certificate is not one this computer trusts.", certificate=True)
    assert centre.asked == []
    client.close()
    centre.close()


@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere the system's own store cannot be borrowed")
def test_a_certificate_the_systems_store_vouches_for_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = self_signed(tmp_path / "centre.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    centre = Centre(certificate=pem)
    client = Client(centre.fhir_base, NoSignIn())
    assert client.send(batch("a")) == Accepted((Entry(201),))
    client.close()
    centre.close()


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_no_setting_in_the_environment_replaces_the_systems_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pem = self_signed(tmp_path / "centre.pem")
    monkeypatch.setenv(name, str(pem))
    centre = Centre(certificate=pem)
    client = Client(centre.fhir_base, NoSignIn())
    assert isinstance(client.send(batch("a")), Unreachable)
    client.close()
    centre.close()


@pytest.mark.parametrize(
    ("sign_in", "header"), [(Basic("ann", "pässword"), "Basic YW5uOnDDpHNzd29yZA=="), (Bearer("t0k"), "Bearer t0k")]
)
def test_passwords_and_tokens_go_in_the_header_even_past_a_netrc_file(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign_in: Any, header: str
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other")
    monkeypatch.setenv("NETRC", str(netrc))
    client = Client(centre.fhir_base, sign_in)
    client.send(batch("a"))
    assert centre.batches[0].headers["authorization"] == header
    client.close()


def test_the_way_to_this_computer_itself_leads_through_no_proxy(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    client = Client(centre.fhir_base, NoSignIn())
    assert isinstance(client.send(batch("a")), Accepted)
    client.close()


def test_no_repr_shows_answers_or_secrets() -> None:
    assert "kind" not in repr(batch("a"))
    headers = {"Authorization": "hush"}
    holders = (Basic("ann", "hush"), Bearer("hush"), Request("GET", "u", headers, b"hush"), Reply(200, headers, b"hush"))
    assert "hush" not in repr(holders)


def test_the_transport_keeps_the_servers_time(centre: Centre) -> None:
    centre.seconds_ahead = 86400
    transport = HttpTransport()
    client = Client(centre.fhir_base, NoSignIn(), transport=transport)
    client.capabilities()
    assert transport.seconds_ahead is not None
    assert abs(transport.seconds_ahead - 86400) < 5
    client.close()
