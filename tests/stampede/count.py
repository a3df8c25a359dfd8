"""Counting afterwards: what was said on the devices beside what the hub keeps and what its staff see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.app.hub_figures import counts_by_question, fetch_results
from tests.stampede.hubs import Hubs
from tests.stampede.people import SLUG, codes
from tests.torture.said import digest_of


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the responses. `wrong` holds a sentence for each figure that staff see and that is not so."""

    said: int
    kept: int
    lost: int
    doubled: int
    altered: int
    invented: int
    wrong: tuple[str, ...]

    @property
    def exactly_once(self) -> bool:
        return self.said == self.kept and not (self.lost or self.doubled or self.altered or self.invented or self.wrong)

    def __str__(self) -> str:
        told = f"{self.kept} of {self.said} kept: {self.lost} lost, {self.doubled} doubled, {self.altered} altered"
        return "; ".join((told, *(self.wrong or ("the figures that staff see agree",))))


def counted(hubs: Hubs, said: Mapping[str, str]) -> Counted:
    """`said`: for each response's id the digest of what it says."""
    kept = Counter[str]()
    altered = 0
    answers = Counter[tuple[str, str]]()
    for identity, raw in hubs.stored():
        document = json.loads(raw)
        kept[identity] += 1
        altered += said.get(identity) not in {None, digest_of(document)}
        answers.update(codes(document))
    return Counted(
        said=len(said),
        kept=kept.total(),
        lost=len(said.keys() - kept.keys()),
        doubled=sum(times - 1 for times in kept.values()),
        altered=altered,
        invented=len(kept.keys() - said.keys()),
        wrong=tuple(_wrong_figures(hubs, kept.total(), answers)),
    )


def _wrong_figures(hubs: Hubs, kept: int, answers: Counter[tuple[str, str]]) -> Iterator[str]:
    results = fetch_results(hubs.where, SLUG)
    if results["responses"]["total"] != kept:
        yield f"the figures tell of {results['responses']['total']} responses"
    shown = {(link_id, code): count for link_id, found in counts_by_question(results).items() for code, count in found.items()}
    if shown != dict(answers):
        yield "the figures of the questions are not what was answered"
