"""Which presses of a key count, and which are one and the same press (S27 to S29). Pure: times come from outside."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.keys import JACK, Key

IDENTICAL_KEY_SECONDS = 0.5
"""A second press of the same key within this time is the same press (S28)."""
UP_DOWN_SHARE = 0.3
"""Of that time for Up and Down, which people press many times in a row: 0.15 s of 0.5 s (S138)."""
HELD_SECONDS = 10.0
"""A key that is held longer holds nothing up: it is stuck, or its release got lost."""
REPEAT_GAP_SECONDS = 0.03
"""Nobody presses again so soon after letting go. X11 tells a held key as pairs of release and press, which Qt takes for
auto-repeat only when it sees both at once: of 15 repeats under Xvfb it missed 12."""


@dataclass
class Presses:
    """Which presses count. A key is the number that tells it from others; times are in seconds."""

    identical_key_seconds: float
    down: dict[int, float] = field(default_factory=dict)
    """Since when each key is held."""
    let_go: tuple[int, float, float] = (0, -1.0, -1.0)
    """The key let go last, when, and since when it had been held."""
    last: tuple[int, float] = (0, -1.0)
    """The key that counted last, and when it was pressed, or let go."""
    is_last_down: bool = False

    def pressed(self, number: int, now: float, meaning: Key | None, *, repeats: bool) -> bool:
        """Whether this press counts. `repeats`: the system says that it is a held key's repeat."""
        released, at, since = self.let_go
        if repeats or (released == number and 0 <= now - at <= REPEAT_GAP_SECONDS):
            if meaning not in JACK:
                self.down.setdefault(number, since if released == number else now)
            return False
        counts = not self._is_again(number, now, meaning) and (meaning in JACK or not self._is_second(number, now))
        if meaning not in JACK:
            self.down[number] = now
        if counts:
            self.last = (number, now)
        if number == self.last[0]:
            self.is_last_down = counts
        return counts

    def released(self, number: int, now: float) -> None:
        """From here on the time for the same key runs: a finger that trembles does so as it lifts."""
        self.let_go = (number, now, self.down.pop(number, now))
        if self.is_last_down and number == self.last[0]:
            self.last = (number, now)

    def _is_again(self, number: int, now: float, meaning: Key | None) -> bool:
        """Too soon after the same key."""
        wait = self.identical_key_seconds * (UP_DOWN_SHARE if meaning in {Key.UP, Key.DOWN} else 1)
        return wait > 0 and number == self.last[0] and 0 <= now - self.last[1] <= wait

    def _is_second(self, number: int, now: float) -> bool:
        """Beside another key that is held."""
        return any(other != number and 0 <= now - since < HELD_SECONDS for other, since in self.down.items())
