"""Monthly reports by mail: for each that was ordered, the month before, on its day; again later where the mail did not go."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from sync.hub.models import ReportByMail
from sync.hub.reporting import report_pdf, reports, returns
from sync.hub.reporting.reports import Subject
from sync.hub.running import mail

WORDS = "The report of {month} for {place} is attached.\n\n{sentence}\n\nIt holds counts, and words that people let us show.\n"


def send_due(now: datetime) -> int:
    """Send what is due; how many reports went."""
    return sum(_sent(order, timezone.localdate(now)) for order in ReportByMail.objects.select_related("survey", "site"))


def is_due(order: ReportByMail, today: date) -> bool:
    """Whether the report of the month before was not sent yet and its day has come."""
    before = returns.month_before(today)
    return today.day >= order.day_of_month and (order.sent_month is None or order.sent_month < before)


def wrong_addresses(text: str) -> list[str]:
    """Those lines that are no mail addresses."""
    wrong = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            validate_email(line)
        except ValidationError:
            wrong.append(line)
    return wrong


def _sent(order: ReportByMail, today: date) -> bool:
    if not mail.is_set_up() or not is_due(order, today):
        return False
    month = returns.month_before(today)
    report = reports.of(Subject(order.survey, month, order.site), today)
    place = order.site.name if order.site else "all sites"
    text = WORDS.format(month=f"{month:%B %Y}", place=place, sentence=report.overview.sentence)
    attached = (report.file_name, report_pdf.as_pdf(report), "application/pdf")
    if not mail.send(f"{order.survey}: {month:%B %Y}, {place}", text, order.addresses.splitlines(), [attached]):
        return False
    ReportByMail.objects.filter(pk=order.pk).update(sent_month=month)
    return True
