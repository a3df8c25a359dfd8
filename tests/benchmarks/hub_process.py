"""A real hub in a process of its own, with the benchmark's survey and places for devices. Prints address and codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sync.hub.config import HubConfig
from sync.hub.start import set_up
from tests.benchmarks.rivals import questionnaire


def main(folder: str, places: int) -> None:
    config = HubConfig(Path(folder), port=0)
    set_up(config)
    from django.utils import timezone  # Django is not ready before

    from sync.hub import surveys
    from sync.hub.places import devices
    from sync.hub.serve import serve

    surveys.add(json.dumps(questionnaire()).encode())
    site = devices.site_named("Benchmark")
    codes = [devices.offer_place(site, timezone.now()) for _ in range(places)]
    serve(config, lambda address: print(address, *codes, flush=True))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
