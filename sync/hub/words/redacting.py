"""Taking out what points at a person, undoing it, and letting others read what is left (S120, S157).

The words as they came stay in `Comment.original`, for the few who may read them, so that a mistake can be undone.
"""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from sync.hub.errors import RedactionRefused
from sync.hub.models import Comment
from sync.hub.taking_in import marks
from sync.hub.words import folding, warnings

CHANGED_MEANWHILE: Final = "Somebody else changed these words meanwhile. Look at them again."


@transaction.atomic
def redact(pk: int, seen: str, after: str, who: User) -> Comment:
    """Keep `after` in place of the words, whose digest was `seen` when it was decided. Raises RedactionRefused."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    before = marks.plain(comment.text)
    if seen != marks.digest(comment.text):
        raise RedactionRefused(CHANGED_MEANWHILE)
    if after == before:
        raise RedactionRefused("Nothing was chosen. Tick a part, or type the words to take out.")
    if not marks.is_only_less(before, after):
        raise RedactionRefused("Words can only be taken out here. Put a mark in place of each part, and change nothing else.")
    _keep(comment, after, comment.original or comment.text)
    still = set(warnings.codes(marks.suggested(after)).split())
    comment.warnings = " ".join(code for code in comment.warnings.split() if code in still)
    comment.redacted_at, comment.redacted_by = timezone.now(), who
    comment.save()
    return comment


@transaction.atomic
def undo(pk: int) -> Comment:
    """The words as they came; no longer published, and every warning open again."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    if not comment.original:
        raise RedactionRefused("Nothing was taken out of these words.")
    _keep(comment, comment.original, "")
    comment.warnings = warnings.codes(warnings.found(comment.text))
    comment.redacted_at = comment.redacted_by = comment.published_at = None
    comment.save()
    return comment


@transaction.atomic
def looked_at(pk: int) -> Comment:
    """Somebody read them: what was warned of points at nobody."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    comment.warnings = ""
    comment.save(update_fields=["warnings"])
    return comment


@transaction.atomic
def publish(pk: int) -> Comment:
    """Let others read them, where the person agreed and no warning is open. Raises RedactionRefused."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    if not comment.may_share:
        raise RedactionRefused("This person did not agree to share these words, so they stay here.")
    if comment.warnings:
        raise RedactionRefused("Look at the warnings first: take parts out, or say that they point at nobody.")
    comment.published_at = comment.published_at or timezone.now()
    comment.save(update_fields=["published_at"])
    return comment


def unpublish(pk: int) -> None:
    """Let others read them no longer."""
    Comment.objects.filter(pk=pk).update(published_at=None)


def _keep(comment: Comment, text: str, original: str) -> None:
    comment.text, comment.original, comment.folded = text, original, folding.fold(text)
