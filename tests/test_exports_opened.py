"""Exports opened in LibreOffice: every accent is there, and no formula runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.hub_people import Hub
from tests.hub_survey import ASKS_AGE, answer

pytest_plugins = ("tests.hub_server",)
FORMULAS = ['=HYPERLINK("http://example.org")', "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "=cmd|' /C calc'!A0", " =1+1"]
ACCENTS = "Łóżko, ñandú, «Café», ام احمد, ডাক্তার, 护士很好, Ærø – “so”"


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, or a skip."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed here.")
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_shows_every_accent_and_runs_no_formula(hub: Hub, kind: str, tmp_path: Path, soffice: str) -> None:
    """S161: each cell is text with the words in it, whatever they begin with; a question's words in the headings too."""
    from sync.hub import surveys

    hostile = ASKS_AGE | {
        "version": "2",
        "url": "urn:example:survey:age",
        "item": [*ASKS_AGE["item"], {"linkId": "w", "text": "=1+1", "type": "text"}],
    }
    surveys.add(json.dumps(hostile).encode())
    device = hub.device()
    texts = [*FORMULAS, ACCENTS, "one\ntwo", 'say "no", or; maybe']
    for text in texts:
        document = answer("good") | {"questionnaire": f"{hostile['url']}|2"}
        document["item"].append({"linkId": "w", "answer": [{"valueString": text}]})
        assert device.put(document).status_code == 201
    staff = hub.staff()
    staff.see("/exports/age")
    file = tmp_path / f"answers.{kind}"
    file.write_bytes(staff.send("/exports/age/file", {"kind": kind}).content)
    cells = opened(soffice, file)
    assert not [formula for _, formula in cells if formula]
    shown = {text.removeprefix("'") for text, _ in cells}
    assert set(texts) <= shown
    assert "=1+1 (w)" in shown


def test_the_reader_of_these_tests_sees_a_formula_where_there_is_one(tmp_path: Path, soffice: str) -> None:
    """S161: what the test above does not find would be found."""
    file = tmp_path / "bare.csv"
    file.write_text("a,b\n=1+1,words\n", encoding="utf-8-sig")
    assert ("2", "of:=1+1") in opened(soffice, file)


def opened(soffice: str, file: Path) -> list[tuple[str, str]]:
    """Every cell as LibreOffice has it: its text, and its formula ("" where it has none)."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    utf8_with_commas = ["--infilter=CSV:44,34,76,1"] if file.suffix == ".csv" else []
    command = [
        soffice,
        profile,
        "--headless",
        *utf8_with_commas,
        "--convert-to",
        "fods",
        "--outdir",
        str(file.parent),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    table, text = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "text"))
    root = ElementTree.parse(file.with_suffix(".fods")).getroot()  # noqa: S314 - LibreOffice wrote it
    return [
        ("\n".join(said(line, text) for line in cell.iter(f"{text}p")), cell.get(f"{table}formula", ""))
        for cell in root.iter(f"{table}table-cell")
    ]


def said(line: ElementTree.Element, text: str) -> str:
    """The words of a paragraph, with the tabs and spaces that OpenDocument spells as elements."""
    out = line.text or ""
    for part in line:
        out += {f"{text}tab": "\t", f"{text}s": " " * int(part.get(f"{text}c", "1"))}.get(part.tag, said(part, text)) + (
            part.tail or ""
        )
    return out
