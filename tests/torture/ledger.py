"""What patients gave and were promised, beside what the hub keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


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

    def note(self, line: str) -> None:
        """One line of the kiosk's; those that tell of no response are passed over."""
        word, *rest = line.split()
        if word == "offered":
            self._offer(*rest)
        elif word in {"thanked", "kept"}:
            self.acknowledged[rest[0]] = rest[1]
        elif word == "unsaved":
            self.wrong.append(f"The kiosk did not say that {rest[0]} is safe.")

    def _offer(self, response_id: str, digest: str) -> None:
        if response_id in self.offered:
            self.wrong.append(f"Two people were given the same id: {response_id}.")
        self.offered[response_id] = digest

    def audit(self, stored: Iterable[Stored], other: Iterable[str] = ()) -> Audit:
        """Everything acknowledged is there once, as it was said; nothing is there that nobody gave."""
        rows = [(row.response_id, row.digest) for row in stored]
        times = Counter(response_id for response_id, _ in rows)
        return Audit(
            acknowledged=len(self.acknowledged),
            lost=tuple(response_id for response_id in self.acknowledged if not times[response_id]),
            doubled=tuple(response_id for response_id, count in times.items() if count > 1),
            altered=tuple(response_id for response_id, digest in rows if self.offered.get(response_id, digest) != digest),
            invented=tuple(response_id for response_id in times if response_id not in self.offered),
            other=(*self.wrong, *other),
        )
