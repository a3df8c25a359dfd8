"""The same responses to a centre in several ways, and what bounds them all. First whether each is there exactly once."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from kiosk.fhir import answers_from_json, read_survey, to_response
from sync.credentials import Credentials, pair
from tests.benchmarks import couch
from tests.benchmarks.carriers import BareCommits, BarePosts, Batches, Carrier, OnePostEach, Response
from tests.benchmarks.plain_server import plain_server
from tests.benchmarks.rivals import QUESTIONS, questionnaire
from tests.benchmarks.saving import FOLDER
from tests.benchmarks.table import number, percentile, plain_table, spread
from tests.benchmarks.tap import Tap, tapped

PAYLOAD = 400
MEANWHILE = 1000
LOSING = 0.1
HEADS = ("way", "exactly once, with 1 reply in 10 lost", "responses a second", "bytes each", "save meanwhile: median, p99")
SURVEY = read_survey(json.dumps(questionnaire()).encode())


@dataclass(slots=True)
class Way:
    """One way to send: directly, over a tap, and how to read the ids that the centre keeps. What was measured."""

    name: str
    carrier: Carrier
    tapped: Carrier | None = None
    tap: Tap | None = None
    kept: Callable[[], list[str]] | None = None
    once: str = "no network"
    rates: list[float] = field(default_factory=list)
    bytes_each: float = 0.0
    saves_ms: Sequence[float] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        saves = f"{number(percentile(self.saves_ms, 0.5))} ms, {number(percentile(self.saves_ms, 0.99))} ms"
        size = f"{self.bytes_each:,.0f}" if self.bytes_each else "none"
        return self.name, self.once, spread(self.rates, ""), size, saves if self.saves_ms else "none"


def measure(rounds: int) -> str:
    """Each way once with lost replies and once with patients meanwhile; then in turns, `rounds` times, for its speed."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder, ExitStack() as open_centres:
        place = Path(folder).resolve()
        ways, left_out = _ways(place, open_centres)
        for way in ways:
            _exactly_once(way, place)
            _with_patients(way, place)
        for _ in range(rounds):
            for way in ways:
                way.rates.append(PAYLOAD / way.carrier.deliver(_fresh(place), responses(PAYLOAD)).seconds)
    return "\n".join((plain_table(HEADS, [way.cells for way in ways]), *NOTES, *left_out))


NOTES = (
    "",
    f"Payload: {PAYLOAD} complete responses to {len(QUESTIONS)} questions. Bytes: both directions, headers included.",
    "The hub checks the sign-in and every answer, and keeps each batch on its disk before it replies.",
    "express-pouchdb checks nothing. PouchDB's store (LevelDB) does not wait for the disk; the others' saves do.",
    "Bare posts have no id that a centre could know them again by.",
)


def responses(count: int) -> list[Response]:
    """Complete answers to the benchmark's survey, as the kiosk writes them."""
    answers = answers_from_json(SURVEY, {str(at): str(at % 6) for at in range(len(QUESTIONS))})
    authored = datetime.now(UTC).isoformat(timespec="seconds")
    documents = [
        (
            identity,
            to_response(SURVEY, answers, response_id=identity, status="completed", language="en-GB", authored=authored),
        )
        for identity in (str(uuid4()) for _ in range(count))
    ]
    return [Response(identity, json.dumps(document).encode()) for identity, document in documents]


def _ways(place: Path, open_centres: ExitStack) -> tuple[list[Way], list[str]]:
    """Every way there is on this machine, and a sentence for each that is left out."""
    hub_url, direct, *others = open_centres.enter_context(hub(place / "hub"))
    taps = [open_centres.enter_context(tapped(hub_url)) for _ in others]
    known = pair(hub_url, direct, "direct")
    by_tap = [pair(tap.url, code, "tapped") for tap, code in zip(taps, others, strict=True)]
    ways = [
        Way("this kiosk: batches, gzip", _batches(known), _batches(by_tap[0]), taps[0], lambda: in_hub(place / "hub")),
        Way("one POST each", _posts(known), _posts(by_tap[1]), taps[1], lambda: in_hub(place / "hub")),
    ]
    left_out = []
    try:
        packages = couch.installed(_fresh(place))
        centre = open_centres.enter_context(couch.centre(packages, place / "couch"))
        tap = open_centres.enter_context(tapped(centre))
        pouch = couch.PouchDb(packages, centre), couch.PouchDb(packages, tap.url)
        ways.append(Way("PouchDB to express-pouchdb", *pouch, tap, lambda: couch.kept(centre)))
    except couch.NoPouchDb as missing:
        left_out.append(f"Left out: PouchDB replicating to express-pouchdb. {missing}")
    server = open_centres.enter_context(plain_server())
    tap = open_centres.enter_context(tapped(server.url))
    bare = BarePosts(server.url), BarePosts(tap.url)
    ways.append(Way("ceiling: bare HTTP posts", *bare, tap, lambda: [json.loads(body)["id"] for body in server.bodies]))
    ways.append(Way("ceiling: bare SQLite commits", BareCommits()))
    return ways, left_out


def _exactly_once(way: Way, place: Path) -> None:
    if way.tapped is None or way.tap is None or way.kept is None:
        return
    sent = responses(PAYLOAD)
    way.tap.losing = LOSING
    way.tapped.deliver(_fresh(place), sent)
    way.tap.losing = 0.0
    kept = Counter(way.kept())
    times = [kept[response.response_id] for response in sent]
    lost, doubled = times.count(0), sum(count - 1 for count in times if count)
    told = f"{way.tap.lost} replies lost: {lost} lost, {doubled} doubled"
    way.once = f"{'NO' if lost or doubled else 'yes'} ({told})"


def _with_patients(way: Way, place: Path) -> None:
    if way.tapped is None or way.tap is None:
        return
    before = way.tap.bytes_passed
    done = way.tapped.deliver(_fresh(place), responses(PAYLOAD), responses(MEANWHILE))
    way.saves_ms = done.saves_ms
    way.bytes_each = (way.tap.bytes_passed - before) / (PAYLOAD + len(done.saves_ms))


def _batches(known: Credentials) -> Batches:
    return Batches(known, SURVEY.canonical)


def _posts(known: Credentials) -> OnePostEach:
    return OnePostEach(known.fhir_base, known)


def _fresh(place: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=place))


def in_hub(folder: Path) -> list[str]:
    """The id of every response in the hub's database."""
    with closing(sqlite3.connect(folder / "hub.sqlite3")) as database:
        return [str(UUID(row[0])) for row in database.execute("SELECT uuid FROM hub_response")]


@contextmanager
def hub(folder: Path, places: int = 3) -> Iterator[list[str]]:
    """A hub process on SQLite: its address, then a pairing code for each place."""
    command = [sys.executable, "-m", "tests.benchmarks.hub_process", str(folder), str(places)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()
        finally:
            process.terminate()
