"""Every address of the hub."""

from django.urls import path, re_path

from sync import wire
from sync.hub.doors import auth, metadata, nowhere, questionnaires, report, responses
from sync.hub.pages import accounts, approving, comments, devices, downloads, home, results, surveys

DOORS = [
    path(wire.FHIR_BASE[1:], responses.batch, name="fhir"),
    path(f"{wire.FHIR_BASE[1:]}/", responses.batch),
    path(f"{wire.FHIR_BASE[1:]}/{wire.METADATA}", metadata.metadata),
    path(f"{wire.FHIR_BASE[1:]}/QuestionnaireResponse", responses.create),
    path(f"{wire.FHIR_BASE[1:]}/QuestionnaireResponse/<uuid:uuid>", responses.by_id),
    path(f"{wire.FHIR_BASE[1:]}/Questionnaire", questionnaires.search),
    path(f"{wire.FHIR_BASE[1:]}/Questionnaire/<int:pk>", questionnaires.read),
    re_path(rf"^{wire.FHIR_BASE[1:]}/.*$", nowhere.nowhere),
    path(wire.PAIR_PATH[1:], auth.pair),
    path(wire.PAIR_ASK_PATH[1:], auth.ask),
    path(wire.PAIR_OUTCOME_PATH[1:], auth.outcome),
    path(wire.TOKEN_PATH[1:], auth.token),
    path(wire.REPORT_PATH[1:], report.report),
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
