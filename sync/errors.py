"""What can go wrong on the device's side of sync, as sentences a person can act on.

::

    SyncError
    ├── OutboxError
    │   ├── OutboxFull         no room on the disk, even after the reserve was freed
    │   ├── OutboxUnusable     the file cannot be opened or written
    │   │   └── OutboxDamaged  it can, and what is in it is damaged: open it anew, which sets it aside
    │   └── DocumentChanged    the same response id with other content
    ├── AddressRefused         the centre's address is not https
    ├── HandoverFailed         the answers could not be handed over as a file
    └── CredentialsError
        ├── CredentialsUnreadable
        └── PairingFailed      the code is wrong, or the centre did not answer

Network outcomes are not here: past :mod:`sync.client` they are values.
"""

from pathlib import Path


class SyncError(Exception):
    """Anything this package raises on purpose; its text is a sentence for people."""


class OutboxError(SyncError):
    """The outbox could not do what was asked."""


class OutboxFull(OutboxError):
    """The disk is full."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no room left on the disk for {path.name}. Delete other files in or near {path.parent}.")


class OutboxUnusable(OutboxError):
    """The outbox file cannot be opened or written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be used: {why}. Check the disk and who may write there.")


class OutboxDamaged(OutboxUnusable):
    """What is in the outbox file is damaged."""


class DocumentChanged(OutboxError):
    """A queued answer is never altered."""

    def __init__(self, response_id: str) -> None:
        super().__init__(f"Response {response_id} is already in the outbox with other content. Give the new one a new id.")


class AddressRefused(SyncError):
    """Only https leaves the machine."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is not a safe address. Use https://…; plain http:// works only for this computer itself.")


class CredentialsError(SyncError):
    """The device cannot show the centre who it is."""


class CredentialsUnreadable(CredentialsError):
    """The stored credentials are damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} cannot be read. Pair this device with the centre again.")


class PairingFailed(CredentialsError):
    """Pairing did not happen; nothing was changed."""


class HandoverFailed(SyncError):
    """The answers could not be written to a file; they are all still in the outbox."""
