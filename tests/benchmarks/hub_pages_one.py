"""One filled hub in a process of its own: the times of its pages, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from sync.hub.config import HubConfig
from sync.hub.start import set_up

if TYPE_CHECKING:
    from django.test import Client

LIMIT_MS = 300
SITES_MANAGED = 20
SLUG = "share-for-better-care"
RESULTS = ("", ".json", ".csv", ".xlsx", "/trends", "/equality")


@dataclass(frozen=True, slots=True)
class Timed:
    """One page for one person over one period: times of the whole request, and how many queries it made.

    `cpu_ms` is what this process worked: on SQLite all there is to do, however busy the machine is with other things.
    """

    page: str
    who: str
    period: str
    median_ms: float = 0.0
    worst_ms: float = 0.0
    cpu_ms: float = 0.0
    queries: int = 0


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True)
@click.option("--database", default="")
@click.option("--rounds", default=7)
def main(data: Path, database: str, rounds: int) -> None:
    """Ask for every page and print what was found."""
    set_up(HubConfig(data, database))
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    found = []
    for who, client in _people():
        for one, address in _addresses(who):
            found.append(_time(client, one, address, rounds))
    print(json.dumps([asdict(one) for one in found]))


def _people() -> Iterator[tuple[str, Client]]:
    from django.contrib.auth.models import User
    from django.test import Client

    from sync.hub.models import Member, Site
    from sync.hub.people.sign_in import SECOND_STEP_DONE

    for role in (Member.Role.ADMINISTRATOR, Member.Role.SITE_MANAGER):
        user, is_new = User.objects.get_or_create(username=f"benchmark-{role.value}")
        if is_new:
            Member.objects.create(user=user, role=role).sites.set(Site.objects.order_by("pk")[:SITES_MANAGED])
        client = Client()
        client.force_login(user, "sync.hub.people.access.PasswordBackend")
        session = client.session
        session[SECOND_STEP_DONE] = True
        session.save()
        yield {"administrator": "all sites", "site-manager": f"{SITES_MANAGED} sites"}[role.value], client


def _addresses(who: str) -> Iterator[tuple[Timed, str]]:
    """Every page that shows results, with its address."""
    from django.utils import timezone

    today = timezone.localdate()
    end_of_last = today.replace(day=1) - timedelta(days=1)
    periods = {
        "month": (end_of_last.replace(day=1), end_of_last),
        "30 days": (today - timedelta(days=29), today),
        "year": (today - timedelta(days=364), today),
        "3 years": (date(today.year - 3, today.month, 1), today),
    }
    yield Timed("home", who, ""), "/"
    yield Timed("results of all surveys", who, ""), "/results"
    for period, (first, last) in periods.items():
        query = urlencode({"from": first.isoformat(), "to": last.isoformat()})
        for page in RESULTS:
            yield Timed(f"results{page}", who, period), f"/results/{SLUG}{page}?{query}"
        yield Timed("comments", who, period), f"/comments/{SLUG}?{query}"
        yield Timed("comments, searched", who, period), f"/comments/{SLUG}?{query}&words=waiting+room"
        yield Timed("quotes", who, period), f"/comments/{SLUG}/quotes?{query}"
    yield Timed("returns", who, ""), "/returns"
    yield Timed("return", who, "month"), f"/returns/{end_of_last:%Y-%m}"


def _time(client: Client, one: Timed, address: str, rounds: int) -> Timed:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        reply = client.get(address)
        _read(reply)
    if reply.status_code != 200:
        raise click.ClickException(f"{address} answered {reply.status_code}")
    asked = len(queries)  # the next request forgets them
    times, at_work = [], []
    for _ in range(rounds):
        began, worked = perf_counter(), process_time()
        _read(client.get(address))
        times.append((perf_counter() - began) * 1000)
        at_work.append((process_time() - worked) * 1000)
    return replace(one, median_ms=median(times), worst_ms=max(times), cpu_ms=median(at_work), queries=asked)


def _read(reply: object) -> None:
    """To the end, also what is streamed."""
    if getattr(reply, "streaming", False):
        for _ in reply.streaming_content:  # type: ignore[attr-defined]
            pass


if __name__ == "__main__":
    main()
