"""The centre's part of ``kiosk doctor``: what it can do, whether it takes what we send, its certificate and its clock."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.app.device import Device
from kiosk.identity import new_response_id
from sync import credentials
from sync.certificate import days_left
from sync.client import Client
from sync.trial import Ending, try_out

WORDS = {
    Ending.REMOVED: "kept, recognised when sent again, and removed",
    Ending.STAYS: "kept and recognised; it stays there as entered in error",
    Ending.NOT_KEPT: "read, and not kept",
    Ending.DOUBLED: "kept twice: this centre would double answers",
    Ending.NOT_SENT: "not sent",
}


@dataclass(frozen=True)
class CentreReport:
    """What was found. `strategy` "" and None: it did not come to that. `clock_seconds`: how far the centre is ahead of us."""

    address: str
    strategy: str
    compressed: bool
    sign_in: str
    signed_in: bool | None
    certificate_days: int | None
    clock_seconds: int | None
    trial: str
    detail: str

    def as_lines(self) -> list[str]:
        how = f"{self.strategy}{', compressed' if self.compressed else ', plain'}" if self.strategy else "not known"
        signed = {True: "works", False: "refused", None: "not tried"}[self.signed_in]
        days = "not known" if self.certificate_days is None else f"{self.certificate_days} days left"
        return [
            f"  address      {self.address}",
            f"  sending      {how}",
            f"  sign-in      {self.sign_in}: {signed}",
            f"  certificate  {days if self.address.startswith('https') else 'none: it is this computer itself'}",
            f"  clock        {_clock_words(self.clock_seconds)}",
            f"  trial        {WORDS[Ending(self.trial)]}{f' ({self.detail})' if self.detail else ''}",
        ]


def examine_centre(device: Device, survey: str) -> CentreReport | None:
    """Try the centre out with one response that counts for nothing; None for a device that is not paired.

    Raises CredentialsUnreadable.
    """
    known = credentials.load(device.data)
    if known is None:
        return None
    client = Client(known.fhir_base, known.sign_in, report_url=known.report_url)
    try:
        trial = try_out(client, new_response_id(), survey)
        ahead = client.seconds_ahead
    finally:
        client.close()
    return CentreReport(
        address=known.fhir_base,
        strategy=trial.way.value if trial.way else "",
        compressed=trial.zipped,
        sign_in=str(known.sign_in.__struct_config__.tag),
        signed_in=trial.signed_in,
        certificate_days=days_left(known.fhir_base) if trial.way else None,
        clock_seconds=None if ahead is None else round(ahead),
        trial=trial.ending.value,
        detail=trial.said,
    )


def _clock_words(seconds: int | None) -> str:
    if seconds is None:
        return "not known"
    if abs(seconds) <= 1:  # a Date header tells whole seconds (RFC 9110, 5.6.7)
        return "the same as the centre's"
    return f"{abs(seconds)} seconds {'behind' if seconds > 0 else 'ahead of'} the centre"
