"""The staff pages: sign-in first, strict headers, devices and surveys looked after, every page without a script."""

from __future__ import annotations

import json
import re
from copy import deepcopy

import pytest
import requests

from kiosk import ASSETS
from tests.hub_people import PASSWORD, Device, Hub, Staff
from tests.hub_survey import SURVEY, answer

pytest_plugins = ("tests.hub_server",)

PAGES = [
    *("/", "/devices", "/devices/add", "/surveys", "/surveys/add", "/results/visit", "/comments/visit", "/your-account"),
    *("/people", "/people/invite", "/your-account/second-step", "/your-account/recovery-codes"),
]


@pytest.mark.parametrize("path", [*PAGES, "/staff-actions"])
def test_a_page_needs_sign_in(hub: Hub, path: str) -> None:
    reply = requests.get(hub.url + path, allow_redirects=False, timeout=10)
    assert (reply.status_code, reply.headers["Location"]) == (302, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", ["/results/visit.json", "/results/visit.csv"])
def test_a_download_without_sign_in_is_answered_401(hub: Hub, path: str) -> None:
    assert requests.get(hub.url + path, allow_redirects=False, timeout=10).status_code == 401


@pytest.mark.parametrize("path", [*PAGES, "/staff-actions", "/sign-in"])
def test_a_page_has_strict_headers_one_heading_landmarks_and_no_script_or_inline_style(hub: Hub, path: str) -> None:
    hub.device().put(answer(why={"valueString": "Kind"}))
    staff = Staff(hub.url) if path == "/sign-in" else hub.staff()
    reply = staff.see(path)
    assert reply.status_code == 200
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in reply.headers["Cache-Control"]
    assert (reply.text.count("<h1"), reply.text.count("<main")) == (1, 1)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|(?:src|href)=\"(?:https?:)?//", reply.text)


def test_every_field_has_a_label(hub: Hub) -> None:
    staff = hub.staff()
    for path in PAGES:
        page = staff.see(path).text
        ids = re.findall(r"<(?:input|select)(?![^>]*type=\"hidden\")[^>]*\bid=\"([^\"]+)\"", page)
        assert set(ids) <= set(re.findall(r"<label for=\"([^\"]+)\"", page))


def test_the_style_sheet_is_served(hub: Hub) -> None:
    reply = requests.get(hub.url + "/static/hub/hub.css", timeout=10)
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, 'text/css; charset="utf-8"')


def test_a_wrong_password_is_said_in_words_and_many_are_stopped(hub: Hub) -> None:
    hub.staff("Ada")
    stranger = Staff(hub.url)
    replies = [stranger.sign_in("Ada", "wrong") for _ in range(11)]
    assert "do not fit together" in replies[0].text
    assert replies[-1].status_code == 429
    assert Staff(hub.url).sign_in("Ada", PASSWORD).status_code == 429


def test_a_form_without_its_token_is_refused(hub: Hub) -> None:
    staff = hub.staff()
    reply = staff.session.post(hub.url + "/devices/add", data={"site": "Ward 9"}, timeout=10)
    assert reply.status_code == 403


def test_after_signing_out_the_pages_are_closed(hub: Hub) -> None:
    staff = hub.staff()
    staff.see("/")
    staff.send("/sign-out")
    assert "Sign in" in staff.reads("/")


def test_the_set_up_code_makes_the_first_account_and_then_opens_nothing(hub: Hub) -> None:
    from sync.hub.people import accounts

    code, first = accounts.set_up_code(), Staff(hub.url)
    first.see(f"/set-up/{code}")
    page = first.send(f"/set-up/{code}", {"name": "Ada", "password": PASSWORD, "again": PASSWORD})
    assert page.url == hub.url + "/your-account/second-step"
    assert Staff(hub.url).see(f"/set-up/{code}").status_code == 404
    assert accounts.set_up_code() is None


def test_a_wrong_set_up_code_opens_nothing(hub: Hub) -> None:
    assert Staff(hub.url).see("/set-up/anything").status_code == 404


def test_a_weak_first_password_is_refused_in_words(hub: Hub) -> None:
    from sync.hub.people import accounts

    code, first = accounts.set_up_code(), Staff(hub.url)
    first.see(f"/set-up/{code}")
    page = first.send(f"/set-up/{code}", {"name": "Ada", "password": "password1234", "again": "password1234"})
    assert "too common" in page.text


def test_a_new_device_is_added_with_the_code_the_page_shows(hub: Hub) -> None:
    staff = hub.staff()
    staff.see("/devices/add")
    page = staff.send("/devices/add", {"site": "  Ward   9 "}).text
    code = re.search(r'class="code">([A-Z0-9-]+)<', page)
    assert code
    assert Device(hub.url).pair(code.group(1)).json()["site"] == "Ward 9"
    assert "Door" in staff.reads("/devices")


def test_a_device_can_be_given_another_name(hub: Hub) -> None:
    from sync.hub.models import Device as Known

    hub.device()
    staff, pk = hub.staff(), Known.objects.get().pk
    staff.see(f"/devices/{pk}")
    staff.send(f"/devices/{pk}", {"name": "By the window"})
    assert "By the window" in staff.reads("/devices")


def test_those_without_the_right_can_look_but_not_change(hub: Hub) -> None:
    hub.staff("Ada")
    device, counter = hub.device(), hub.staff("Counter")
    from sync.hub.models import Device as Known, SurveyVersion

    counter.see("/your-account")
    revoke, retire = f"/devices/{Known.objects.get().pk}/revoke", f"/surveys/{SurveyVersion.objects.get().pk}/retire"
    for path in (revoke, "/devices/add", retire):
        assert counter.send(path, {"site": "x"}).status_code == 403
    assert device.put(answer()).status_code == 201
    assert counter.see("/devices").status_code == counter.see("/surveys").status_code == 200


def test_the_first_account_is_an_administrator_later_ones_are_not_and_a_name_is_used_once(hub: Hub) -> None:
    from sync.hub.errors import AccountRefused
    from sync.hub.people import accounts

    assert [accounts.add(name, PASSWORD).member.role for name in ("Ada", "Ben")] == ["administrator", "viewer"]
    with pytest.raises(AccountRefused, match="an account named ada already"):
        accounts.add("ada", PASSWORD)


def upload(staff: Staff, document: object) -> str:
    staff.see("/surveys/add")
    return staff.send("/surveys/add", files={"file": ("survey.json", json.dumps(document))}).text


def test_a_new_version_is_asked_and_the_old_one_kept(hub: Hub) -> None:
    staff, device = hub.staff(), hub.device()
    assert "version 2 is now asked" in upload(staff, SURVEY | {"version": "2"})
    offered = device.call("GET", "/fhir/Questionnaire?status=active").json()
    assert [entry["resource"]["version"] for entry in offered["entry"]] == ["2"]
    assert [device.put(answer(version=version)).status_code for version in "12"] == [201, 201]


def test_other_content_under_a_kept_version_is_refused(hub: Hub) -> None:
    assert "here already with other content" in upload(hub.staff(), SURVEY | {"title": "Another"})


def test_a_survey_with_faults_is_refused_with_sentences(hub: Hub) -> None:
    broken = deepcopy(SURVEY) | {"version": "2"}
    broken["item"][0]["type"] = "wish"
    page = upload(hub.staff(), broken)
    assert "This survey cannot be asked" in page
    assert "fft" in page


def test_a_file_that_is_no_survey_is_refused_in_words(hub: Hub) -> None:
    assert "not a FHIR Questionnaire" in upload(hub.staff(), {"resourceType": "Patient"})


def test_what_staff_did_is_recorded(hub: Hub) -> None:
    staff = hub.staff("Ada")
    staff.see("/devices/add")
    staff.send("/devices/add", {"site": "Ward 9"})
    page = staff.reads("/staff-actions")
    assert "Ada Made a pairing code for Ward 9" in page
    assert "Ada Signed in" in page


def test_the_first_page_counts_today_and_this_month_once_enough_have_answered(hub: Hub) -> None:
    """S111."""
    staff = hub.staff()
    device = hub.device()
    for _ in range(7):
        device.put(answer())
    assert "Today 0 This month 0" in staff.reads("/")
    device.put(answer())
    assert "Today 8 This month 8" in staff.reads("/")


def test_an_unknown_page_is_said_in_words(hub: Hub) -> None:
    reply = hub.staff().see("/nothing-here")
    assert (reply.status_code, "There is no such page" in reply.text) == (404, True)


def test_a_translation_that_no_speaker_has_reviewed_is_marked_never_hidden(hub: Hub) -> None:
    staff = hub.staff()
    upload(staff, json.loads((ASSETS / "surveys" / "share-for-better-care.json").read_bytes()))
    page = staff.see("/surveys").text
    assert "Welsh (to be reviewed by a speaker)" in page
    assert "English (to be reviewed" not in page
