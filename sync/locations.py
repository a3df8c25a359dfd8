"""Whether a batch-response answers these very entries: where an entry gives its resource's address, it must fit the response.

FHIR R4 Bundle.entry.response.location. Entries stand in the order they were sent; a centre, or something between, that mixes
them up would have one person's answer counted as sent because another's was.
"""

import re
from collections.abc import Sequence
from typing import Final

from sync.batch import Way
from sync.outcomes import Entry

PLACE: Final = re.compile(r"(?:^|/)QuestionnaireResponse/([^/?#]+)")


def fit(response_ids: Sequence[str], entries: Sequence[Entry], way: Way) -> bool:
    """Whether every address given is that entry's own. Under an id of the server's choice it must at least be nobody else's."""
    named = [
        (own.lower(), found[1].lower())
        for own, entry in zip(response_ids, entries, strict=True)
        if entry.status in range(200, 300) and (found := PLACE.search(entry.location))
    ]
    places = [place for _, place in named]
    if len(set(places)) < len(places):
        return False
    sent = {own.lower() for own in response_ids}
    return all(place == own or (way is Way.CREATE and place not in sent) for own, place in named)
