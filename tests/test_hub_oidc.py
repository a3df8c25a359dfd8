"""Signing in with another service (OpenID Connect): the invited only, and the file that names the service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.hub.errors import SignInServiceUnusable
from sync.hub.people.oidc import read_service
from tests.hub_people import Hub, Staff
from tests.sign_in_service import CLIENT, SECRET, Service, sign_in_service
from tests.test_hub_people import invite

pytest_plugins = ("tests.hub_server",)


def described(file: Path, issuer: str, more: str = "") -> Path:
    file.write_text(
        f'name = "Trust sign-in"\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n{more}',
        encoding="utf-8",
    )
    return file


@pytest.fixture
def service(hub: Hub, tmp_path: Path) -> Iterator[Service]:
    """The hub knows a service, and that runs."""
    from django.test import override_settings

    from sync.hub.settings import sign_in_service as as_settings

    with sign_in_service() as running:
        known = read_service(described(tmp_path / "service.toml", running.url))
        with override_settings(**as_settings(known)):
            yield running


def test_the_sign_in_page_offers_the_service_by_its_name(hub: Hub, service: Service) -> None:
    """S161."""
    assert "Or: Sign in with Trust sign-in" in Staff(hub.url).reads("/sign-in")


def test_who_is_invited_takes_it_up_with_the_service_and_signs_in_with_it_later(hub: Hub, service: Service) -> None:
    """S161. No password is made; the role is the invitation's."""
    from django.contrib.auth.models import User

    ben, later = Staff(hub.url), Staff(hub.url)
    ben.see(invite(hub.staff("Ada"), "Ben"))
    assert ben.see("/oidc/service").url == hub.url + "/"
    assert later.see("/oidc/service").url == hub.url + "/"
    assert "Ben" in later.reads("/your-account")
    kept = User.objects.get(username="Ben")
    assert (kept.has_usable_password(), kept.member.role) == (False, "viewer")


def test_who_is_not_invited_is_not_let_in_whatever_the_service_says(hub: Hub, service: Service) -> None:
    """S161. No account comes to be."""
    from django.contrib.auth.models import User

    stranger = Staff(hub.url)
    page = stranger.see("/oidc/service")
    assert page.url == hub.url + "/sign-in"
    assert "You have no account here yet." in page.text
    assert not User.objects.exists()


def test_an_invitation_is_for_one_person_of_the_service(hub: Hub, service: Service) -> None:
    """S161."""
    link = invite(hub.staff("Ada"), "Ben")
    first, second = Staff(hub.url), Staff(hub.url)
    for staff in (first, second):
        staff.see(link)
    first.see("/oidc/service")
    service.subject = "person-2"
    assert "You have no account here yet." in second.see("/oidc/service").text


def test_a_closed_account_is_not_opened_by_the_service(hub: Hub, service: Service) -> None:
    """S161."""
    from django.contrib.auth.models import User

    ben = Staff(hub.url)
    ben.see(invite(hub.staff("Ada"), "Ben"))
    ben.see("/oidc/service")
    User.objects.filter(username="Ben").update(is_active=False)
    assert "Your account here is closed." in Staff(hub.url).see("/oidc/service").text


def test_a_service_that_fails_is_said_in_words(hub: Hub, service: Service) -> None:
    """S161."""
    service.refuses = True
    assert "The other service did not let you in." in Staff(hub.url).see("/oidc/service").text


@pytest.mark.parametrize(("asked", "page"), [("here", "/your-account/second-step"), ("there", "/")])
def test_the_second_step_is_asked_here_unless_the_service_asks_it(hub: Hub, service: Service, asked: str, page: str) -> None:
    """S161."""
    from django.test import override_settings

    ben = Staff(hub.url)
    ben.see(invite(hub.staff("Ada"), "Ben", role="analyst"))
    with override_settings(HUB_SERVICE_HAS_SECOND_STEP=asked == "there"):
        assert ben.see("/oidc/service").url == hub.url + page


def test_without_a_service_there_is_no_way_to_one(hub: Hub) -> None:
    """S161."""
    assert Staff(hub.url).see("/oidc/service").status_code == 404
    assert "Or:" not in Staff(hub.url).reads("/sign-in")


def test_the_secret_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S161."""
    file = tmp_path / "service.toml"
    file.write_text('name = "Trust"\nissuer = "https://login.invalid"\nclient_id = "hub"\n', encoding="utf-8")
    monkeypatch.setenv("KIOSK_HUB_OIDC_SECRET", "from outside")
    assert read_service(file).client_secret == "from outside"


@pytest.mark.parametrize(
    ("issuer", "more", "sentence"),
    [
        ("http://login.invalid", "", "the issuer must begin with https://"),
        ("https://login.invalid", 'second_step = "no"', 'second_step must be "here" or "there"'),
        ("https://login.invalid", "colour = 3", "It needs name, issuer, client_id and client_secret."),
        ("https://login.invalid", "= 3", "is not TOML"),
    ],
)
def test_a_file_with_a_fault_is_said_in_words(tmp_path: Path, issuer: str, more: str, sentence: str) -> None:
    """S161. Before anything starts."""
    with pytest.raises(SignInServiceUnusable, match=sentence):
        read_service(described(tmp_path / "service.toml", issuer, more))


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    """S161."""
    with pytest.raises(SignInServiceUnusable, match="Check --oidc"):
        read_service(tmp_path / "none.toml")
