"""``kiosk hub export``: whole responses as a file, in flat memory however many there are."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kiosk.cli.hub import fail, set_up_hub, where

if TYPE_CHECKING:
    from sync.hub.models import Survey
    from sync.hub.words.exports import Taken

KINDS = ("csv", "xlsx", "json", "ndjson")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@where
@click.option("--survey", "slug", metavar="NAME", default="", help="Which survey, by its name in the hub's addresses.")
@click.option("--from", "first", type=DAY, help="First day. Without it, all there is.")
@click.option("--to", "last", type=DAY, help="Last day. Without it, today.")
@click.option("--site", "site_name", metavar="NAME", default="", help="One site; without it, all of them.")
@click.option("--format", "kind", type=click.Choice(KINDS), help="Without it, as FILE ends.")
@click.option("--about-people", is_flag=True, help="Answers about the person too: age, ethnic group, health and more.")
@click.option("--originals", is_flag=True, help="Words as they came, before staff took anything out.")
def export(file: Path, data: Path, database: str, **wanted: Any) -> None:
    """Write whole responses to FILE. Each person's answers are in it, one by one: keep it safe. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    kind = wanted["kind"] or file.suffix[1:].lower()
    if kind not in KINDS:
        fail(f"{file} does not end with {', '.join(f'.{known}' for known in KINDS)}. Say which with --format.")
    try:
        set_up_hub(HubConfig(data=data, database=database))
        from sync.hub.people import actions
        from sync.hub.words import exports

        taken = _taken(wanted)
        actions.note_here(f"took responses as {kind}: {taken.scope.survey.slug}, {taken.scope.first} to {taken.scope.last}")
        _write(taken, kind, file)
    except HubError as problem:
        fail(problem)
    except OSError as problem:
        fail(f"{file} cannot be written: {problem.strerror}. Choose another place.")
    count = exports.count(taken)
    click.echo(f"{count:,} response{'' if count == 1 else 's'} in {file}. Delete it when you are done.")


def _taken(wanted: dict[str, Any]) -> Taken:
    from django.utils import timezone

    from sync.hub.counts.scopes import Scope
    from sync.hub.models import Site
    from sync.hub.words.exports import Taken

    named = wanted["site_name"]
    site = Site.objects.filter(name=named).first() if named else None
    if named and site is None:
        fail(f"There is no site named {named}. Check the name on the page Sites.")
    first: datetime | None = wanted["first"]
    last: datetime | None = wanted["last"]
    until = last.date() if last else timezone.localdate() + timedelta(days=1)
    scope = Scope(_survey(wanted["slug"]), first.date() if first else date(2000, 1, 1), until, site)
    return Taken(scope, originals=wanted["originals"], about_people=wanted["about_people"])


def _survey(slug: str) -> Survey:
    from sync.hub.models import Survey

    known = {survey.slug: survey for survey in Survey.objects.all()}
    if slug in known:
        return known[slug]
    if not slug and len(known) == 1:
        return next(iter(known.values()))
    named = ", ".join(sorted(known)) or "none yet"
    if slug:
        fail(f"There is no survey named {slug}. These are here: {named}.")
    return fail(f"Say which survey with --survey: {named}.")


def _write(taken: Taken, kind: str, file: Path) -> None:
    """The whole file or none: it is written beside its place, for its owner alone, and put there when it is done."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as out:
            _fill(taken, kind, out, file.parent)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fill(taken: Taken, kind: str, out: BinaryIO, folder: Path) -> None:
    from sync.hub.words import export_files

    if kind in export_files.STREAMS:
        out.writelines(export_files.STREAMS[kind](taken))
        return
    with export_files.as_workbook(taken, folder) as book:
        shutil.copyfileobj(book, out)
