"""What is shown is what is said, in the person's language."""

import pytest

from kiosk.present import present
from kiosk.screens import ChoiceAsk, DateAsk, NumberAsk, PageKind, Route, SliderAsk, TextAsk
from kiosk.site import Site
from kiosk.states import THEMES, ChoosingPin, EnteringPin, OutOfOrder, StaffArea, Thanks, Welcome
from kiosk.survey import Coding, Kind, Limits, Option, Question, Wording
from tests.surveys import coding, note, rating, rules_of, several, words
from tests.walking import Walker

ROUTES = (
    Route(
        "route:0", "Care Quality Commission", "https://www.cqc.org.uk/give-feedback-on-care", "web", "https://www.cqc.org.uk"
    ),
    Route("route:1", "Care Quality Commission", "03000 616161", "phone"),
)
SITE = Site(languages=("en-GB", "ur"), spoken=frozenset({"en", "ur"}), routes=ROUTES)


def ask_of(question: Question) -> object:
    return Walker(rules_of(question)).screen.ask


def test_the_welcome_screen_asks_the_first_question_at_once() -> None:
    screen = Walker(rules_of(rating(), words())).screen
    assert screen.kind is PageKind.WELCOME
    assert screen.heading == "How was it?"
    assert isinstance(screen.ask, ChoiceAsk)
    assert len(screen.ask.tiles) == 6


def test_the_welcome_screen_says_who_listens_how_long_and_that_it_is_not_for_urgent_help() -> None:
    """S150, NEEDS: why people stay silent."""
    screen = Walker(rules_of(rating())).screen
    said = " ".join(line.text for line in screen.lines)
    assert "about a minute" in said
    assert "will not change your care" in said
    assert "999" in screen.notice
    assert "111" in screen.notice


def test_every_language_stands_on_the_welcome_screen_by_its_own_name() -> None:
    screen = Walker(rules_of(rating())).screen
    assert [button.label for button in screen.languages] == ["English", "اردو"]


def test_nothing_is_chosen_before_a_person_chooses() -> None:
    """S100."""
    ask = Walker(rules_of(rating())).screen.ask
    assert isinstance(ask, ChoiceAsk)
    assert not any(tile.chosen for tile in ask.tiles)


def test_a_scale_gets_faces_and_every_face_has_words() -> None:
    """S56."""
    ask = ask_of(rating())
    assert isinstance(ask, ChoiceAsk)
    assert ask.look == "faces"
    faces = ["face-very-good", "face-good", "face-neither", "face-poor", "face-very-poor", "face-dont-know"]
    assert [tile.picture for tile in ask.tiles] == faces
    assert all(tile.label for tile in ask.tiles)


def test_answers_without_scores_get_no_faces() -> None:
    ask = ask_of(several())
    assert isinstance(ask, ChoiceAsk)
    assert ask.look == "tiles"
    assert not any(tile.picture for tile in ask.tiles)


def test_many_answers_are_a_list() -> None:
    options = tuple(Option(Coding(str(n)), Wording(f"Answer {n}")) for n in range(12))
    ask = ask_of(Question(link_id="q", kind=Kind.CHOICE, text=Wording("Which?"), options=options))
    assert isinstance(ask, ChoiceAsk)
    assert ask.look == "list"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Question(link_id="q", kind=Kind.BOOLEAN, text=Wording("Q?")), ChoiceAsk),
        (Question(link_id="q", kind=Kind.INTEGER, text=Wording("Q?")), NumberAsk),
        (Question(link_id="q", kind=Kind.DECIMAL, text=Wording("Q?")), NumberAsk),
        (Question(link_id="q", kind=Kind.QUANTITY, text=Wording("Q?")), NumberAsk),
        (Question(link_id="q", kind=Kind.DATE, text=Wording("Q?")), DateAsk),
        (Question(link_id="q", kind=Kind.DATE_TIME, text=Wording("Q?")), DateAsk),
        (Question(link_id="q", kind=Kind.TIME, text=Wording("Q?")), DateAsk),
        (Question(link_id="q", kind=Kind.STRING, text=Wording("Q?")), TextAsk),
        (Question(link_id="q", kind=Kind.TEXT, text=Wording("Q?")), TextAsk),
        (Question(link_id="q", kind=Kind.URL, text=Wording("Q?")), TextAsk),
        (Question(link_id="q", kind=Kind.ATTACHMENT, text=Wording("Q?")), TextAsk),
        (Question(link_id="q", kind=Kind.REFERENCE, text=Wording("Q?")), TextAsk),
    ],
)
def test_every_kind_of_question_has_a_way_to_answer(question: Question, kind: type) -> None:
    assert isinstance(ask_of(question), kind)


def test_a_whole_number_with_both_ends_and_a_slider_control_is_a_slider() -> None:
    limits = Limits(min_value=0, max_value=10, slider_step=2)
    question = Question(link_id="q", kind=Kind.INTEGER, text=Wording("Q?"), control="slider", limits=limits)
    ask = ask_of(question)
    assert isinstance(ask, SliderAsk)
    assert (ask.minimum, ask.maximum, ask.step, ask.typed) == (0, 10, 2, ("",))


def test_something_else_opens_a_box_for_words() -> None:
    options = (Option(coding("Car"), Wording("Car")),)
    walker = Walker(rules_of(Question(link_id="q", kind=Kind.OPEN_CHOICE, text=Wording("How did you come?"), options=options)))
    assert isinstance(walker.screen.ask, ChoiceAsk)
    assert walker.screen.ask.other is None
    walker.touches("Something else")
    assert isinstance(walker.screen.ask, ChoiceAsk)
    assert walker.screen.ask.other is not None
    walker.types("On foot").touches("Next")
    assert walker.screen.rows[0].answer == "On foot"


def test_words_are_asked_for_without_names() -> None:
    """S157."""
    walker = Walker(rules_of(rating(), words())).touches("Good")
    assert "Please do not write names." in [line.text for line in walker.screen.lines]


def test_every_screen_of_a_session_has_the_tools_in_the_same_order() -> None:
    walker = Walker(rules_of(rating(), words(), several()))
    seen = []
    for label in ("Good", "Skip", "Skip", "Send"):
        seen.append([tool.key for tool in walker.screen.tools])
        walker.touches(label)
    assert all(keys == ["tool:language", "tool:size", "tool:theme", "tool:easier", "tool:aloud"] for keys in seen)


def test_no_voice_no_button() -> None:
    """S16: never a wrong voice, never a button that pretends."""
    site = Site(languages=("en-GB", "ur"), spoken=frozenset({"en"}))
    walker = Walker(rules_of(rating(), words()), site=site)
    assert walker.sees("Read aloud")
    walker.touches("اردو")
    assert not any(tool.key == "tool:aloud" for tool in walker.screen.tools)


def test_the_read_aloud_button_tells_its_state() -> None:
    """S26."""
    walker = Walker(rules_of(rating(), words()))
    assert walker.control("Read aloud").detail == "Off"  # type: ignore[union-attr]
    walker.touches("Read aloud")
    assert walker.control("Read aloud").detail == "On"  # type: ignore[union-attr]
    assert walker.control("Read aloud").pressed is True  # type: ignore[union-attr]


def everything_visible(walker: Walker) -> list[str]:
    screen = walker.screen
    ask = screen.ask
    tiles = ask.tiles if isinstance(ask, ChoiceAsk) else ()
    visible = [screen.heading, screen.context, screen.problem, screen.notice, screen.countdown]
    visible += [line.text for line in screen.lines] + [tile.label for tile in tiles]
    visible += [button.label for button in screen.buttons()] + ([screen.progress.words] if screen.progress else [])
    return [text for text in visible if text]


def everything_heard(walker: Walker) -> str:
    """What is spoken, without the joiners that make a voice say digits one by one."""
    return " ".join(utterance.text for utterance in walker.screen.spoken).replace("\u2060", "")


def test_everything_on_the_screen_is_heard() -> None:
    """S4: what is spoken is a superset of what is visible, on every page of a session."""
    walker = Walker(rules_of(rating(), note(), words(), several()), site=SITE)
    for label in ("Good", "Next", "Skip", "Interpreter", "Next", "Send"):
        heard = everything_heard(walker)
        missing = [text for text in everything_visible(walker) if text not in heard and text != "Change"]
        assert not missing
        walker.touches(label)
    heard = everything_heard(walker)
    assert all(text in heard for text in everything_visible(walker))


def test_an_answer_is_heard_with_its_position_and_whether_it_is_chosen() -> None:
    walker = Walker(rules_of(rating(), words())).touches("Good").touches("Back")
    heard = [utterance.text for utterance in walker.screen.spoken]
    assert "Good. Answer 2 of 6. Chosen" in heard
    assert "Poor. Answer 4 of 6" in heard


def test_a_persons_own_words_are_never_spoken_on_the_loudspeaker() -> None:
    """S10."""
    walker = Walker(rules_of(rating(), words())).touches("Good").types("my own words").touches("Next")
    assert "my own words" in [row.answer for row in walker.screen.rows]
    assert not any("my own words" in utterance.text for utterance in walker.screen.spoken)


def test_a_languages_name_is_spoken_in_that_language() -> None:
    spoken = {utterance.text: utterance.language for utterance in Walker(rules_of(rating())).screen.spoken}
    assert spoken["اردو"] == "ur"
    assert spoken["How was it?"] == "en-GB"


@pytest.mark.parametrize("state", [Welcome(), Thanks(rules_of(rating()).defaults), OutOfOrder("no-survey")])
def test_the_other_ways_to_be_heard_and_urgent_help_are_shown_around_a_session(state: Welcome | Thanks | OutOfOrder) -> None:
    screen = present(rules_of(rating()), SITE, state)
    assert "999" in screen.notice
    if not isinstance(state, Welcome):
        assert [route.address for route in screen.routes] == [route.address for route in ROUTES]


def test_each_other_way_says_in_words_how_it_is_done() -> None:
    """A picture of a telephone is not enough for somebody who cannot see it."""
    screen = present(rules_of(rating()), SITE, Thanks(rules_of(rating()).defaults))
    assert [route.name for route in screen.routes] == [
        "On the web: Care Quality Commission",
        "By phone: Care Quality Commission",
    ]
    assert any("By phone" in utterance.text for utterance in screen.spoken)


def test_the_calm_screen_offers_every_language() -> None:
    screen = present(rules_of(rating()), SITE, OutOfOrder("cannot-save"))
    assert [button.label for button in screen.languages] == ["English", "اردو"]


def test_where_a_question_is_explained_on_the_web_is_shown_and_said() -> None:
    """A kiosk follows no link, so the address stands there to be written down (supportLink)."""
    question = Question(link_id="q", kind=Kind.BOOLEAN, text=Wording("Q?"), support_link="https://example.org/help")
    screen = Walker(rules_of(question)).screen
    assert "On the web: https://example.org/help" in [line.text for line in screen.lines]
    assert "On the web: https://example.org/help" in [utterance.text for utterance in screen.spoken]


def test_staff_screens_offer_no_patient_tools() -> None:
    for state in (ChoosingPin(), EnteringPin(), StaffArea()):
        assert present(rules_of(rating()), SITE, state).tools == ()


def test_themes_all_have_a_name_a_person_can_read() -> None:
    walker = Walker(rules_of(rating(), words()))
    names = set()
    for _ in THEMES:
        names.add(walker.control("Colours").detail)  # type: ignore[union-attr]
        walker.touches("Colours")
    assert names == {"Calm", "Light", "Dark", "Yellow on black", "Cream"}


def test_a_site_with_one_language_shows_no_language_list() -> None:
    screen = Walker(rules_of(rating()), site=Site(languages=("en-GB",))).screen
    assert screen.languages == ()
    assert "tool:language" not in [tool.key for tool in screen.tools]


def test_a_date_that_was_given_is_shown_again_in_its_boxes() -> None:
    walker = Walker(rules_of(Question(link_id="d", kind=Kind.DATE, text=Wording("When?")), words()))
    walker.types("7", "3", "2026").touches("Next").touches("Back")
    ask = walker.screen.ask
    assert isinstance(ask, DateAsk)
    assert ask.typed == ("07", "03", "2026")
