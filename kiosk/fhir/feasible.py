"""Whether a survey as a whole can be gone through: no circles, no endless repetition, nothing required of nobody."""

from collections.abc import Iterator, Mapping
from math import prod

from kiosk.answers.enabling import initial_values, is_fixed
from kiosk.fhir.faults import Fault
from kiosk.fhir.node import Node
from kiosk.fhir.plain_words import item_paths
from kiosk.survey import AnyItem, Note, Question, Survey

CHAIN_LIMIT = 100
"""The longest chain of items, each asked only if another is."""
REPETITION_LIMIT = 100
"""How often an item may have to be there before anybody has answered anything."""


def check_feasible(survey: Survey) -> Iterator[Fault]:
    """Items that would be there too often from the start, and required questions that nobody could answer."""
    paths = item_paths(survey)
    for item in survey.walk():
        if isinstance(item, Question) and item.required and is_fixed(survey, item) and not initial_values(item):
            words = (
                f'Item "{item.link_id}" is required, but hidden or readOnly and has no initial value: nobody could answer it.'
            )
            yield Fault(paths[item.link_id], item.link_id, "error", "business-rule", words)
        times = prod(_times(one) for one in (item, *survey.ancestors[item.link_id]))
        if times > REPETITION_LIMIT:
            words = f'Item "{item.link_id}" would be there {times} times from the start; {REPETITION_LIMIT} is the most.'
            yield Fault(paths[item.link_id], item.link_id, "error", "too-costly", words)


def _times(item: AnyItem) -> int:
    if isinstance(item, Note) or not item.repeats:
        return 1
    return max(1, len(initial_values(item)) if isinstance(item, Question) else item.limits.min_occurs or 1)


def check_chains(survey: Survey, conditional: Mapping[str, Node]) -> None:
    """Note items that depend on themselves, and chains too long. `conditional`: an enableWhen by its item's linkId."""
    needs = {item.link_id: frozenset(_needs(survey, item)) & survey.by_link_id.keys() for item in survey.walk()}
    settled = _settle(needs)
    for link_id, node in conditional.items():
        if link_id in needs and link_id not in settled and _reaches(needs, link_id):
            node.fault("business-rule", "has an enableWhen that depends, perhaps by way of others, on itself.", "question")
        if settled.get(link_id) == CHAIN_LIMIT + 1:
            words = f"has an enableWhen that depends on more than {CHAIN_LIMIT} others, one by way of another."
            node.fault("too-costly", words, "question")


def _needs(survey: Survey, item: AnyItem) -> Iterator[str]:
    yield from (condition.question for condition in item.conditions)
    yield from (ancestor.link_id for ancestor in survey.ancestors[item.link_id][-1:])


def _settle(needs: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """How long the chain of needs below each item is; items in or behind a circle are not in it."""
    waits = {link_id: len(needed) for link_id, needed in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for link_id, needed in needs.items():
        for one in needed:
            needed_by.setdefault(one, []).append(link_id)
    ready, length = [link_id for link_id, count in waits.items() if not count], dict.fromkeys(needs, 0)
    settled: dict[str, int] = {}
    while ready:
        link_id = ready.pop()
        settled[link_id] = length[link_id]
        for one in needed_by.get(link_id, ()):
            length[one] = max(length[one], length[link_id] + 1)
            waits[one] -= 1
            if not waits[one]:
                ready.append(one)
    return settled


def _reaches(needs: Mapping[str, frozenset[str]], start: str) -> bool:
    waiting, seen = list(needs[start]), set[str]()
    while waiting:
        link_id = waiting.pop()
        if link_id == start:
            return True
        if link_id not in seen:
            seen.add(link_id)
            waiting += needs.get(link_id, ())
    return False
