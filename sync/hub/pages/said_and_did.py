"""You said, we did: what was changed, written for the kiosks' first screen; with a look at it and advice on plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiosk.languages import language
from kiosk.phrases import catalogue_languages, phrases
from sync.hub.models import SaidAndDid, Site
from sync.hub.people import access, actions
from sync.hub.places import said_and_did as rules
from sync.hub.places.said_and_did import ENGLISH, LONGEST
from sync.hub.texts import one_line

may_write = permission_required("hub.write_said_and_did", raise_exception=True)
PARTS = (("said", "People said"), ("did", "We did"))
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Written:
    """One language of a text, as the form shows it."""

    tag: str
    name: str
    right_to_left: bool
    said: Any
    did: Any
    reviewed: Any = None

    @property
    def is_empty(self) -> bool:
        return not (self.said.value() or self.did.value() or self.said.errors or self.did.errors)


class TextForm(forms.Form):
    """Where, when, and in each language two sentences; English is needed."""

    site = forms.ModelChoiceField(Site.objects.none(), label="Where", required=False)
    shown_from = forms.DateField(label="From", widget=DAY)
    shown_until = forms.DateField(label="Until", required=False, widget=DAY, help_text="The last day. Empty: for ever.")

    def __init__(self, given: Any, user: Any, text: SaidAndDid | None = None) -> None:
        super().__init__(given, initial=_initial(text))
        where: Any = self.fields["site"]
        where.queryset = access.sites(user).filter(closed_at=None)
        where.required = access.reach(user) is not None
        where.empty_label = "Choose a site" if where.required else "Every site"
        others = (tag for tag in catalogue_languages() if tag != ENGLISH)
        self.tags = (ENGLISH, *sorted(others, key=lambda tag: language(tag).english_name))
        for tag in self.tags:
            for part, label in PARTS:
                self.fields[f"{part}-{tag}"] = _sentence(label, tag, is_english=tag == ENGLISH)
            if tag != ENGLISH:
                box = forms.BooleanField(label="A speaker of this language has read it", required=False)
                self.fields[f"reviewed-{tag}"] = box

    @property
    def english(self) -> Written:
        return self._written(ENGLISH)

    @property
    def others(self) -> list[Written]:
        return [self._written(tag) for tag in self.tags if tag != ENGLISH]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for tag in self.tags:
            pair = [given.get(f"{part}-{tag}", "") for part, _ in PARTS]
            if any(pair) and not all(pair):
                missing = PARTS[pair.index("")][0]
                self.add_error(f"{missing}-{tag}", "Write both sentences in this language, or none.")
        first, last = given.get("shown_from"), given.get("shown_until")
        if first and last and last < first:
            self.add_error("shown_until", "The last day comes before the first.")
        return given

    def words(self) -> dict[str, dict[str, Any]]:
        """As `SaidAndDid.words` has them."""
        given = self.cleaned_data
        found: dict[str, dict[str, Any]] = {}
        for tag in self.tags:
            if given[f"said-{tag}"]:
                pair = {part: one_line(given[f"{part}-{tag}"], LONGEST) for part, _ in PARTS}
                found[tag] = {**pair, "reviewed": tag == ENGLISH or bool(given.get(f"reviewed-{tag}"))}
        return found

    def advice(self) -> list[tuple[str, str]]:
        """What makes the English words hard to read: (which sentence, advice)."""
        said = [(label, self.cleaned_data.get(f"{part}-{ENGLISH}", "")) for part, label in PARTS]
        return [(label, words) for label, text in said for words in rules.hard_words(text)]

    def _written(self, tag: str) -> Written:
        facts = language(tag)
        reviewed = self[f"reviewed-{tag}"] if tag != ENGLISH else None
        return Written(tag, facts.english_name, facts.right_to_left, self[f"said-{tag}"], self[f"did-{tag}"], reviewed)


def _sentence(label: str, tag: str, *, is_english: bool) -> forms.CharField:
    direction = {"lang": tag, "dir": "auto", "rows": 2, "maxlength": LONGEST}
    name = label if is_english else f"{label} ({language(tag).english_name})"
    return forms.CharField(label=name, required=is_english, max_length=LONGEST, widget=forms.Textarea(attrs=direction))


def _initial(text: SaidAndDid | None) -> dict[str, Any]:
    if text is None:
        return {"shown_from": timezone.localdate()}
    found: dict[str, Any] = {"site": text.site_id, "shown_from": text.shown_from, "shown_until": text.shown_until}
    for tag, pair in text.words.items():
        found |= {f"said-{tag}": pair["said"], f"did-{tag}": pair["did"], f"reviewed-{tag}": pair.get("reviewed")}
    return found


@require_safe
@login_required
@may_write
def listing(request: HttpRequest) -> HttpResponse:
    """Texts that are shown now, that will be, and that were."""
    today = timezone.localdate()
    rows = [(row, rules.may_change(request.user, row), rules.unreviewed(row)) for row in rules.texts(request.user)]
    over = [one for one in rows if one[0].shown_until and one[0].shown_until < today]
    shown = {"now": [one for one in rows if one not in over], "over": over, "today": today}
    return render(request, "hub/said_and_did.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
@may_write
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new text, or one that is there: a look at it first where that is asked for, or where words are hard."""
    text = None if pk is None else get_object_or_404(rules.texts(request.user), pk=pk)
    if text is not None and not rules.may_change(request.user, text):
        raise PermissionDenied
    form = TextForm(request.POST or None, request.user, text)
    shown: dict[str, Any] = {"form": form, "text": text}
    if form.is_valid():
        advice = form.advice()
        if request.POST.get("do") == "keep":
            return _kept(request, form, text)
        if request.POST.get("do") == "save" and not advice:
            return _kept(request, form, text)
        shown |= {"looks": [_look(tag, pair) for tag, pair in form.words().items()], "advice": advice}
    return render(request, "hub/write_said_and_did.html", shown, status=400 if form.errors else 200)


@require_POST
@login_required
@may_write
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it no more: today was the last day, or it is taken away if it was never shown."""
    text = get_object_or_404(rules.texts(request.user), pk=pk)
    if not rules.may_change(request.user, text):
        raise PermissionDenied
    text.delete()
    actions.note(request.user, f"Took away the text “{text.words[ENGLISH]['did']}”")
    messages.success(request, "The text is gone. Kiosks stop showing it when they are next in touch.")
    return redirect("said-and-did")


def _kept(request: HttpRequest, form: TextForm, text: SaidAndDid | None) -> HttpResponse:
    given = form.cleaned_data
    row = text or SaidAndDid()
    row.site, row.shown_from, row.shown_until = given["site"], given["shown_from"], given["shown_until"]
    row.words, row.written_at, row.written_by = form.words(), timezone.now(), request.user  # type: ignore[assignment]
    row.save()
    where = row.site or "every site"
    actions.note(request.user, f"Wrote for {where}: “{row.words[ENGLISH]['did']}”")
    messages.success(request, "Saved. Kiosks show it after they are next in touch.")
    return redirect("said-and-did")


def _look(tag: str, pair: dict[str, Any]) -> dict[str, Any]:
    """The two sentences as the kiosk will write them."""
    say, facts = phrases(tag), language(tag)
    return {
        "tag": tag,
        "name": facts.english_name,
        "right_to_left": facts.right_to_left,
        "said": say("You said: {words}", words=pair["said"]),
        "did": say("We did: {words}", words=pair["did"]),
        "reviewed": pair["reviewed"],
    }
