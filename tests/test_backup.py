"""Backup and restore: a whole hub in one file, made while it works, checked when it comes back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sync.hub.running import backup
from tests.postgresql import Cluster

pytest_plugins = ("tests.postgresql_server",)

ROOT = Path(__file__).resolve().parent.parent


def hub(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "hub", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with one pairing code, and thereby one site."""
    data = tmp_path_factory.mktemp("made") / "hub"
    assert hub("device", "add", "--site", "Ward 7", "--data", data).returncode == 0
    return data


@pytest.fixture
def living(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "hub"))


def sites(data: Path) -> list[Any]:
    with closing(sqlite3.connect(data / "hub.sqlite3")) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM hub_site ORDER BY name")]


def test_a_hub_comes_back_as_it_was(living: Path, tmp_path: Path) -> None:
    """S159: with the key that signs sessions, so that nobody has to sign in again."""
    file, other = tmp_path / "monday.tar.gz", tmp_path / "other"
    (living / "handover-key").write_text("the key to answers on sticks")
    saved = hub("backup", file, "--data", living)
    assert "Keep it as safe as the hub" in saved.stdout
    restored = hub("restore", file, "--data", other)
    assert restored.returncode == 0, restored.stderr
    assert sites(other) == sites(living) == ["Ward 7"]
    for key in ("secret-key", "handover-key"):
        assert (other / key).read_text() == (living / key).read_text()
        assert (other / key).stat().st_mode & 0o777 == 0o600
    assert hub("device", "add", "--site", "Ward 8", "--data", other).returncode == 0


def test_a_backup_is_for_its_owner_alone(living: Path, tmp_path: Path) -> None:
    """S159."""
    file = tmp_path / "monday.tar.gz"
    assert hub("backup", file, "--data", living).returncode == 0
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".hub-")] == []


def test_a_backup_made_while_somebody_writes_holds_what_was_finished(living: Path, tmp_path: Path) -> None:
    """SQLite's own online copy: a half-done change is not in it, and does not stop it."""
    with closing(sqlite3.connect(living / "hub.sqlite3", isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO hub_site (name) VALUES ('Finished')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO hub_site (name) VALUES ('Half done')")
        assert hub("backup", tmp_path / "b.tar.gz", "--data", living).returncode == 0
        writer.execute("ROLLBACK")
    assert hub("restore", tmp_path / "b.tar.gz", "--data", tmp_path / "other").returncode == 0
    assert sites(tmp_path / "other") == ["Finished", "Ward 7"]


def test_a_backup_never_takes_the_place_of_another(living: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.tar.gz"
    file.write_text("an older one")
    refused = hub("backup", file, "--data", living)
    assert (refused.returncode, file.read_text()) == (1, "an older one")
    assert "Choose another name" in refused.stderr


def test_a_hub_that_is_there_is_not_written_over(living: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.tar.gz"
    hub("backup", file, "--data", living)
    refused = hub("restore", file, "--data", living)
    assert refused.returncode == 1
    assert "Choose an empty --data folder" in refused.stderr


@pytest.mark.parametrize("harm", ["cut", "one byte", "another part", "no backup"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(living: Path, tmp_path: Path, harm: str) -> None:
    file, other = tmp_path / "monday.tar.gz", tmp_path / "other"
    assert hub("backup", file, "--data", living).returncode == 0
    whole = file.read_bytes()
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "one byte":
        file.write_bytes(whole[:-2000] + bytes([whole[-2000] ^ 1]) + whole[-1999:])
    elif harm == "another part":
        (tmp_path / "parts").mkdir()
        with tarfile.open(file) as opened:
            for name in opened.getnames():
                part = opened.extractfile(name)
                assert part is not None
                (tmp_path / "parts" / name).write_bytes(part.read())
        (tmp_path / "parts" / "secret-key").write_text("k" * 60)
        with tarfile.open(file, "w:gz") as again:
            for kept in sorted((tmp_path / "parts").iterdir()):
                again.add(kept, kept.name)
    else:
        file.write_text(json.dumps({"format": "something else"}))
    refused = hub("restore", file, "--data", other)
    assert refused.returncode == 1
    assert "older" in refused.stderr
    assert not (other / "hub.sqlite3").exists()


def test_a_hub_in_postgresql_comes_back_as_it_was(postgresql: Cluster, tmp_path: Path) -> None:
    """With PostgreSQL's own programs."""
    first, second = postgresql.database("living"), postgresql.database("restored")
    assert hub("device", "add", "--site", "Ward 7", "--data", tmp_path / "a", "--database", first).returncode == 0
    file = tmp_path / "monday.tar.gz"
    saved = hub("backup", file, "--data", tmp_path / "a", "--database", first)
    assert saved.returncode == 0, saved.stderr
    restored = hub("restore", file, "--data", tmp_path / "b", "--database", second)
    assert restored.returncode == 0, restored.stderr
    assert postgresql.sql("SELECT name FROM hub_site", "restored") == ["Ward 7"]
    again = hub("restore", file, "--data", tmp_path / "c", "--database", second)
    assert (again.returncode, "holds a hub already" in again.stderr) == (1, True)


def test_a_backup_of_one_kind_is_not_restored_as_the_other(living: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.tar.gz"
    hub("backup", file, "--data", living)
    refused = hub("restore", file, "--data", tmp_path / "other", "--database", "postgresql://nobody@localhost/none")
    assert "Restore it without --database" in refused.stderr


def test_no_hub_no_backup(tmp_path: Path) -> None:
    refused = hub("backup", tmp_path / "b.tar.gz", "--data", tmp_path / "nothing")
    assert refused.returncode == 1
    assert "Name its folder with --data" in refused.stderr
    assert backup.FORMAT not in refused.stderr
