"""``kiosk hub export``: whole responses on the hub's own computer, as a file for its owner alone."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "hub", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a hub with some answers."""
    data = tmp_path_factory.mktemp("filled")
    assert run("fill", "--answers", "200", "--sites", "2", "--years", "1", "--data", str(data)).returncode == 0
    return data


def test_a_file_of_each_kind_holds_every_response_and_is_for_its_owner_alone(filled: Path, tmp_path: Path) -> None:
    """S156, S161: and the record of staff says that it was taken."""
    said = [run("export", str(tmp_path / f"all.{kind}"), "--data", str(filled)) for kind in ("csv", "ndjson", "json", "xlsx")]
    assert [(one.returncode, one.stderr) for one in said] == [(0, "")] * 4
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = (tmp_path / "all.ndjson").read_text(encoding="utf-8").splitlines()
    listed = json.loads((tmp_path / "all.json").read_bytes())["responses"]
    ids = {row["Response"] for row in rows}
    assert len(rows) > 10
    assert ids == {json.loads(line)["id"] for line in lines} == {one["id"] for one in listed}
    assert said[0].stdout.startswith(f"{len(rows)} responses in ")
    assert not any("How old are you?" in heading for heading in rows[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.csv", "all.json", "all.ndjson", "all.xlsx"]
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_answers_about_the_person_come_when_asked_for(filled: Path, tmp_path: Path) -> None:
    """S127."""
    run("export", str(tmp_path / "all.csv"), "--about-people", "--data", str(filled))
    assert "How old are you? (age)" in (tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["all.doc"], "all.doc does not end with .csv, .xlsx, .json, .ndjson. Say which with --format."),
        (["all.csv", "--survey", "none"], "There is no survey named none. These are here: share-for-better-care."),
        (["all.csv", "--site", "Moon"], "There is no site named Moon. Check the name on the page Sites."),
        (["missing/all.csv"], "missing/all.csv cannot be written: No such file or directory. Choose another place."),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_no_file(filled: Path, words: list[str], sentence: str) -> None:
    """S161: who made it reads what helps."""
    ended = run("export", *words, "--data", str(filled))
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", sentence + "\n")
    assert not (ROOT / words[0]).exists()
