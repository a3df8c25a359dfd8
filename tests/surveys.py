"""Small surveys for tests, as values."""

from decimal import Decimal

from kiosk.states import Rules
from kiosk.survey import AnyItem, Coding, Condition, Kind, Limits, Note, Operator, Option, Question, Section, Survey, Wording

RATINGS = ("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know")


def coding(words: str) -> Coding:
    return Coding(words.lower().replace(" ", "-").replace("'", ""), "urn:test", words)


def rating(link_id: str = "fft") -> Question:
    """The Friends and Family question's shape: five scored answers and "don't know"."""
    options = tuple(
        Option(coding(words), Wording(words, (("ur", f"ur {words}"),)), score=None if number == 5 else Decimal(5 - number))
        for number, words in enumerate(RATINGS)
    )
    return Question(link_id=link_id, kind=Kind.CHOICE, text=Wording("How was it?", (("ur", "کیسا رہا؟"),)), options=options)


def several(link_id: str = "needs") -> Question:
    options = (
        Option(coding("Interpreter"), Wording("Interpreter")),
        Option(coding("Large print"), Wording("Large print")),
        Option(coding("None"), Wording("None"), exclusive=True),
    )
    return Question(link_id=link_id, kind=Kind.CHOICE, text=Wording("What did you need?"), options=options, repeats=True)


def words(link_id: str = "why", *, required: bool = False) -> Question:
    limits = Limits(max_length=200)
    return Question(link_id=link_id, kind=Kind.TEXT, text=Wording("Why?"), required=required, limits=limits)


def only_if_poor(link_id: str = "sorry") -> Question:
    condition = Condition("fft", Operator.EQUALS, coding("Poor"))
    return Question(link_id=link_id, kind=Kind.STRING, text=Wording("What went wrong?"), conditions=(condition,))


def visits() -> Section:
    """A section that can be filled in more than once."""
    number = Question(link_id="wait", kind=Kind.INTEGER, text=Wording("How many minutes did you wait?"))
    return Section(link_id="visits", text=Wording("Your visits"), repeats=True, items=(number,))


def note() -> Note:
    return Note(link_id="note", text=Wording("Nearly done."))


def survey_of(*items: AnyItem, languages: tuple[str, ...] = ("en-GB", "ur")) -> Survey:
    return Survey(
        url="urn:test:survey", version="1", title=Wording("Test survey"), language="en-GB", languages=languages, items=items
    )


def rules_of(*items: AnyItem) -> Rules:
    return Rules(survey_of(*items))
