"""People of a hub: roles and sites, invitations, and what an administrator does for somebody who is stuck."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.hub_people import PASSWORD, RECOVERY_CODES, Hub, Staff

pytest_plugins = ("tests.hub_server",)

ANOTHER = "three calm words here"


def person(name: str) -> int:
    from django.contrib.auth.models import User

    return User.objects.get(username=name).pk


def site(name: str) -> str:
    from sync.hub.places import devices

    return str(devices.site_named(name).pk)


def invite(staff: Staff, name: str, **form: str) -> str:
    """The path of the link that the page shows."""
    staff.see("/people/invite")
    page = staff.send("/people/invite", {"name": name, "role": "viewer", "everywhere": "on", **form})
    link = re.search(r"readonly>http[^<]*(/invitation/[^<]+)<", page.text)
    assert link, page.text
    return link[1]


def record() -> list[str]:
    from sync.hub.models import StaffAction

    return list(StaffAction.objects.order_by("pk").values_list("what", flat=True))


def test_an_invitation_makes_an_account_with_its_role_and_sites_and_works_once(hub: Hub) -> None:
    """S161. The link is shown once; only its hash is kept."""
    ada, newcomer = hub.staff("Ada"), Staff(hub.url)
    link = invite(ada, "Ben", role="site-manager", sites=site("Ward 7"), everywhere="")
    newcomer.see(link)
    page = newcomer.send(link, {"password": PASSWORD, "again": PASSWORD})
    assert page.url.endswith("/your-account/second-step")
    assert "Ben Site manager – Ward 7" in ada.reads("/people")
    assert Staff(hub.url).see(link).status_code == 404
    from sync.hub.models import Invitation

    assert link.rpartition("/")[2] not in str(list(Invitation.objects.values()))


def test_an_invitation_is_mailed_where_a_mail_server_is_named(hub: Hub) -> None:
    """S161. The link is on the page too; without a server nothing is said of mail."""
    from django.core import mail
    from django.test import override_settings

    ada, form = hub.staff("Ada"), {"role": "viewer", "everywhere": "on", "email": "ben@clinic.example"}
    ada.see("/people/invite")
    assert "It was sent" not in ada.send("/people/invite", {"name": "Zed", **form}).text
    mail.outbox = []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", EMAIL_HOST="mail.invalid"):
        page = ada.send("/people/invite", {"name": "Ben", **form}).text
    assert "It was sent to ben@clinic.example." in page
    link = re.search(r"readonly>(http[^<]*/invitation/[^<]+)<", page)
    assert link
    assert [(sent.to, link[1] in sent.body) for sent in mail.outbox] == [(["ben@clinic.example"], True)]


def test_an_invitation_ends_after_seven_days(hub: Hub) -> None:
    """S161."""
    from sync.hub.models import Invitation

    link = invite(hub.staff("Ada"), "Ben")
    kept = Invitation.objects.get()
    assert kept.expires_at - kept.invited_at == timedelta(days=7)
    Invitation.objects.update(expires_at=kept.invited_at)
    page = Staff(hub.url).see(link)
    assert (page.status_code, "This link works no more" in page.text) == (404, True)


def test_an_invitation_can_be_withdrawn(hub: Hub) -> None:
    """S161."""
    from sync.hub.models import Invitation

    ada = hub.staff("Ada")
    link = invite(ada, "Ben")
    assert "Invited by Ada" in ada.reads("/people")
    ada.send(f"/people/invitations/{Invitation.objects.get().pk}/withdraw")
    assert Staff(hub.url).see(link).status_code == 404


def test_somebody_with_the_name_of_another_is_not_invited(hub: Hub) -> None:
    """S161."""
    ada = hub.staff("Ada")
    ada.see("/people/invite")
    page = ada.send("/people/invite", {"name": "ada", "role": "administrator"})
    assert "There is an account named ada already." in page.text


@pytest.mark.parametrize("role", ["site-manager", "viewer"])
def test_who_sees_some_sites_only_must_have_one(hub: Hub, role: str) -> None:
    """S161."""
    ada = hub.staff("Ada")
    ada.see("/people/invite")
    assert "Choose at least one site" in ada.send("/people/invite", {"name": "Ben", "role": role}).text


def test_a_changed_role_counts_from_the_next_page_on(hub: Hub) -> None:
    """S161."""
    ada, ben = hub.staff("Ada"), hub.staff("Ben")
    assert ben.see("/people").status_code == 403
    ada.see("/people")
    ada.send(f"/people/{person('Ben')}", {"role": "administrator"})
    assert ben.see("/people").status_code == 200
    assert "Made Ben Administrator" in record()


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(hub: Hub) -> None:
    """S161."""
    ada, ben = hub.staff("Ada"), hub.staff("Ben")
    path = f"/people/{person('Ben')}/close"
    ada.see("/people")
    ada.send(path)
    assert "Sign in" in ben.reads("/")
    assert "do not fit together" in Staff(hub.url).sign_in("Ben", PASSWORD).text
    ada.send(path)
    assert Staff(hub.url).sign_in("Ben", PASSWORD).url == hub.url + "/"
    assert record()[-3:] == ["Closed the account Ben", "Opened the account Ben again", "Signed in"]


def test_nobody_closes_their_own_account(hub: Hub) -> None:
    """S161."""
    ada = hub.staff("Ada")
    ada.see("/people")
    assert "You cannot close your own account." in ada.send(f"/people/{person('Ada')}/close").text


def test_the_last_administrator_stays_one(hub: Hub) -> None:
    """S161."""
    ada = hub.staff("Ada")
    ada.see("/people")
    page = ada.send(f"/people/{person('Ada')}", {"role": "viewer", "everywhere": "on"})
    assert "Somebody must look after the hub." in page.text
    assert ada.see("/people").status_code == 200


def test_a_link_gives_a_new_password_once_and_ends_every_session(hub: Hub) -> None:
    """S161. No mail is needed."""
    ada, ben = hub.staff("Ada"), hub.staff("Ben")
    ada.see("/people")
    shown = re.search(r"readonly>http[^<]*(/new-password/[^<]+)<", ada.send(f"/people/{person('Ben')}/new-password").text)
    assert shown
    stranger = Staff(hub.url)
    stranger.see(shown[1])
    assert "too common" in stranger.send(shown[1], {"password": "password1234", "again": "password1234"}).text
    assert stranger.send(shown[1], {"password": ANOTHER, "again": ANOTHER}).url.endswith("/sign-in")
    assert "Sign in" in ben.reads("/")
    assert Staff(hub.url).see(shown[1]).status_code == 404
    assert Staff(hub.url).sign_in("Ben", ANOTHER).url == hub.url + "/"


@pytest.mark.parametrize(
    "link", ["/new-password/MQ/x-y", "/new-password/!/x", "/new-password/MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM/x"]
)
def test_a_link_that_was_never_made_opens_nothing(hub: Hub, link: str) -> None:
    """S161."""
    hub.staff("Ada")
    assert Staff(hub.url).see(link).status_code == 404


def test_a_second_step_that_was_taken_away_is_set_up_anew(hub: Hub) -> None:
    """S161. The phone is gone: an administrator helps, and that is on record."""
    ada, ben = hub.staff("Ada"), hub.staff("Ben", "analyst")
    ada.see("/people")
    ada.send(f"/people/{person('Ben')}/reset-second-step")
    assert "Sign in" in ben.reads("/")
    RECOVERY_CODES.pop((hub.url, "Ben"))
    again = Staff(hub.url)
    again.see("/sign-in")
    page = again.send("/sign-in", {"username": "Ben", "password": PASSWORD})
    assert page.url.endswith("/your-account/second-step")
    assert "Took away the second step of Ben" in record()


def test_the_list_says_who_has_a_second_step_and_when_they_were_here(hub: Hub) -> None:
    """S161."""
    from sync.hub.people import accounts

    accounts.add("Zed", PASSWORD, accounts.VIEWER_EVERYWHERE)
    page = hub.staff("Ada", "administrator").reads("/people")
    assert re.search(r"Ada Administrator \d+ \w+ \d{4}, \d\d:\d\d yes Open", page)
    assert "Zed Viewer – everywhere never no Open" in page


def test_an_old_superuser_without_a_role_may_do_nothing(hub: Hub) -> None:
    """S161. What somebody may do, the role alone says."""
    from django.contrib.auth.models import User

    from sync.hub.models import Member

    staff = hub.staff("Ada")
    User.objects.update(is_superuser=False)
    Member.objects.all().delete()
    assert staff.see("/people").status_code == 403


def test_accounts_from_before_roles_can_do_what_they_could(hub: Hub) -> None:
    """S161. The migration: superusers administer, readers of comments manage every site, the others look."""
    from importlib import import_module

    from django.apps import apps
    from django.contrib.auth.models import Permission, User

    from sync.hub.models import Member

    site("Ward 7")
    chief, reader, other = (User.objects.create(username=name) for name in ("Chief", "Reader", "Other"))
    User.objects.filter(pk=chief.pk).update(is_superuser=True)
    reader.user_permissions.add(Permission.objects.get(codename="read_comments"))
    import_module("sync.hub.migrations.0006_a_role_for_everyone").give_roles(apps, None)
    given = {one.user.username: (one.role, one.everywhere, one.sites.count()) for one in Member.objects.all()}
    assert given == {"Chief": ("administrator", False, 0), "Reader": ("site-manager", False, 1), "Other": ("viewer", True, 0)}
    assert not User.objects.filter(is_superuser=True).exists()
    assert not other.user_permissions.exists()
