"""Who the device is to its centre: pairing, the file that keeps it, and signing in."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from sync import credentials
from sync.batch import Batch, Way
from sync.client import Client
from sync.credentials import FILE_NAME, Credentials
from sync.errors import AddressRefused, CredentialsUnreadable, PairingFailed
from sync.outbox import Queued
from sync.outcomes import Accepted, Capable, Entry, Foreign, Refused, Unreachable
from sync.signin import Basic, Bearer, ClientSecret, DeviceKey, NoSignIn, SignIn, Tokens, assertion
from sync.transport import HttpTransport
from sync.wire import PAIR_PATH, TOKEN_PATH
from tests.fhir_centre import Centre, Told, problem
from tests.fhir_plays import portal

ONE = Batch((Queued(1, "a", "s", b'{"identifier": {"system": "s", "value": "a"}}'),), Way.PUT)
LONG_AGO = 1_000_000_000


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    centre.pairing_code = "ABCD-1234"
    yield centre
    centre.close()


@pytest.fixture
def paired(centre: Centre) -> Credentials:
    return credentials.pair(centre.url, "ABCD-1234", "Waiting room")


@pytest.fixture
def client(paired: Credentials) -> Iterator[Client]:
    client = Client(paired.fhir_base, paired.sign_in, report_url=paired.report_url)
    yield client
    client.close()


def device_key(paired: Credentials) -> DeviceKey:
    assert isinstance(paired.sign_in, DeviceKey)
    return paired.sign_in


# --- pairing -----------------------------------------------------------------------------------------------------------


def test_pairing_shows_only_the_public_half_of_the_key(centre: Centre, paired: Credentials) -> None:
    sent = centre.asked[0].json
    assert (sent["code"], sent["name"]) == ("ABCD-1234", "Waiting room")
    assert set(sent["jwk"]) == {"kty", "crv", "x", "y", "alg", "use", "kid"}
    assert (sent["jwk"]["crv"], sent["jwk"]["alg"]) == ("P-384", "ES384")
    assert sent["jwk"]["kid"] == device_key(paired).key_id


def test_pairing_tells_where_to_sign_in_send_and_report(centre: Centre, paired: Credentials) -> None:
    assert (paired.fhir_base, paired.site, paired.name) == (centre.fhir_base, "Ward 4", "Waiting room")
    assert paired.report_url == f"{centre.url}/device/report"
    assert device_key(paired).token_url == centre.url + TOKEN_PATH


def test_each_pairing_makes_a_new_key(centre: Centre, paired: Credentials) -> None:
    again = credentials.pair(f"{centre.url}/", " ABCD-1234 ", "Waiting room")
    assert device_key(again).key_pem != device_key(paired).key_pem


def test_a_wrong_code_is_told_in_a_sentence(centre: Centre) -> None:
    with pytest.raises(PairingFailed, match="The code is wrong or too old"):
        credentials.pair(centre.url, "nonsense", "x")


def test_a_portal_or_a_wrong_address_is_told_in_a_sentence(centre: Centre) -> None:
    centre.instead = lambda asked: portal(centre, asked)
    with pytest.raises(PairingFailed, match="not a feedback hub"):
        credentials.pair(centre.url, "ABCD-1234", "x")
    centre.instead = lambda _asked: problem(404, "")
    with pytest.raises(PairingFailed, match=r"HTTP 404.*Check the address"):
        credentials.pair(centre.url, "ABCD-1234", "x")


def test_a_centre_that_is_not_there_is_told_in_a_sentence(centre: Centre) -> None:
    centre.close()
    with pytest.raises(PairingFailed, match="no connection"):
        credentials.pair(centre.url, "ABCD-1234", "x")


def test_a_code_never_leaves_the_machine_unencrypted() -> None:
    with pytest.raises(AddressRefused):
        credentials.pair("http://hub.example", "ABCD-1234", "x")


def test_a_hub_cannot_send_the_device_to_an_unencrypted_address(centre: Centre) -> None:
    reply = {"client_id": "k", "site": "", "token_url": TOKEN_PATH, "fhir_base": "http://elsewhere.example/fhir"}
    centre.instead = lambda _asked: Told(body=json.dumps(reply).encode())
    with pytest.raises(AddressRefused):
        credentials.pair(centre.url, "ABCD-1234", "x")


# --- the file ----------------------------------------------------------------------------------------------------------

EVERY_KIND: list[SignIn] = [
    NoSignIn(),
    Basic("ann", "pw"),
    Bearer("token"),
    ClientSecret("https://c.example/token", "id", "secret"),
    DeviceKey("https://c.example/token", "id", "pem", "kid"),
]


@pytest.mark.parametrize("sign_in", EVERY_KIND)
def test_every_kind_of_sign_in_is_read_as_it_was_saved(tmp_path: Path, sign_in: SignIn) -> None:
    kept = Credentials("https://c.example/fhir", sign_in, "Ward 4", "Waiting room", "https://c.example/device/report")
    credentials.save(tmp_path, kept)
    assert credentials.load(tmp_path) == kept


@pytest.mark.parametrize("sign_in", EVERY_KIND)
def test_no_repr_shows_a_secret(sign_in: SignIn) -> None:
    shown = repr(Credentials("https://c.example/fhir", sign_in))
    assert not any(secret in shown for secret in ("pw", "token", "secret", "pem"))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_only_the_kiosks_own_user_may_read_the_key(tmp_path: Path, paired: Credentials) -> None:
    credentials.save(tmp_path, paired)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_device_never_paired_has_no_credentials(tmp_path: Path) -> None:
    assert credentials.load(tmp_path) is None


def test_a_damaged_file_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'{"fhir_base": ')
    with pytest.raises(CredentialsUnreadable, match="Pair this device with the centre again"):
        credentials.load(tmp_path)


def test_a_plug_pulled_while_saving_leaves_the_old_credentials_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Credentials("https://old.example/fhir")
    credentials.save(tmp_path, old)

    def plug_pulled(_handle: int) -> None:
        raise OSError

    monkeypatch.setattr("os.fsync", plug_pulled)
    with pytest.raises(OSError):
        credentials.save(tmp_path, Credentials("https://new.example/fhir"))
    assert credentials.load(tmp_path) == old
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_unpairing_forgets_the_centre_and_twice_is_no_error(tmp_path: Path) -> None:
    credentials.save(tmp_path, Credentials("https://old.example/fhir"))
    credentials.forget(tmp_path)
    credentials.forget(tmp_path)
    assert credentials.load(tmp_path) is None


# --- signing in --------------------------------------------------------------------------------------------------------


def test_a_paired_device_signs_in_and_sends(centre: Centre, client: Client) -> None:
    assert client.send(ONE) == Accepted((Entry(201),))
    assert [asked.path for asked in centre.asked] == [PAIR_PATH, TOKEN_PATH, "/fhir"]


def test_one_token_serves_many_requests(centre: Centre, client: Client) -> None:
    for _ in range(3):
        client.send(ONE)
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 1


def test_a_token_that_was_revoked_is_replaced_on_demand(centre: Centre, client: Client) -> None:
    client.send(ONE)
    centre.tokens = set()
    assert client.send(ONE) == Refused(401, "login")
    client.new_token()
    assert client.send(ONE) == Accepted((Entry(200),))


def test_an_old_token_is_replaced_before_it_runs_out(centre: Centre, paired: Credentials) -> None:
    now = [0.0]
    tokens = Tokens(paired.sign_in, HttpTransport(), monotonic=lambda: now[0])
    first = tokens.authorization()
    now[0] = 3500.0
    assert tokens.authorization() == first
    now[0] = 3590.0
    assert tokens.authorization() != first


def test_an_assertion_is_for_one_use_and_under_five_minutes(paired: Credentials) -> None:
    key = device_key(paired)
    first, second = (jwt.decode(assertion(key, LONG_AGO), options={"verify_signature": False}) for _ in range(2))
    assert first["jti"] != second["jti"]
    assert first["iss"] == first["sub"] == "kiosk-1"
    assert first["aud"] == key.token_url
    assert LONG_AGO < first["exp"] <= LONG_AGO + 300
    assert first["iat"] < LONG_AGO
    assert jwt.get_unverified_header(assertion(key, LONG_AGO)) == {"alg": "ES384", "typ": "JWT", "kid": key.key_id}


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_years_off_does_not_keep_the_device_from_signing_in(centre: Centre, client: Client, years: int) -> None:
    centre.seconds_ahead = years * 365 * 86400
    assert client.capabilities() == Capable(update_create=True)
    assert client.send(ONE) == Accepted((Entry(201),))
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 1


def test_a_refused_assertion_is_made_anew_by_the_clock_of_the_refusal(centre: Centre, client: Client) -> None:
    centre.seconds_ahead = 3600
    assert client.send(ONE) == Accepted((Entry(201),))
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 2


def test_a_device_the_centre_has_removed_is_told_so(centre: Centre, client: Client) -> None:
    centre.instead = lambda asked: Centre._no_token("unknown device")
    assert client.send(ONE) == Refused(401, "unknown device")
    assert [asked.path for asked in centre.asked] == [PAIR_PATH, TOKEN_PATH]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (Told(200, b"<html>Free Wi-Fi</html>"), Foreign),
        (Told(503, b"", {"Retry-After": "60"}), Refused),
        (Told(dropped=True), Unreachable),
    ],
)
def test_what_stands_in_the_way_of_a_token_is_a_value_too(centre: Centre, client: Client, told: Told, outcome: type) -> None:
    centre.instead = lambda _asked: told
    assert isinstance(client.send(ONE), outcome)


def test_a_client_secret_is_traded_for_a_token(centre: Centre) -> None:
    def answer(asked: "object") -> Told:
        return centre.give_token()

    centre.tokens = set()
    centre.instead = answer
    tokens = Tokens(ClientSecret(centre.url + TOKEN_PATH, "a b", "s:c"), HttpTransport())
    assert tokens.authorization() == f"Bearer {next(iter(centre.tokens))}"
