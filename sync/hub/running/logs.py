"""Log lines: as JSON for a collector, or plain for a person who looks. Neither ever holds an answer (S161)."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class AsJson(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `message`, and what a request line says of the request."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(told | _said(record), ensure_ascii=False)


class Plain(logging.Formatter):
    """`2026-11-23 12:00:00 INFO GET devices 200 12.3 ms`."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        said = _said(record)
        if said:
            record.message = f"{said['method']} {said['route']} {said['status']} {said['milliseconds']} ms"
        return super().formatMessage(record)


def _said(record: logging.LogRecord) -> dict[str, object]:
    said = getattr(record, "said", {})
    return said if isinstance(said, dict) else {}
