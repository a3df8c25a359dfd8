"""Every address of the hub."""

import re

from django.urls import path, re_path

from sync import wire
from sync.hub.doors import described, nowhere, responses, table
from sync.hub.pages import accounts, approving, comments, devices, downloads, home, results, surveys

CONVERTERS = {"uuid": "uuid", "pk": "int"}


def _converted(parameter: re.Match[str]) -> str:
    """A parameter as Django writes it."""
    return f"<{CONVERTERS[parameter[1]]}:{parameter[1]}>"


DOORS = [
    *(path(re.sub(r"{(\w+)}", _converted, door.path[1:]), door.view, name=door.name) for door in table.DOORS),
    path(f"{wire.FHIR_BASE[1:]}/", responses.batch),
    re_path(rf"^{wire.FHIR_BASE[1:]}/.*$", nowhere.nowhere),
    path("openapi.json", described.described),
]
PAGES = [
    path("", home.home, name="home"),
    path("sign-in", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out", accounts.SignOut.as_view(), name="sign-out"),
    path("set-up/<str:code>", accounts.set_up, name="set-up"),
    path("your-account", accounts.ChangePassword.as_view(), name="your-account"),
    path("staff-actions", accounts.staff_actions, name="staff-actions"),
    path("devices", devices.listing, name="devices"),
    path("devices/add", devices.add, name="add-device"),
    path("devices/approve", approving.approve, name="approve-device"),
    path("devices/<int:pk>", devices.change, name="device"),
    path("devices/<int:pk>/revoke", devices.revoke, name="revoke-device"),
    path("surveys", surveys.listing, name="surveys"),
    path("surveys/add", surveys.add, name="add-survey"),
    path("surveys/<int:pk>/activate", surveys.activate, name="activate-survey"),
    path("surveys/<int:pk>/retire", surveys.retire, name="retire-survey"),
    path("surveys/<int:pk>.json", surveys.download, name="survey-file"),
    path("results/<slug:slug>", results.results, name="results"),
    path("results/<slug:slug>.json", downloads.as_json, name="results-json"),
    path("results/<slug:slug>.csv", downloads.as_csv, name="results-csv"),
    path("comments/<slug:slug>", comments.comments, name="comments"),
]
urlpatterns = DOORS + PAGES
