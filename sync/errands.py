"""What the courier does on the way: brings surveys and settings, reports health. Nothing here touches an answer."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sync.client import Client
from sync.outbox import Counts
from sync.outcomes import Pulled, Refused, Told, Trouble, Unchanged


class Errands:
    """Remembers what was brought and whether reports are wanted. The ETag is not kept on disk: a restart looks afresh."""

    def __init__(
        self,
        on_survey: Callable[[bytes], None],
        about: Callable[[], Mapping[str, Any]],
        on_settings: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        self._on_survey = on_survey
        self._about = about
        self._on_settings = on_settings
        self._settings_etag = ""
        self._settings_wanted = True
        self._etag = ""
        self._handed_over: frozenset[bytes] = frozenset()
        self._reports_wanted = True

    def look_for_surveys(self, client: Client) -> Trouble | None:
        """Hand over each survey that this process has not handed over before; what went wrong, or None."""
        outcome = client.fetch_surveys(self._etag)
        if isinstance(outcome, Pulled):
            self._hand_over(outcome)
        return None if isinstance(outcome, Pulled | Unchanged) else outcome

    def look_for_settings(self, client: Client) -> None:
        """Hand over what the hub tells this device, when it is new; a centre that knows no such thing is not asked again."""
        if not (client.takes_reports and self._settings_wanted):
            return
        outcome = client.fetch_settings(self._settings_etag)
        self._settings_wanted = not (isinstance(outcome, Refused) and outcome.status in {404, 405})
        if isinstance(outcome, Told):
            self._on_settings(outcome.body)
            self._settings_etag = outcome.etag

    def report(self, client: Client, counts: Counts) -> None:
        """Tell the hub how this device is; a centre that knows no reports is not told again."""
        if client.takes_reports and self._reports_wanted:
            outcome = client.report({**self._about(), **_figures(counts)})
            self._reports_wanted = not (isinstance(outcome, Refused) and outcome.status in {404, 405})

    def _hand_over(self, pulled: Pulled) -> None:
        marked = [(hashlib.sha256(survey).digest(), survey) for survey in pulled.surveys]
        for mark, survey in marked:
            if mark not in self._handed_over:
                self._on_survey(survey)
        self._handed_over = frozenset(mark for mark, _ in marked)
        self._etag = pulled.etag


def _figures(counts: Counts) -> Mapping[str, Any]:
    """The outbox's part of sync.wire.REPORT_FIELDS."""
    return {
        "waiting": counts.waiting,
        "sent": counts.sent,
        "refused": counts.refused,
        "oldest_waiting_seconds": counts.oldest_waiting_seconds,
        "unreadable": counts.unreadable,
        "device_time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
