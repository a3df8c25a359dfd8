"""``kiosk hub``: one command serves, accounts and pairing codes are made beside it, and mistakes are said in words."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kiosk import ASSETS
from kiosk.fhir import read_survey, to_response
from kiosk.identity import new_response_id
from kiosk.survey import Place, Question
from sync.outbox import Outbox
from tests.hub_people import PASSWORD, Device, Staff

ROOT = Path(__file__).resolve().parent.parent
KIOSK = [sys.executable, "-m", "kiosk", "hub"]


def run(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KIOSK, *words], input=said, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


@contextmanager
def serving(data: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A hub in a process of its own, and what it printed up to the line that says it is ready."""
    command = [*KIOSK, "serve", "--data", str(data), "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("Hub ready at"):
                break
        try:
            yield process, lines
        finally:
            process.terminate()
            process.wait(20)


def test_one_command_serves_accounts_and_codes_are_made_beside_it_and_sigterm_ends_it(tmp_path: Path) -> None:
    data = tmp_path / "hub"
    with serving(data) as (process, lines):
        url = lines[-1].removeprefix("Hub ready at ")
        set_up = re.search(r"http\S+/set-up/\S+", lines[0])
        assert set_up
        assert requests.get(set_up.group(), timeout=10).status_code == 200
        added = run("staff", "add", "Ada", "--password-stdin", "--data", str(data), said=PASSWORD + "\n")
        assert added.stdout == "Ada can sign in now, as administrator.\n"
        assert Staff(url).sign_in("Ada", PASSWORD).url == url + "/"
        offered = json.loads(run("device", "add", "--site", "Ward 7", "--json", "--data", str(data)).stdout)
        assert Device(url).pair(offered["code"]).json()["site"] == offered["site"] == "Ward 7"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_what_the_hub_keeps_is_for_its_owner_alone_and_the_samples_are_there(tmp_path: Path) -> None:
    data = tmp_path / "hub"
    with serving(data):
        assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}\n", run("device", "add", "--site", "A", "--data", str(data)).stdout)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in data.iterdir()}
    if os.name == "posix":
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert {modes["secret-key"], modes["hub.sqlite3"]} == {0o600}


def test_a_second_start_finds_everything_and_offers_no_set_up_once_there_is_an_account(tmp_path: Path) -> None:
    run("staff", "add", "Ada", "--password-stdin", "--data", str(tmp_path), said=PASSWORD + "\n")
    with serving(tmp_path) as (_, lines):
        url = lines[-1].removeprefix("Hub ready at ")
        staff = Staff(url)
        staff.sign_in("Ada", PASSWORD)
        assert "Share for better care" in staff.reads("/surveys")
    assert len(lines) == 1


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--data", str(tmp_path), "--port", str(port))
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is taken by another program. Stop it, or choose another port with --port.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--database", "mysql://here/it"), "must look like postgresql://"),
        (("--database", "postgresql://nobody@127.0.0.1:1/it"), "psycopg|cannot use its database"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_words(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    ended = run("serve", "--data", str(tmp_path), "--port", "0", *words)
    assert ended.returncode == 1
    assert re.search(sentence, ended.stderr)
    assert "Traceback" not in ended.stderr


def test_a_data_directory_that_is_a_file_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = run("staff", "add", "Ada", "--password-stdin", "--data", str(tmp_path / "file" / "hub"), said=PASSWORD)
    assert ended.returncode == 1
    assert "Choose another place with --data." in ended.stderr


def test_a_password_that_is_too_weak_makes_no_account(tmp_path: Path) -> None:
    ended = run("staff", "add", "Ada", "--password-stdin", "--data", str(tmp_path), said="password\n")
    assert ended.returncode == 1
    assert "too short" in ended.stderr


def somebody_answers(device: Path) -> None:
    """One finished response to the sample survey waits on the device."""
    survey = read_survey((ASSETS / "surveys" / "share-for-better-care.json").read_bytes())
    question = survey.by_link_id["fft"]
    assert isinstance(question, Question)
    document = to_response(
        survey,
        {Place("fft"): (question.options[0].value,)},
        response_id=new_response_id(),
        status="completed",
        language="en-GB",
        authored="2026-11-23T09:00:00Z",
    )
    outbox = Outbox(device / "answers.db")
    outbox.put(str(document["id"]), survey.canonical, json.dumps(document).encode())
    outbox.close()


def test_a_file_from_a_kiosk_without_a_network_is_taken_in_while_the_hub_runs(tmp_path: Path) -> None:
    """S104, S161."""
    hub, device = tmp_path / "hub", tmp_path / "kiosk"
    kiosk = [sys.executable, "-m", "kiosk"]
    with serving(hub) as (_, lines):
        url = lines[-1].removeprefix("Hub ready at ")
        code = run("device", "add", "--site", "Ward 7", "--data", str(hub)).stdout.strip()
        subprocess.run([*kiosk, "pair", url, code, "--name", "Door", "--data", str(device)], cwd=ROOT, check=True, timeout=60)
        somebody_answers(device)
        file = tmp_path / "answers.ndjson"
        subprocess.run([*kiosk, "export", str(file), "--data", str(device)], cwd=ROOT, check=True, timeout=60)
        first, again = (run("import", str(file), "--data", str(hub)) for _ in range(2))
        assert first.stdout.splitlines() == [
            "From Door at Ward 7.",
            "New:          1",
            "Here already: 0",
            "Differing:    0",
            "Refused:      0",
        ]
        assert again.stdout.splitlines()[1:3] == ["New:          0", "Here already: 1"]
        whole = file.read_bytes()
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + (b"A" if whole[middle : middle + 1] != b"A" else b"B") + whole[middle + 1 :])
        changed = run("import", str(file), "--data", str(hub))
        assert (changed.returncode, "changed" in changed.stderr) == (1, True), changed.stderr
        sync = subprocess.run([*kiosk, "sync", "--data", str(device)], cwd=ROOT, capture_output=True, text=True, check=False)
        assert sync.stdout == "Sent 1, still waiting 0, refused 0.\n"
        run("staff", "add", "Ada", "--password-stdin", "--data", str(hub), said=PASSWORD + "\n")
        staff = Staff(url)
        staff.sign_in("Ada", PASSWORD)
        acts = staff.reads("/staff-actions")
        for act in ("took in answers of Door: 1 new, 0 here already", "made a pairing code for Ward 7", "made the account Ada"):
            assert f"On the hub's own computer: {act}" in acts
