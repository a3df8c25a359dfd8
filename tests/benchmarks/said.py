"""Many responses in a hub's tables, quickly and alike each time: for measuring what reads them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

KINDS: Final = 4000
"""Responses that differ; each is used again under another id."""
AT_ONCE: Final = 20_000
WORDS: Final = (
    "the nurse was kind and listened to me but we waited a long time in a cold room nobody told us why parking was hard"
    " reception staff were friendly doctor explained everything clearly thank you for your help with my mother food"
    " phone line busy appointment letter came late clean ward noisy at night pain medicine queue interpreter helpful"
)
OTHER_SCRIPTS: Final = (
    ("ur", "عملہ بہت مہربان تھا لیکن انتظار لمبا تھا"),
    ("zh", "护士很好,但是等了很久"),
    ("bn", "ডাক্তার খুব ভালো ছিলেন"),
    ("pl", "Pani Kowalska była bardzo miła, dziękuję"),
    ("ro", "Asistenta a fost foarte drăguță și răbdătoare"),
)
FFT: Final = ("very-good",) * 60 + ("good",) * 22 + ("neither",) * 6 + ("poor",) * 5 + ("very-poor",) * 4 + ("dont-know",) * 3


@dataclass(frozen=True, slots=True)
class Kind:
    """One response without its id: its document in two halves, its rows' contents, and its words by linkId."""

    before: bytes
    after: bytes
    language: str
    may_share: bool
    answers: list[tuple[str, str, str]]
    words: list[tuple[str, str]]
    overall: str


def fill(responses: int, sites: int = 20, days: int = 365, seed: int = 1) -> None:
    """So many responses to the sample survey, over `sites` and the `days` before today."""
    from django.db import transaction
    from django.utils import timezone

    from sync.hub.models import Device, Site, SurveyVersion

    version = SurveyVersion.objects.get(survey__slug="share-for-better-care")
    devices = []
    for number in range(sites):
        site = Site.objects.get_or_create(name=f"Practice {number:03}")[0]
        made = {"site": site, "name": "Door", "key": {}, "paired_at": timezone.now()}
        devices.append(Device.objects.get_or_create(client_id=UUID(int=number + 1), defaults=made)[0])
    chance, today = random.Random(seed), timezone.localdate()
    kinds = list(_kinds(chance, f"{version.survey.url}|{version.version}"))
    first = today - timedelta(days=days - 1)
    for start in range(0, responses, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, responses))
        with transaction.atomic():
            _keep(
                [
                    _response(
                        chance, version.pk, chance.choice(devices), kind, first + timedelta(days=days * number // responses)
                    )
                    for number in numbers
                    for kind in [chance.choice(kinds)]
                ],
            )


def _kinds(chance: random.Random, canonical: str) -> Iterator[Kind]:
    words_known = WORDS.split()
    for _ in range(KINDS):
        overall = chance.choice(FFT)
        answers = [("fft", "urn:feedback-kiosk:fft", overall)]
        answers += [
            (link_id, "urn:feedback-kiosk:yes-no", chance.choice(("yes", "no")))
            for link_id in ("listened", "questions", "share")
        ]
        language, words = "en-GB", " ".join(chance.choices(words_known, k=chance.randrange(4, 30))).capitalize()
        if chance.random() < 0.1:
            language, words = chance.choice(OTHER_SCRIPTS)
        if chance.random() < 0.02:
            words += " Dr Patel was there, call 07700 900123."
        items: list[dict[str, Any]] = [
            {"linkId": one, "answer": [{"valueCoding": {"system": system, "code": code}}]} for one, system, code in answers
        ]
        spoken = [(question, words) for question, share in (("why", 0.6), ("better", 0.4)) if chance.random() < share]
        items += [{"linkId": one, "answer": [{"valueString": text}]} for one, text in spoken]
        document = {
            "resourceType": "QuestionnaireResponse",
            "id": "ID",
            "identifier": {"system": "urn:feedback-kiosk:response", "value": "ID"},
            "questionnaire": canonical,
            "status": "completed",
            "language": language,
            "authored": "2026-11-01T09:41:17Z",
            "item": [{"linkId": "your-care", "item": items}],
        }
        before, _, after = msgspec.json.encode(document).partition(b'"ID"')
        yield Kind(before, after, language, answers[3][2] == "yes", answers, spoken, overall)


def _response(chance: random.Random, version: int, device: Any, kind: Kind, day: date) -> tuple[Any, Kind]:
    from django.utils import timezone

    from sync.hub.models import Response

    uuid = UUID(int=chance.getrandbits(128), version=4)
    name = f'"{uuid}"'.encode()
    raw = kind.before + name + kind.after.replace(b'"ID"', name)
    told = {"may_share": kind.may_share, "received_at": timezone.now(), "day": day, "document": raw, "digest": uuid.hex}
    whence = {"version_id": version, "device_id": device.pk, "site_id": device.site_id}
    return Response(uuid=uuid, status="completed", language=kind.language, **whence, **told), kind


def _keep(made: list[tuple[Any, Kind]]) -> None:
    from sync.hub import folding, mixed, warnings
    from sync.hub.keep import add_answers
    from sync.hub.models import Comment, Response

    Response.objects.bulk_create([one for one, _ in made], batch_size=2000)
    add_answers(
        [
            (one.pk, one.version_id, one.site_id, one.day, link_id, "", system, code, None)
            for one, kind in made
            for link_id, system, code in kind.answers
        ],
    )
    noticed = {text: (folding.fold(text), warnings.codes(warnings.found(text))) for _, kind in made for _, text in kind.words}
    comments = []
    for one, kind in made:
        whence = {"response": one, "version_id": one.version_id, "site_id": one.site_id, "day": one.day}
        told = {"overall": kind.overall, "may_share": kind.may_share, "language": kind.language}
        for link_id, text in kind.words:
            folded, codes = noticed[text]
            said = {"link_id": link_id, "text": text, "folded": folded, "warnings": codes, "place": mixed.place(one.day)}
            comments.append(Comment(**said, **told, **whence))
    Comment.objects.bulk_create(comments, batch_size=2000)
