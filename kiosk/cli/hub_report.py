"""``kiosk hub report``: what is owed to others, as text or JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.hub import fail, set_up_hub, where

if TYPE_CHECKING:
    from sync.hub.reporting.returns import Figures


@click.group()
def report() -> None:
    """Reports for others than patients and staff."""


@report.command()
@where
@click.option("--month", required=True, metavar="YYYY-MM", help="The month to report.")
@click.option("--site", "site_name", metavar="NAME", default="", help="One site; without it, all of them together.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the output.")
def fft(month: str, site_name: str, as_json: bool, data: Path, database: str) -> None:
    """The Friends and Family return of a month: totals by answer and by collection method."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    first = _month(month)
    try:
        set_up_hub(HubConfig(data=data, database=database))
    except HubError as problem:
        fail(problem)
    from sync.hub.models import Site
    from sync.hub.reporting import returns

    site = Site.objects.filter(name=site_name).first() if site_name else None
    if site_name and site is None:
        fail(f"There is no site named {site_name}. Check the name on the page Sites.")
    found = returns.of(first, site)
    click.echo(json.dumps(returns.document(found)) if as_json else _in_words(found))


@report.command()
@where
@click.option("--survey", "slug", required=True, metavar="NAME", help="The survey, as its addresses name it.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day; without it, 30 days up to the last.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last day; without it, today.")
def counts(slug: str, first: datetime | None, last: datetime | None, data: Path, database: str) -> None:
    """Every answer of a survey counted exactly, as JSON. Small numbers are not hidden: keep it to yourself."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database))
    except HubError as problem:
        fail(problem)
    from sync.hub.counts import exact

    document = exact.document(slug, first.date() if first else None, last.date() if last else None)
    if document is None:
        fail(f"There is no survey named {slug}. Its name is in the addresses of its pages.")
    click.echo(json.dumps(document))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        fail(f"{text} is no month. Write it like 2026-10.")


def _in_words(found: Figures) -> str:
    shares = found.percentages
    lines = [f"Friends and Family, {found.month:%B %Y}, {found.site or 'all sites'}"]
    lines += [f"  {code:<12}{count:>8}" for code, count in found.answers.items()]
    lines += ["By method"] + [f"  {code:<12}{count:>8}" for code, count in found.methods.items()]
    if found.total:
        lines += [f"{shares.positive_percent:.1f} % positive, {shares.negative_percent:.1f} % negative, of {found.total}"]
    lines += [f"Marked as sent on {found.sent.sent_at:%d %B %Y}" if found.sent else "Not marked as sent"]
    return "\n".join(lines)
