"""Makes a hub's first account, its survey and one place for a device; prints the password and the pairing code."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from sync.hub.config import HubConfig
from sync.hub.start import set_up
from tests.torture.survey import survey

ANALYST = "analyst"


def main(folder: str) -> None:
    set_up(HubConfig(Path(folder)))
    from django.utils import timezone  # Django is not ready before

    from sync.hub import surveys
    from sync.hub.people import accounts
    from sync.hub.places import devices

    surveys.add(survey())
    password = secrets.token_urlsafe(12)
    accounts.add(ANALYST, password, accounts.VIEWER_EVERYWHERE)
    print(password, devices.offer_place(devices.site_named("Torture"), timezone.now()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
