"""The surveys this hub knows, version by version. A version, once added, stays as it is: old responses are judged by it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kiosk.fhir import SurveyFault, find_faults, read_survey
from kiosk.fhir.faults import errors
from kiosk.languages import language
from kiosk.survey import Survey as Asked
from sync.hub.counts import counting
from sync.hub.counts.counting import Plan
from sync.hub.errors import SurveyRefused
from sync.hub.models import Survey, SurveyVersion
from sync.hub.texts import storable

NO_VERSION = "The questionnaire needs a version, so that answers can be told apart later."


def add(raw: bytes, now: datetime | None = None) -> SurveyVersion:
    """Keep one version and make it the one that is asked. The same bytes again change nothing. Raises SurveyRefused."""
    asked = _readable(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with transaction.atomic():
        survey = _survey(asked)
        kept = survey.versions.filter(version=asked.version).first()
        if kept is None:
            kept = SurveyVersion(survey=survey, version=asked.version, document=raw, digest=digest)
            kept.added_at = now or timezone.now()
            kept.save()
            activate(kept)
    if kept.digest != digest:
        raise SurveyRefused(f"Version {asked.version} is here already with other content. Give the new one another version.")
    return kept


@transaction.atomic
def activate(version: SurveyVersion) -> None:
    """Ask this version from now on, and no other of its survey."""
    SurveyVersion.objects.filter(survey=version.survey_id).update(state=SurveyVersion.State.RETIRED)
    SurveyVersion.objects.filter(pk=version.pk).update(state=SurveyVersion.State.ACTIVE)
    Survey.objects.filter(pk=version.survey_id).update(title=_title(asked_in(version)))


def retire(version: SurveyVersion) -> None:
    """Ask this version no more. Its answers stay, and late ones still count."""
    SurveyVersion.objects.filter(pk=version.pk).update(state=SurveyVersion.State.RETIRED)


def asked_in(version: SurveyVersion) -> Asked:
    """What this version asks."""
    return _parsed(version.pk, version.digest)


def plan_of(version: SurveyVersion) -> Plan:
    """What is counted of the answers to this version."""
    return _plan(version.pk, version.digest)


def languages_of(version: SurveyVersion) -> list[tuple[str, bool]]:
    """Its languages by their English names, the default first, each with whether a speaker has reviewed it."""
    asked = asked_in(version)
    return [(language(tag).english_name, tag not in asked.unreviewed) for tag in asked.languages]


def versions_by_canonical(canonicals: set[str]) -> dict[str, SurveyVersion]:
    """The versions that these ``url|version`` name, without their documents; unknown ones are left out."""
    urls = {storable(canonical.partition("|")[0]) for canonical in canonicals}
    known = SurveyVersion.objects.filter(survey__url__in=urls).select_related("survey").defer("document")
    by_canonical = {f"{version.survey.url}|{version.version}": version for version in known}
    return {canonical: by_canonical[canonical] for canonical in canonicals if canonical in by_canonical}


@lru_cache(maxsize=256)
def _parsed(pk: int, digest: str) -> Asked:
    return read_survey(bytes(SurveyVersion.objects.get(pk=pk, digest=digest).document))


@lru_cache(maxsize=256)
def _plan(pk: int, digest: str) -> Plan:
    return counting.plan(_parsed(pk, digest))


def _readable(raw: bytes) -> Asked:
    try:
        faults = errors(find_faults(raw))
        if faults:
            raise SurveyRefused(*(fault.words for fault in faults))
        asked = read_survey(raw)
    except SurveyFault as problem:
        raise SurveyRefused(*(fault.words for fault in errors(problem.faults))) from problem
    if not asked.version:
        raise SurveyRefused(NO_VERSION)
    if "|" in asked.url or not asked.url:
        raise SurveyRefused("The questionnaire needs a url of its own, without the sign |.")
    return asked


def _survey(asked: Asked) -> Survey:
    survey = Survey.objects.filter(url=asked.url).first()
    return survey or Survey.objects.create(url=asked.url, slug=_free_slug(asked.url), title=_title(asked))


def _title(asked: Asked) -> str:
    return (asked.title.text or asked.url)[:400]


def _free_slug(url: str) -> str:
    """The end of the address as a name for this hub's own addresses; numbered when it is taken."""
    wanted = slugify(url.rstrip("/").replace(":", "/").rpartition("/")[2])[:60] or "survey"
    taken = set(Survey.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
