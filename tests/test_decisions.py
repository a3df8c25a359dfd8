"""The reply table of DESIGN.md, row by row: no thread, no clock, no network."""

from dataclasses import replace

import pytest

from sync.batch import Batch, Way
from sync.decisions import Course, State, Verdict, decide, trouble
from sync.outbox import Queued
from sync.outcomes import Accepted, Entry, Foreign, Refused, Unreachable
from sync.pace import Wait

COURSE = Course(way=Way.PUT)
PROVEN = replace(COURSE, proven=True)


def queued(*numbers: int, objections: int = 0) -> tuple[Queued, ...]:
    return tuple(Queued(number, f"id-{number}", "survey", b"{}" * 50, objections=objections) for number in numbers)


def batch(*numbers: int, way: Way = Way.PUT, zipped: bool = False, objections: int = 0) -> Batch:
    return Batch(queued(*numbers, objections=objections), way, zipped)


def replied(*statuses: int, reason: str = "") -> Accepted:
    return Accepted(tuple(Entry(status, reason) for status in statuses))


def ids(verdict: Verdict) -> list[list[str]]:
    return [[one.response_id for one in again.entries] for again in verdict.again]


def acknowledges_nothing(verdict: Verdict) -> bool:
    return not (verdict.sent or verdict.refused or verdict.postponed)


# --- no reply, or somebody else's --------------------------------------------------------------------------------------


def test_no_connection_keeps_everything_and_backs_off() -> None:
    verdict = decide(COURSE, batch(1, 2), Unreachable("no connection"))
    assert acknowledges_nothing(verdict)
    assert (verdict.wait, verdict.state) == (Wait(0, 5), State.OFFLINE)


def test_back_off_grows_with_each_failure_and_starts_anew_after_a_success() -> None:
    course = COURSE
    for ceiling in (5, 10, 20):
        verdict = decide(course, batch(1), Unreachable("no connection"))
        assert verdict.wait == Wait(0, ceiling)
        course = verdict.course
    assert decide(course, batch(1), replied(201)).course.failures == 0


def test_a_certificate_nobody_vouches_for_is_told_as_such() -> None:
    assert decide(COURSE, batch(1), Unreachable("whose?", certificate=True)).state is State.CERTIFICATE


def test_a_200_that_is_not_our_reply_acknowledges_nothing() -> None:
    verdict = decide(COURSE, batch(1, 2), Foreign("a portal"))
    assert acknowledges_nothing(verdict)
    assert (verdict.wait, verdict.state) == (Wait(0, 5), State.CAPTIVE_PORTAL)


# --- entries -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201])
def test_an_acknowledged_entry_is_sent(status: int) -> None:
    verdict = decide(COURSE, batch(1), replied(status))
    assert (verdict.sent, verdict.state, verdict.wait) == (("id-1",), State.CONNECTED, None)
    assert (verdict.again, verdict.new_token) == ((), False)
    assert (verdict.course.met, verdict.course.proven) == (True, True)


def test_412_on_a_conditional_create_is_there_already() -> None:
    assert decide(COURSE, batch(1, way=Way.CREATE), replied(412)).sent == ("id-1",)


def test_412_on_a_put_is_no_acknowledgement() -> None:
    assert decide(COURSE, batch(1), replied(412)).sent == ()


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_without_update_as_create_is_sent_conditional_creates_at_once(status: int) -> None:
    verdict = decide(COURSE, batch(1, 2, 3), replied(201, status, status))
    assert verdict.course.way is Way.CREATE
    assert (verdict.sent, ids(verdict), verdict.wait) == (("id-1",), [["id-2", "id-3"]], None)


def test_404_on_a_conditional_create_waits_and_switches_nothing() -> None:
    verdict = decide(COURSE, batch(1, way=Way.CREATE), replied(404))
    assert (verdict.again, [late.response_id for late in verdict.postponed]) == ((), ["id-1"])


@pytest.mark.parametrize("status", [202, 204, 408, 409, 424, 429, 500, 502, 503])
def test_a_busy_entry_waits_alone_and_the_rest_is_sent(status: int) -> None:
    verdict = decide(COURSE, batch(1, 2, 3), replied(201, status, 200))
    assert verdict.sent == ("id-1", "id-3")
    assert [late.response_id for late in verdict.postponed] == ["id-2"]
    assert not verdict.postponed[0].objected
    assert (verdict.wait, verdict.refused) == (None, ())


def test_when_every_entry_waits_so_does_the_queue() -> None:
    assert decide(COURSE, batch(1, 2), replied(503, 429)).wait == Wait(0, 5)


@pytest.mark.parametrize("status", [401, 403])
def test_an_entry_the_device_may_not_send_waits_and_staff_are_told(status: int) -> None:
    verdict = decide(COURSE, batch(1, 2), replied(201, status))
    assert ([late.response_id for late in verdict.postponed], verdict.state) == (["id-2"], State.HELD)


def test_when_every_entry_is_forbidden_the_queue_waits_and_staff_are_told() -> None:
    verdict = decide(COURSE, batch(1, 2), replied(403, 403))
    assert (verdict.wait, verdict.state) == (Wait(0, 5), State.HELD)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_first_objection_is_only_a_wait(status: int) -> None:
    verdict = decide(COURSE, batch(1, 2), replied(status, 201, reason="no such item"))
    assert (verdict.refused, verdict.sent) == ((), ("id-2",))
    assert verdict.postponed[0].objected


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_second_objection_sets_the_response_aside_with_the_centres_words(status: int) -> None:
    verdict = decide(COURSE, batch(1, objections=1), replied(status, reason="no such item"))
    assert (verdict.refused, verdict.postponed) == ((("id-1", "no such item"),), ())


def test_an_entry_waits_longer_with_each_attempt() -> None:
    tired = replace(queued(1)[0], attempts=3)
    verdict = decide(COURSE, Batch((tired, *queued(2)), Way.PUT), replied(503, 201))
    assert verdict.postponed[0].wait == Wait(0, 40)


# --- whole batches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 415])
def test_a_server_that_cannot_unzip_is_sent_the_same_plain(status: int) -> None:
    verdict = decide(COURSE, batch(1, 2, zipped=True), Refused(status))
    assert not verdict.course.gzip
    assert [again.zipped for again in verdict.again] == [False]
    assert ids(verdict) == [["id-1", "id-2"]]


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_batch_is_halved(status: int) -> None:
    verdict = decide(PROVEN, batch(1, 2, 3, 4, 5), Refused(status))
    assert (ids(verdict), verdict.wait) == ([["id-4", "id-5"], ["id-1", "id-2", "id-3"]], None)
    assert acknowledges_nothing(verdict)
    assert not verdict.course.proven


def test_two_refused_together_are_tried_apart() -> None:
    assert ids(decide(PROVEN, batch(1, 2), Refused(422))) == [["id-2"], ["id-1"]]


@pytest.mark.parametrize("refused", [Refused(413), Refused(400, "Request too large"), Refused(422, "exceeds 50 entries")])
def test_too_large_makes_smaller_batches_from_now_on(refused: Refused) -> None:
    course = decide(PROVEN, batch(1, 2, 3, 4), refused).course
    assert (course.limit_entries, course.limit_bytes) == (2, 200)


def test_other_refusals_make_smaller_batches_until_some_are_taken() -> None:
    """What halving has come to is not forgotten when a reply is lost, or a poor network would begin it anew for ever."""
    course = decide(PROVEN, batch(*range(40)), Refused(400, "bad entry")).course
    assert course.limit_entries == 20
    course = decide(course, batch(*range(20)), Unreachable("no connection")).course
    assert course.limit_entries == 20
    for limit in (40, 80, 100, 100):
        course = decide(course, batch(1), replied(201)).course
        assert course.limit_entries == limit


def test_where_it_was_too_large_batches_never_grow_beyond_what_was_taken() -> None:
    course = decide(PROVEN, batch(*range(40)), Refused(413)).course
    course = decide(course, batch(*range(20)), Refused(400, "bad entry")).course
    assert course.limit_entries == 10
    for _ in range(3):
        course = decide(course, batch(1), replied(201)).course
    assert course.limit_entries == 20


def test_the_one_refused_alone_is_set_aside_when_the_centre_took_others_since() -> None:
    verdict = decide(PROVEN, batch(1, objections=1), Refused(400, "bad entry"))
    assert verdict.refused == (("id-1", "bad entry"),)


def test_the_one_refused_alone_has_a_second_try() -> None:
    verdict = decide(PROVEN, batch(1), Refused(400, "bad entry"))
    assert (verdict.refused, verdict.postponed[0].objected, verdict.course.proven) == ((), True, False)


def test_a_centre_that_takes_nothing_is_not_allowed_to_refuse_the_whole_queue() -> None:
    course, waits = COURSE, []
    for number in range(1, 20):
        verdict = decide(course, batch(number, objections=9), Refused(400, "bad gateway set-up"))
        assert (verdict.refused, verdict.state) == ((), State.HELD)
        waits.append(verdict.wait)
        course = verdict.course
    assert [number for number, wait in enumerate(waits, 1) if wait] == [8, 16]


def test_one_suspect_does_not_hold_the_others_up() -> None:
    assert decide(COURSE, batch(1), Refused(400)).wait is None


def test_the_suspect_waits_the_whole_of_its_back_off_so_that_the_others_go_first() -> None:
    tired = replace(queued(1)[0], attempts=2)
    verdict = decide(COURSE, Batch((tired,), Way.PUT, zipped=False), Refused(400))
    assert (verdict.postponed[0].wait, verdict.postponed[0].objected) == (Wait(20, 5), True)


def test_401_asks_for_one_new_token_and_sends_the_same_again() -> None:
    verdict = decide(COURSE, batch(1), Refused(401))
    assert (verdict.new_token, ids(verdict), verdict.wait) == (True, [["id-1"]], None)


def test_a_second_401_backs_off_and_drops_nothing() -> None:
    first = decide(COURSE, batch(1), Refused(401))
    verdict = decide(first.course, batch(1), Refused(401))
    assert acknowledges_nothing(verdict)
    assert (verdict.again, verdict.wait, verdict.state) == ((), Wait(0, 5), State.NOT_PAIRED)
    assert verdict.reason == "The centre does not know this device. Pair it again."


def test_after_a_success_a_401_may_ask_for_a_new_token_again() -> None:
    course = decide(replace(COURSE, token_renewed=True), batch(1), replied(201)).course
    assert decide(course, batch(1), Refused(401)).wait is None


def test_403_holds_the_queue_and_tells_staff_the_centres_words() -> None:
    verdict = decide(COURSE, batch(1), Refused(403, "device suspended"))
    assert acknowledges_nothing(verdict)
    assert (verdict.state, verdict.reason) == (State.HELD, "device suspended")
    assert verdict.wait is not None


@pytest.mark.parametrize("status", [404, 405, 410, 415])
def test_a_wrong_address_holds_the_queue_and_tells_staff(status: int) -> None:
    verdict = decide(COURSE, batch(1), Refused(status))
    assert (verdict.state, acknowledges_nothing(verdict)) == (State.HELD, True)
    assert f"(HTTP {status})" in verdict.reason


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(status: int) -> None:
    assert decide(COURSE, batch(1), Refused(status, retry_after_seconds=120)).wait == Wait(120, 12)


@pytest.mark.parametrize("status", [408, 409, 424, 429, 500, 502, 503, 504])
def test_a_centre_that_is_not_well_is_left_alone_for_a_while(status: int) -> None:
    verdict = decide(COURSE, batch(1), Refused(status))
    assert acknowledges_nothing(verdict)
    assert (verdict.wait, verdict.state) == (Wait(0, 5), State.OFFLINE)


def test_other_requests_follow_the_same_table() -> None:
    assert trouble(COURSE, Refused(401)).new_token
    assert trouble(COURSE, Refused(403)).state is State.HELD
    assert trouble(COURSE, Refused(400)).wait == Wait(0, 5)


def test_no_repr_shows_the_centres_words_about_an_answer() -> None:
    assert "knee" not in repr(decide(COURSE, batch(1, objections=1), replied(400, reason="'my knee' is no code")))
