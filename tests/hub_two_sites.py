"""Two sites in one hub, South and North, each with everything a site can have; what is at North has words of its own."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.hub_people import Device, Hub
from tests.hub_survey import answer

SOUTH, NORTH = "South practice", "Zzyzx North clinic"
SECRETS = ("Zzyzx", "xylophone", "Quagga", "marmalade", "48613", "59724", "37219", "4321")
"""What stands at North and nowhere else: names, words, counts."""


@dataclass
class TwoSites:
    """`ids` are those of the examples at South; the same at North end in ``_there``."""

    hub: Hub
    ids: dict[str, Any] = field(default_factory=dict)
    north: Device | None = None

    def plant(self, site: str, suffix: str, name: str) -> Device:
        """A site with a device that has answered."""
        from sync.hub.models import Comment, Device as Kept, ReportByMail, Response, Site

        device = self.hub.device(site)
        words = {"valueString": "Kind people at the desk."}
        assert device.put(answer("very-good", calm={"valueInteger": 7}, why=words)).ok
        place = Site.objects.get(name=site)
        kept = Kept.objects.get(site=place)
        Kept.objects.filter(pk=kept.pk).update(name=name)
        found: dict[str, Any] = {"site": place.pk, "device": kept.pk, "comment": Comment.objects.get(site=place).pk}
        found["response"] = Response.objects.get(site=place).uuid
        found["said"] = self._said_and_did(place, "Marmalade" if suffix else "Chairs").pk
        mail = {"survey_id": Response.objects.get(site=place).version.survey_id, "addresses": f"{name}@clinic.example"}
        found["order"] = ReportByMail.objects.create(site=place, **mail).pk
        self.ids |= {f"{what}{suffix}": pk for what, pk in found.items()}
        if not suffix:
            self._of_the_hub(place)
        return device

    def _said_and_did(self, place: Any, what: str) -> Any:
        from django.utils import timezone

        from sync.hub.models import SaidAndDid

        words = {"en": {"said": f"{what} was missing.", "did": f"{what} is here now.", "reviewed": True}}
        now = timezone.now()
        return SaidAndDid.objects.create(site=place, words=words, shown_from=now.date(), written_at=now)

    def _of_the_hub(self, place: Any) -> None:
        """What belongs to no site, or to all."""
        from django.utils import timezone

        from sync.hub.models import Organisation, Rebase, SurveyVersion

        version = SurveyVersion.objects.get()
        place.organisation = Organisation.objects.create(name="The trust")
        place.save()
        rebase = Rebase.objects.create(survey=version.survey, day=timezone.localdate(), why="New chairs")
        self.ids |= {"version": version.pk, "organisation": place.organisation.pk, "rebase": rebase.pk}

    def life_at_north(self) -> None:
        """Everything happens there that a page could show: answers, words, a device in trouble, texts, returns."""
        from django.utils import timezone

        from sync.hub.models import Device as Kept, OtherMethod, PopulationShare, Site

        assert self.north is not None
        north, now = Site.objects.get(name=NORTH), timezone.now()
        for fft in ("very-poor", "poor", "very-poor"):
            words = {"valueString": "The xylophone in the corridor was loud."}
            assert self.north.put(answer(fft, calm={"valueInteger": 1}, why=words)).ok
        Kept.objects.filter(site=north).update(
            name="Quagga", waiting=48613, sent=59724, refused=37219, reported_at=now, last_seen_at=now - timedelta(days=3)
        )
        counts = {"very-good": 4321, "good": 0, "neither": 0, "poor": 0, "very-poor": 0, "dont-know": 0}
        OtherMethod.objects.create(
            site=north, month=now.date().replace(day=1), method="handwritten", counts=counts, entered_at=now
        )
        PopulationShare.objects.create(site=north, characteristic="age", group="16-24", percent="37.91")


def readable(body: bytes) -> str:
    """What stands in a page or a file, so that it can be searched; a spreadsheet and a PDF are opened."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            return "\n".join(opened.read(name).decode("utf-8", "replace") for name in sorted(opened.namelist()))
    if body.startswith(b"%PDF"):
        return "\n".join(_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", body, re.DOTALL))
    return body.decode("utf-8", "replace")


def timeless(text: str) -> str:
    """Without what differs each time it is asked: form tokens, a passkey's challenge, times of day, "3 minutes ago"."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-make="[^"]*"', "", text)
    text = re.sub(r"\d\d:\d\d(:\d\d)?(\.\d+)?", "", text)
    return re.sub(r"\d+\s(second|minute|hour)s?", "", text)


def _inflated(stream: bytes) -> str:
    try:
        return zlib.decompress(stream).decode("latin-1")
    except zlib.error:
        return ""
