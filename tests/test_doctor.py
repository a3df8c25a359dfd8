"""What `kiosk doctor` tells of the answers, their key and the centre."""

from dataclasses import replace

from kiosk.app.doctor import KeypadReport, Report, SettingsReport
from kiosk.app.doctor_centre import CentreReport

REPORT = Report(
    data="/data",
    survey="https://example.org/survey|1",
    languages=(),
    paired=False,
    pin_set=True,
    waiting=3,
    refused=0,
    keypad=KeypadReport("none", {}, ""),
    free_bytes=10**9,
    key_store="keyring: SecretService",
    unreadable=0,
    centre=None,
)
CENTRE = CentreReport(
    address="https://centre.example/fhir",
    strategy="conditional-create",
    compressed=False,
    sign_in="device-key",
    signed_in=True,
    certificate_days=12,
    clock_seconds=-90,
    trial="stays",
    detail="HTTP 405",
)


def test_where_the_key_to_the_answers_lies_is_said_aloud() -> None:
    """S159."""
    assert REPORT.as_json()["key_store"] == "keyring: SecretService"
    assert "Their key    keyring: SecretService\n" in REPORT.as_text()
    assert "cannot be read" not in REPORT.as_text()


def test_answers_that_cannot_be_read_are_told_in_a_sentence() -> None:
    """S159."""
    told = replace(REPORT, unreadable=1)
    assert told.as_json()["unreadable"] == 1
    assert "1 answer cannot be read: its key is out of reach now." in told.as_text()


def test_a_centre_is_told_line_by_line() -> None:
    told = replace(REPORT, paired=True, centre=CENTRE)
    assert told.as_json()["centre"]["certificate_days"] == 12
    for line in (
        "  sending      conditional-create, plain",
        "  sign-in      device-key: works",
        "  certificate  12 days left",
        "  clock        90 seconds ahead of the centre",
        "  trial        kept and recognised; it stays there as entered in error (HTTP 405)",
    ):
        assert line in told.as_text().splitlines()


def test_what_the_trial_did_not_come_to_is_not_guessed() -> None:
    nothing = replace(CENTRE, strategy="", signed_in=None, certificate_days=None, clock_seconds=None, trial="not-sent")
    assert [line.split(maxsplit=1)[1] for line in nothing.as_lines()[1:5]] == [
        "not known",
        "device-key: not tried",
        "not known",
        "not known",
    ]


def test_whose_settings_hold_is_told_and_what_the_device_holds_on_to() -> None:
    """S77: whoever looks after the device sees why a screen starts as it does."""
    told = replace(REPORT, settings=SettingsReport("0123456789abcdef", 2, ["theme"]))
    assert "Settings     the centre's (01234567, texts: 2); its own file holds on to: theme" in told.as_text().splitlines()
    assert "Settings     none from the centre" in REPORT.as_text().splitlines()
    assert told.as_json()["settings"] == {"told": "0123456789abcdef", "texts": 2, "pinned": ["theme"]}
