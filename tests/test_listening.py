"""The cursor for the ear: from stop to stop, one key at a time. Pure: a screen, where one is, a key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from kiosk.ear import Ear, Heard
from kiosk.events import (
    Answered,
    Continued,
    Event,
    ListenAsked,
    ListeningStarted,
    ListeningStopped,
    Skipped,
    StartAgainAsked,
    Stayed,
    TimedOut,
    VolumeChanged,
    WentBack,
)
from kiosk.keys import Key
from kiosk.listening import pressed, stops
from kiosk.news import subject
from kiosk.site import Site
from kiosk.states import Thanks
from kiosk.survey import Place, Question
from tests.surveys import coding, rating, rules_of, several, words
from tests.walking import EVERYTHING, Walker


@dataclass
class Hand:
    """Presses keys on what a walker stands before; `heard` is all that was said, by sentences."""

    walker: Walker
    ear: Ear = field(default_factory=Ear)
    heard: list[str] = field(default_factory=list)

    def presses(self, *keys: Key) -> Hand:
        for key in keys:
            self.last = pressed(self.walker.screen, self.ear, key)
            self.ear = self.last.ear
            self.heard = [part.text for part in self.last.say]
            if self.last.event is not None:
                before = subject(self.walker.screen)
                self.ear = self.ear if subject(self.walker.happens(self.last.event).screen) == before else Ear()
        return self

    def goes_to(self, words: str, key: Key = Key.DOWN) -> Hand:
        """On until what is heard begins with `words`."""
        for _ in range(120):
            if self.heard and (self.heard[0] == words or self.heard[0].startswith((f"{words}.", f"{words} "))):
                return self
            self.presses(key)
        pytest.fail(f"{words!r} was never heard.")

    last: Heard = field(default_factory=lambda: Heard(Ear()))

    @property
    def event(self) -> Event | None:
        return self.last.event


def hand_on(*items: Question, site: Site = EVERYTHING) -> Hand:
    """Somebody who has begun to listen by keypad, on the first page."""
    walker = Walker(rules_of(*items), site)
    return Hand(walker.happens(ListeningStarted(by_keypad=True)))


def test_any_key_on_the_idle_screen_begins_listening_and_answers_nothing() -> None:
    """S23, S136."""
    for key in Key:
        if key is not Key.HEADSET_OUT:
            hand = Hand(Walker(rules_of(rating(), words()))).presses(key)
            assert isinstance(hand.event, ListeningStarted)
            assert hand.event.by_keypad


def test_the_first_key_on_a_page_only_says_where_one_is() -> None:
    """S136: also Select and Forward, which would act."""
    for key in (Key.UP, Key.DOWN, Key.SELECT, Key.FORWARD):
        hand = hand_on(rating(), words()).presses(key)
        assert hand.heard == ["How was it?"]
        assert hand.event is None


def test_down_goes_through_everything_that_is_said_and_up_goes_back() -> None:
    """S4: what can be reached is what is heard."""
    hand = hand_on(rating(), words())
    there = [stop.key for stop in stops(hand.walker.screen)]
    hand.presses(Key.DOWN)
    passed = [hand.ear.at, *(hand.presses(Key.DOWN).ear.at for _ in there[there.index("heading") + 1 :])]
    assert passed == there[there.index("heading") :]
    assert hand.presses(Key.DOWN).heard == ["This is the end."]
    assert hand.goes_to("This is the start.", Key.UP).ear.at == there[0]


def test_an_end_says_so_and_holds_nobody() -> None:
    """S21."""
    hand = hand_on(rating(), words()).presses(Key.DOWN)
    first = hand.presses(Key.UP, Key.UP, Key.UP, Key.UP, Key.UP).ear.at
    assert hand.heard == ["This is the start."]
    assert hand.presses(Key.DOWN).ear.at != first


def test_select_does_what_a_touch_does() -> None:
    hand = hand_on(rating(), words()).presses(Key.DOWN)
    assert hand.goes_to("Good.").presses(Key.SELECT).event == Answered(Place("fft"), (coding("Good"),))


def test_select_on_words_says_them_again() -> None:
    hand = hand_on(rating(), words()).presses(Key.DOWN, Key.SELECT)
    assert (hand.heard, hand.event) == (["How was it?"], None)


def test_every_button_of_every_screen_can_be_reached_and_pressed() -> None:
    """S25, S61: whatever a finger can do, three keys can."""
    walker = Walker(rules_of(rating(), words(), several())).happens(ListeningStarted(by_keypad=True))
    for label in ("Good", "Skip", "Large print", "Next", "More help", "Back", "Language", "Back", "Send"):
        by_keys = {stop.event for stop in stops(walker.screen) if stop.event is not None}
        assert {button.event for button in walker.screen.buttons()} <= by_keys
        walker.touches(label)
    assert isinstance(walker.state, Thanks)


@pytest.mark.parametrize(
    ("key", "event"),
    [
        (Key.BACK, WentBack(Place("why"))),
        (Key.FORWARD, Skipped(Place("why"))),
        (Key.HOME, StartAgainAsked()),
        (Key.PAUSE, ListenAsked()),
        (Key.LOUDER, VolumeChanged(1)),
        (Key.QUIETER, VolumeChanged(-1)),
        (Key.HEADSET_IN, ListeningStarted(by_keypad=True, private=True)),
        (Key.HEADSET_OUT, ListeningStopped()),
    ],
)
def test_the_other_keys_do_one_thing_wherever_one_is(key: Key, event: Event) -> None:
    """S12, S132, S134."""
    hand = hand_on(rating(), words())
    hand.walker.touches("Good")
    assert hand.presses(Key.DOWN, key).event == event


def test_forward_with_something_entered_goes_on() -> None:
    hand = hand_on(rating(), words())
    hand.walker.touches("Good").types("kind")
    assert hand.presses(Key.DOWN, Key.FORWARD).event == Continued(Place("why"))


def test_forward_where_an_answer_is_needed_says_so() -> None:
    hand = hand_on(replace(rating(), required=True), words())
    assert hand.presses(Key.DOWN, Key.FORWARD).heard == ["Please answer this question to go on."]
    assert hand.event is None


def test_back_on_the_first_page_says_that_there_is_nothing_before_it() -> None:
    assert hand_on(rating()).presses(Key.BACK).heard == ["There is nothing before this."]


def test_back_leaves_a_question_that_lies_over_the_page() -> None:
    hand = hand_on(rating(), words())
    hand.walker.touches("Good").touches("Start again")
    assert hand.presses(Key.BACK).event == Stayed()


def test_help_once_repeats_twice_reads_all_three_times_explains() -> None:
    """S137, and a fourth time begins again."""
    hand = hand_on(rating(), words()).presses(Key.DOWN, Key.DOWN)
    here = hand.heard
    assert hand.presses(Key.HELP).heard == here
    assert hand.presses(Key.HELP).heard == [part.text for part in hand.walker.screen.spoken]
    assert hand.presses(Key.HELP).heard == [
        "Use Up and Down to move.",
        "Press Select to choose.",
        "Press Help to hear again.",
    ]
    assert hand.presses(Key.HELP).heard == here


def test_any_other_key_makes_help_begin_with_the_item_again() -> None:
    hand = hand_on(rating(), words()).presses(Key.DOWN, Key.DOWN, Key.HELP, Key.DOWN)
    here = hand.heard
    assert hand.presses(Key.HELP).heard == here


def test_help_begins_listening_wherever_nothing_is_read() -> None:
    """S23: also for somebody who began by touch."""
    hand = Hand(Walker(rules_of(rating(), words())).touches("Good"))
    assert hand.presses(Key.HELP).event == ListeningStarted(by_keypad=True)


def test_without_reading_aloud_keys_move_and_choose_all_the_same() -> None:
    """A keypad serves also those who see, but cannot touch (S61)."""
    hand = Hand(Walker(rules_of(rating(), words())).touches("Good").touches("Back")).presses(Key.DOWN)
    assert isinstance(hand.goes_to("Good.").presses(Key.SELECT).event, Answered)


def test_at_the_loudest_the_loudness_is_said_and_nothing_else_happens() -> None:
    """S12."""
    hand = hand_on(rating()).presses(Key.LOUDER, Key.LOUDER, Key.LOUDER)
    assert (hand.heard, hand.event) == (["Volume. 4 of 4"], None)
    hand.presses(Key.QUIETER, Key.QUIETER, Key.QUIETER, Key.QUIETER)
    assert (hand.heard, hand.event) == (["Volume. 1 of 4"], None)


def test_a_page_that_changes_leaves_one_where_one_is() -> None:
    hand = hand_on(several(), words()).presses(Key.DOWN)
    hand.goes_to("Large print").presses(Key.SELECT)
    assert hand.ear.at == "option:1"
    assert hand.presses(Key.HELP).heard == ["Large print. Answer 2 of 3. Chosen"]


def test_a_stop_that_has_gone_leaves_one_at_the_heading() -> None:
    hand = hand_on(several(), words())
    hand.ear = Ear(at="gone", settled=True)
    assert hand.presses(Key.HELP).heard == ["What did you need?"]


def test_the_warning_can_be_answered_by_keys() -> None:
    """S45, S93."""
    hand = hand_on(rating(), words())
    hand.walker.touches("Good").happens(TimedOut())
    assert hand.presses(Key.BACK).event == Stayed()


def test_a_review_row_leads_to_its_question() -> None:
    """S2: correcting is part of the path."""
    hand = hand_on(rating(), words())
    hand.walker.touches("Good").touches("Skip")
    hand.goes_to("How was it? Good").presses(Key.SELECT)
    assert hand.walker.screen.place == Place("fft")


def test_stops_without_a_voice_of_their_own_say_so() -> None:
    """S16: a language that nobody here can speak is no silent stop."""
    site = Site(languages=("en-GB", "ur"), spoken=frozenset({"en"}))
    stop = next(stop for stop in stops(hand_on(rating(), site=site).walker.screen) if stop.key == "language:ur")
    assert "This language has no voice here." in stop.text
    assert {part.language for part in stop.say} == {"en-GB"}


def test_that_it_is_not_for_urgent_help_is_heard_as_often_as_one_likes() -> None:
    """S7, S150: nobody is held while it is said, so it is a stop of its own that can be repeated."""
    hand = hand_on(rating()).presses(Key.DOWN).goes_to("Staff cannot see this now.")
    notice = hand.heard
    assert "9\u20609\u20609" in notice[0]
    assert hand.presses(Key.HELP).heard == notice
