"""Gives a hub its survey and places for devices; prints their pairing codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sync.hub.config import HubConfig
from sync.hub.start import set_up
from tests.hub_survey import SURVEY

DEVICES_A_SITE = 10


def main(folder: str, database: str, devices: int) -> None:
    set_up(HubConfig(Path(folder), database=database))
    from django.db import transaction  # Django is not ready before
    from django.utils import timezone

    from sync.hub import surveys
    from sync.hub.places.devices import offer_place, site_named

    surveys.add(json.dumps(SURVEY).encode())
    with transaction.atomic():
        now = timezone.now()
        codes = [offer_place(site_named(f"Practice {number // DEVICES_A_SITE + 1}"), now) for number in range(devices)]
    print(*codes, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
