"""Which items are asked: enableWhen, and what an item stands in (FHIR R4 Questionnaire.item.enableWhen).

A condition looks at the nearest asking of its question: first what the item stands in, then what comes before it, then what
comes after. A question that is not asked counts as unanswered, whatever was answered there before. Below one of several
answers of a question, a condition on that question looks at that answer alone: "How kind was the nurse?" is asked below
"nurse", not again below "doctor".
"""

from collections.abc import Mapping

from kiosk.answers.values import compare, same
from kiosk.survey import Answers, AnyItem, Condition, Note, Operator, Place, Question, Section, Survey, Value

Memo = dict[Place, bool]
"""What is already known to be enabled, for one set of answers."""

_ORDERS: Mapping[Operator, tuple[int, ...]] = {
    Operator.ABOVE: (1,),
    Operator.BELOW: (-1,),
    Operator.AT_LEAST: (0, 1),
    Operator.AT_MOST: (-1, 0),
}


def is_enabled(survey: Survey, answers: Answers, place: Place, memo: Memo | None = None) -> bool:
    """Whether `place` exists and its conditions hold. Pass one `memo` for many questions about the same answers."""
    memo = {} if memo is None else memo
    if place not in memo:
        memo[place] = False  # conditions that go round in a circle enable nothing
        memo[place] = _is_enabled(survey, answers, place, memo)
    return memo[place]


def values_at(survey: Survey, answers: Answers, place: Place, memo: Memo | None = None) -> tuple[Value, ...]:
    """What counts as answered at `place`: nothing when it is not asked; what the survey fixed when nobody can change it."""
    item = survey.by_link_id.get(place.link_id)
    if not isinstance(item, Question) or not is_enabled(survey, answers, place, memo):
        return ()
    return answers.get(place) or (initial_values(item) if is_fixed(survey, item) else ())


def initial_values(question: Question) -> tuple[Value, ...]:
    """The values a question starts with (initial, or answerOption.initialSelected)."""
    return question.initial or tuple(option.value for option in question.options if option.initial)


def is_fixed(survey: Survey, item: AnyItem) -> bool:
    """Whether no patient can answer this: it is read-only or in a read-only section, or it or what it stands in is hidden."""
    ancestors = survey.ancestors[item.link_id]
    if item.hidden or (not isinstance(item, Note) and item.read_only):
        return True
    return any(one.hidden or (isinstance(one, Section) and one.read_only) for one in ancestors)


def repeats(item: AnyItem) -> bool:
    """Whether what stands in `item` has a repetition number for it."""
    return not isinstance(item, Note) and item.repeats


def count(answers: Answers, section: Section, place: Place) -> int:
    """How many times a repeating section is filled in at `place`, at least once."""
    stored = answers.get(place, ())
    times = stored[0] if stored and isinstance(stored[0], int) else 1
    return max(times, section.limits.min_occurs or 1, 1)


def _is_enabled(survey: Survey, answers: Answers, place: Place, memo: Memo) -> bool:
    item = survey.by_link_id.get(place.link_id)
    if item is None or not _stands(survey, answers, place, memo):
        return False
    if not item.conditions:
        return True
    results = (_holds(survey, answers, place, condition, memo) for condition in item.conditions)
    return any(results) if item.any_condition else all(results)


def _stands(survey: Survey, answers: Answers, place: Place, memo: Memo) -> bool:
    """Whether what `place` stands in is there: an enabled section filled in that often, or that answer of a question."""
    ancestors = survey.ancestors[place.link_id]
    if not ancestors:
        return not place.repetition
    parent, repetition, index = ancestors[-1], place.repetition, 0
    if repeats(parent):
        if not repetition:
            return False
        repetition, index = repetition[:-1], repetition[-1]
    outer = Place(parent.link_id, repetition)
    if isinstance(parent, Section):
        return is_enabled(survey, answers, outer, memo) and index < (count(answers, parent, outer) if parent.repeats else 1)
    return index < len(values_at(survey, answers, outer, memo))


def _holds(survey: Survey, answers: Answers, place: Place, condition: Condition, memo: Memo) -> bool:
    values = _nearest_values(survey, answers, place, condition.question, memo)
    if condition.operator is Operator.EXISTS:
        return bool(values) is condition.value
    if condition.operator is Operator.EQUALS:
        return any(same(value, condition.value) for value in values)
    if condition.operator is Operator.DIFFERS:  # R4: true when no answer is equal, so also when there is no answer
        return not any(same(value, condition.value) for value in values)
    return any(compare(value, condition.value) in _ORDERS[condition.operator] for value in values)


def _nearest_values(survey: Survey, answers: Answers, place: Place, link_id: str, memo: Memo) -> tuple[Value, ...]:
    question = survey.by_link_id.get(link_id)
    if not isinstance(question, Question):
        return ()
    nearest = _nearest(survey, answers, place, question, memo)
    if nearest is None:
        return ()
    values = values_at(survey, answers, nearest, memo)
    if question.repeats and question in survey.ancestors[place.link_id]:
        index = place.repetition[len(nearest.repetition)]
        return values[index : index + 1]
    return values


def _nearest(survey: Survey, answers: Answers, place: Place, question: Question, memo: Memo) -> Place | None:
    """The asking of `question` nearest to `place`: in the same repetitions, else in the last before, else the first after."""
    theirs = [item for item in survey.ancestors[question.link_id] if repeats(item)]
    ours = [item for item in survey.ancestors[place.link_id] if repeats(item)]
    repetition: tuple[int, ...] = ()
    for depth, item in enumerate(theirs):
        if depth < len(ours) and ours[depth] is item and len(repetition) == depth and repetition == place.repetition[:depth]:
            repetition = place.repetition[: depth + 1]
            continue
        times = _times(survey, answers, Place(item.link_id, repetition), memo)
        if not times:
            return None
        repetition = (*repetition, times - 1 if _precedes(survey, question.link_id, place.link_id) else 0)
    return Place(question.link_id, repetition)


def _times(survey: Survey, answers: Answers, place: Place, memo: Memo) -> int:
    item = survey.by_link_id[place.link_id]
    return count(answers, item, place) if isinstance(item, Section) else len(values_at(survey, answers, place, memo))


def _precedes(survey: Survey, first: str, second: str) -> bool:
    """Whether `first` stands before `second` in the form."""
    return next(link_id for link_id in survey.by_link_id if link_id in {first, second}) == first
