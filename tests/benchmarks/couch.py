"""PouchDB replicating to express-pouchdb: npm brings both into a temporary folder, and Node.js runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks.carriers import BETWEEN_SAVES_SECONDS, Delivered, Response

PACKAGES = ("pouchdb@9", "express-pouchdb@4", "express@4")
SCRIPTS = ("couch_centre.js", "couch_kiosk.js")
HERE = Path(__file__).parent
INSTALL_SECONDS = 300
NAME = "survey"


class NoPouchDb(Exception):
    """PouchDB cannot be had on this machine, and why."""


def installed(folder: Path) -> Path:
    """The folder with PouchDB and our two scripts. Raises NoPouchDb."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoPouchDb("Node.js and npm are not installed here (Debian: apt-get install npm).")
    (folder / "package.json").write_text('{"private": true}')
    command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error", *PACKAGES]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=INSTALL_SECONDS)
    except subprocess.CalledProcessError as problem:
        raise NoPouchDb(f"npm could not install PouchDB: {problem.stderr.strip()[-200:]}") from problem
    except subprocess.TimeoutExpired as problem:
        raise NoPouchDb("npm did not finish in time; the network may be slow.") from problem
    for script in SCRIPTS:
        shutil.copy(HERE / script, folder)
    return folder


class PouchDb:
    """A carrier: a LevelDB store on the device, batches of 100 changes, no compression, no sign-in, nothing checked."""

    def __init__(self, folder: Path, centre: str) -> None:
        self._folder, self._centre = folder, centre

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered:
        asked = {
            "store": str(folder / "pouch"),
            "remote": f"{self._centre}/{NAME}",
            "responses": [_document(one) for one in responses],
            "meanwhile": [_document(one) for one in meanwhile],
            "between_ms": BETWEEN_SAVES_SECONDS * 1000,
        }
        command = ["node", str(self._folder / SCRIPTS[1])]
        ran = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=self._folder)
        told = json.loads(ran.stdout)
        return Delivered(told["seconds"], tuple(told["saves_ms"]))


def kept(centre: str) -> list[str]:
    """The ids of everything the centre holds."""
    with urlopen(f"{centre}/{NAME}/_all_docs") as reply:
        return [row["id"] for row in json.load(reply)["rows"]]


@contextmanager
def centre(folder: Path, data: Path) -> Iterator[str]:
    """An express-pouchdb that runs; its address."""
    data.mkdir()
    command = ["node", str(folder / SCRIPTS[0]), str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _document(response: Response) -> dict[str, object]:
    return {"_id": response.response_id, **json.loads(response.document)}
