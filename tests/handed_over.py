"""A device that is paired with a hub and has answers waiting, for tests of the file that needs no network."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from sync import credentials, handover
from sync.credentials import Credentials
from sync.outbox import Outbox
from sync.reserve import Reserve
from tests.hub_people import Hub
from tests.hub_survey import URL, answer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Kiosk:
    """A device in `folder`, paired with `hub`."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        self.folder = folder
        self.credentials: Credentials = credentials.pair(hub.url, hub.pairing_code(), "Door")
        credentials.save(folder, self.credentials)
        self.outbox = Outbox(folder / "answers.db", reserve=Reserve(folder / "answers.reserve", 1000))
        self.file = folder / "stick" / "answers.ndjson"
        self.file.parent.mkdir()

    def finishes(self, fft: str = "good", **given: object) -> str:
        document = answer(fft, **given)  # type: ignore[arg-type]
        self.outbox.put(document["id"], f"{URL}|1", json.dumps(document, indent=1).encode())
        return str(document["id"])

    def saves(self) -> Path:
        handover.export(self.outbox, self.credentials, self.file, "feedback-kiosk 1.0", NOW)
        return self.file


def stored() -> list[str]:
    """Every response the hub keeps."""
    from sync.hub.models import Response

    return sorted(str(uuid) for uuid in Response.objects.values_list("uuid", flat=True))
