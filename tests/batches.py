"""Small batches for the tests of the client."""

import json

from sync.batch import Batch, Way
from sync.outbox import Queued
from sync.wire import RESPONSE_SYSTEM


def document(response_id: str, words: str = "kind") -> bytes:
    resource = {
        "resourceType": "QuestionnaireResponse",
        "id": response_id,
        "identifier": {"system": RESPONSE_SYSTEM, "value": response_id},
        "status": "completed",
        "item": [{"linkId": "why", "answer": [{"valueString": words}]}],
    }
    return json.dumps(resource).encode()


def batch(*ids: str, way: Way = Way.PUT, zipped: bool = True) -> Batch:
    return Batch(tuple(Queued(number, one, "s", document(one)) for number, one in enumerate(ids, 1)), way, zipped)
