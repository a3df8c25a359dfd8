"""What patients gave and were promised, beside what the hub keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

NO_ID = "-"


@dataclass(frozen=True, slots=True)
class Stored:
    """One response in the hub: its id, and the digest of what it says."""

    response_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Audit:
    """How it ended. Each fault is an id and its fate, without a word of the answers."""

    acknowledged: int
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    """Whatever else is wrong, in a sentence each."""
    on_device: Mapping[str, str] = field(default_factory=dict)
    """The state of each response in the device's outbox."""
    stopped: int = 0
    """Responses in the hub for which the kill came before the thanks."""

    @property
    def is_clean(self) -> bool:
        return not any((self.lost, self.doubled, self.altered, self.invented, self.other))

    def fates(self) -> Iterator[str]:
        """One line for each fault."""
        for fate in ("lost", "doubled", "altered", "invented"):
            for response_id in getattr(self, fate):
                yield f"{fate}: {response_id} (on the device: {self.on_device.get(response_id, 'not there')})"
        yield from self.other


@dataclass
class Ledger:
    """Written line by line from what the kiosk's process says."""

    offered: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    """What somebody in the middle of a session has answered: a crash must not lose it."""
    _possible: dict[str, set[str]] = field(default_factory=dict)
    """For each id the digests of what may be found: what was given, and what was just about to be."""
    _first_answers: Counter[str] = field(default_factory=Counter)
    """What was just about to be given on the welcome screen, where there is no id yet."""

    def note(self, line: str) -> None:
        """One line of the kiosk's; those that tell of no response are passed over."""
        word, *rest = line.split()
        match word:
            case "gives":
                self._give(*rest)
            case "given":
                if rest[0] not in self._possible:
                    self._first_answers[rest[1]] -= 1
                self.given[rest[0]], self._possible[rest[0]] = rest[1], {rest[1]}
            case "forgets":
                self.given.pop(rest[0], None)
            case "forgot":
                self._possible.pop(rest[0], None)
            case "offered":
                self._offer(*rest)
            case "thanked" | "kept":
                self.acknowledged[rest[0]], self._possible[rest[0]] = rest[1], {rest[1]}
            case "unsaved":
                self.wrong.append(f"The kiosk did not say that {rest[0]} is safe.")

    def _give(self, response_id: str, digest: str) -> None:
        if response_id == NO_ID:
            self._first_answers[digest] += 1
        else:
            self._possible.setdefault(response_id, set()).add(digest)

    def _offer(self, response_id: str, digest: str) -> None:
        if response_id in self.offered:
            self.wrong.append(f"Two people were given the same id: {response_id}.")
        self.offered[response_id] = digest
        self._possible.setdefault(response_id, set()).add(digest)

    def audit(self, stored: Iterable[Stored], other: Iterable[str] = ()) -> Audit:
        """Everything acknowledged is there once, as it was said; nothing is there that nobody gave."""
        rows = [(row.response_id, row.digest) for row in stored]
        times = Counter(response_id for response_id, _ in rows)
        strangers = [(response_id, digest) for response_id, digest in rows if response_id not in self._possible]
        first = Counter(digest for _, digest in strangers) - self._first_answers
        return Audit(
            acknowledged=len(self.acknowledged),
            stopped=sum(1 for response_id in times if response_id not in self.acknowledged),
            lost=tuple(response_id for response_id in self.acknowledged | self.given if not times[response_id]),
            doubled=tuple(response_id for response_id, count in times.items() if count > 1),
            altered=tuple(name for name, digest in rows if digest not in self._possible.get(name, {digest})),
            invented=tuple(response_id for response_id, digest in strangers if digest in first),
            other=(*self.wrong, *other),
        )
