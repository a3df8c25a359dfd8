"""Reading people's own words: search in any script, filters, pages, months instead of days, themes, quotes."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from sync.hub.words import folding, mixed, searching
from tests.hub_people import Hub
from tests.hub_words import shown, told, write

pytest_plugins = ("tests.hub_server",)


def test_a_comment_stands_with_its_question_site_month_overall_answer_and_consent(hub: Hub) -> None:
    """S105, S120: the score stays with the words, and whether they may be shared is said."""
    [comment] = write(hub.device("Ward 7"), "The ward was calm", fft="very-good")
    page = hub.staff().reads("/comments/visit")
    assert "Please can you tell us why?" in page
    assert f"The ward was calm {comment.day:%B %Y}, Ward 7," in page
    assert "Overall answer: Very good." in page
    assert "May be shared" in page


def test_no_day_and_no_time_is_shown_and_a_period_is_whole_months(hub: Hub) -> None:
    """S157: nobody is found by the day on which they came."""
    [comment] = write(hub.device(), "Kind people")
    comment.day = date(2026, 3, 17)
    comment.place = mixed.place(comment.day)
    comment.save()
    staff = hub.staff()
    other_day = staff.see("/comments/visit?from=2026-03-02&to=2026-03-02").text
    other_month = staff.reads("/comments/visit?from=2026-04-01&to=2026-04-30")
    assert "Kind people" in other_day
    assert "Kind people" not in other_month
    article = re.search(r"<article.*?</article>", other_day, re.DOTALL)
    assert article is not None
    assert "17" not in article[0].replace(str(comment.pk), "")
    assert "March 2026" in article[0]


def test_within_a_month_the_order_is_one_of_chance(hub: Hub) -> None:
    """S157: twelve comments that came one after the other do not stand in that order, nor in its reverse."""
    texts = [f"Comment number {number:02}" for number in range(12)]
    write(hub.device(), *texts)
    page = hub.staff().see("/comments/visit").text
    order = re.findall(r"Comment number \d\d", page)
    assert sorted(order) == texts
    assert order not in (texts, texts[::-1])  # once in 240 million


def test_words_carry_their_language_and_direction(hub: Hub) -> None:
    """S116: a screen reader speaks each comment in its own language."""
    write(hub.device(), "عملہ مہربان تھا", language="ur")
    assert '<blockquote lang="ur" dir="auto">عملہ مہربان تھا</blockquote>' in hub.staff().see("/comments/visit").text


WRITTEN = {
    "en": "We waited three hours in a cold CAFÉ.",
    "ur": "ہمیں بہت انتظار کرنا پڑا",
    "bn": "ডাক্তার খুব ভালো ছিলেন",
    "zh": "护士很好,但是等了很久。",
    "pl": "Łóżko było niewygodne",
    "ar": "كانت المُمَرِّضة لطيفة جدا",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("waited", "en"),
        ("WAIT", "en"),
        ("cafe", "en"),
        ("hours cold", "en"),
        ('"three hours"', "en"),
        ("انتظار", "ur"),
        ("ڈاکٹر", ""),
        ("ভালো", "bn"),
        ("很久", "zh"),
        ("久很", ""),
        ("lozko", "pl"),
        ("الممرضه", "ar"),
        ('"hours three"', ""),
        ("xylophone", ""),
        ('" OR 1 -- *(', ""),
        ("!?", ""),
    ],
)
def test_search_finds_words_in_any_script_without_case_and_accents(hub: Hub, words: str, found: str) -> None:
    """S116, S157: staff find what people said in their own language, on every database alike."""
    device = hub.device()
    for language, text in WRITTEN.items():
        write(device, text, language=language)
    page = hub.staff().session.get(hub.url + "/comments/visit", params={"words": words}, timeout=10).text
    assert [language for language, text in WRITTEN.items() if text in page] == ([found] if found else [])


def test_folding_keeps_the_vowels_of_indian_scripts_and_drops_accents() -> None:
    """S116: a Bengali word is another word without its vowel signs; ``café`` is not another without its accent."""
    assert folding.fold("ডাক্তার") == "ডাক্তার"
    assert folding.fold("हिन्दी") != folding.fold("हनद")
    assert folding.fold("Café, ŁÓDŹ don't") == "cafe lodz dont"
    assert folding.fold("等了很久") == "等 了 很 久"


def test_what_is_asked_for_never_runs_as_a_rule_of_the_search() -> None:
    """Whatever is typed, only words and their beginnings come out."""
    asked = 'NEAR("a b" OR c) * ^d -e {f}'
    assert searching.on_sqlite(asked) == '"near" * AND "a b" AND "or" * AND "c" AND "d" AND "e" AND "f"'
    assert searching.on_postgresql("a' & !b:* | c") == "(a) & (b) & (c)"


def test_comments_are_filtered_by_overall_answer_language_consent_and_warning(hub: Hub) -> None:
    """S105, S120."""
    device = hub.device()
    write(device, "All was well", fft="very-good")
    write(device, "Too cold", fft="poor", share=False)
    write(device, "Call 07700 900123", fft="good")
    write(device, "Pani była miła", fft="good", language="pl")
    staff = hub.staff()
    texts = ("All was well", "Too cold", "Call 07700 900123", "Pani była miła")
    assert shown(staff.reads("/comments/visit?overall=poor"), *texts) == [False, True, False, False]
    assert shown(staff.reads("/comments/visit?shared=yes"), *texts) == [True, False, True, True]
    assert shown(staff.reads("/comments/visit?warned=yes"), *texts) == [False, False, True, False]
    assert shown(staff.reads("/comments/visit?question=calm"), *texts) == [True, True, True, True]
    assert shown(staff.reads("/comments/visit?question=why&overall=good&shared=yes"), *texts) == [False, False, True, True]


def test_comments_can_stand_with_the_worst_answers_first(hub: Hub) -> None:
    """S105."""
    device = hub.device()
    for fft in ("good", "very-poor", "dont-know", "poor", "very-good"):
        write(device, f"Words of {fft}.", fft=fft)
    staff = hub.staff()
    worst = re.findall(r"Words of ([a-z-]+)\.", staff.see("/comments/visit?by=worst").text)
    best = re.findall(r"Words of ([a-z-]+)\.", staff.see("/comments/visit?by=best").text)
    assert worst == ["very-poor", "poor", "good", "very-good", "dont-know"]
    assert best == ["very-good", "good", "poor", "very-poor", "dont-know"]


@pytest.mark.parametrize("query", ["", "by=worst", "words=number"])
def test_pages_show_each_comment_once(hub: Hub, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """S105: from page to page nothing is left out and nothing comes twice, in every order."""
    monkeypatch.setattr("sync.hub.words.comments.ON_A_PAGE", 4)
    device = hub.device()
    texts = [f"Comment number {number:02}" for number in range(14)]
    for number, text in enumerate(texts):
        write(device, text, fft=("good", "poor", "very-good")[number % 3])
    staff, seen, path = hub.staff(), [], f"/comments/visit?{query}"
    while path:
        page = staff.see(path).text
        seen += re.findall(r"Comment number \d\d", page)
        following = re.search(r'href="(\?[^"]*after=[^"]*)">Next page', page)
        path = "/comments/visit" + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 14
    assert sorted(seen) == texts


def test_a_site_manager_reads_only_what_was_said_at_the_own_sites(hub: Hub) -> None:
    """S157."""
    [here], [there] = write(hub.device("Ward 7"), "Said on seven"), write(hub.device("Ward 8"), "Said on eight")
    hub.staff("Ada")
    manager = hub.staff("Mo", role="site-manager", sites=["Ward 7"])
    assert shown(manager.reads("/comments/visit"), "Said on seven", "Said on eight") == [True, False]
    assert manager.see(f"/comments/visit?site={there.site_id}").status_code == 404
    assert manager.see(f"/comment/{here.pk}").status_code == 200
    assert manager.see(f"/comment/{there.pk}").status_code == 404
    for what in ("redact", "looked-at", "publish", "unpublish", "tag", "untag"):
        assert manager.send(f"/comment/{there.pk}/{what}", {"name": "Theme"}).status_code == 404


def test_a_viewer_reads_no_comment_but_the_quotes(hub: Hub) -> None:
    """S120, S157: what may be shown is what was published."""
    comment, _ = write(hub.device(), "So kind to me", "Never shown")
    admin, viewer = hub.staff(), hub.staff("Vi")
    assert viewer.see("/comments/visit").status_code == 403
    assert viewer.see(f"/comment/{comment.pk}").status_code == 403
    told(admin, f"/comment/{comment.pk}/publish")
    assert shown(viewer.reads("/comments/visit/quotes"), "So kind to me", "Never shown") == [True, False]


def test_themes_are_tagged_counted_renamed_and_put_together(hub: Hub) -> None:
    """S105: what comments are about, in the words of staff, beside how people answered overall."""
    device, staff = hub.device(), hub.staff()
    [one], [two] = write(device, "A long wait", fft="poor"), write(device, "A short wait", fft="good")
    told(staff, f"/comment/{one.pk}/tag", name="Waiting")
    told(staff, f"/comment/{two.pk}/tag", name="waiting")
    told(staff, f"/comment/{two.pk}/tag", name="Time")
    assert "Waiting 2 1 1" in staff.reads("/comments/visit/themes")
    waiting, time = (one.themes.get(name="Waiting"), two.themes.get(name="Time"))
    assert shown(staff.reads(f"/comments/visit?theme={time.pk}"), "A long wait", "A short wait") == [False, True]
    told(staff, "/comments/visit/themes/merge", theme=str(time.pk), into=str(waiting.pk))
    told(staff, "/comments/visit/themes/rename", theme=str(waiting.pk), name="Waiting times")
    told(staff, f"/comment/{one.pk}/untag", theme=str(waiting.pk))
    page = staff.reads("/comments/visit/themes")
    assert "Waiting times 1 1 0" in page
    assert two.themes.count() == 1


def test_quotes_are_only_what_may_be_shared_has_no_open_warning_and_was_published(hub: Hub) -> None:
    """S120, S157."""
    device, staff = hub.device(), hub.staff()
    [kind] = write(device, "=SUM(1) of kindness")
    [private] = write(device, "My own story", share=False)
    [named] = write(device, "Thank Dr Patel")
    assert "among the quotes" in told(staff, f"/comment/{kind.pk}/publish")
    assert "did not agree" in told(staff, f"/comment/{private.pk}/publish")
    assert "Look at the warnings first" in told(staff, f"/comment/{named.pk}/publish")
    page = staff.reads("/comments/visit/quotes")
    assert shown(page, "of kindness", "My own story", "Dr Patel") == [True, False, False]
    rows = list(csv.reader(io.StringIO(staff.see("/comments/visit/quotes.csv").content.decode("utf-8-sig"))))
    assert rows == [
        ["Month", "Site", "Question", "Words"],
        [f"{kind.day:%Y-%m}", "Ward 7", "Please can you tell us why?", "'=SUM(1) of kindness"],
    ]
    assert "“=SUM(1) of kindness”" in staff.see("/comments/visit/quotes.txt").text
    told(staff, f"/comment/{kind.pk}/unpublish")
    assert "of kindness" not in staff.reads("/comments/visit/quotes")


def test_what_staff_do_with_comments_is_on_record_without_the_words(hub: Hub) -> None:
    """S161."""
    from sync.hub.models import StaffAction

    [comment], staff = write(hub.device(), "A secret story"), hub.staff()
    told(staff, f"/comment/{comment.pk}/tag", name="Stories")
    told(staff, f"/comment/{comment.pk}/publish")
    noted = [action.what for action in StaffAction.objects.all()]
    assert f"Published comment {comment.pk}" in noted
    assert f"Tagged comment {comment.pk} with the theme Stories" in noted
    assert not any("secret" in what for what in noted)
