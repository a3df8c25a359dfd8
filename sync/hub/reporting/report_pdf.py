"""A report as PDF: the page that staff see, set for paper, with tags for those who hear it (PDF/UA). Nothing is fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sync.hub.analysis import charts, pictures
from sync.hub.analysis.good import BY_MEASURE
from sync.hub.counts.measures import CAVEAT
from sync.hub.errors import HubError
from sync.hub.reporting.reports import Report

if TYPE_CHECKING:
    from weasyprint import CSS  # type: ignore[import-untyped]

STYLE: Final = Path(__file__).resolve().parents[1] / "static" / "hub" / "report_print.css"


class PdfUnusable(HubError):
    """This computer lacks the library that sets text for print."""


def as_pdf(report: Report) -> bytes:
    """The PDF. Raises PdfUnusable."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as missing:  # OSError: Pango, a library of the system, is missing
        remedy = "Print the page from the browser, or install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0)."
        raise PdfUnusable(f"This computer cannot make PDF files. {remedy}") from missing
    page = render_to_string("hub/report_print.html", shown(report, pictures.STYLE))
    made: bytes = HTML(string=page, url_fetcher=_nothing).write_pdf(stylesheets=[_style()], pdf_variant="pdf/ua-1")
    return made


def shown(report: Report, style: str = "") -> dict[str, Any]:
    """What the templates need. `style` goes into the drawing, where no style sheet does: a page on the web has its own."""
    wide, narrow = (_drawn(report, frame, style) for frame in (charts.WIDE, charts.NARROW))
    return {
        "report": report,
        "subject": report.subject,
        "overview": report.overview,
        "results": report.overview.results,
        "questions": [one for one in report.overview.results.questions if one.n and BY_MEASURE.keys() & set(one.measures)],
        "described": charts.described(report.trend.series),
        "wide": wide,
        "narrow": narrow,
        "on_paper": bool(style),
        "caveat": CAVEAT,
    }


def _drawn(report: Report, frame: charts.Frame, style: str) -> SafeString:
    if not report.trend.starts:
        return SafeString("")
    return SafeString(charts.svg(report.trend.series, frame, f"trend{frame.width}", style))


@cache
def _style() -> CSS:
    from weasyprint import CSS

    return CSS(string=STYLE.read_text(encoding="utf-8"))


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    """A report is whole: there is nothing to fetch, from here or elsewhere."""
    raise ValueError(f"A report fetches nothing, and was to fetch {url[:60]}")
