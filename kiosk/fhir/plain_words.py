"""What an author should look at: words without a translation, and words that are hard to read (S85)."""

from collections.abc import Iterator

from kiosk.fhir.faults import Fault
from kiosk.survey import Question, Survey, Wording


def every_wording(survey: Survey) -> Iterator[tuple[str, Wording]]:
    """All words a person may read, with the linkId of their item (empty for the survey's own)."""
    yield "", survey.title
    yield "", survey.description
    for item in survey.walk():
        for wording in (item.text, item.prefix):
            yield item.link_id, wording
        if isinstance(item, Question):
            yield item.link_id, item.entry_format
            for option in item.options:
                yield item.link_id, option.wording


def check_words(survey: Survey) -> Iterator[Fault]:
    """Warnings about a survey's words."""
    yield from ()
