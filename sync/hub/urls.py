"""Every address of the hub."""

import re

from django.urls import path, re_path

from sync import wire
from sync.hub.doors import described, nowhere, responses, table
from sync.hub.pages import home, one_response, people_urls, place_urls, reports, results_urls, returns, surveys, voices_urls
from sync.hub.running import health, metrics

CONVERTERS = {"uuid": "uuid", "pk": "int"}


def _converted(parameter: re.Match[str]) -> str:
    """A parameter as Django writes it."""
    return f"<{CONVERTERS[parameter[1]]}:{parameter[1]}>"


DOORS = [
    *(path(re.sub(r"{(\w+)}", _converted, door.path[1:]), door.view, name=door.name) for door in table.DOORS),
    path(f"{wire.FHIR_BASE[1:]}/", responses.batch),
    re_path(rf"^{wire.FHIR_BASE[1:]}/[\s\S]*\Z", nowhere.nowhere),
    path("openapi.json", described.described),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
]
PAGES = [
    path("", home.home, name="home"),
    *people_urls.PATHS,
    *place_urls.PATHS,
    path("surveys", surveys.listing, name="surveys"),
    path("surveys/add", surveys.add, name="add-survey"),
    path("surveys/<slug:slug>/keep", surveys.keeping, name="keep-survey"),
    path("surveys/<int:pk>/activate", surveys.activate, name="activate-survey"),
    path("surveys/<int:pk>/retire", surveys.retire, name="retire-survey"),
    path("surveys/<int:pk>.json", surveys.download, name="survey-file"),
    *results_urls.PATHS,
    path("reports", reports.listing, name="reports"),
    path("reports/<int:pk>/stop", reports.stop, name="stop-report"),
    path("reports/<slug:slug>", reports.report, name="report"),
    path("reports/<slug:slug>.pdf", reports.as_pdf, name="report-pdf"),
    path("returns", returns.listing, name="returns"),
    path("returns/<str:month>.csv", returns.as_csv, name="return-csv"),
    path("returns/<str:month>", returns.month, name="return"),
    path("returns/<str:month>/enter", returns.enter, name="enter-return"),
    path("returns/<str:month>/sent", returns.sent, name="sent-return"),
    path("response", one_response.find, name="find-response"),
    path("response/take", one_response.take_away, name="take-response"),
    path("response/delete", one_response.delete, name="delete-response"),
    *voices_urls.PATHS,
]
urlpatterns = DOORS + PAGES
