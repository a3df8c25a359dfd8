"""Where a patient is led: the places that exist, those shown as pages, those still to answer."""

from collections.abc import Iterator

from kiosk.answers.enabling import Memo, count, is_enabled, is_fixed, values_at
from kiosk.survey import Answers, AnyItem, Note, Place, Question, Section, Survey

BESIDE_THE_QUESTION = frozenset({"help", "flyover", "unit", "lower", "upper"})
"""itemControl codes of a display below a question that is shown with the question, not on a page of its own."""
_INSTRUCTIONS = frozenset({"instructions", "help"})
"""displayCategory codes that do the same where nothing has to be answered first."""

__all__ = ["count", "item_at", "missing", "pages", "pruned", "walk"]


def item_at(survey: Survey, place: Place) -> AnyItem:
    """The item asked at `place`. Raises KeyError for a linkId the survey does not have."""
    return survey.by_link_id[place.link_id]


def walk(survey: Survey, answers: Answers, memo: Memo | None = None) -> Iterator[tuple[AnyItem, Place]]:
    """Every place that exists and is enabled, hidden ones too, in the order of the form."""
    yield from _walk(survey, answers, survey.items, (), {} if memo is None else memo)


def pages(survey: Survey, answers: Answers) -> tuple[Place, ...]:
    """The places a patient walks through in order, each a page, given the answers so far.

    Notes and questions stand alone on their page. After the last filled repetition of a repeating section comes the
    section's own place: the page that offers to fill in another.
    """
    return tuple(_pages(survey, answers, survey.items, (), {}))


def missing(survey: Survey, answers: Answers) -> tuple[Place, ...]:
    """The places where an answer is required and there is none.

    For a required section without answers, and one begun but not filled in as often as it must be, the first page to fill in.
    """
    memo: Memo = {}
    found: list[Place] = []
    for item, place in walk(survey, answers, memo):
        if isinstance(item, Question):
            if item.required and not is_fixed(survey, item) and not values_at(survey, answers, place, memo):
                found.append(place)
        elif isinstance(item, Section) and not is_fixed(survey, item):
            found += _unfilled(survey, answers, item, place, memo)
    return tuple(dict.fromkeys(found))


def pruned(survey: Survey, answers: Answers) -> Answers:
    """The answers without those of places that no longer exist or are not asked."""
    memo: Memo = {}
    kept = {}
    for place, values in answers.items():
        item = survey.by_link_id.get(place.link_id)
        if values and item is not None and is_enabled(survey, answers, place, memo):
            kept[place] = values
    return kept


def inner_repetitions(survey: Survey, answers: Answers, item: AnyItem, place: Place, memo: Memo) -> tuple[tuple[int, ...], ...]:
    """The repetition numbers what stands in `item` has: one tuple for each time it is asked."""
    if isinstance(item, Note) or not item.items:
        return ()
    if isinstance(item, Section):
        times = count(answers, item, place) if item.repeats else 1
    else:
        times = len(values_at(survey, answers, place, memo))
    if not item.repeats:
        return (place.repetition,) if times else ()
    return tuple((*place.repetition, index) for index in range(times))


def _walk(
    survey: Survey, answers: Answers, items: tuple[AnyItem, ...], repetition: tuple[int, ...], memo: Memo
) -> Iterator[tuple[AnyItem, Place]]:
    for item in items:
        place = Place(item.link_id, repetition)
        if is_enabled(survey, answers, place, memo):
            yield item, place
            for inner in inner_repetitions(survey, answers, item, place, memo):
                yield from _walk(survey, answers, item.items, inner, memo)


def _pages(
    survey: Survey, answers: Answers, items: tuple[AnyItem, ...], repetition: tuple[int, ...], memo: Memo
) -> Iterator[Place]:
    for item in items:
        place = Place(item.link_id, repetition)
        if item.hidden or not is_enabled(survey, answers, place, memo):
            continue
        if _is_page(survey, item, place):
            yield place
        inner = inner_repetitions(survey, answers, item, place, memo)
        for one in inner:
            yield from _pages(survey, answers, item.items, one, memo)
        if isinstance(item, Section) and _offers_another(survey, answers, item, place, len(inner)):
            yield place


def _is_page(survey: Survey, item: AnyItem, place: Place) -> bool:
    if isinstance(item, Question):
        return not is_fixed(survey, item)
    if isinstance(item, Section) or not (item.text or item.media):
        return False
    ancestors = survey.ancestors[item.link_id]
    if not ancestors or not isinstance(ancestors[-1], Question):
        return True
    once = not ancestors[-1].repeats or place.repetition[-1] == 0
    return once and not is_beside_the_question(item)


def is_beside_the_question(note: AnyItem) -> bool:
    """Whether a display below a question is shown with it: its labels, its help, and how to answer it."""
    return note.control in BESIDE_THE_QUESTION or (note.category in _INSTRUCTIONS and not note.conditions)


def _offers_another(survey: Survey, answers: Answers, section: Section, place: Place, times: int) -> bool:
    if not section.repeats or is_fixed(survey, section) or times >= (section.limits.max_occurs or times + 1):
        return False
    last = (*place.repetition, times - 1)
    return any(_is_within(survey, section, at, last) for at, values in answers.items() if values)


def _is_within(survey: Survey, section: Section, place: Place, repetition: tuple[int, ...]) -> bool:
    """Whether `place` stands in that repetition of `section`."""
    return place.repetition[: len(repetition)] == repetition and section in survey.ancestors.get(place.link_id, ())


def _unfilled(survey: Survey, answers: Answers, section: Section, place: Place, memo: Memo) -> list[Place]:
    firsts = []
    inner = inner_repetitions(survey, answers, section, place, memo)
    for repetition in inner:
        questions = [pair for pair in _walk(survey, answers, section.items, repetition, memo) if isinstance(pair[0], Question)]
        if not any(values_at(survey, answers, at, memo) for _, at in questions):
            firsts += [next((at for item, at in questions if not is_fixed(survey, item)), None)]
    filled, needed = len(inner) - len(firsts), section.limits.min_occurs or 0
    if filled < (max(needed, 1) if section.required or filled else 0):
        return [at for at in firsts[:1] if at]
    return []
