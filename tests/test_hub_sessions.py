"""Where somebody is signed in, and how it ends."""

from __future__ import annotations

import re

import pytest

from tests.hub_people import PASSWORD, Hub, Staff

pytest_plugins = ("tests.hub_server",)

ANOTHER = "three calm words here"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def elsewhere(hub: Hub, name: str = "Ada") -> Staff:
    """The same person in another browser."""
    other = Staff(hub.url)
    other.session.headers["User-Agent"] = FIREFOX
    assert other.sign_in(name, PASSWORD).status_code == 200
    return other


def test_your_account_says_where_you_are_signed_in_and_ends_it_there(hub: Hub) -> None:
    """S161. The session's own key never stands on the page."""
    here = hub.staff("Ada")
    there = elsewhere(hub)
    page = here.see("/your-account").text
    assert "Firefox on Windows" in page
    assert str(there.session.cookies["sessionid"]) not in page
    marks = re.findall(r'name="mark" value="(\w+)"', page)
    here.send("/your-account/sessions/end", {"mark": marks[0]})
    assert "Sign in" in there.reads("/")
    assert "Home" in here.reads("/")


def test_everywhere_else_is_ended_at_once(hub: Hub) -> None:
    """S161."""
    here = hub.staff("Ada")
    others = [elsewhere(hub), elsewhere(hub)]
    here.see("/your-account")
    here.send("/your-account/sessions/end", {"mark": "others"})
    assert [("Sign in" in one.reads("/")) for one in (*others, here)] == [True, True, False]


def test_nobody_ends_the_session_of_another(hub: Hub) -> None:
    """S161. The mark of somebody else's session is nothing here."""
    from django.contrib.auth.models import User

    from sync.hub.people import sessions

    ada, ben = hub.staff("Ada"), hub.staff("Ben")
    mark = sessions.of(User.objects.get(username="Ben"))[0].mark
    ada.see("/your-account")
    ada.send("/your-account/sessions/end", {"mark": mark})
    assert ben.see("/your-account").url.endswith("/your-account")


def test_a_changed_password_signs_out_everywhere_else(hub: Hub) -> None:
    """S161."""
    here = hub.staff("Ada")
    there = elsewhere(hub)
    here.see("/your-account")
    form = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
    assert "Everywhere else you are signed out." in here.send("/your-account", form).text
    assert "Sign in" in there.reads("/")
    assert "Home" in here.reads("/")


def test_an_administrator_signs_somebody_out_everywhere(hub: Hub) -> None:
    """S161."""
    from django.contrib.auth.models import User

    ada, ben = hub.staff("Ada"), hub.staff("Ben")
    pk = User.objects.get(username="Ben").pk
    page = ada.reads(f"/people/{pk}")
    assert "Signed in now Another program since" in page
    ada.send(f"/people/{pk}/sign-out")
    assert "Sign in" in ben.reads("/")
    assert "Signed in now nowhere" in ada.reads(f"/people/{pk}")


def test_what_has_run_out_is_swept_out_at_the_next_sign_in(hub: Hub) -> None:
    """S161."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    hub.staff("Ada")
    Session.objects.update(expire_date=timezone.now())
    hub.staff("Ben")
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1", "Safari on iPad"),
        ("python-requests/2.32", "Another program"),
        ("", "Another program"),
    ],
)
def test_a_browser_is_named_in_short_words(hub: Hub, agent: str, words: str) -> None:
    from sync.hub.people import sessions

    assert sessions.browser(agent) == words
