"""A question of every kind is answered with the keys of a keypad alone; what is kept is what was meant (S2, S25, S61)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kiosk.events import ListeningStarted
from kiosk.fhir import read_survey
from kiosk.keys import Key
from kiosk.states import Reviewing, Rules, Thanks
from kiosk.survey import Attachment, Coding, Date, Quantity, Reference, Time, Url, Value
from kiosk.words import attachment_words
from tests.test_listening import Hand
from tests.walking import Walker

EVERY_TYPE = Path(__file__).parent / "data" / "every-type.json"


class Person:
    """Presses keys; names the page they are on by its question's linkId."""

    def __init__(self) -> None:
        rules = Rules(read_survey(EVERY_TYPE.read_bytes()))
        self.hand = Hand(Walker(rules).happens(ListeningStarted(by_keypad=True)))

    @property
    def page(self) -> str:
        place = self.hand.walker.screen.place
        return place.link_id if place else self.hand.walker.screen.kind.value

    def chooses(self, page: str, *words: str, then: Key | None = None) -> Person:
        """These stops in turn, by Down and Select, from the top of the page; `then` a key to go on."""
        assert self.page == page
        for word in words:
            self.to_the_top()
            self.hand.goes_to(word).presses(Key.SELECT)
        return self.goes_on(then)

    def fills(self, page: str, *boxes: tuple[str, str], then: Key | None = Key.FORWARD) -> Person:
        """Boxes by their names, each with what is written in it, sign by sign."""
        assert self.page == page, self.hand.walker.screen.problem
        for name, text in boxes:
            self.to_the_top()
            self.hand.goes_to(name).presses(Key.SELECT)
            for letter in text:
                self.hand.goes_to(NAMES.get(letter, letter)).presses(Key.SELECT)
            self.hand.presses(Key.BACK)
        return self.goes_on(then)

    def goes_on(self, key: Key | None) -> Person:
        if key:
            self.hand.presses(Key.HELP, key)  # Help first: on a new page a key only says where one is
        return self

    def to_the_top(self) -> None:
        self.hand.presses(Key.HELP).goes_to("This is the start.", Key.UP)

    def given(self) -> dict[str, list[object]]:
        """What was kept, by linkId."""
        [finished] = self.hand.walker.finished
        answers: dict[str, list[object]] = {}
        for place, values in finished.answers.items():
            answers.setdefault(place.link_id, []).extend(plain(value) for value in values)
        return answers


NAMES = {" ": "Space", "-": "Minus", ".": "Decimal point", "/": "slash", "^": "Capital letters"}


def plain(value: Value) -> object:
    match value:
        case Coding(code=code):
            return code
        case Date(text=text) | Time(text=text) | Url(text=text):
            return text
        case Quantity(value=number, code=code):
            return (number, code)
        case Attachment():
            return attachment_words(value)
        case Reference(reference=reference, display=display):
            return reference or display
        case _:
            return value


def about_the_visit(person: Person) -> None:
    person.chooses("fft", "Good").goes_on(Key.FORWARD)
    person.chooses("well", "Yes")
    person.fills("came", ("Day", "05"), ("Month", "03"), ("Year", "2026"))
    person.goes_on(Key.FORWARD)
    person.fills("lunch", ("Hour", "12"), ("Minute", "15"))
    person.fills("fare", ("Your number", "2.50")).fills("warmth", ("Your number", "-3.5"))
    person.fills("minutes", ("Your number", "45"))
    person.chooses("pain", "More", "Less", then=Key.FORWARD)
    person.fills("where", ("Your words", "my knee"))


def in_words(person: Person) -> None:
    person.fills("area", ("Your words", "^ls1"))
    person.fills("best", ("Your words", "kind people")).fills("page", ("Your words", "example/care"))
    person.chooses("who", "a) A nurse").chooses("ward", "Cedar")
    person.chooses("needs", "More time", "Large print", then=Key.FORWARD)
    person.chooses("had", "Partly").chooses("had", "Yes")


def others_and_things(person: Person) -> None:
    person.chooses("by", "Something else").fills("by", ("Your words", "on foot"))
    person.chooses("helped", "My family", "Something else").fills("helped", ("Your words", "a friend"))
    person.fills("letter", ("Your words", "come")).fills("sender", ("Your words", "my doctor"))
    person.chooses("clinic", "South clinic")
    person.chooses("bag", "pounds").fills("bag", ("Your number", "12")).fills("height", ("Your number", "172"))
    person.fills("words", ("Your words", "calm"), then=None).chooses("words", "Add another")
    person.fills("words", ("Your words", "clean"))
    person.fills("nights", ("Your number", "2")).chooses("stays", "Yes, add another")
    person.fills("nights", ("Your number", "3")).chooses("stays", "No, that is all")
    person.fills("thanks", ("Your words", "mo")).chooses("again", "No")
    person.goes_on(Key.FORWARD)


GIVEN: dict[str, list[object]] = {
    "fft": ["good"],
    "well": [True],
    "came": ["2026-03-05"],
    "lunch": ["12:15:00"],
    "fare": [Decimal("2.50")],
    "warmth": [Decimal("-3.5")],
    "minutes": [45],
    "pain": [4],
    "where": ["My knee"],
    "area": ["LS1"],
    "best": ["Kind people"],
    "page": ["Example/care"],
    "who": ["nurse"],
    "ward": ["cedar"],
    "needs": ["more-time", "large-print"],
    "had": ["partly", "yes"],
    "by": ["On foot"],
    "helped": ["family", "A friend"],
    "letter": ["Come"],
    "sender": ["My doctor"],
    "clinic": ["Location/south"],
    "bag": [(Decimal(12), "[lb_av]")],
    "height": [(Decimal(172), "cm")],
    "words": ["Calm", "Clean"],
    "nights": [2, 3],
    "thanks": ["Mo"],
    "again": ["no"],
}


def test_a_question_of_every_kind_is_answered_by_keys_alone() -> None:
    person = Person()
    about_the_visit(person)
    in_words(person)
    others_and_things(person)
    assert isinstance(person.hand.walker.state, Reviewing)
    person.chooses("review", "Send")
    assert isinstance(person.hand.walker.state, Thanks)
    given = person.given()
    assert {link_id: given.get(link_id) for link_id in GIVEN} == GIVEN
