"""The centre as the courier sees it: a few questions, each answered by a value of :mod:`sync.outcomes`."""

import gzip
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from sync.batch import UNREADABLE, Batch, batch_response, bundle, capable, is_told, questionnaires, words
from sync.locations import fit
from sync.outcomes import (
    Accepted,
    Capable,
    Entry,
    Foreign,
    Mismatched,
    Pulled,
    Refused,
    Reported,
    Told,
    Trouble,
    Unchanged,
    Unreachable,
)
from sync.pace import retry_after_seconds
from sync.signin import SignIn, Tokens
from sync.transport import HttpTransport, Reply, Request, Transport, check_address
from sync.wire import FHIR_JSON, METADATA, SETTINGS_PATH

MAX_PAGES: Final = 20
AGENT: Final = "feedback-kiosk"
IN_BETWEEN: Final = frozenset({HTTPStatus.PROXY_AUTHENTICATION_REQUIRED, HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED})
PORTAL: Final = "Something between this device and the centre answered: a Wi-Fi sign-in page, a proxy, or a wrong address."


class Client:
    """One centre. `base_url` is its FHIR base, `report_url` the hub's health report ("" where there is none).

    AddressRefused unless both are https, or this computer itself.
    """

    def __init__(self, base_url: str, sign_in: SignIn, *, report_url: str = "", transport: Transport | None = None) -> None:
        check_address(base_url)
        if report_url:
            check_address(report_url)
        self._base = base_url.rstrip("/") + "/"
        self._report_url = report_url
        self._transport = transport or HttpTransport()
        self._tokens = Tokens(sign_in, self._transport)

    def __repr__(self) -> str:
        return f"Client({self._base!r})"

    @property
    def takes_reports(self) -> bool:
        """Whether the centre is a hub that wants health reports."""
        return bool(self._report_url)

    @property
    def seconds_ahead(self) -> float | None:
        """The centre's clock against ours; None before its first reply."""
        return self._transport.seconds_ahead

    def new_token(self) -> None:
        """The next request signs in anew."""
        self._tokens.forget()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def capabilities(self) -> Capable | Trouble:
        """What the centre can do (GET metadata, without signing in)."""
        reply = self._transport.exchange(Request("GET", self._base + METADATA, _headers()))
        return _read(reply) or capable(_body(reply)) or Foreign(PORTAL)

    def send(self, batch: Batch) -> Accepted | Mismatched | Trouble:
        """Send the batch. Only a real batch-response with as many entries as were sent, and theirs, is Accepted."""
        body, included = bundle(batch)
        if not any(included):
            return Accepted((UNREADABLE,) * len(included))
        headers = {"Content-Type": FHIR_JSON, "Prefer": "return=minimal"}
        if batch.zipped:
            body, headers = gzip.compress(body, mtime=0), {**headers, "Content-Encoding": "gzip"}
        reply = self._signed("POST", self._base.rstrip("/"), headers, body)
        if isinstance(reply, Unreachable | Refused | Foreign):
            return reply
        accepted = batch_response(reply.body, sum(included))
        if accepted is None:
            return Foreign(PORTAL)
        sent = [queued.response_id for queued, was_sent in zip(batch.entries, included, strict=True) if was_sent]
        return Accepted(tuple(_merged(included, accepted))) if fit(sent, accepted.entries, batch.way) else Mismatched()

    def fetch_surveys(self, etag: str = "") -> Pulled | Unchanged | Trouble:
        """The active Questionnaires, every page; Unchanged when the centre says so by `etag`."""
        url = f"{self._base}Questionnaire?status=active"
        headers = {"If-None-Match": etag} if etag else {}
        surveys: list[bytes] = []
        new_etag = ""
        for page in range(MAX_PAGES):
            reply = self._signed("GET", url, headers if page == 0 else {})
            if isinstance(reply, Unreachable | Refused | Foreign):
                return Unchanged() if page == 0 and reply == Refused(HTTPStatus.NOT_MODIFIED) else reply
            found = questionnaires(reply.body)
            if found is None:
                return Foreign(PORTAL)
            surveys += found[0]
            new_etag = new_etag or reply.headers.get("etag", "")
            if not found[1]:
                break
            url = urljoin(url, found[1])
            if not self._is_ours(url):
                return Foreign("The centre's list of surveys goes on at another address.")
        return Pulled(new_etag, tuple(surveys))

    def report(self, figures: Mapping[str, Any]) -> Reported | Trouble:
        """Tell the hub how this device is (sync.wire.REPORT_FIELDS)."""
        reply = self._signed("POST", self._report_url, {"Content-Type": "application/json"}, msgspec.json.encode(figures))
        return reply if isinstance(reply, Unreachable | Refused | Foreign) else Reported()

    def fetch_settings(self, etag: str = "") -> Told | Unchanged | Trouble:
        """What the hub tells this device to do and to show; Unchanged when it says so by `etag`."""
        headers = {"Accept": "application/json", **({"If-None-Match": etag} if etag else {})}
        reply = self._signed("GET", urljoin(self._report_url, SETTINGS_PATH), headers)
        if isinstance(reply, Unreachable | Refused | Foreign):
            return Unchanged() if reply == Refused(HTTPStatus.NOT_MODIFIED) else reply
        return Told(reply.headers.get("etag", ""), reply.body) if is_told(reply.body) else Foreign(PORTAL)

    def remove(self, resource_id: str) -> Trouble | None:
        """Delete one QuestionnaireResponse of ours; None when it is gone."""
        reply = self._signed("DELETE", f"{self._base}QuestionnaireResponse/{quote(resource_id, safe='')}", {})
        return reply if isinstance(reply, Unreachable | Refused | Foreign) else None

    def _signed(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply | Trouble:
        authorization = self._tokens.authorization()
        if not isinstance(authorization, str):
            return authorization
        signed = {"Authorization": authorization} if authorization else {}
        reply = self._transport.exchange(Request(method, url, {**_headers(), **headers, **signed}, body))
        return _read(reply) or reply

    def _is_ours(self, url: str) -> bool:
        base, other = urlsplit(self._base), urlsplit(url)
        return (base.scheme, base.netloc) == (other.scheme, other.netloc)


def _headers() -> dict[str, str]:
    """What every request says. The Date tells the centre how this clock stands, for each answer that comes with it."""
    return {"Accept": FHIR_JSON, "User-Agent": AGENT, "Date": formatdate(usegmt=True)}


def _body(reply: Reply | Unreachable) -> bytes:
    return reply.body if isinstance(reply, Reply) else b""


def _read(reply: Reply | Unreachable) -> Trouble | None:
    """What went wrong, or None for a 2xx reply."""
    if isinstance(reply, Unreachable):
        return reply
    if reply.status in range(200, 300):
        return None
    if reply.status == HTTPStatus.NOT_MODIFIED:
        return Refused(reply.status)
    if reply.status in range(300, 400) or reply.status in IN_BETWEEN:
        return Foreign(PORTAL)
    after = retry_after_seconds(reply.headers.get("retry-after", ""), reply.headers.get("date", ""))
    return Refused(reply.status, words(reply.body), after)


def _merged(included: tuple[bool, ...], accepted: Accepted) -> Iterator[Entry]:
    """The centre's entries in the order of the batch, with our own word for what was not sent."""
    replies = iter(accepted.entries)
    for was_sent in included:
        yield next(replies) if was_sent else UNREADABLE
