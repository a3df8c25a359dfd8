"""How a set of answers becomes the next one."""

from collections.abc import Iterator

from kiosk.answers.enabling import Memo, count, initial_values
from kiosk.answers.places import walk
from kiosk.answers.values import same
from kiosk.survey import Answers, Place, Question, Section, Survey, Value


def starting(survey: Survey, answers: Answers | None = None) -> Answers:
    """The answers a session starts with: the survey's initial values, at every place that exists from the start."""
    started = dict(answers or {})
    while True:  # an initial value may enable a question that has one too
        memo: Memo = {}
        found = {
            place: initial_values(item)
            for item, place in walk(survey, started, memo)
            if isinstance(item, Question) and place not in started and initial_values(item)
        }
        if not found:
            return started
        started |= found


def put(survey: Survey, answers: Answers, place: Place, values: tuple[Value, ...]) -> Answers:
    """The answers with `values` at `place`. What was answered below a value follows it; below a value taken away it goes."""
    item = survey.by_link_id[place.link_id]
    changed = {at: held for at, held in answers.items() if at != place}
    if values:
        changed[place] = values
    if not isinstance(item, Question) or not item.items:
        return changed
    before = answers.get(place, ())
    moves = dict(_moves(before, values)) if item.repeats else dict.fromkeys(range(1 if values else 0), 0)
    depth = len(place.repetition)
    for at in [at for at in changed if _is_below(survey, item, at, place)]:
        held = changed.pop(at)
        index = at.repetition[depth] if item.repeats else 0
        if index in moves:
            moved = (*at.repetition[:depth], moves[index], *at.repetition[depth + 1 :]) if item.repeats else at.repetition
            changed[Place(at.link_id, moved)] = held
    return changed


def another(survey: Survey, answers: Answers, place: Place) -> Answers:
    """The answers with the repeating section at `place` begun once more, its initial values in place."""
    section = survey.by_link_id[place.link_id]
    if not isinstance(section, Section) or not section.repeats:
        return answers
    times = count(answers, section, place)
    begun = {**answers, place: (times + 1,)}
    repetition = (*place.repetition, times)
    fresh = starting(survey, begun)
    added = {
        at: values
        for at, values in fresh.items()
        if at not in begun and at.repetition[: len(repetition)] == repetition and section in survey.ancestors[at.link_id]
    }
    return {**begun, **added}


def _moves(before: tuple[Value, ...], after: tuple[Value, ...]) -> Iterator[tuple[int, int]]:
    """Which answer stands where now: index before, index after."""
    free = list(range(len(after)))
    for old, value in enumerate(before):
        new = next((index for index in free if same(value, after[index])), None)
        if new is not None:
            free.remove(new)
            yield old, new


def _is_below(survey: Survey, question: Question, at: Place, place: Place) -> bool:
    depth = len(place.repetition)
    return at.repetition[:depth] == place.repetition and question in survey.ancestors.get(at.link_id, ())
