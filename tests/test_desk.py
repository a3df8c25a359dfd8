"""What the shell asks for is done with real files."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.desk import Desk, Surroundings
from kiosk.app.device import KEYPAD_FILE, OUTBOX_FILE, Device
from kiosk.events import KeysChanged, KeysNotSaved
from kiosk.fhir import check_response
from kiosk.keys import Code, Key, KeyMap, preset
from kiosk.states import Figures
from kiosk.steps import Finished
from kiosk.survey import Place
from tests.surveys import coding, rating, survey_of, words
from ui.beside import NotSaved

SURVEY = survey_of(rating(), words())
TAUGHT = KeyMap("learnt", ((Code(scan_code=88), Key.DOWN),))
FINISHED = Finished({Place("fft"): (coding("Good"),), Place("why"): ("Kind",)}, "completed", "ur", frozenset({"touch"}))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    device = Device(tmp_path)
    yield Desk(device, Surroundings(lambda: SURVEY, lambda _: None, lambda _: None), lambda: None)
    device.close()


def documents(desk: Desk) -> list[dict[str, object]]:
    return [json.loads(entry.document) for entry in desk.device.outbox.due(2e9, 100, 10**9)]


def test_a_finished_session_is_in_the_outbox_as_a_valid_response(desk: Desk) -> None:
    desk.open_session()
    desk.save(FINISHED)
    [document] = documents(desk)
    assert document["language"] == "ur"
    assert document["status"] == "completed"
    assert check_response(SURVEY, document) == ()


def test_how_it_was_answered_is_told_as_codes_and_who_answered_is_not(desk: Desk) -> None:
    """S107, S156."""
    desk.open_session()
    desk.save(FINISHED)
    [document] = documents(desk)
    extensions = document["extension"]
    assert isinstance(extensions, list)
    assert [part["valueCode"] for part in extensions] == ["touch", "tablet-kiosk"]
    assert not {"author", "source", "subject", "encounter"} & set(document)


def test_each_session_has_an_id_of_its_own_and_saving_it_twice_doubles_nothing(desk: Desk) -> None:
    for _ in range(2):
        desk.open_session()
        desk.save(FINISHED)
    assert len(documents(desk)) == 2


def test_a_file_that_breaks_while_in_use_is_set_aside_and_the_answers_are_saved(desk: Desk) -> None:
    desk.open_session()
    desk.save(FINISHED)
    path = desk.device.data / OUTBOX_FILE
    for file in path.parent.glob(f"{OUTBOX_FILE}*"):
        file.write_bytes(b"no database any more " * 1000)
    desk.open_session()
    desk.save(FINISHED)
    assert documents(desk)
    assert list(path.parent.glob("*broken*"))


def test_taught_keys_are_kept_and_shown_to_staff(desk: Desk) -> None:
    """S129."""
    assert desk.figures().keypad == preset("f-keys")
    assert desk.keep_keys(TAUGHT) == KeysChanged(TAUGHT)
    assert desk.figures().keypad == Device(desk.device.data).keys.in_force == TAUGHT
    assert desk.keep_keys(None) == KeysChanged(preset("f-keys"))


def test_keys_that_cannot_be_saved_are_told_in_a_sentence(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    (desk.device.data / KEYPAD_FILE).with_suffix(".new").mkdir()
    assert desk.keep_keys(TAUGHT) == KeysNotSaved()
    assert str(desk.device.data) in caplog.text


def test_answers_that_can_be_kept_nowhere_are_told_in_a_sentence(desk: Desk) -> None:
    (desk.device.data / OUTBOX_FILE).mkdir()
    desk.open_session()
    with pytest.raises(NotSaved, match="answers\\.db"):
        desk.save(FINISHED)


def test_the_staff_screen_shows_why_when_the_answers_file_cannot_be_read(desk: Desk) -> None:
    (desk.device.data / OUTBOX_FILE).mkdir()
    figures = desk.figures()
    assert isinstance(figures, Figures)
    assert "answers.db" in figures.detail


def test_what_could_not_be_saved_keeps_its_own_id_time_and_survey_whoever_has_begun_since(desk: Desk) -> None:
    broken = desk.device.data / OUTBOX_FILE
    broken.mkdir()
    desk.open_session()
    with pytest.raises(NotSaved):
        desk.save(FINISHED)
    broken.rmdir()
    desk.open_session()
    desk.surroundings = replace(desk.surroundings, survey=lambda: replace(SURVEY, version="2"))
    desk.save(replace(FINISHED, language="cy"))
    desk.save(FINISHED)
    later, earlier = documents(desk)
    assert (earlier["language"], later["language"]) == ("ur", "cy")
    assert earlier["identifier"] != later["identifier"]
    assert earlier["questionnaire"] == SURVEY.canonical != later["questionnaire"]


# --- a session that is not over ----------------------------------------------------------------------------------------


SO_FAR = replace(FINISHED, answers={Place("fft"): (coding("Good"),)}, status="stopped")


def started_again(desk: Desk) -> Desk:
    """The kiosk after a crash: nothing was closed in an orderly way but the files, as the system does it."""
    desk.device.close()
    assert desk.device._seat is not None
    desk.device._seat.release()
    device = Device(desk.device.data)
    device.take_seat()
    return replace(desk, device=device)


def test_a_crash_in_the_middle_of_a_session_keeps_what_was_answered_as_stopped(desk: Desk) -> None:
    """The id is made when the questionnaire opens: what is found afterwards has that very one."""
    desk.open_session()
    desk.answered(replace(SO_FAR, language="en-GB"))
    desk.answered(SO_FAR)
    again = started_again(desk)
    [document] = documents(again)
    assert (document["status"], document["language"], document["id"]) == ("stopped", "ur", desk._response_id)
    assert check_response(SURVEY, document) == ()
    again.device.close()


def test_a_session_that_was_saved_is_not_found_a_second_time(desk: Desk) -> None:
    desk.open_session()
    desk.answered(SO_FAR)
    desk.save(FINISHED)
    again = started_again(desk)
    assert [document["status"] for document in documents(again)] == ["completed"]
    again.device.close()


def test_whoever_starts_again_leaves_nothing_behind(desk: Desk) -> None:
    """S160."""
    desk.open_session()
    desk.answered(SO_FAR)
    desk.answered(None)
    again = started_again(desk)
    assert documents(again) == []
    again.device.close()


def test_what_could_not_be_saved_stays_kept_until_it_is(desk: Desk) -> None:
    """The next person's first answer does not take its place."""
    desk.open_session()
    desk.answered(SO_FAR)
    first = desk._response_id
    db = desk.device.outbox._file.db()
    db.execute("CREATE TRIGGER no_room BEFORE INSERT ON responses BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(NotSaved):
        desk.save(FINISHED)
    desk.open_session()
    desk.answered(None)
    desk.answered(SO_FAR)
    kept = desk.device.outbox._file.rows("SELECT response_id FROM open_sessions")
    assert {row["response_id"] for row in kept} == {first, desk._response_id}


def test_an_orderly_end_in_the_middle_of_a_session_queues_it_as_stopped(desk: Desk) -> None:
    """SIGTERM, at a restart of the machine."""
    desk.open_session()
    desk.answered(SO_FAR)
    desk.device.leave_seat()
    assert [document["status"] for document in documents(desk)] == ["stopped"]


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no claim")
def test_a_second_kiosk_started_by_mistake_does_not_end_the_session_at_the_first(desk: Desk) -> None:
    desk.open_session()
    desk.answered(SO_FAR)
    second = Device(desk.device.data)
    second.take_seat()
    assert documents(desk) == []
    second.leave_seat()
    second.close()
    desk.save(FINISHED)
    assert [document["status"] for document in documents(desk)] == ["completed"]


def test_looking_at_a_device_does_not_end_the_session_at_it(desk: Desk) -> None:
    """`kiosk status` and `kiosk sync` are run while patients answer."""
    desk.open_session()
    desk.answered(SO_FAR)
    other = Device(desk.device.data)
    assert other.figures()["waiting"] == 0
    other.close()
    desk.save(FINISHED)
    assert [document["status"] for document in documents(desk)] == ["completed"]


def test_answers_that_cannot_be_kept_so_far_are_one_line_in_the_log_and_never_their_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    (desk.device.data / OUTBOX_FILE).mkdir()
    desk.open_session()
    desk.answered(FINISHED)
    desk.answered(FINISHED)
    assert len(caplog.records) == 1
    assert "Kind" not in caplog.text


def test_what_somebody_has_answered_so_far_cannot_be_read_on_the_disk(desk: Desk) -> None:
    """S159."""
    desk.open_session()
    desk.answered(replace(SO_FAR, answers={Place("why"): ("My sore knee",)}))
    assert [file.name for file in desk.device.data.iterdir() if file.is_file() and b"sore knee" in file.read_bytes()] == []
