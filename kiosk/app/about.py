"""What a device tells the hub of itself (sync.wire.REPORT_FIELDS), besides what its outbox says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk import __version__


def about(data: Path, languages: tuple[str, ...], survey: str, voice_for: Callable[[str], str | None]) -> dict[str, Any]:
    """How it stands at this moment; the languages are those that can be asked in."""
    return {
        "version": __version__,
        "survey": survey,
        "languages": list(languages),
        "voices": [tag for tag in languages if voice_for(tag)],
        "disk_free_mb": shutil.disk_usage(data).free // 1_000_000,
    }
