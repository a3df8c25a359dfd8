"""``kiosk hub fill``: invented answers that agree with themselves, like real ones, and are the same for the same seed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kiosk import ASSETS
from tests.hub_people import Hub

if TYPE_CHECKING:
    from sync.hub.fill import Filled

pytest_plugins = ("tests.hub_server",)

NOW = datetime(2026, 11, 3, 15, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent


def filled(answers: int = 2000, seed: int = 7, sites: int = 6) -> Filled:
    from sync.hub import surveys
    from sync.hub.fill import fill

    surveys.add((ASSETS / "surveys" / "share-for-better-care.json").read_bytes())
    return fill(answers=answers, seed=seed, sites=sites, years=1, now=NOW)


def sheets(*spans: str) -> dict[tuple[object, ...], tuple[Any, ...]]:
    """What stands on each sheet of these spans, by version, place, span and day."""
    import msgspec

    from sync.hub.models import Sheet

    return {
        (one.version_id, one.place, one.span, one.first): tuple(
            msgspec.json.decode(bytes(column)) for column in (one.headline, one.questions, one.groups)
        )
        for one in Sheet.objects.filter(span__in=spans)
    }


def test_exactly_so_many_answers_come_and_this_month_and_the_one_before_have_some(hub: Hub) -> None:
    """S106."""
    from sync.hub.models import Answer, Response

    done = filled()
    days = Response.objects.values_list("day", flat=True)
    assert Answer.objects.count() == done.answers == 2000
    assert (done.first, done.last, max(days)) == (date(2025, 11, 1), date(2026, 11, 3), date(2026, 11, 3))
    assert {date(2026, 10, 1), date(2026, 11, 1)} <= {day.replace(day=1) for day in days}


@pytest.mark.parametrize("answers", [1, 5, 60])
def test_a_few_answers_are_exactly_so_many_too(hub: Hub, answers: int) -> None:
    from sync.hub.models import Answer

    assert filled(answers).answers == Answer.objects.count() == answers


def test_everything_agrees_with_what_intake_would_have_judged_and_counted(hub: Hub) -> None:
    """S105, S113: documents, digests, flat answers, own words and counts."""
    from sync.hub.counts.counting import Columns
    from sync.hub.models import Answer, Comment, Response
    from sync.hub.taking_in import intake, keep
    from sync.hub.taking_in.judged import Arrival, Judged
    from tests.counted_again import recounted

    filled()
    words_kept = Counter(Comment.objects.values_list("response_id", "link_id", "text", "overall", "may_share"))
    answers_kept = Counter(Answer.objects.values_list("response_id", "link_id", "system", "code", "day", "site_id"))
    for response in Response.objects.all():
        (one,) = intake.judge([Arrival(response.uuid, bytes(response.document))])
        assert isinstance(one, Judged), one
        assert (one.digest, one.may_share) == (response.digest, response.may_share)
        assert one.document["language"] == response.language
        rows = keep.answer_rows(response, one.answers)
        answers_kept.subtract((key, link, system, code, day, site) for key, _, site, day, link, _, system, code, _ in rows)
        words = keep.comments(response, one.version, one.answers)
        words_kept.subtract((response.pk, said.link_id, said.text, said.overall, said.may_share) for said in words)
    assert not +answers_kept
    assert not -answers_kept
    assert not +words_kept
    assert not -words_kept
    again: dict[Any, Columns] = recounted(Response.objects.all())
    assert sheets("d", "m") == {key: (one.headline, one.questions, one.groups) for key, one in again.items()}


def test_what_is_shown_and_what_still_waits_is_all_there_is(hub: Hub) -> None:
    """S111: nothing is lost between the two, nor shown twice."""
    filled()
    everybody, shown, waiting = (
        sum(sum(headline.get("status", {}).values()) for headline, _, _ in sheets(span).values()) for span in ("m", "M", "w")
    )
    assert everybody == shown + 2 * waiting  # all sites together are on a sheet of their own, what waits is not
    assert shown > waiting > 0


def test_the_same_seed_makes_the_same_answers_and_another_makes_others(hub: Hub) -> None:
    from sync.hub.models import Comment, Response, Sheet, SurveyVersion

    def what() -> list[Any]:
        return [
            sorted(Response.objects.values_list("uuid", "digest", "day", "site__name", "device__client_id")),
            sorted(Comment.objects.values_list("text", "day", "overall")),
            sorted((str(first), span, str(on)) for (_, place, span, first), on in sheets("d", "m").items() if place == 0),
        ]

    def forget() -> None:
        for table in (Sheet, Comment, Response):
            table.objects.all().delete()

    filled(400)
    first = what()
    forget()
    filled(400)
    assert what() == first
    forget()
    filled(400, seed=8)
    assert [one for one in what() if one in first] == []
    assert SurveyVersion.objects.count() == 2


def test_the_answers_of_a_seed_are_never_filled_in_twice_and_another_seed_adds_to_them(hub: Hub) -> None:
    from sync.hub.errors import FillRefused
    from sync.hub.models import Response
    from tests.counted_again import recounted

    filled(300)
    with pytest.raises(FillRefused, match="Choose another --seed"):
        filled(300)
    filled(300, seed=8)
    again = recounted(Response.objects.all())
    assert sheets("d", "m") == {key: (one.headline, one.questions, one.groups) for key, one in again.items()}


def test_sites_differ_and_weekends_are_quiet(hub: Hub) -> None:
    from sync.hub.models import Response

    filled(12_000, sites=12)
    by_site = Counter(Response.objects.values_list("site", flat=True))
    by_weekday = Counter(day.weekday() for day in Response.objects.values_list("day", flat=True))
    assert max(by_site.values()) > 3 * min(by_site.values())
    assert by_weekday[5] + by_weekday[6] < min(by_weekday[day] for day in range(5))
    assert len(set(Response.objects.values_list("language", flat=True))) > 5


def test_own_words_hold_what_should_not_stand_there_and_nothing_that_is_anybodys(hub: Hub) -> None:
    """S157: something for the warnings to find; every number from a range that is given to nobody."""
    from sync.hub.fill import words
    from sync.hub.words import warnings

    chance = Random(1)
    written = [words.why(chance, "en-GB", mood) for mood in (0, 1, 2) for _ in range(1500)]
    found = Counter(kind for text in written for kind in warnings.codes(warnings.found(text)).split())
    assert {"name", "phone", "nhs-number", "email"} <= set(found)
    numbers = re.findall(r"NHS number is (\d{3}) (\d{3}) (\d{4})", " ".join(written))
    assert numbers
    assert all(warnings.is_nhs_number("".join(parts)) and parts[0] == "999" for parts in numbers)


def test_the_command_fills_a_hub_and_says_how_much(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "hub", "fill", "--answers", "300", "--seed", "3", "--sites", "2", "--years", "1"]
    ran = subprocess.run(
        [*command, "--data", str(tmp_path)], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    again = subprocess.run(
        [*command, "--data", str(tmp_path)], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("300 answers in ")
    assert (again.returncode, again.stderr) == (1, "The answers of seed 3 are here already. Choose another --seed.\n")
