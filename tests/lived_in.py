"""A hub after a year of use: sites, answers, words, people, texts, returns. ``tests.lived_in`` beside ``tests.hub_server``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.hub_people import PASSWORD, Hub

ANSWERS = 2_500


@pytest.fixture
def lived_in(hub: Hub) -> dict[str, Any]:
    """What stands for the names in tests/hub_rights.py."""
    return live_in()


def live_in() -> dict[str, Any]:
    """The same for whoever has set Django up."""
    from django.contrib.auth.models import User
    from django.contrib.auth.tokens import default_token_generator
    from django.utils import timezone
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    from sync.hub import fill, models
    from sync.hub.people import accounts, invitations
    from sync.hub.reporting import returns

    now, today = timezone.now(), timezone.localdate()
    models.SurveyVersion.objects.all().delete()
    models.Survey.objects.all().delete()
    survey = sample_survey_as("visit")
    fill.fill(answers=ANSWERS, seed=7, sites=2, years=1, now=now)
    first = accounts.add("First", PASSWORD)
    person = accounts.add("Zed", PASSWORD)
    token = invitations.invite("Newcomer", "", accounts.VIEWER_EVERYWHERE, first, now)
    site = models.Site.objects.order_by("pk")[0]
    words = {"en": {"said": "The chairs are low.", "did": "We bought high ones.", "reviewed": True}}
    said = models.SaidAndDid.objects.create(site=site, words=words, shown_from=today, written_at=now)
    rebase = models.Rebase.objects.create(survey=survey, day=returns.month_before(today), why="New chairs")
    models.Theme.objects.create(name="Waiting")
    comment = models.Comment.objects.filter(site=site).exclude(warnings="").first() or models.Comment.objects.all()[0]
    returns.enter(returns.Other(returns.month_before(today), site, "handwritten", {"good": 3}), first, now)
    link = f"{urlsafe_base64_encode(force_bytes(person.pk))}/{default_token_generator.make_token(person)}"
    return {
        "site": site.pk,
        "device": models.Device.objects.filter(site=site)[0].pk,
        "comment": comment.pk,
        "response": models.Response.objects.all()[0].uuid,
        "person": person.pk,
        "invitation": models.Invitation.objects.get().pk,
        "invitation_token": token,
        "password_link": link,
        "passkey": 1,
        "version": models.SurveyVersion.objects.get().pk,
        "month": f"{returns.month_before(today):%Y-%m}",
        "organisation": models.Organisation.objects.all()[0].pk,
        "said": said.pk,
        "rebase": rebase.pk,
        "order": models.ReportByMail.objects.create(survey=survey, addresses="lead@example.org").pk,
        "act": "",
        "path": "",
        "user": User.objects.get(username="Zed").pk,
    }


def sample_survey_as(slug: str) -> Any:
    """The sample survey, under the name that the addresses of tests/hub_rights.py have."""
    from sync.hub import models, start, surveys

    for file in sorted(start.SAMPLE_SURVEYS.glob("*.json")):
        surveys.add(file.read_bytes())
    models.Survey.objects.update(slug=slug)
    return models.Survey.objects.get()
