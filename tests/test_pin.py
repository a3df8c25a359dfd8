"""The staff PIN."""

import stat
from pathlib import Path

from kiosk.app.pin import FIRST_WAIT_SECONDS, FREE_TRIES, LONGEST_WAIT_SECONDS, StaffPin


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_there_is_no_default_pin(tmp_path: Path) -> None:
    pin = StaffPin(tmp_path / "pin.json")
    assert not pin.is_set
    assert pin.try_pin("0000") == 0
    assert pin.try_pin("") == 0


def test_the_pin_that_was_kept_opens_also_after_a_restart(tmp_path: Path) -> None:
    StaffPin(tmp_path / "pin.json").keep("2468")
    pin = StaffPin(tmp_path / "pin.json")
    assert pin.is_set
    assert pin.try_pin("2468") is None
    assert pin.try_pin("2469") == 0


def test_a_new_pin_shuts_out_the_old_one(tmp_path: Path) -> None:
    pin = StaffPin(tmp_path / "pin.json")
    pin.keep("2468")
    pin.keep("1357")
    assert pin.try_pin("2468") == 0
    assert pin.try_pin("1357") is None


def test_the_file_holds_no_pin_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    StaffPin(tmp_path / "pin.json").keep("2468")
    path = tmp_path / "pin.json"
    assert "2468" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_wrong_tries_make_everybody_wait_longer_and_longer(tmp_path: Path) -> None:
    clock = Clock()
    pin = StaffPin(tmp_path / "pin.json", clock)
    pin.keep("2468")
    assert [pin.try_pin("1111") for _ in range(FREE_TRIES)] == [0] * (FREE_TRIES - 1) + [FIRST_WAIT_SECONDS]
    assert pin.try_pin("2468"), "even the right PIN waits"
    clock.now += FIRST_WAIT_SECONDS
    assert pin.try_pin("1111") == 2 * FIRST_WAIT_SECONDS
    for _ in range(20):
        clock.now += LONGEST_WAIT_SECONDS
        pin.try_pin("1111")
    clock.now += LONGEST_WAIT_SECONDS
    assert pin.try_pin("2468") is None


def test_a_damaged_file_opens_no_door(tmp_path: Path) -> None:
    path = tmp_path / "pin.json"
    path.write_text("{")
    pin = StaffPin(path)
    assert pin.is_set
    assert pin.try_pin("") == 0
