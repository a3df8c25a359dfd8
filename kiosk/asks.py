"""How a question is asked: the question, what was given and what is being typed become an :class:`~kiosk.screens.Ask`."""

from __future__ import annotations

from decimal import Decimal

from kiosk.easy_read import answer_label, is_pictured, item_words
from kiosk.events import Answered, Changed
from kiosk.phrases import phrases
from kiosk.pictures import picture_words
from kiosk.screens import Ask, Button, ChoiceAsk, DateAsk, DatePart, NumberAsk, SliderAsk, TextAsk, Tile
from kiosk.states import Asking, Draft, Preferences
from kiosk.survey import Kind, Option, Place, Question, Value, Wording
from kiosk.words import typed_parts, value_words

DATE_PARTS = {Kind.DATE: ("day", "month", "year"), Kind.TIME: ("hour", "minute")}
DATE_PARTS[Kind.DATE_TIME] = (*DATE_PARTS[Kind.DATE], *DATE_PARTS[Kind.TIME])
SOMETHING_ELSE = "something-else"
"""The picture of the box for what is not among the answers."""
MOST_TILES = 8
"""More options than this are a list."""
COMMA_LANGUAGES = frozenset({"pl", "ro", "pt", "es", "uk"})
SCALES = {
    5: ("very-good", "good", "neither", "poor", "very-poor"),
    4: ("very-good", "good", "poor", "very-poor"),
    3: ("good", "neither", "poor"),
    2: ("good", "poor"),
}
"""The faces of a scale, best first, by how many of its options carry a score."""


def ask_for(question: Question, state: Asking) -> Ask:
    """What the page holds for `question`: its draft if there is one, else the answer already given."""
    draft = state.draft or given_draft(question, state.place, state.session.answers.get(state.place, ()))
    shown = state.session.preferences
    if is_choice(question):
        return _choice(question, draft, shown)
    if question.kind in DATE_PARTS:
        return _date(question, draft, shown.language)
    if _is_slider(question):
        return _slider(question, draft, shown.language)
    if question.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY}:
        return _number(question, draft, shown)
    return _text(question, draft, shown)


def is_choice(question: Question) -> bool:
    """Whether the question is answered by touching one of some answers."""
    return bool(question.options) or question.kind is Kind.BOOLEAN


def given_draft(question: Question, place: Place, values: tuple[Value, ...]) -> Draft:
    """The page as it is when an answer already given is shown again."""
    if is_choice(question):
        return _choice_draft(question, place, values)
    if question.repeats:
        return Draft(place, values, ("",) * len(typed_parts(question, None)))
    return Draft(place, (), typed_parts(question, values[0] if values else None))


def _choice_draft(question: Question, place: Place, values: tuple[Value, ...]) -> Draft:
    listed = {option.value for option in question.options}
    others = [value for value in values if question.options and value not in listed and isinstance(value, str)]
    chosen = tuple(value for value in values if value not in others)
    return Draft(place, chosen, (others[0],) if others else ())


# --- choices -------------------------------------------------------------------------------------------------------


def _choice(question: Question, draft: Draft, shown: Preferences) -> ChoiceAsk:
    language = shown.language
    options = question.options or _yes_and_no(language)
    pictured = is_pictured(options, shown)
    pictures = _pictures(options) if pictured else _faces(options)
    tiles = [
        Tile(
            key=f"option:{number}",
            label=answer_label(option, shown),
            event=_touched(question, draft, option),
            chosen=option.value in draft.chosen,
            picture=pictures.get(number, ""),
            prefix=option.prefix.in_language(language),
            media=option.media,
            picture_words=picture_words(pictures[number], language) if pictured else "",
        )
        for number, option in enumerate(options)
    ]
    other = _other(question, draft, language)
    if question.kind is Kind.OPEN_CHOICE:
        tiles.append(_something_else(question, draft, language, SOMETHING_ELSE if pictured else ""))
    look = "pictured" if pictured else _look(question, bool(pictures), len(tiles))
    return ChoiceAsk(draft.place, tuple(tiles), several=question.repeats, look=look, other=other)


def _yes_and_no(language: str) -> tuple[Option, ...]:
    say = phrases(language)
    yes = Option(True, Wording(say("Yes")), picture="yes")
    return (yes, Option(False, Wording(say("No")), picture="no"))


def _something_else(question: Question, draft: Draft, language: str, picture: str) -> Tile:
    toggled = Changed(draft.place, draft.chosen if question.repeats else (), () if draft.typed else ("",))
    return Tile(
        "option:other",
        phrases(language)("Something else"),
        toggled,
        chosen=bool(draft.typed),
        picture=picture,
        picture_words=picture_words(picture, language),
    )


def _touched(question: Question, draft: Draft, option: Option) -> Answered | Changed:
    """One answer: the touch gives it. Several: the touch ticks or unticks it, and an exclusive one stands alone."""
    if not question.repeats:
        return Answered(draft.place, (option.value,))
    if option.value in draft.chosen:
        return Changed(draft.place, tuple(value for value in draft.chosen if value != option.value), draft.typed)
    alone = {other.value for other in question.options if other.exclusive}
    if option.exclusive:
        return Changed(draft.place, (option.value,), ())
    return Changed(draft.place, (*(value for value in draft.chosen if value not in alone), option.value), draft.typed)


def _other(question: Question, draft: Draft, language: str) -> TextAsk | None:
    if question.kind is not Kind.OPEN_CHOICE or not draft.typed:
        return None
    return TextAsk(
        draft.place,
        chosen=draft.chosen,
        typed=draft.typed,
        max_length=question.limits.max_length,
        one_line=True,
        language=language,
        name=phrases(language)("Something else"),
    )


def _pictures(options: tuple[Option, ...]) -> dict[int, str]:
    """The survey's pictures, by the option's number."""
    return {number: option.picture for number, option in enumerate(options)}


def _faces(options: tuple[Option, ...]) -> dict[int, str]:
    """A face for each scored option of a scale, best score first; the unscored one beside them gets a puzzled face."""
    scored = sorted((-(option.score or Decimal(0)), n) for n, option in enumerate(options) if option.score is not None)
    scale = SCALES.get(len(scored))
    if scale is None or len(options) - len(scored) > 1:
        return {}
    faces = {number: f"face-{name}" for (_, number), name in zip(scored, scale, strict=True)}
    return {number: faces.get(number, "face-dont-know") for number in range(len(options))}


def _look(question: Question, faces: bool, count: int) -> str:
    if faces:
        return "faces"
    if question.control in {"drop-down", "autocomplete"} or count > MOST_TILES:
        return "list"
    return "side-by-side" if question.side_by_side else "tiles"


# --- typed ---------------------------------------------------------------------------------------------------------


def _is_slider(question: Question) -> bool:
    limits = question.limits
    ends = isinstance(limits.min_value, int) and isinstance(limits.max_value, int)
    return question.kind is Kind.INTEGER and question.control == "slider" and ends and not question.repeats


def _slider(question: Question, draft: Draft, language: str) -> SliderAsk:
    limits, say = question.limits, phrases(language)
    assert isinstance(limits.min_value, int)  # noqa: S101 (a slider has both ends: _is_slider)
    assert isinstance(limits.max_value, int)  # noqa: S101
    return SliderAsk(
        draft.place,
        minimum=limits.min_value,
        maximum=limits.max_value,
        chosen=draft.chosen,
        step=limits.slider_step or 1,
        typed=draft.typed,
        lower_label=question.lower_label.in_language(language),
        upper_label=question.upper_label.in_language(language),
        less=say("Less"),
        more=say("More"),
    )


def _number(question: Question, draft: Draft, shown: Preferences) -> NumberAsk:
    language = shown.language
    whole = question.kind is Kind.INTEGER or question.limits.max_decimal_places == 0
    comma = language.partition("-")[0] in COMMA_LANGUAGES
    lowest = question.limits.min_value
    positive = isinstance(lowest, int | Decimal) and lowest >= 0
    return NumberAsk(
        draft.place,
        chosen=draft.chosen,
        typed=draft.typed,
        decimal_mark="" if whole else "," if comma else ".",
        signed=not positive and question.limits.min_value is not None,
        unit=question.unit.display or question.unit.code if question.unit else "",
        units=tuple((unit.code, unit.display or unit.code) for unit in question.units),
        hint=question.entry_format.in_language(language),
        name=item_words(question, shown),
    )


def _date(question: Question, draft: Draft, language: str) -> DateAsk:
    say = phrases(language)
    labels = {
        "day": say("Day"),
        "month": say("Month"),
        "year": say("Year"),
        "hour": say("Hour"),
        "minute": say("Minute"),
    }
    parts = tuple(DatePart(name, labels[name], 4 if name == "year" else 2) for name in DATE_PARTS[question.kind])
    hint = question.entry_format.in_language(language)
    return DateAsk(draft.place, parts, draft.typed, hint=hint, chosen=draft.chosen)


def _text(question: Question, draft: Draft, shown: Preferences) -> TextAsk:
    language = shown.language
    return TextAsk(
        draft.place,
        chosen=draft.chosen,
        typed=draft.typed,
        max_length=question.limits.max_length,
        one_line=question.kind in {Kind.STRING, Kind.URL},
        language=language,
        hint=question.entry_format.in_language(language) or phrases(language)("Write here"),
        name=item_words(question, shown),
    )


# --- several typed answers, and sections that repeat ---------------------------------------------------------------


def added_buttons(question: Question, state: Asking) -> tuple[Button, ...]:
    """What has been given so far to a question that takes several typed answers; a touch takes one away."""
    if is_choice(question) or not question.repeats:
        return ()
    draft = state.draft or given_draft(question, state.place, state.session.answers.get(state.place, ()))
    language = state.session.preferences.language
    say = phrases(language)
    return tuple(
        Button(
            key=f"added:{number}",
            label=value_words(value, language),
            event=Changed(draft.place, _without(draft.chosen, number), draft.typed),
            icon="cross",
            detail=say("Take away"),
        )
        for number, value in enumerate(draft.chosen)
    )


def _without(values: tuple[Value, ...], number: int) -> tuple[Value, ...]:
    return values[:number] + values[number + 1 :]


def another_ask(state: Asking) -> ChoiceAsk:
    """The question "Add another?" after each time a repeating section was filled in. Yes is True."""
    say = phrases(state.session.preferences.language)
    yes = Tile("option:0", say("Yes, add another"), Answered(state.place, (True,)), picture="plus")
    no = Tile("option:1", say("No, that is all"), Answered(state.place, (False,)))
    return ChoiceAsk(state.place, (yes, no), look="tiles")
