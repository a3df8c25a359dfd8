"""Two hub processes on one PostgreSQL count on the same sheets at the same moment: nothing lost, doubled or stuck."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from tests.hub_people import Device
from tests.hub_survey import answer, put_entry
from tests.postgresql import Cluster
from tests.stampede.hubs import sharing

pytest_plugins = ("tests.postgresql_server",)


def test_two_hubs_count_every_response_once_on_each_of_its_sheets(postgresql: Cluster, tmp_path: Path) -> None:
    """S113: every device brings every response to both hubs, and all of them count on the same sheets."""
    import psycopg

    documents = [answer(("good", "poor")[number % 2]) for number in range(60)]
    with sharing(postgresql, "sheets", tmp_path / "hub") as hubs:
        devices = [Device(hubs.urls[number % 2]) for number in range(6)]
        for device, code in zip(devices, hubs.places(len(devices)), strict=True):
            device.pair(code)
            device.sign_in()

        def bring(number: int) -> list[str]:
            mixed = random.Random(number).sample(documents, len(documents))
            parts = (mixed[start : start + 7] for start in range(0, len(mixed), 7))
            return [status for part in parts for status in devices[number].batch([put_entry(one) for one in part])]

        with ThreadPoolExecutor(len(devices)) as at_once:
            statuses = Counter(status for told in at_once.map(bring, range(len(devices))) for status in told)
        with psycopg.connect(hubs.database) as database:
            rows = database.execute("SELECT place = 0, span, headline FROM hub_sheet WHERE span IN ('d', 'm')").fetchall()
    counted: Counter[tuple[bool, str, str]] = Counter()
    for everywhere, span, headline in rows:
        measures = msgspec.json.decode(headline)["measures"]["fft"]
        counted.update({(everywhere, span, code): count for code, count in measures.items()})
    assert statuses == {"201": 60, "200": 300}
    assert counted == {
        (everywhere, span, code): 30 for everywhere in (True, False) for span in "dm" for code in ("good", "poor")
    }
