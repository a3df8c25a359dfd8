"""Taking out what points at a person: only parts, for good reasons, with a way back for the few who may."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from sync.hub.errors import RedactionRefused
from sync.hub.taking_in import marks
from sync.hub.words import warnings
from tests.hub_people import Hub
from tests.hub_words import told, write

pytest_plugins = ("tests.hub_server",)
TEXT = "Dr Patel was kind. Ring me: 07700 900123. My mum Rita liked Rita's bed."


def test_suggested_parts_are_replaced_by_marks_that_say_what_was_there() -> None:
    """S157."""
    after = marks.without(TEXT, warnings.found(TEXT))
    assert after == "[name removed] was kind. Ring me: [phone number removed]. My mum Rita liked Rita's bed."
    assert marks.suggested(after) == ()


def test_a_typed_word_is_taken_out_wherever_it_stands_as_a_word() -> None:
    """S157: a name that no rule finds."""
    mark = marks.MARK_NAMES["name"]
    assert (
        marks.without("rita and Rita's bed, not Margarita", [], [("Rita", mark)])
        == "[name removed] and [name removed]'s bed, not Margarita"
    )
    assert marks.without("護士王小姐很好", [], [("王小姐", mark)]) == "護士[name removed]很好"
    with pytest.raises(RedactionRefused, match="not in these words"):
        marks.without("Kind", [], [("Rita", mark)])


def test_a_word_of_a_mark_is_not_taken_out_of_the_mark() -> None:
    """S157."""
    after = marks.without("The name of Ann", [], [("Ann", "[name removed]"), ("name", "[words removed]")])
    assert after == "The [words removed] of [name removed]"


@pytest.mark.parametrize(
    ("after", "allowed"),
    [
        ("[name removed] was kind. Ring me: 07700 900123.", True),
        ("[name removed] was kind. Ring me: [phone number removed].", True),
        ("[words removed]", True),
        ("Dr Patel was kind. Ring me: 07700 900123.[words removed]", False),
        ("[name removed] was unkind. Ring me: 07700 900123.", False),
        ("Dr Patel was. Ring me: 07700 900123.", False),
        ("", False),
        ("[name] was kind. Ring me: 07700 900123.", False),
        ("[name removed] [words removed] kind. Ring me: 07700 900123.", True),
        ("Ring me: [name removed] was kind.", False),
    ],
)
def test_only_parts_may_be_replaced_by_marks(after: str, allowed: bool) -> None:
    """S157: nobody puts other words into a patient's mouth."""
    assert marks.is_only_less("Dr Patel was kind. Ring me: 07700 900123.", after) is allowed


@given(
    st.lists(st.tuples(st.text("ab ", max_size=5), st.text("abc ", min_size=1, max_size=5)), max_size=6),
    st.text("ab ", max_size=5),
)
def test_whatever_was_taken_out_is_known_as_only_less(pieces: list[tuple[str, str]], end: str) -> None:
    """S157: a redaction made of the text itself is never refused."""
    before = "".join(kept + gone for kept, gone in pieces) + end
    after = "".join(kept + marks.OTHER_MARK for kept, _ in pieces) + end
    assert marks.is_only_less(before, after)


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_without_a_mark_nothing_can_be_changed(before: str, after: str) -> None:
    """S157."""
    assert marks.is_only_less(before, after) == (before == after)


def test_staff_tick_and_type_what_goes_and_everyone_then_reads_less(hub: Hub) -> None:
    """S157: warned, redacted, and published only then; the words as they came stay for those who may read them."""
    [comment], staff = write(hub.device(), TEXT), hub.staff()
    page = staff.see(f"/comment/{comment.pk}").text
    assert "These words may hold a phone number, a name." in page
    assert "<mark>Dr Patel</mark>" in page
    form = {"seen": seen(page), "part": "1", "words": "Rita", "mark": "name"}
    assert "What you chose was taken out." in told(staff, f"/comment/{comment.pk}/redact", **form)
    comment.refresh_from_db()
    assert comment.text == "[name removed] was kind. Ring me: 07700 900123. My mum [name removed] liked [name removed]'s bed."
    assert (comment.original, comment.warnings, str(comment.redacted_by)) == (TEXT, "phone", "Ada")
    assert "Patel" not in staff.reads("/comments/visit")
    assert "Patel" not in staff.reads("/comments/visit?words=patel")
    assert "Nobody" not in staff.reads("/comments/visit?words=kind")


def test_the_words_can_be_changed_by_hand_but_only_by_taking_out(hub: Hub) -> None:
    """S157."""
    [comment], staff = write(hub.device(), "One line\nRita helped"), hub.staff()
    kept = {"seen": seen(staff.see(f"/comment/{comment.pk}").text)}
    worse = told(staff, f"/comment/{comment.pk}/redact", **kept, text="One line\r\nNobody helped")
    assert "Words can only be taken out here." in worse
    told(staff, f"/comment/{comment.pk}/redact", **kept, text="One line\r\n[name removed] helped")
    comment.refresh_from_db()
    assert comment.text == "One line\n[name removed] helped"


def test_two_people_at_once_do_not_undo_each_other(hub: Hub) -> None:
    """S157: what was decided about other words is not done to these."""
    [comment], staff = write(hub.device(), "Rita helped Anna"), hub.staff()
    old = seen(staff.see(f"/comment/{comment.pk}").text)
    told(staff, f"/comment/{comment.pk}/redact", seen=old, words="Rita", mark="name")
    assert "Somebody else changed these words" in told(
        staff, f"/comment/{comment.pk}/redact", seen=old, words="Anna", mark="name"
    )
    comment.refresh_from_db()
    assert comment.text == "[name removed] helped Anna"


def test_those_who_may_read_originals_see_them_on_record_and_put_them_back(hub: Hub) -> None:
    """S157, S161: a site manager takes out; only an analyst or administrator sees what, or undoes it, which unpublishes too."""
    from sync.hub.models import StaffAction

    [comment], admin = write(hub.device(), "Rita was kind"), hub.staff()
    manager = hub.staff("Mo", role="site-manager", sites=["Ward 7"])
    told(manager, f"/comment/{comment.pk}/redact", seen=marks.digest("Rita was kind"), words="Rita", mark="name")
    told(manager, f"/comment/{comment.pk}/publish")
    assert "Rita" not in manager.reads(f"/comment/{comment.pk}")
    for what in ("original", "undo"):
        assert manager.send(f"/comment/{comment.pk}/{what}").status_code == 403
    assert "Rita was kind" in told(admin, f"/comment/{comment.pk}/original")
    told(admin, f"/comment/{comment.pk}/undo")
    comment.refresh_from_db()
    assert (comment.text, comment.original, comment.published_at) == ("Rita was kind", "", None)
    noted = " ".join(StaffAction.objects.values_list("what", flat=True))
    assert f"Read comment {comment.pk} as it came" in noted
    assert f"Took parts out of comment {comment.pk}: 1" in noted
    assert "Rita" not in noted


def test_a_warning_that_is_wrong_is_closed_and_the_words_can_be_published(hub: Hub) -> None:
    """S157: a person decides, not a rule."""
    [comment], staff = write(hub.device(), "Ward Seven Manor was calm"), hub.staff()
    assert comment.warnings == "name"
    told(staff, f"/comment/{comment.pk}/looked-at")
    told(staff, f"/comment/{comment.pk}/publish")
    comment.refresh_from_db()
    assert (comment.warnings, comment.published_at is None) == ("", False)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]
