"""`kiosk doctor` tries the centre out with a response that counts for nothing, and tells what it found."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.device import Device
from kiosk.app.doctor_centre import examine_centre
from sync import credentials
from sync.batch import Way
from sync.certificate import days_left
from sync.client import Client
from sync.credentials import Credentials
from sync.signin import Bearer
from sync.trial import Ending, Trial, try_out
from sync.wire import FHIR_BASE
from tests.certificates import self_signed
from tests.fhir_centre import Asked, Centre, Play, Told
from tests.fhir_plays import portal, says

pytest_plugins = ("tests.kiosk_and_centre",)

OURS = "0a"
SURVEY = "https://example.org/survey|1"


def tried(client: Client) -> Trial:
    return try_out(client, OURS, SURVEY)


def removing(centre: Centre, status: int = 204) -> None:
    """A centre that also answers DELETE, and says where it keeps what it took."""

    def answer(asked: Asked) -> Told:
        if asked.method == "DELETE":
            centre.store = [one for one in centre.store if not asked.path.endswith(f"QuestionnaireResponse/{one['id']}")]
            return Told(status)
        told = centre.well(asked)
        if asked.path != FHIR_BASE or not centre.store:
            return told
        reply = json.loads(told.body)
        for entry in reply.get("entry", ()):
            entry["response"]["location"] = f"QuestionnaireResponse/{centre.store[-1]['id']}/_history/1"
        return Told(told.status, json.dumps(reply).encode(), told.headers)

    centre.instead = answer


@pytest.mark.parametrize(("update_create", "way"), [(True, Way.PUT), (False, Way.CREATE)])
def test_it_is_sent_twice_kept_once_and_removed(client: Client, centre: Centre, update_create: bool, way: Way) -> None:
    centre.update_create = update_create
    removing(centre)
    assert tried(client) == Trial(Ending.REMOVED, way, zipped=True, signed_in=True)
    assert len(centre.batches) == 2
    assert centre.store == []


def test_it_counts_for_nothing_and_says_nothing_of_anybody(client: Client, centre: Centre) -> None:
    """S156."""
    tried(client)
    [kept] = centre.store
    assert kept["status"] == "entered-in-error"
    assert "item" not in kept


@pytest.mark.parametrize(("update_create", "status"), [(True, 405), (True, 403), (True, 404), (False, 204)])
def test_where_it_cannot_be_removed_it_stays_and_that_is_said(
    client: Client, centre: Centre, update_create: bool, status: int
) -> None:
    """A centre that gives no address, or that lets nobody delete."""
    centre.update_create = update_create
    centre.instead = lambda asked: Told(status) if asked.method == "DELETE" else centre.well(asked)
    trial = tried(client)
    assert trial.ending is Ending.STAYS
    assert trial.said
    assert len(centre.store) == 1


def test_a_centre_that_would_double_answers_is_found_out(client: Client, centre: Centre) -> None:
    """It forgets the identifier, and so a repeat is a second response."""
    centre.update_create = False
    removing(centre)
    well = centre.instead
    assert well is not None

    def forgetful(asked: Asked) -> Told:
        centre.store = [{**one, "identifier": None} for one in centre.store]
        return well(asked)

    centre.instead = forgetful
    assert tried(client).ending is Ending.DOUBLED


def test_what_has_to_be_learnt_is_learnt_on_the_way(client: Client, centre: Centre) -> None:
    """The strategy printed is the one the courier would come to."""
    centre.put_status, centre.takes_gzip = 405, False
    removing(centre)
    assert tried(client) == Trial(Ending.REMOVED, Way.CREATE, zipped=False, signed_in=True)


def test_a_centre_that_reads_it_and_says_no_is_quoted(client: Client, centre: Centre) -> None:
    centre.entry_status = lambda _entry: 422
    assert tried(client) == Trial(Ending.NOT_KEPT, Way.PUT, signed_in=True, said="refused with 422")


def test_a_sign_in_that_is_refused_is_told_apart(centre: Centre) -> None:
    centre.tokens = set()
    with closing(Client(centre.fhir_base, Bearer("wrong"))) as client:
        assert tried(client) == Trial(Ending.NOT_SENT, Way.PUT, signed_in=False, said="login")


@pytest.mark.parametrize("play", [portal, says(503, "busy")])
def test_a_network_that_fails_is_told_and_nothing_is_left(client: Client, centre: Centre, play: Play) -> None:
    centre.next(play)
    trial = tried(client)
    assert trial.ending is Ending.NOT_SENT
    assert trial.said


def test_nobody_there_is_told_at_once(client: Client, centre: Centre) -> None:
    centre.close()
    assert tried(client) == Trial(Ending.NOT_SENT, said="There is no connection to the centre.")


# --- what doctor prints ------------------------------------------------------------------------------------------------


@pytest.fixture
def device(tmp_path: Path, centre: Centre) -> Iterator[Device]:
    device = Device(tmp_path)
    credentials.save(tmp_path, Credentials(centre.fhir_base))
    yield device
    device.close()


def test_doctor_tells_strategy_sign_in_clock_and_how_the_trial_went(device: Device, centre: Centre) -> None:
    centre.seconds_ahead = 300
    removing(centre)
    found = examine_centre(device, SURVEY)
    assert found is not None
    assert (found.strategy, found.sign_in, found.signed_in, found.trial) == ("update-create", "none", True, "removed")
    assert found.clock_seconds in {299, 300, 301}
    told = "\n".join(found.as_lines())
    for words in ("update-create, compressed", "none: works", "seconds behind the centre", "recognised when sent again"):
        assert words in told


def test_doctor_finds_a_key_that_the_centre_has_revoked(device: Device, centre: Centre) -> None:
    centre.tokens = set()
    found = examine_centre(device, SURVEY)
    assert found is not None
    assert (found.signed_in, found.trial) == (False, "not-sent")
    assert "refused" in "\n".join(found.as_lines())


def test_a_device_that_is_not_paired_has_no_centre_to_try(tmp_path: Path) -> None:
    with closing(Device(tmp_path / "new")) as device:
        assert examine_centre(device, SURVEY) is None


def test_the_certificates_last_day_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S159."""
    certificate = self_signed(tmp_path / "centre.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with closing(Centre(certificate=certificate)) as centre:
        assert days_left(centre.fhir_base) == 0


def test_a_certificate_that_is_not_trusted_or_not_there_has_no_days(tmp_path: Path, centre: Centre) -> None:
    """S159."""
    with closing(Centre(certificate=self_signed(tmp_path / "centre.pem"))) as stranger:
        assert days_left(stranger.fhir_base) is None
    assert days_left(centre.fhir_base) is None
