"""Staff teach a keypad, in the pure flow: one key after another, none twice, and nothing changes before it is saved."""

from random import Random

import pytest

from kiosk.events import CodePressed, KeysChanged, KeysNotSaved, PinAccepted, StaffLeft, TimedOut
from kiosk.flow import timeout_seconds
from kiosk.keys import NO_KEYPAD, QT_UNKNOWN, Code, Key, KeyMap, preset
from kiosk.states import Figures, LearningKeys, StaffArea, TryingKeys, Welcome
from kiosk.steps import KeepKeys, TellFigures
from tests.surveys import rating, rules_of
from tests.walking import Walker

NO_SUCH_KEY = "This keypad has no such key"
F_KEYS = preset("f-keys", "linux")
TAUGHT = KeyMap("learnt", tuple((Code(scan_code=200 + number), key) for number, key in enumerate(Key)))


@pytest.fixture
def staff() -> Walker:
    """In front of the staff screen of a kiosk with the usual keys."""
    walker = Walker(rules_of(rating()))
    walker.state = StaffArea(Figures(keypad=F_KEYS))
    return walker


def lines(walker: Walker) -> list[str]:
    return [line.text for line in walker.screen.lines]


def presses(walker: Walker, *scan_codes: int) -> Walker:
    for scan_code in scan_codes:
        walker.happens(CodePressed(Code(scan_code=scan_code)))
    return walker


def teaches_all(walker: Walker) -> Walker:
    walker.touches("Keypad").touches("Teach the keys")
    return presses(walker, *range(200, 200 + len(Key)))


def test_each_key_is_asked_for_by_its_name_in_turn(staff: Walker) -> None:
    """S129."""
    staff.touches("Keypad").touches("Teach the keys")
    asked = [staff.screen.heading]
    asked += [presses(staff, scan_code).screen.heading for scan_code in range(200, 200 + len(Key) - 1)]
    assert asked[:2] == ["Press the key for “Up”.", "Press the key for “Down”."]
    assert asked[-2:] == ["Put the plug of the headphones in.", "Pull the plug of the headphones out."]
    assert len(set(asked)) == len(Key)


def test_where_one_is_and_what_was_taught_so_far_stand_on_the_screen(staff: Walker) -> None:
    staff.touches("Keypad").touches("Teach the keys")
    presses(staff, 200).touches(NO_SUCH_KEY)
    assert lines(staff) == ["Key 3 of 12"]
    assert staff.screen.facts == (("Down", "No such key"), ("Up", "F22"))


def test_a_key_that_is_taken_is_not_taken_twice(staff: Walker) -> None:
    staff.touches("Keypad").touches("Teach the keys")
    presses(staff, 200, 200)
    assert staff.screen.problem == "That key is taken. It is: Up"
    assert staff.screen.heading == "Press the key for “Down”."
    assert presses(staff, 201).screen.problem == ""


def test_a_key_that_looks_like_others_cannot_be_taught(staff: Walker) -> None:
    staff.touches("Keypad").touches("Teach the keys").happens(CodePressed(Code(QT_UNKNOWN)))
    assert staff.screen.problem == "The kiosk cannot tell that key from others."
    assert staff.screen.heading == "Press the key for “Up”."


def test_the_whole_map_is_shown_and_saved_only_when_staff_say_so(staff: Walker) -> None:
    teaches_all(staff)
    assert staff.errands == []
    assert [name for name, _ in staff.screen.facts][:3] == ["Up", "Down", "Back"]
    staff.touches("Save")
    assert staff.errands == [KeepKeys(TAUGHT)]
    staff.happens(KeysChanged(TAUGHT))
    assert lines(staff)[:2] == ["Saved. These keys work from now on.", "In use: Keys that staff taught"]


def test_start_over_forgets_what_was_just_taught(staff: Walker) -> None:
    teaches_all(staff).touches("Start over")
    assert staff.state == LearningKeys(F_KEYS)
    presses(staff, 7, 8).touches("Start over")
    assert staff.state == LearningKeys(F_KEYS)


def test_back_takes_one_key_back_and_then_leaves_everything_as_it_was(staff: Walker) -> None:
    staff.touches("Keypad").touches("Teach the keys")
    presses(staff, 200, 201).touches("Back")
    assert staff.screen.heading == "Press the key for “Down”."
    staff.touches("Back").touches("Back")
    assert staff.state == TryingKeys(F_KEYS)
    staff.touches("Back")
    assert isinstance(staff.state, StaffArea)
    assert staff.errands == [TellFigures()]


def test_a_map_without_any_key_cannot_be_saved(staff: Walker) -> None:
    staff.touches("Keypad").touches("Teach the keys")
    for _ in Key:
        staff.touches(NO_SUCH_KEY)
    assert not staff.sees("Save")
    assert "No key has been taught." in lines(staff)


def test_keys_that_could_not_be_saved_are_not_lost_and_can_be_saved_again(staff: Walker) -> None:
    teaches_all(staff).touches("Save").happens(KeysNotSaved())
    assert staff.screen.problem == "The keys cannot be saved. Make room on the disk. Then try again."
    staff.touches("Save")
    assert staff.errands == [KeepKeys(TAUGHT)] * 2


def test_trying_a_key_shows_its_meaning_and_does_nothing_else(staff: Walker) -> None:
    staff.touches("Keypad")
    assert lines(staff) == ["In use: Function keys F13 to F24", "Press a key to try it."]
    assert lines(presses(staff, 191))[-1] == "That key is: Up"
    assert lines(presses(staff, 33))[-1] == "That key does nothing here."
    assert staff.errands == []


def test_staff_can_go_back_to_the_ready_made_keys(staff: Walker) -> None:
    assert not staff.touches("Keypad").sees("Use the ready-made keys")
    staff.state = TryingKeys(TAUGHT)
    staff.touches("Use the ready-made keys")
    assert staff.errands == [KeepKeys(None)]


def test_a_site_without_a_keypad_is_offered_none(staff: Walker) -> None:
    staff.state = StaffArea(Figures(keypad=NO_KEYPAD))
    assert not staff.sees("Keypad")
    assert staff.screen.facts == (("Keypad", "No keypad"),)


def test_keys_that_cannot_be_read_are_told_on_the_staff_screen(staff: Walker) -> None:
    staff.state = StaffArea(Figures(keypad=F_KEYS, keypad_fault="keypad.json: …"))
    assert staff.screen.facts == (("Keypad", "Function keys F13 to F24. The taught keys cannot be read. Teach them again."),)


def test_staff_who_walk_away_leave_the_kiosk_to_patients_and_the_keys_as_they_were(staff: Walker) -> None:
    """S93."""
    teaches_all(staff)
    assert timeout_seconds(staff.rules, staff.state) == staff.rules.staff_seconds
    for event in (TimedOut(), StaffLeft()):
        staff.state = TryingKeys(F_KEYS, TAUGHT)
        assert staff.happens(event).state == Welcome()
    assert staff.errands == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_staff_press_and_touch_no_key_ever_has_two_meanings(staff: Walker, seed: int) -> None:
    """S129: and only "Save" and "Use the ready-made keys" change anything for patients."""
    chance, lessons = Random(seed), 0
    staff.touches("Keypad")
    for _ in range(300):
        if chance.random() < 0.7:
            presses(staff, chance.randrange(200, 220))
        else:
            touched, before = chance.choice(staff.controls), len(staff.errands)
            staff.happens(touched.event)
            assert len(staff.errands) == before or touched.label in {"Save", "Use the ready-made keys", "Back"}
        if isinstance(staff.state, StaffArea):
            staff.state = TryingKeys(chance.choice((F_KEYS, TAUGHT)))
        if isinstance(staff.state, TryingKeys) and staff.state.taught:
            lessons += 1
            codes = [code for code, _ in staff.state.taught.pairs]
            assert len(set(codes)) == len(codes)
        assert staff.screen.heading
    assert lessons


def test_a_code_means_nothing_outside_the_lesson(staff: Walker) -> None:
    staff.state = Welcome()
    assert staff.happens(CodePressed(Code(scan_code=191))).state == Welcome()
    staff.happens(PinAccepted())
    assert staff.state == Welcome()
