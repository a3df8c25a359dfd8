"""Hostile requests, each from a seed: broken bundles and documents, bombs, lies about lengths, other people's ids, replays."""

from __future__ import annotations

import base64
import gzip
import json
import random
import uuid
from collections.abc import Callable
from typing import Any

from sync import wire
from tests.fuzz.hub import Target
from tests.fuzz.line import Shot, request
from tests.fuzz.strange import STRANGE, nest, spoilt, written
from tests.hub_people import Device
from tests.hub_survey import FFT_WORDS, answer, create_entry, put_entry

BOMB = gzip.compress(gzip.compress(b"\0" * 60_000_000, mtime=0), mtime=0)
INFLATES_TO_60_MB = gzip.compress(b" " * 60_000_000, mtime=0)
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", "X" * 300, "")
PATHS = (
    *(
        "/",
        "/openapi.json",
        "/fhir",
        "/fhir/",
        "/fhir/metadata",
        "/fhir/QuestionnaireResponse",
        "/fhir/Questionnaire",
        "/fhir/Questionnaire/1",
    ),
    *("/fhir/Questionnaire/99999999999999999999", "/fhir/Questionnaire?status=%00", "/fhir/Questionnaire?url=x|1&version=%FF"),
    *(
        "/fhir/Patient/1",
        "/fhir/$everything",
        "/fhir/../devices",
        "/fhir/%2e%2e/%2e%2e/etc/passwd",
        "/fhir/QuestionnaireResponse/%00",
    ),
    *(
        "/auth/token",
        "/auth/pair",
        "/auth/pair/ask",
        "/auth/pair/outcome",
        "/device/report",
        "/set-up/x",
        "/set-up/%00",
        "/devices",
    ),
    *(
        "/devices/approve?code=%00",
        "/devices/1/revoke",
        "/results/visit.json?from=x&to=0000-00-00&site=9" + "9" * 30,
        "/static/hub/",
    ),
    *(
        "/static/../../secret-key",
        "//",
        "/\xff",
        "*",
        "http://other.example/fhir",
        "/" + "a" * 9000,
        "/sign-in?next=//other.example",
    ),
)
HEADERS: tuple[tuple[str, str], ...] = (
    *(("Content-Type", "text/plain"), ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Type", "a\tb;;=")),
    *(("Content-Type", "multipart/form-data; boundary=" + "x" * 300), ("Accept", "image/png"), ("Accept-Language", "x" * 3000)),
    *(("Content-Encoding", "br"), ("Content-Encoding", "gzip, gzip"), ("Content-Encoding", "\x00"), ("Expect", "100-continue")),
    *(
        ("Authorization", "Basic AAAA"),
        ("Authorization", "Bearer"),
        ("Authorization", "Bearer \xff"),
        ("Authorization", "x" * 7000),
    ),
    *(("Host", "other.example"), ("Host", ""), ("Host", "a b"), ("Cookie", "sessionid=" + "x" * 4000), ("Cookie", "=;=;\x01")),
    *(("If-None-Exist", "identifier=" + "%" * 50), ("If-None-Exist", "\x00"), ("If-None-Match", '"' * 99), ("Date", "never")),
    *(
        ("Date", "Fri, 31 Dec 9999 23:59:59 -2359"),
        ("X-Forwarded-For", "x, ,"),
        ("X-Forwarded-Proto", "https"),
        ("Range", "bytes=9-1"),
    ),
    *(
        ("Transfer-Encoding", "gzip"),
        ("Content-Length", "-1"),
        ("Content-Length", "1e3"),
        ("Content-Length", "99999999999999999999"),
    ),
    *(("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Forwarded", "for=x"), ("Prefer", "return=everything"), ("", "x")),
)


class Attacker:
    """Throws requests at `target`; the same seed throws the same. `known` are ids that are in the hub already."""

    def __init__(self, target: Target, seed: str) -> None:
        self.chance = random.Random(seed)
        self.target = target
        self.device = self.chance.choice(target.devices)
        self.known: list[dict[str, Any]] = []
        kinds: dict[Callable[[], Shot], int] = {
            self.bundle: 40,
            self.single: 16,
            self.raw_body: 14,
            self.odd_request: 16,
            self.sign_in: 7,
            self.report: 4,
            self.others: 5,
            self.broken_http: 5,
        }
        self._kinds, self._weights = list(kinds), list(kinds.values())

    def shot(self) -> Shot:
        return self.chance.choices(self._kinds, self._weights)[0]()

    def source(self) -> str:
        """An address to come from: limits on one caller must not keep the others from trying."""
        return f"127.{self.chance.randrange(1, 255)}.{self.chance.randrange(255)}.{self.chance.randrange(1, 255)}"

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    # --- what a device sends ----------------------------------------------------------------------------------------

    def document(self) -> Any:
        """Good, strange, or one that the hub knows already with other words."""
        chance = self.chance
        more: dict[str, Any] = {}
        if chance.random() < 0.5:
            more = {"calm": {"valueInteger": chance.randrange(11)}, "why": {"valueString": "x" * chance.choice((1, 20, 3000))}}
        if chance.random() < 0.05:
            more = {"status": "entered-in-error"}
        if chance.random() < 0.3:
            more["needs"] = [{"valueString": "Time"}, {"valueString": "Quiet"}]
        document = answer(chance.choice(list(FFT_WORDS)), **more)
        document["id"] = document["identifier"]["value"] = self.uuid()
        if self.known and chance.random() < 0.15:
            other = chance.choice(self.known)
            document["id"] = document["identifier"]["value"] = other["id"]
        return spoilt(document, chance, chance.choice((1, 1, 2, 5))) if chance.random() < 0.75 else document

    def bundle(self) -> Shot:
        chance = self.chance
        documents = [self.document() for _ in range(chance.choice((0, 1, 1, 2, 3, 8, 30)))]
        entries = [
            chance.choice((put_entry, create_entry))({"id": "x"} | one if isinstance(one, dict) else {"id": "x"})
            for one in documents
        ]
        bundle: Any = {"resourceType": "Bundle", "type": "batch", "entry": entries}
        if chance.random() < 0.3:
            bundle = spoilt(bundle, chance)
        return self._sent("a bundle", "POST", "/fhir", written(bundle, chance))

    def single(self) -> Shot:
        document, chance = self.document(), self.chance
        identity = document.get("id", "") if isinstance(document, dict) else ""
        if chance.random() < 0.6:
            address = chance.choice((identity, self.uuid(), str(identity).upper(), "x" * 3000, "0", "{" + str(identity) + "}"))
            path = "/fhir/QuestionnaireResponse/" + "".join(sign for sign in str(address) if sign.isalnum() or sign in "-{}")
            if chance.random() < 0.1:
                return self._sent("a removal", "DELETE", path, b"")
            return self._sent("a document by PUT", "PUT", path, written(document, chance))
        condition = f"identifier={wire.RESPONSE_SYSTEM}|{identity}"
        headers = {"If-None-Exist": _plain(chance.choice((condition, condition + "&a=b", "identifier=|", "?" + condition, "")))}
        return self._sent("a document by POST", "POST", "/fhir/QuestionnaireResponse", written(document, chance), headers)

    def report(self) -> Shot:
        good = {"version": "1", "waiting": 1, "sent": 2, "languages": ["en-GB"], "device_time": "2026-11-23T09:00:00Z"}
        return self._sent("a report", "POST", wire.REPORT_PATH, written(spoilt(good, self.chance), self.chance))

    def raw_body(self) -> Shot:
        """Bombs, brackets, noise, and each of them squeezed or not."""
        chance = self.chance
        what = chance.randrange(9)
        body: bytes = {
            0: lambda: nest(1_000_000, chance),
            1: lambda: b'{"resourceType":"Bundle","type":"batch","entry":[{"resource":' + nest(300_000, chance),
            2: lambda: INFLATES_TO_60_MB,
            3: lambda: BOMB,
            4: lambda: bytes(chance.randrange(256) for _ in range(chance.choice((1, 40, 5000)))),
            5: lambda: b'"' + b"\\u0000" * chance.choice((1, 100_000)) + b'"',
            6: lambda: b"{" + b'"a":1,' * chance.choice((10, 200_000)) + b'"b":1}',
            7: lambda: gzip.compress(written(self.document(), chance), mtime=0)[: chance.choice((5, 40, None))],
            8: lambda: b'{"resourceType":"Bundle","type":"batch","entry":[' + b"{}," * chance.choice((99, 101, 5000)) + b"{}]}",
        }[what]()
        squeezed = what in {2, 3, 7} or chance.random() < 0.2
        if squeezed and what not in {2, 3, 7}:
            body = gzip.compress(body, 1, mtime=0)
        path = chance.choice(("/fhir", "/fhir/QuestionnaireResponse", wire.REPORT_PATH, wire.PAIR_PATH, wire.PAIR_ASK_PATH))
        path = f"/fhir/QuestionnaireResponse/{self.uuid()}" if chance.random() < 0.2 else path
        return self._sent(
            "a raw body", "PUT" if "Response/" in path else "POST", path, body, {"Content-Encoding": "gzip"} if squeezed else {}
        )

    # --- what nobody should send ------------------------------------------------------------------------------------

    def odd_request(self) -> Shot:
        chance = self.chance
        headers = dict(chance.choices(HEADERS, k=chance.choice((0, 1, 1, 3))))
        if chance.random() < 0.5:
            headers = {"Authorization": f"Bearer {self.device.token}"} | headers
        body = written(self.document(), chance) if chance.random() < 0.5 else b""
        return Shot("an odd request", request(chance.choice(METHODS), chance.choice(PATHS), headers, body), half=True)

    def sign_in(self) -> Shot:
        """Assertions that are old, another's, replayed, for another hub, unsigned or nonsense."""
        chance, device = self.chance, self.device
        claims: dict[str, Any] = chance.choice(
            (
                {},
                {"exp": 1},
                {"exp": "x"},
                {"aud": []},
                {"jti": None},
                {"jti": "x" * 100_000},
                {"jti": "\0"},
                {"sub": 1},
                {"iss": "\0"},
            )
        ) | (
            {chance.choice(("iss", "sub", "aud", "exp", "jti", "nbf", "iat")): chance.choice(STRANGE)}
            if chance.random() < 0.4
            else {}
        )
        try:
            assertion = device.assertion(**claims)
        except (TypeError, ValueError):
            assertion = "x.y.z"
        what = chance.randrange(6)
        if what == 0:
            assertion = _replayed(device)
        elif what == 1:
            _, _, rest = assertion.partition(".")
            none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            assertion = f"{none}.{rest.partition('.')[0]}."
        elif what == 2:
            at = chance.randrange(len(assertion))
            assertion = assertion[:at] + chance.choice("Aa.!-\0") + assertion[at + 1 :]
        form = {"grant_type": "client_credentials", "client_assertion_type": wire.ASSERTION_TYPE, "client_assertion": assertion}
        from urllib.parse import urlencode

        body = urlencode(
            spoilt(form, chance) if chance.random() < 0.3 else form, doseq=chance.random() < 0.1, errors="replace"
        ).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return Shot("a sign-in", request("POST", wire.TOKEN_PATH, headers, body))

    def others(self) -> Shot:
        """Another device's response, a revoked device's token, an old batch once more."""
        chance = self.chance
        known = chance.choice(self.known) if self.known else answer()
        path = f"/fhir/QuestionnaireResponse/{known['id']}"
        stranger = chance.choice([*self.target.devices, self.target.revoked])
        token = {"Authorization": f"Bearer {stranger.token}"}
        if chance.random() < 0.5:
            return Shot("another's response", request("GET", path, token))
        other = known | {"status": chance.choice(("completed", "stopped", "entered-in-error"))}
        return Shot("another's id", request("PUT", path, token, json.dumps(other).encode()))

    def broken_http(self) -> Shot:
        """Chunks and bodies that end too soon, lengths that lie, header floods, two requests in one."""
        chance, token = self.chance, f"Authorization: Bearer {self.device.token}\r\n"
        good = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": []}).encode()
        head = f"POST /fhir HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{token}".encode()
        chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
        raws = (
            chunked + b"%x\r\n" % len(good) + good[:10],
            chunked + b"%x\r\n" % len(good) + good + b"\r\n",
            chunked + b"zz\r\n" + good,
            chunked + b"ffffffffffffffff\r\n" + good,
            chunked + b"1\r\n{\r\n" * 500,
            head + b"Content-Length: 5000\r\n\r\n" + good,
            head + b"Content-Length: 1\r\nContent-Length: 90\r\n\r\n" + good,
            head + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + good,
            head + b"X: y\r\n" * chance.choice((10, 20_000)) + b"\r\n",
            head + b"X: " + b"y" * 300_000,
            b"GET / HTTP/1.1\nHost: x\n\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
            b"GET /fhir/metadata HTTP/9.9\r\n\r\n",
            b"\r\n\r\n\r\n\r\n",
            b"GET " + b"/" * 400_000,
        )
        return Shot("broken HTTP", chance.choice(raws), half=True)

    def _sent(self, what: str, method: str, path: str, body: bytes, headers: dict[str, str] | None = None) -> Shot:
        told = {"Authorization": f"Bearer {self.device.token}", "Content-Type": wire.FHIR_JSON} | (headers or {})
        return Shot(what, request(method, path, told, body))


_USED: dict[str, str] = {}


def _replayed(device: Device) -> str:
    return _USED.setdefault(device.client_id, device.assertion())


def _plain(header: str) -> str:
    return "".join(sign for sign in header if " " <= sign <= "~")
