"""PostgreSQL: every promise of the hub holds there too, and several hubs share one without losing or doubling an answer."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.hub_people import Device
from tests.hub_survey import answer, create_entry, put_entry
from tests.postgresql import Cluster
from tests.stampede.hubs import serving, sharing

pytest_plugins = ("tests.postgresql_server",)

ROOT = Path(__file__).parents[1]
ON_A_HUB = re.compile(r'^pytest_plugins = .*"tests\.hub_server"', re.MULTILINE)
IN_A_BROWSER = '"tests.chromium"'


def files_about_the_hub() -> list[str]:
    """Every file whose tests talk to a hub. Those that look through a browser are about what it shows, not what is kept."""
    files = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))}
    return [str(path) for path, text in files.items() if ON_A_HUB.search(text) and IN_A_BROWSER not in text]


def test_every_promise_of_the_hub_holds_on_postgresql(postgresql: Cluster) -> None:
    """The hub's own test files, once more, in a process whose hub keeps everything in PostgreSQL."""
    files = files_about_the_hub()
    assert len(files) > 8
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    first = postgresql.database("suite-gw0")
    postgresql.database("suite-gw1")
    address = {"HUB_TEST_DATABASE": first.replace("gw0", "{worker}"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", *files]
    ran = subprocess.run(command, cwd=ROOT, env=ours | address, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert " passed" in ran.stdout.splitlines()[-1]
    for database in ("suite-gw0", "suite-gw1"):
        assert int(postgresql.sql("SELECT count(*) FROM django_migrations", database)[0]) > 10, "It was not kept there."


def test_hubs_on_several_machines_may_start_at_the_same_moment_on_an_empty_database(
    postgresql: Cluster, tmp_path: Path
) -> None:
    address = postgresql.database("together")
    with ExitStack() as hubs, ThreadPoolExecutor(3) as at_once:
        started = at_once.map(lambda name: hubs.enter_context(serving(tmp_path / name, database=address)), "abc")
        assert len({url for hub in started for url in hub.urls}) == 3
    assert postgresql.sql("SELECT count(*) = count(DISTINCT slug) FROM hub_survey", "together") == ["t"]


def test_two_hubs_that_get_the_same_batches_at_once_keep_each_answer_once(postgresql: Cluster, tmp_path: Path) -> None:
    """Each response reaches each hub several times, in batches that overlap and are never in the same order."""
    chance = random.Random(7)
    documents = [answer(calm={"valueInteger": number % 11}) for number in range(120)]
    with sharing(postgresql, "two", tmp_path / "hub") as hubs:
        codes = hubs.places(1)
        device = Device(hubs.urls[0])
        device.pair(codes[0])
        device.sign_in()
        at_each = [Device(url, device.key, device.client_id, device.token) for url in hubs.urls * 4]

        def send_all(sender: Device) -> list[tuple[str, str]]:
            mine = random.Random(chance.random()).sample(documents, len(documents))
            way = random.Random(chance.random()).choice([put_entry, create_entry])
            parts = [mine[start : start + 30] for start in range(0, len(mine), 30)]
            told = [zip(part, sender.batch([way(one) for one in part]), strict=True) for part in parts]
            return [(document["id"], status) for pairs in told for document, status in pairs]

        with ThreadPoolExecutor(len(at_each)) as at_once:
            replies = [reply for told in at_once.map(send_all, at_each) for reply in told]
        assert {status for _, status in replies} == {"200", "201"}
        assert Counter(identity for identity, status in replies if status == "201") == {one["id"]: 1 for one in documents}
        assert sorted(identity for identity, _ in hubs.stored()) == sorted(one["id"] for one in documents)
