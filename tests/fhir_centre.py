"""A centre on a real socket, in a thread: a small FHIR R4 server that can also be every server that went wrong.

It stores what a batch asks it to, by its own rules (update-as-create, conditional create), so that a test counts what
arrived. What it does next can be scripted: `centre.next(portal, drop)` plays those two for the next two batches; the plays
are in `tests.fhir_plays`.
"""

from __future__ import annotations

import gzip
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias, cast
from urllib.parse import parse_qs

import jwt

from sync.wire import FHIR_BASE, FHIR_JSON, METADATA, PAIR_PATH, REPORT_PATH, TOKEN_PATH

Json: TypeAlias = dict[str, Any]


@dataclass
class Asked:
    """One request as it came; `body` is inflated."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def entries(self) -> list[Json]:
        return cast("list[Json]", self.json["entry"])

    @property
    def ids(self) -> list[str]:
        """The responses in a batch, by their identifiers."""
        return [entry["resource"]["identifier"]["value"] for entry in self.entries]


@dataclass
class Told:
    """One reply. `dropped`: the connection ends instead."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


Play: TypeAlias = "Callable[[Centre, Asked], Told]"


class Centre:
    """The server. `store` holds every resource ever created, so that a double is two."""

    def __init__(self, *, update_create: bool = True, certificate: Path | None = None) -> None:
        self.update_create = update_create
        self.put_status = 0
        self.takes_gzip = True
        self.entry_status: Callable[[Json], int] = lambda _entry: 0
        self.tokens: set[str] | None = None
        self.pairing_code = ""
        self.key: Any = None
        self.questionnaires: list[Json] = []
        self.reports: list[Json] = []
        self.asked: list[Asked] = []
        self.store: list[Json] = []
        self.seconds_ahead = 0
        self.every: list[Play] = []
        self.instead: Callable[[Asked], Told] | None = None
        self._script: list[Play] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self.fhir_base = self.url + FHIR_BASE
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def next(self, *plays: Play) -> None:
        """What happens to the next batches, one each; after that the centre is well."""
        self._script += plays

    @property
    def batches(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method == "POST" and asked.path == FHIR_BASE]

    @property
    def stored_ids(self) -> list[str]:
        return [resource["identifier"]["value"] for resource in self.store]

    # --- what it does when it is well -------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Told:
        """The reply to anything: by `instead`, where a test has put something there."""
        self.asked.append(asked)
        return (self.instead or self.well)(asked)

    def well(self, asked: Asked) -> Told:
        path = asked.path.partition("?")[0]
        if path == PAIR_PATH:
            return self._pair(asked)
        if path == TOKEN_PATH:
            return self._token(asked)
        if path == f"{FHIR_BASE}/{METADATA}":
            return self._metadata()
        return self._signed_in(asked, path)

    def _signed_in(self, asked: Asked, path: str) -> Told:
        if self.tokens is not None and asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return problem(401, "login")
        if path == FHIR_BASE and asked.method == "POST":
            play = self._script.pop(0) if self._script else self.every[0] if self.every else commit
            return play(self, asked)
        if path == REPORT_PATH:
            self.reports.append(asked.json)
            return Told(204)
        if path == f"{FHIR_BASE}/Questionnaire":
            return self._surveys(asked)
        return problem(404, "not found")

    def commit(self, asked: Asked) -> Told:
        """Do what each entry asks, and say so."""
        if asked.headers.get("content-encoding") == "gzip" and not self.takes_gzip:
            return problem(400, "cannot parse")
        responses = [{"response": self._entry(entry)} for entry in asked.entries]
        return fhir({"resourceType": "Bundle", "type": "batch-response", "entry": responses})

    def _entry(self, entry: Json) -> Json:
        status = self.entry_status(entry)
        if status:
            issue = {"severity": "error", "code": "invalid", "diagnostics": f"refused with {status}"}
            return {"status": str(status), "outcome": {"resourceType": "OperationOutcome", "issue": [issue]}}
        if entry["request"]["method"] == "PUT":
            return self._put(entry)
        system, _, value = entry["request"]["ifNoneExist"].removeprefix("identifier=").partition("|")
        there = [one for one in self.store if one["identifier"] == {"system": system, "value": value}]
        if there:
            return {"status": "412" if len(there) > 1 else "200 OK"}
        self.store.append({**entry["resource"], "id": str(len(self.store))})
        return {"status": "201 Created"}

    def _put(self, entry: Json) -> Json:
        if self.put_status:
            return {"status": str(self.put_status)}
        own_id = entry["request"]["url"].partition("/")[2]
        if own_id != entry["resource"]["id"]:
            return {"status": "400"}
        there = [one for one in self.store if one["id"] == own_id]
        if not there:
            self.store.append(entry["resource"])
        return {"status": "200" if there else "201"}

    def _metadata(self) -> Told:
        resource = {"type": "QuestionnaireResponse", "updateCreate": self.update_create}
        return fhir({"resourceType": "CapabilityStatement", "rest": [{"mode": "server", "resource": [resource]}]})

    def _surveys(self, asked: Asked) -> Told:
        etag = f'W/"{hash(json.dumps(self.questionnaires))}"'
        if asked.headers.get("if-none-match") == etag:
            return Told(304, headers={"ETag": etag})
        entries = [{"resource": questionnaire} for questionnaire in self.questionnaires]
        return fhir({"resourceType": "Bundle", "type": "searchset", "entry": entries}, ETag=etag)

    # --- who may speak to it ----------------------------------------------------------------------------------------

    def _pair(self, asked: Asked) -> Told:
        if asked.json["code"] != self.pairing_code:
            return problem(403, "code")
        self.key = jwt.PyJWK(asked.json["jwk"]).key
        self.tokens = set()
        paired = {"client_id": "kiosk-1", "site": "Ward 4", "token_url": TOKEN_PATH, "fhir_base": FHIR_BASE}
        return Told(body=json.dumps(paired).encode(), headers={"Content-Type": "application/json"})

    def _token(self, asked: Asked) -> Told:
        form = parse_qs(asked.body.decode())
        options: Any = {"verify_exp": False, "verify_iat": False, "require": ["exp", "jti", "iss", "sub", "aud"]}
        try:
            claims = jwt.decode(
                form["client_assertion"][0], self.key, ["ES384"], audience=self.url + TOKEN_PATH, options=options
            )
        except jwt.PyJWTError as error:
            return self._no_token(str(error))
        now = time.time() + self.seconds_ahead
        if not now < claims["exp"] <= now + 300:
            return self._no_token("expired")
        return self.give_token()

    def give_token(self) -> Told:
        token = secrets.token_hex(8)
        assert self.tokens is not None
        self.tokens.add(token)
        reply = {"access_token": token, "token_type": "bearer", "expires_in": 3600}
        return Told(body=json.dumps(reply).encode(), headers={"Content-Type": "application/json"})

    @staticmethod
    def _no_token(why: str) -> Told:
        return Told(400, json.dumps({"error": "invalid_client", "error_description": why}).encode())


# --- replies -------------------------------------------------------------------------------------------------------------


def commit(centre: Centre, asked: Asked) -> Told:
    """All is well."""
    return centre.commit(asked)


def problem(status: int, words: str) -> Told:
    issue = [{"severity": "error", "code": "processing", "diagnostics": words}] if words else []
    return Told(status, json.dumps({"resourceType": "OperationOutcome", "issue": issue}).encode())


def fhir(resource: Json, **headers: str) -> Told:
    return Told(200, json.dumps(resource).encode(), {"Content-Type": FHIR_JSON, **headers})


# --- the socket ---------------------------------------------------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A device that does not like our certificate hangs up: no reason to print anything."""


def _handler(centre: Centre) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one packet: two would wait for each other

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_DELETE(self) -> None:
            self._answer()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

        def date_time_string(self, timestamp: float | None = None) -> str:
            return formatdate((timestamp or time.time()) + centre.seconds_ahead, usegmt=True)

        def _answer(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            if headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            told = centre.answer(Asked(self.command, self.path, headers, body))
            if told.dropped:
                self.close_connection = True
                return
            self.send_response(told.status)
            for name, value in {**told.headers, "Content-Length": str(len(told.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)
            self.wfile.flush()

    return Handler
