"""Every administrative act leaves a row in the record of what staff did (S161)."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub_addresses import Address, addresses
from tests.hub_people import PASSWORD, Device, Hub, Staff
from tests.hub_survey import SURVEY

pytest_plugins = ("tests.hub_server",)

PAGES = str(Path(__file__).parents[1] / "sync" / "hub" / "pages")
ONLY_LOOKING = {"/response"}
"""Pages that take a POST and change nothing: an id that is looked up stands in no address and in no log."""


def record() -> list[tuple[str, str]]:
    """Who did what, the first act first."""
    from sync.hub.models import StaffAction

    rows = StaffAction.objects.order_by("at", "id").values_list("who__username", "what")
    return [(who or "", what) for who, what in rows]


def takes_a_post(staff: Staff, address: Address) -> bool:
    return staff.send(address.path, {}, allow_redirects=False).status_code != 405


def test_every_page_that_changes_something_writes_it_down(hub: Hub) -> None:
    """S161. For every page that takes a POST, the way from its view leads to `actions.note`."""
    staff = hub.staff()
    changing = [one for one in addresses() if not one.is_door and one.name != "sign-out" and takes_a_post(staff, one)]
    assert len(changing) >= 8
    assert ", ".join(one.path for one in changing if one.path not in ONLY_LOOKING and not writes_down(one.view)) == ""


def writes_down(view: Callable[..., Any]) -> bool:
    """Whether the view, or what it calls in its own file, notes an action. It looks at the code, not at one run of it."""
    return any(leads_to_a_note(file, name) for file, name in parts_of(view))


def parts_of(view: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Where the view and what is wrapped around it stand, as (file, name at the top level)."""
    one: Any = getattr(view, "view_class", view)
    if inspect.isclass(one):
        yield inspect.getfile(one), one.__name__
    while hasattr(one, "__code__"):
        yield one.__code__.co_filename, one.__code__.co_qualname.partition(".")[0]
        one = getattr(one, "__wrapped__", None)


def leads_to_a_note(file: str, start: str) -> bool:
    if not file.startswith(PAGES):
        return False
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    parts = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    ahead, known = [start], set[str]()
    while ahead:
        name = ahead.pop()
        if name in known or name not in parts:
            continue
        known.add(name)
        called = {ast.unparse(node.func) for node in ast.walk(parts[name]) if isinstance(node, ast.Call)}
        if "actions.note" in called:
            return True
        ahead += [other for call in called for other in (call, call.rpartition(".")[2])]
        ahead += [base.id for base in getattr(parts[name], "bases", ()) if isinstance(base, ast.Name)]
    return False


def test_a_page_that_forgot_would_be_noticed() -> None:
    """The check above can fail: signing in is noted, looking at the list of devices is not."""
    from sync.hub.pages import accounts, devices

    assert writes_down(accounts.SignIn.as_view())
    assert not writes_down(devices.listing)


# --- each act, done -------------------------------------------------------------------------------------------------------


def first_device(hub: Hub) -> int:
    from sync.hub.models import Device as Kept

    hub.device()
    return Kept.objects.get().pk


def first_version() -> int:
    from sync.hub.models import SurveyVersion

    return SurveyVersion.objects.get().pk


def approves(hub: Hub, staff: Staff, answer: str) -> None:
    import requests

    from sync import wire

    code = requests.post(hub.url + wire.PAIR_ASK_PATH, json={"jwk": Device(hub.url).jwk, "name": "Door"}, timeout=10).json()[
        "code"
    ]
    staff.send("/devices/approve", {"code": code, "answer": answer, "site": "Ward 7"})


def file_of(version: str) -> dict[str, Any]:
    return {"files": {"file": ("survey.json", json.dumps(SURVEY | {"version": version}))}}


ACTS: dict[str, Callable[[Hub, Staff], object]] = {
    "Made a pairing code for Ward 9": lambda _, staff: staff.send("/devices/add", {"site": "Ward 9"}),
    "Approved the device Door for Ward 7": lambda hub, staff: approves(hub, staff, "yes"),
    "Refused the device Door": lambda hub, staff: approves(hub, staff, "no"),
    "Renamed the device Door to Desk": lambda hub, staff: staff.send(f"/devices/{first_device(hub)}", {"name": "Desk"}),
    "Revoked the device Door at Ward 7": lambda hub, staff: staff.send(f"/devices/{first_device(hub)}/revoke"),
    "Added Your visit, version 2": lambda _, staff: staff.send("/surveys/add", **file_of("2")),
    "Activated Your visit, version 1": lambda _, staff: staff.send(f"/surveys/{first_version()}/activate"),
    "Retired Your visit, version 1": lambda _, staff: staff.send(f"/surveys/{first_version()}/retire"),
    "Signed out": lambda _, staff: staff.send("/sign-out"),
    "Changed the own password": lambda _, staff: staff.send(
        "/your-account",
        {"old_password": PASSWORD, "new_password1": "three calm words here", "new_password2": "three calm words here"},
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_an_act_is_on_record_with_who_did_it(hub: Hub, what: str) -> None:
    """S161."""
    staff = hub.staff("Ada")
    staff.see("/your-account")
    ACTS[what](hub, staff)
    assert record()[-1] == ("Ada", what)


def test_a_device_that_joins_and_an_act_at_the_hubs_own_computer_are_on_record(hub: Hub) -> None:
    """S161."""
    from sync.hub.people import actions

    hub.device("Ward 7")
    actions.note_here("took a file of answers in")
    assert record() == [
        ("", "The device Door joined Ward 7 with a code"),
        ("", "On the hub's own computer: took a file of answers in"),
    ]


def test_an_act_that_is_refused_is_not_on_record_as_done(hub: Hub) -> None:
    """S161. Somebody without the right, and an empty form."""
    hub.staff("Ada")
    other = hub.staff("Ben")
    pk = first_device(hub)
    before = record()
    assert other.send(f"/devices/{pk}/revoke").status_code == 403
    other.send("/devices/add", {"site": ""})
    assert record() == before
