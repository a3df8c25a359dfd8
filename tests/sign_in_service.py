"""A little sign-in service (OpenID Connect provider) on a real socket: it asks nothing, and says who somebody is."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "feedback-hub", "between the two of us"


@dataclass
class Service:
    """`subject` is who signs in next; `refuses`: nobody does."""

    url: str = ""
    subject: str = "person-1"
    refuses: bool = False
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """By code: what the hub asked with."""

    def configuration(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "userinfo_endpoint": "/userinfo"}
        known = {name: self.url + path for name, path in (paths | {"jwks_uri": "/keys"}).items()}
        return known | {"issuer": self.url, "token_endpoint_auth_methods_supported": ["client_secret_post"]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        if self.refuses:
            return f"{query['redirect_uri']}?{urlencode({'error': 'server_error', 'state': query['state']})}"
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code; the secret and the proof of PKCE must be right."""
        query = self.asked.pop(form["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (proof, query["code_challenge_method"]) == (query["code_challenge"], "S256")
        assert (form["client_id"], form["client_secret"], form["redirect_uri"]) == (CLIENT, SECRET, query["redirect_uri"])
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60}
        return {"access_token": self.subject, "token_type": "Bearer", "id_token": jwt.encode(claims, self.key, "RS256")}


@contextmanager
def sign_in_service() -> Iterator[Service]:
    """The service, while it runs."""
    service = Service()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if path.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", service.authorize({name: one[0] for name, one in parse_qs(path.query).items()}))
                self.end_headers()
            elif path.path == "/userinfo":
                self._say({"sub": str(self.headers["Authorization"]).removeprefix("Bearer ")})
            else:
                self._say(service.configuration())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(service.token({name: one[0] for name, one in form.items()}))

        def _say(self, document: dict[str, Any]) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield service
        server.shutdown()
        thread.join()
