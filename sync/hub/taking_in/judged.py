"""What :mod:`~sync.hub.taking_in.intake` judges and ``keep`` writes: responses on their way in, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sync.hub.models import Device, SurveyVersion
from sync.hub.taking_in import flat


@dataclass(frozen=True, slots=True)
class Arrival:
    """A QuestionnaireResponse at the door: its bytes, and the UUID it was sent under."""

    uuid: UUID
    raw: bytes


@dataclass(frozen=True, slots=True)
class Reception:
    """Who brings them, and when. `clock_ahead_seconds`: the device's clock against ours now, None where it does not say."""

    device: Device
    at: datetime
    clock_ahead_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A response that fits its survey, ready to be kept."""

    arrival: Arrival
    digest: str
    document: dict[str, Any]
    version: SurveyVersion
    language: str
    answers: list[flat.FlatAnswer]
    may_share: bool
