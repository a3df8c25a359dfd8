"""What can come of asking the centre: frozen values. Past :mod:`sync.client` nothing about the network is an exception.

A `reason` never shows in a `repr`: the centre's words on an answer may quote it.
"""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Entry:
    """The centre's word on one response: an HTTP status, and its OperationOutcome's words where it said no."""

    status: int
    reason: str = field(default="", repr=False)
    location: str = ""
    """Where the response is kept now, if the centre says so."""


@dataclass(frozen=True, slots=True)
class Mismatched:
    """The centre's reply gives an address that is not that response's own: it does not say what was kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A real batch-response: one entry for each one sent, in their order. Each entry's status counts alone."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The centre answered the whole request with an error status."""

    status: int
    reason: str = field(default="", repr=False)
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No reply. `certificate`: the other side could not show who it is."""

    reason: str
    certificate: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """Somebody answered, but not the centre: a captive portal, a proxy, a wrong address."""

    reason: str


@dataclass(frozen=True, slots=True)
class Capable:
    """What the CapabilityStatement says: `update_create` allows PUT under an id of our own."""

    update_create: bool


@dataclass(frozen=True, slots=True)
class Pulled:
    """The surveys the centre has for us, each a Questionnaire's bytes as they came."""

    etag: str
    surveys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The surveys are those we have (304)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the centre tells this device to do and to show, as it came (sync.wire.SETTINGS_PATH)."""

    etag: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Reported:
    """The centre has our health report."""


Trouble: TypeAlias = Refused | Unreachable | Foreign
"""Whatever was asked, it was not done."""
