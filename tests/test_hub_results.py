"""What staff read: figures that agree with the rules, filters, comments for those who may, and safe downloads."""

from __future__ import annotations

import csv
import io
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sync.hub.analysis.figures import mean, median, percent
from sync.hub.analysis.spreadsheet import safe
from tests.hub_people import Device, Hub
from tests.hub_survey import answer, fft_answers, put_entry

pytest_plugins = ("tests.hub_server",)

YES = {"valueBoolean": True}


def send(device: Device, *documents: dict[str, Any]) -> None:
    assert set(device.batch([put_entry(document) for document in documents])) == {"201"}


def counts(question: dict[str, Any]) -> dict[str, int]:
    return {share["code"]: share["count"] for share in question["answers"]}


@pytest.mark.parametrize(
    ("answers", "positive", "negative", "shown"),
    [((50, 30, 8, 5, 4, 3), 80.0, 9.0, ("80%", "9%")), ((6, 4, 0, 2, 0, 2), 71.4, 14.3, ("71.4%", "14.3%"))],
)
def test_friends_and_family_percentages_are_of_all_six_answers(
    hub: Hub, answers: tuple[int, ...], positive: float, negative: float, shown: tuple[str, str]
) -> None:
    """S108: don't know and neither are in the denominator. S109: the page says what not to compare."""
    staff = hub.staff()
    send(hub.device(), *fft_answers(*answers))
    found = staff.see("/results/visit.json").json()
    fft, page = found["friends_and_family"], staff.reads("/results/visit")
    assert (fft["n"], fft["positive_percent"], fft["negative_percent"]) == (sum(answers), positive, negative)
    assert tuple(counts(found["questions"][0]).values()) == answers
    assert f"{shown[0]} positive, {shown[1]} negative, of {sum(answers)} people." in page
    assert "Do not compare providers" in page


def test_a_skipped_friends_and_family_question_is_no_response_to_it(hub: Hub) -> None:
    staff = hub.staff()
    send(hub.device(), *(answer("good") for _ in range(8)), answer(None, calm={"valueInteger": 3}))
    found = staff.see("/results/visit.json").json()
    assert (found["responses"]["total"], found["friends_and_family"]["n"]) == (9, 8)


def test_numbers_have_an_average_and_a_middle(hub: Hub) -> None:
    staff = hub.staff()
    send(hub.device(), *(answer(calm={"valueInteger": calm}) for calm in (10, 2, 2, 8) * 2))
    question = staff.see("/results/visit.json").json()["questions"][1]
    assert (question["n"], question["mean"], question["median"]) == (8, 5.5, 5.0)
    assert counts(question) == {"2": 4, "8": 2, "10": 2}


def test_where_people_may_choose_several_the_shares_are_of_people(hub: Hub) -> None:
    staff = hub.staff()
    both = [{"valueString": "Time"}, {"valueString": "Quiet"}]
    send(hub.device(), *(answer(needs=needs) for needs in (both, both[:1]) for _ in range(4)))
    question = staff.see("/results/visit.json").json()["questions"][2]
    assert [(share["words"], share["count"], share["percent"]) for share in question["answers"]] == [
        ("Time", 8, 100.0),
        ("Quiet", 4, 50.0),
    ]


def test_stopped_responses_and_languages_are_counted_apart(hub: Hub) -> None:
    staff = hub.staff()
    welsh = [answer() | {"language": "cy"} for _ in range(8)]
    send(hub.device(), *(answer() for _ in range(8)), answer(status="stopped"), *welsh)
    found = staff.see("/results/visit.json").json()
    assert found["responses"] == {"total": 17, "completed": 16, "stopped": 1}
    assert found["languages"] == {"en-GB": 9, "cy": 8}
    assert "Welsh (cy)" in staff.reads("/results/visit")


def test_results_are_filtered_by_site(hub: Hub) -> None:
    from sync.hub.models import Site

    staff = hub.staff()
    send(hub.device("North"), *(answer("good") for _ in range(8)))
    send(hub.device("South"), *(answer("poor") for _ in range(9)))
    south = Site.objects.get(name="South").pk
    assert staff.see("/results/visit.json").json()["sites"] == {"South": 9, "North": 8}
    found = staff.see(f"/results/visit.json?site={south}").json()
    assert (found["site"], found["responses"]["total"], found["friends_and_family"]["negative_percent"]) == ("South", 9, 100.0)


def test_results_are_filtered_by_the_day_a_response_arrived(hub: Hub) -> None:
    from sync.hub.models import Device as Known
    from sync.hub.taking_in import intake
    from sync.hub.taking_in.judged import Arrival

    staff, device = hub.staff(), hub.device()
    came = timezone.now() - timedelta(days=40)
    old = [answer("poor") for _ in range(8)]
    intake.take_in(Known.objects.get(), [Arrival(uuid.UUID(one["id"]), json.dumps(one).encode()) for one in old], came)
    send(device, *(answer("good") for _ in range(8)))
    day = timezone.localdate(came).isoformat()
    assert staff.see("/results/visit.json").json()["responses"]["total"] == 8
    assert counts(staff.see(f"/results/visit.json?from={day}&to={day}").json()["questions"][0])["poor"] == 8
    assert staff.see(f"/results/visit.json?from={day}").json()["days"] == {day: 8, timezone.localdate().isoformat(): 8}


def test_a_date_that_is_none_is_passed_over(hub: Hub) -> None:
    assert hub.staff().see("/results/visit?from=31-31-31&to=&site=abc").status_code == 200


def test_seven_people_are_not_shown_anywhere_and_eight_are(hub: Hub) -> None:
    """S111: on the page, in the list of surveys, on the first page and in every download."""
    staff, device = hub.staff(), hub.device()
    send(device, *(answer() for _ in range(7)))
    assert "nothing to show for this time" in staff.reads("/results/visit")
    assert "nothing to show yet" in staff.reads("/results")
    assert staff.see("/results/visit.json").json()["responses"]["total"] == 0
    assert not any(row["Count"] not in {"", "0"} for row in csv.DictReader(io.StringIO(staff.see("/results/visit.csv").text)))
    send(device, answer())
    assert "8 people answered. 100% said good or very good." in staff.reads("/results/visit")
    assert "8 people answered" in staff.reads("/results")


def test_exact_counts_are_for_those_who_may_take_responses_away_and_are_noted(hub: Hub) -> None:
    """S111, S161: an administrator's pages hide small numbers too; the exact ones are an export."""
    from sync.hub.models import StaffAction

    staff, viewer = hub.staff(), hub.staff("Viewer")
    send(hub.device(), answer("poor"))
    found = staff.see("/results/visit/exact.json").json()
    assert (found["responses"]["total"], found["friends_and_family"]["negative_percent"]) == (1, 100.0)
    assert viewer.see("/results/visit/exact.json").status_code == 403
    assert StaffAction.objects.filter(what__startswith="Took away the exact counts").count() == 1


def test_the_same_figures_are_at_the_page_s_own_address_as_json(hub: Hub) -> None:
    staff = hub.staff()
    send(hub.device(), answer())
    assert staff.see("/results/visit?format=json").json() == staff.see("/results/visit.json").json()


def test_comments_say_whether_they_may_be_shared_and_can_be_filtered_by_it(hub: Hub) -> None:
    staff = hub.staff()
    send(
        hub.device(),
        answer(why={"valueString": "Kind <b>people</b>"}, share=YES),
        answer(why={"valueString": "Long wait"}, share={"valueBoolean": False}),
        answer(why={"valueString": "Too warm"}),
    )
    everything, shared = staff.reads("/comments/visit"), staff.reads("/comments/visit?shared=yes")
    assert everything.count("Not to be shared") == 2
    assert "Kind <b>people</b>" in everything
    assert "Kind <b>people</b>" in shared
    assert "Long wait" not in shared
    assert "Too warm" not in shared


def test_comments_are_for_those_who_may_read_them(hub: Hub) -> None:
    hub.staff("Ada")
    reader, counter = hub.staff("Reader", "analyst"), hub.staff("Counter")
    send(hub.device(), answer(why={"valueString": "Kind people"}))
    assert "Kind people" in reader.reads("/comments/visit")
    assert counter.see("/comments/visit").status_code == 403
    assert "Kind people" not in counter.see("/results/visit").text + counter.see("/results/visit.csv").text


def test_the_csv_opens_in_excel_and_holds_counts_only(hub: Hub) -> None:
    staff = hub.staff()
    send(hub.device(), *(answer("good", why={"valueString": "my words"}) for _ in range(8)))
    reply = staff.see("/results/visit.csv")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert next(row for row in rows if row["Answer code"] == "good")["Count"] == "8"
    assert "my words" not in reply.text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_never_runs_as_a_formula(start: str) -> None:
    assert safe(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert safe("plain") == "plain"
    assert safe(-1) == -1


def test_percentages_round_halves_up_to_one_decimal() -> None:
    assert [percent(1, 8), percent(1, 16), percent(2, 3), percent(0, 0)] == [12.5, 6.3, 66.7, 0.0]


def test_of_no_numbers_there_is_no_average_and_no_middle() -> None:
    assert (mean([]), median([])) == (None, None)
