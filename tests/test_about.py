"""What a device tells the hub of itself."""

from __future__ import annotations

from pathlib import Path

from kiosk.app.about import about
from sync.wire import REPORT_FIELDS


def test_a_device_tells_its_version_survey_languages_voices_and_room(tmp_path: Path) -> None:
    """A language without a voice is told as one that is only read."""
    told = about(tmp_path, ("en-GB", "so"), "urn:x|1", {"en-GB": "english"}.get)
    assert (told["survey"], told["languages"], told["voices"]) == ("urn:x|1", ["en-GB", "so"], ["en-GB"])
    assert told["version"]
    assert told["disk_free_mb"] > 0
    assert set(told) < set(REPORT_FIELDS)
