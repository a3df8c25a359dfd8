"""What people wrote, put into a hub through its own door; and a reader's way to the pages about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.hub_people import Device, Staff
from tests.hub_survey import answer

if TYPE_CHECKING:
    from sync.hub.models import Comment

SHARED = {"share": {"valueBoolean": True}}


def write(device: Device, *texts: str, fft: str = "good", share: bool = True, language: str = "en-GB") -> list[Comment]:
    """One response for each text; the comments that were kept of them, in this order."""
    from sync.hub.models import Comment

    kept = []
    for text in texts:
        said: dict[str, Any] = {"why": {"valueString": text}} | (SHARED if share else {})
        document = answer(fft, **said) | {"language": language}
        assert device.put(document).status_code == 201
        kept.append(Comment.objects.get(response__uuid=document["id"]))
    return kept


def told(staff: Staff, path: str, **form: str) -> str:
    """What the page says that a change leads to."""
    staff.see("/comments/visit")
    return staff.send(path, form).text


def shown(page: str, *texts: str) -> list[bool]:
    """Whether each text stands on the page."""
    return [text in page for text in texts]
