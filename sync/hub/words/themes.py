"""What comments are about, in the words of the staff who tag them. Nothing here guesses: a machine's themes are not theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from sync.hub.counts.measures import NEGATIVE, POSITIVE
from sync.hub.counts.scopes import Scope
from sync.hub.errors import ThemeRefused
from sync.hub.models import Comment, Theme
from sync.hub.texts import one_line
from sync.hub.words import comments

LONGEST = 80


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many comments of a period are about a theme; how many of them came with a good and with a poor overall answer."""

    theme: Theme
    comments: int
    positive: int
    negative: int


def counts(scope: Scope) -> list[ThemeCount]:
    """Every theme, the most used in these months first."""
    ids = comments.within_reach(scope).filter(themes__isnull=False).values("pk")
    here = Q(comments__in=ids)
    counted = Theme.objects.annotate(
        found=Count("comments", filter=here, distinct=True),
        good=Count("comments", filter=here & Q(comments__overall__in=POSITIVE), distinct=True),
        poor=Count("comments", filter=here & Q(comments__overall__in=NEGATIVE), distinct=True),
    )
    return [ThemeCount(one, one.found, one.good, one.poor) for one in counted.order_by("-found", "name")]


def named(words: str) -> Theme:
    """The theme of this name, whatever its case; made if there is none. Raises ThemeRefused."""
    name = one_line(words, LONGEST)
    if not name:
        raise ThemeRefused("Type a name for the theme.")
    return Theme.objects.filter(name__iexact=name).first() or Theme.objects.create(name=name)


def tag(comment: Comment, theme: Theme) -> None:
    """This comment is about this theme."""
    comment.themes.add(theme)


def untag(comment: Comment, theme: Theme) -> None:
    """This comment is not about this theme. A theme that no comment is about stays, until it is merged."""
    comment.themes.remove(theme)


def rename(theme: Theme, words: str) -> Theme:
    """Another name for it. Raises ThemeRefused when another theme has that name."""
    name = one_line(words, LONGEST)
    if not name:
        raise ThemeRefused("Type a name for the theme.")
    if Theme.objects.filter(name__iexact=name).exclude(pk=theme.pk).exists():
        raise ThemeRefused(f"There is a theme {name} already. Put the two together instead.")
    theme.name = name
    theme.save()
    return theme


@transaction.atomic
def merge(theme: Theme, into: Theme) -> None:
    """Every comment about `theme` is about `into`, and `theme` is gone. Raises ThemeRefused."""
    if theme.pk == into.pk:
        raise ThemeRefused("Choose two different themes.")
    into.comments.add(*theme.comments.exclude(themes=into).values_list("pk", flat=True))
    theme.delete()
