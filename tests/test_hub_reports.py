"""The monthly report: what people said, how it moves, what was changed; on a page, on paper, by mail."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.hub_people import Hub
from tests.hub_survey import answer, fft_answers, put_entry
from tests.post_office import PostOffice

pytest_plugins = ("tests.hub_server", "tests.mailed")

KIND = "They were kind and took their time"
UNPUBLISHED = "Nobody was told that this may be shown"


@pytest.fixture
def month(hub: Hub) -> date:
    """This month: 24 people answered at Ward 7, one of them with words that were published."""
    from django.utils import timezone

    from sync.hub.models import Comment, Response

    device = hub.device("Ward 7")
    shared = answer("very-good", why={"valueString": KIND}, share={"valueBoolean": True})
    private = answer("poor", why={"valueString": UNPUBLISHED})
    entries = [put_entry(one) for one in (*fft_answers(9, 8, 2, 2, 1, 0), shared, private)]
    assert set(device.batch(entries)) == {"201"}
    Comment.objects.filter(text=KIND).update(published_at=timezone.now())
    found: date = Response.objects.values_list("day", flat=True)[0].replace(day=1)
    return found


@pytest.fixture
def changed(month: date) -> Any:
    """Something that was changed, shown on the kiosks in that month."""
    from django.utils import timezone

    from sync.hub.models import SaidAndDid

    words = {"en": {"said": "The chairs are low.", "did": "We bought high ones.", "reviewed": True}}
    return SaidAndDid.objects.create(words=words, shown_from=month, written_at=timezone.now())


def report_of(month: date, site: str = "") -> Any:
    from sync.hub.models import Site, Survey
    from sync.hub.reporting import reports, returns

    place = Site.objects.get(name=site) if site else None
    return reports.of(reports.Subject(Survey.objects.get(), month, place), returns.next_month(month))


def test_a_report_says_first_how_people_felt_with_the_number_of_people(hub: Hub, month: date) -> None:
    """S108: 18 of 24 is 75 %, 4 of 24 is 16.7 %. The last sixteen and the first eight are lots of their own."""
    said = hub.staff().reads(f"/reports/visit?month={month:%Y-%m}")
    assert "24 people answered. 75% said good or very good. 16.7% said poor or very poor." in said
    assert "not Official Statistics" in said


def test_a_report_shows_what_was_changed_in_its_month_and_not_later(hub: Hub, month: date, changed: Any) -> None:
    from sync.hub.reporting import returns

    assert [change.did for change in report_of(month).changes] == ["We bought high ones."]
    assert [change.did for change in report_of(returns.month_before(month)).changes] == []
    changed.shown_until = month
    changed.save()
    assert [change.did for change in report_of(returns.next_month(month)).changes] == []


def test_only_words_that_were_published_are_in_a_report(hub: Hub, month: date) -> None:
    """S120, S157."""
    assert [quote.text for quote in report_of(month).quotes] == [KIND]
    said = hub.staff().reads(f"/reports/visit?month={month:%Y-%m}")
    assert KIND in said
    assert UNPUBLISHED not in said


def test_a_report_on_paper_says_what_the_page_says(hub: Hub, month: date, changed: Any, tmp_path: Path) -> None:
    """Read back from the PDF by another program; it has tags for those who hear it (PDF/UA)."""
    made = hub.staff().see(f"/reports/visit.pdf?month={month:%Y-%m}")
    assert made.headers["Content-Type"] == "application/pdf"
    file = tmp_path / "report.pdf"
    file.write_bytes(made.content)
    said = " ".join(subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout.split())
    on_paper = [
        "24 people answered.",
        "Very good",
        "41.7%",
        KIND,
        "You said: The chairs are low.",
        "We did: We bought high ones.",
    ]
    assert [words for words in on_paper if words not in said] == []
    assert UNPUBLISHED not in said
    about = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:" in about
    assert "Your visit:" in about


def test_too_few_people_are_not_shown(hub: Hub) -> None:
    """S111: seven people answered."""
    device = hub.device("Ward 7")
    device.batch([put_entry(one) for one in fft_answers(3, 1, 1, 1, 1, 0)])
    today = datetime.now(UTC).date()
    said = hub.staff().reads(f"/reports/visit?month={today:%Y-%m}")
    assert "Too few people answered" in said
    assert "7 people" not in said


def test_a_report_that_was_ordered_goes_once_a_month_on_its_day(hub: Hub, month: date, mailed: PostOffice) -> None:
    from sync.hub.models import ReportByMail, Survey
    from sync.hub.reporting import mailing, returns

    survey = Survey.objects.get()
    ReportByMail.objects.create(survey=survey, addresses="lead@example.org\nmanager@example.org", day_of_month=3)
    day = datetime.combine(returns.next_month(month), datetime.min.time(), UTC) + timedelta(hours=12)
    assert mailing.send_due(day + timedelta(days=1)) == 0
    assert [mailing.send_due(day + timedelta(days=2)), mailing.send_due(day + timedelta(days=3))] == [1, 0]
    letter = mailed.post[0]
    assert str(letter["To"]) == "lead@example.org, manager@example.org"
    body = letter.get_body()
    assert body is not None
    assert "24 people answered" in body.get_content()
    assert KIND not in body.get_content()
    (attached,) = letter.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert bytes(attached.get_content()).startswith(b"%PDF")


def test_a_report_that_the_mail_server_would_not_take_goes_later(
    hub: Hub, month: date, mailed: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub.models import ReportByMail, Survey
    from sync.hub.reporting import mailing, returns

    ReportByMail.objects.create(survey=Survey.objects.get(), addresses="lead@example.org", day_of_month=1)
    day = datetime.combine(returns.next_month(month), datetime.min.time(), UTC) + timedelta(hours=12)
    mailed.takes = False
    assert mailing.send_due(day) == 0
    mailed.takes = True
    assert mailing.send_due(day) == 1
    assert "lead@example.org" not in caplog.text


def test_staff_order_a_report_and_stop_it(hub: Hub, month: date) -> None:
    from sync.hub.models import ReportByMail, StaffAction, Survey

    ada = hub.staff()
    ada.see("/reports")
    order = {"survey": str(Survey.objects.get().pk), "site": "", "addresses": "lead@example.org", "day_of_month": "5"}
    wrong = ada.send("/reports", order | {"addresses": "lead@example.org\nnot an address"})
    assert wrong.status_code == 400
    assert "This is no mail address: not an address" in wrong.text
    assert "on day 5 of each month" in ada.send("/reports", order).text
    kept = ReportByMail.objects.get()
    assert "not sent any more" in ada.send(f"/reports/{kept.pk}/stop").text
    assert not ReportByMail.objects.exists()
    assert StaffAction.objects.filter(what__startswith="Ordered the report").exists()
