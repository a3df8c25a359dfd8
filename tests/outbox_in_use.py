"""The clock, the putting and the looking that the tests of the outbox share."""

from sync.outbox import Outbox

NOON = 1_800_000_000.0
SURVEY = "https://example.org/survey|1"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def put(outbox: Outbox, *numbers: int, size: int = 10) -> None:
    for number in numbers:
        outbox.put(f"id-{number}", SURVEY, f"document {number} ".encode().ljust(size, b"x"))


def due_ids(outbox: Outbox, now: float = NOON, entries: int = 100, size: int = 10**6) -> list[str]:
    return [queued.response_id for queued in outbox.due(now, entries, size)]
