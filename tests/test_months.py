"""PostgreSQL: answers lie in parts, one a month, made when the first one comes; SQLite has one table and needs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.hub_people import Device
from tests.hub_survey import answer, put_entry
from tests.postgresql import Cluster
from tests.stampede.hubs import sharing

pytest_plugins = ("tests.postgresql_server",)

ROOT = Path(__file__).resolve().parent.parent
PARTS = "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'hub_answer'::regclass ORDER BY 1"
TRY_OUT = """
import sys
from datetime import date
from pathlib import Path
from sync.hub.config import HubConfig
from sync.hub.start import set_up
set_up(HubConfig(Path(sys.argv[1]), sys.argv[2]))
from django.db import transaction
from sync.hub.taking_in import months
"""
MAKE_TWICE = """
for _ in range(2):
    with transaction.atomic():
        months.make_ready([date(2024, 2, 29), date(2024, 3, 1), date(2024, 2, 1)])
"""
DROP = """
print(months.drop(date(2024, 2, 1)), months.drop(date(2024, 2, 1)), months.drop(date(2030, 1, 1)))
"""


def run(script: str, data: Path, database: str = "") -> str:
    """What this script prints, in a process of its own whose hub is this one."""
    command = [sys.executable, "-c", TRY_OUT + script, str(data), database]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout.strip()


def test_the_first_answer_of_a_month_makes_its_part_and_every_answer_lies_in_it(postgresql: Cluster, tmp_path: Path) -> None:
    """S158: a month of answers can go at once."""
    with sharing(postgresql, "parts", tmp_path / "hub", processes=1) as hubs:
        device = Device(hubs.urls[0])
        device.pair(hubs.places(1)[0])
        device.sign_in()
        assert set(device.batch([put_entry(answer("good", calm={"valueInteger": 3})) for _ in range(3)])) == {"201"}
    month = postgresql.sql("SELECT to_char(day, '\"hub_answer_\"YYYY_MM') FROM hub_answer LIMIT 1", "parts")[0]
    assert set(postgresql.sql(PARTS, "parts")) == {month, "hub_answer_other"}
    assert postgresql.sql(f"SELECT count(*), count(DISTINCT id) FROM {month}", "parts") == ["6|6"]  # noqa: S608 - its name
    assert postgresql.sql("SELECT count(*) FROM hub_answer_other", "parts") == ["0"]


def test_a_part_is_made_once_and_dropped_alone(postgresql: Cluster, tmp_path: Path) -> None:
    address = postgresql.database("months")
    run(MAKE_TWICE, tmp_path, address)
    assert postgresql.sql(PARTS, "months") == ["hub_answer_other", "hub_answer_2024_02", "hub_answer_2024_03"]
    assert run(DROP, tmp_path, address) == "True False False"
    assert postgresql.sql(PARTS, "months") == ["hub_answer_other", "hub_answer_2024_03"]


def test_an_answer_that_finds_no_part_is_kept_all_the_same_and_its_month_stays_together(
    postgresql: Cluster, tmp_path: Path
) -> None:
    address = postgresql.database("others")
    run("", tmp_path, address)
    postgresql.sql("ALTER TABLE hub_answer DROP CONSTRAINT hub_answer_of_response", "others")
    columns = "(response_id, version_id, site_id, day, link_id, repetition, system, code)"
    postgresql.sql(f"INSERT INTO hub_answer {columns} VALUES (1, 1, 1, '2024-02-09', 'q', '', '', 'x')", "others")  # noqa: S608 - our own words
    run(MAKE_TWICE, tmp_path, address)
    assert postgresql.sql(PARTS, "others") == ["hub_answer_other", "hub_answer_2024_03"]
    assert postgresql.sql("SELECT code FROM hub_answer_other", "others") == ["x"]


def test_on_sqlite_there_is_nothing_to_make_nor_to_drop(tmp_path: Path) -> None:
    assert run(MAKE_TWICE + DROP, tmp_path) == "False False False"
