"""A device and a member of staff that talk to a hub over HTTP, as in life."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import re
import struct
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from sync import wire

PASSWORD = "a calm river at noon"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the phones of all staff know."""

RECOVERY_CODES: dict[tuple[str, str], list[str]] = {}
"""By hub and name, what is left of them."""


@dataclass
class Hub:
    """The hub's address, and ways to put things straight into it where a test is not about that."""

    url: str

    def pairing_code(self, site: str = "Ward 7") -> str:
        from django.utils import timezone

        from sync.hub.places import devices

        return devices.offer_place(devices.site_named(site), timezone.now())

    def device(self, site: str = "Ward 7") -> Device:
        """A device, paired and signed in over the socket."""
        device = Device(self.url)
        device.pair(self.pairing_code(site))
        device.sign_in()
        return device

    def staff(self, name: str = "Ada", role: str = "", sites: Sequence[str] = ()) -> Staff:
        """A member of staff, signed in through the page, second step and all; the first is an administrator.

        A later one is a viewer of every site; or has this `role`, and sees these `sites` (by name; made where missing).
        """
        from sync.hub.people import accounts, second_factor
        from sync.hub.places import devices

        places = [devices.site_named(site) for site in sites]
        duty = accounts.duty(role or "viewer", places, everywhere=not places) if role or places else None
        user = accounts.add(name, PASSWORD, duty)
        second_factor.take_phone(user, SECRET)
        RECOVERY_CODES[self.url, name] = second_factor.new_codes(user)
        staff = Staff(self.url)
        assert staff.sign_in(name, PASSWORD).status_code == 200
        return staff


@dataclass
class Device:
    url: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP384R1()))
    client_id: str = ""
    token: str = ""

    @property
    def jwk(self) -> dict[str, Any]:
        return dict(jwt.get_algorithm_by_name("ES384").to_jwk(self.key.public_key(), as_dict=True))

    def pair(self, code: str) -> requests.Response:
        reply = requests.post(self.url + wire.PAIR_PATH, json={"code": code, "jwk": self.jwk, "name": "Door"}, timeout=10)
        if reply.ok:
            self.client_id = reply.json()["client_id"]
        return reply

    def assertion(self, **changed: object) -> str:
        """A signed assertion, good unless a claim is changed."""
        claims: dict[str, object] = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.url + wire.TOKEN_PATH,
            "exp": int(time.time()) + 240,
            "jti": str(uuid.uuid4()),
        }
        return jwt.encode(claims | changed, self.key, algorithm=wire.ASSERTION_ALGORITHM)

    def ask_token(self, assertion: str) -> requests.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": wire.ASSERTION_TYPE,
            "client_assertion": assertion,
            "scope": wire.SCOPE,
        }
        return requests.post(self.url + wire.TOKEN_PATH, data=form, timeout=10)

    def sign_in(self) -> None:
        self.token = self.ask_token(self.assertion()).json()["access_token"]

    def call(self, method: str, path: str, body: object = None, **headers: str) -> requests.Response:
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        said = {"Authorization": f"Bearer {self.token}", "Content-Type": wire.FHIR_JSON}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(method, self.url + path, data=data, headers=said, timeout=30)

    def put(self, document: dict[str, Any]) -> requests.Response:
        return self.call("PUT", f"/fhir/QuestionnaireResponse/{document['id']}", document)

    def batch(self, entries: list[dict[str, Any]]) -> list[str]:
        """Send a batch; the status codes of its entries."""
        reply = self.call("POST", "/fhir", {"resourceType": "Bundle", "type": "batch", "entry": entries})
        assert reply.status_code == 200, reply.text
        document = reply.json()
        assert (document["resourceType"], document["type"]) == ("Bundle", "batch-response")
        assert len(document["entry"]) == len(entries)
        return [entry["response"]["status"][:3] for entry in document["entry"]]


@dataclass
class Staff:
    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def see(self, path: str) -> requests.Response:
        return self.session.get(self.url + path, timeout=10)

    def reads(self, path: str) -> str:
        """What a page says: its words without the marks, spaces made one."""
        words = re.sub(r"<(style|title)\b.*?</\1>|<[^>]+>", " ", self.see(path).text, flags=re.DOTALL)
        return " ".join(html.unescape(words).split())

    def send(self, path: str, data: dict[str, str] | None = None, **more: Any) -> requests.Response:
        """Post a form, with the token of a page that was seen before."""
        token = self.session.cookies.get("csrftoken") or ""
        headers = {"X-CSRFToken": token, "Referer": self.url}
        return self.session.post(self.url + path, data=data, headers=headers, timeout=10, **more)

    def sign_in(self, name: str, password: str) -> requests.Response:
        """Sign in as far as it goes: a second step is taken with a recovery code, or set up where there is none yet."""
        self.see("/sign-in")
        page = self.send("/sign-in", {"username": name, "password": password})
        if page.url.endswith("/sign-in/second-step") and RECOVERY_CODES.get((self.url, name)):
            return self.send("/sign-in/second-step", {"code": RECOVERY_CODES[self.url, name].pop()})
        if page.url.endswith("/your-account/second-step"):
            codes = self.send("/your-account/second-step", {"code": phone_shows(secret_in(page.text))})
            RECOVERY_CODES[self.url, name] = re.findall(r"<code>([0-9 ]+)</code>", codes.text)
            return self.see("/")
        return page


def secret_in(page: str) -> str:
    """What somebody types into the phone, from the page that sets up the second step."""
    found = re.search(r'class="key">([A-Z2-7 ]+)<', page)
    assert found, page
    return found[1].replace(" ", "")


def phone_shows(secret: str, at: float | None = None) -> str:
    """The six digits of a phone that knows `secret` (RFC 6238), at a time in seconds since 1970."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
