"""The monthly report: to read, as PDF, and ordered by mail."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sync.hub.models import ReportByMail, Site, Survey
from sync.hub.people import access, actions
from sync.hub.reporting import mailing, report_pdf, reports, returns
from sync.hub.reporting.reports import Subject
from sync.hub.running import mail

LATEST_DAY: Final = 28
may_read = permission_required("hub.read_results", raise_exception=True)
may_order = permission_required("hub.send_returns", raise_exception=True)


class Order(forms.Form):
    """A report that goes by mail each month."""

    survey = forms.ModelChoiceField(label="Survey", queryset=Survey.objects.none(), empty_label=None)
    site = forms.ModelChoiceField(label="Site", queryset=Site.objects.none(), required=False, empty_label="All sites")
    addresses = forms.CharField(
        label="Mail addresses", help_text="One on each line.", widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    )
    day_of_month = forms.IntegerField(
        label="Day of the month",
        help_text="The report of the month before is sent on this day.",
        initial=3,
        min_value=1,
        max_value=LATEST_DAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        mine, everywhere = access.sites(request.user), access.reach(request.user) is None
        survey, site = self.fields["survey"], self.fields["site"]
        assert isinstance(survey, forms.ModelChoiceField)  # noqa: S101 - as they are above
        assert isinstance(site, forms.ModelChoiceField)  # noqa: S101
        survey.queryset, site.queryset = Survey.objects.all(), mine
        if not everywhere:
            site.required, site.empty_label = True, None

    def clean_addresses(self) -> str:
        given = str(self.cleaned_data["addresses"])
        wrong = mailing.wrong_addresses(given)
        if wrong:
            raise forms.ValidationError(f"This is no mail address: {wrong[0][:80]}")
        return given


@require_http_methods(["GET", "POST"])
@login_required
@may_read
def listing(request: HttpRequest) -> HttpResponse:
    """The reports there are, and those that go by mail."""
    if request.method == "POST":
        return _ordered(request)
    return _page(request, Order(request) if request.user.has_perm("hub.send_returns") else None)


@require_safe
@login_required
@may_read
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """``?month=2026-10&site=3``; without a month, the last one that is over."""
    subject = _subject(request, slug)
    found = reports.of(subject, timezone.localdate())
    more = {"months": reports.months(timezone.localdate()), "sites": access.sites(request.user), "query": _query(subject)}
    return render(request, "hub/report.html", report_pdf.shown(found) | more)


@require_safe
@login_required
@may_read
def as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    found = reports.of(_subject(request, slug), timezone.localdate())
    try:
        made = report_pdf.as_pdf(found)
    except report_pdf.PdfUnusable as problem:
        messages.error(request, str(problem))
        return redirect(f"{request.path.removesuffix('.pdf')}?{_query(found.subject)}")
    reply = HttpResponse(made, content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return reply


@require_POST
@login_required
@may_order
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Send this report no more."""
    order = get_object_or_404(_orders(request), pk=pk)
    actions.note(request.user, f"Stopped the mailed report of {order.survey}, {order.site or 'all sites'}")
    order.delete()
    messages.success(request, "This report is not sent any more.")
    return redirect("reports")


def _ordered(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("hub.send_returns"):
        return redirect("reports")
    form = Order(request)
    if not form.is_valid():
        return _page(request, form, 400)
    order = ReportByMail.objects.create(**form.cleaned_data)
    actions.note(request.user, f"Ordered the report of {order.survey}, {order.site or 'all sites'}, by mail")
    messages.success(request, f"The report is sent on day {order.day_of_month} of each month.")
    return redirect("reports")


def _page(request: HttpRequest, form: Order | None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    shown: dict[str, Any] = {
        "surveys": Survey.objects.all(),
        "this_month": returns.first_of(today),
        "last_month": returns.month_before(today),
        "form": form,
        "orders": _orders(request),
        "mail_is_set_up": mail.is_set_up(),
    }
    return render(request, "hub/reports.html", shown, status=status)


def _orders(request: HttpRequest) -> Any:
    return access.within_reach(ReportByMail.objects.select_related("survey", "site").order_by("pk"), request.user)


def _subject(request: HttpRequest, slug: str) -> Subject:
    survey, today = get_object_or_404(Survey, slug=slug), timezone.localdate()
    month, asked = request.GET.get("month", ""), request.GET.get("site", "")
    site = access.sites(request.user).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    if asked and site is None:
        raise Http404
    return Subject(survey, _month(month) if month else returns.month_before(today), site, access.reach(request.user))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as wrong:
        raise Http404 from wrong


def _query(subject: Subject) -> str:
    site = {"site": subject.site.pk} if subject.site else {}
    return urlencode({"month": f"{subject.month:%Y-%m}", **site})
