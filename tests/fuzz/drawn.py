"""Bundles that hypothesis draws: nearly right in most places, anything at all in some."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

from sync import wire
from tests.fuzz.hub import Target
from tests.fuzz.line import Answer, Shot, fire, request
from tests.hub_survey import FFT, FFT_WORDS, SURVEY, URL

PART = 100
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)
LINKS = st.sampled_from([item["linkId"] for item in SURVEY["item"]]) | st.text(max_size=8)
CODES = st.sampled_from([*FFT_WORDS, "splendid"])
VALUES = st.one_of(
    st.builds(lambda code: {"valueCoding": {"system": FFT, "code": code}}, CODES),
    st.builds(lambda number: {"valueInteger": number}, st.integers()),
    st.builds(lambda words: {"valueString": words}, st.text(max_size=60)),
    st.builds(lambda yes: {"valueBoolean": yes}, st.booleans()),
    st.dictionaries(st.sampled_from(["valueCoding", "valueDate", "valueDecimal", "extension", "item"]), ANYTHING, max_size=2),
)
ITEMS: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries({"linkId": LINKS, "answer": st.lists(VALUES, max_size=3)}),
    lambda inner: st.fixed_dictionaries({"linkId": LINKS, "item": st.lists(inner, max_size=3)}),
    max_leaves=5,
)


def odd(usual: st.SearchStrategy[Any], of: int = 8) -> st.SearchStrategy[Any]:
    """As usual; one time `of` so many anything at all."""
    return st.integers(1, of).flatmap(lambda number: ANYTHING if number == of else usual)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A QuestionnaireResponse to the survey of the tests, more or less."""
    own = str(draw(st.uuids(version=4)))
    document = {
        "resourceType": draw(odd(st.just("QuestionnaireResponse"))),
        "id": draw(odd(st.just(own))),
        "identifier": draw(odd(st.just({"system": wire.RESPONSE_SYSTEM, "value": own}))),
        "questionnaire": draw(odd(st.sampled_from([f"{URL}|1", f"{URL}|2", URL]))),
        "status": draw(odd(st.sampled_from(["completed", "stopped", "amended", "entered-in-error", "in-progress"]))),
        "authored": draw(odd(st.datetimes().map(lambda moment: moment.isoformat() + "Z"))),
        "language": draw(odd(st.sampled_from(["en-GB", "ur", "x-\0"]))),
        "item": draw(odd(st.lists(ITEMS, max_size=4))),
    }
    left_out = draw(st.sets(st.sampled_from(sorted(document)), max_size=1))
    more = draw(
        st.dictionaries(st.sampled_from(["extension", "contained", "meta", "text", "subject", "_status"]), ANYTHING, max_size=1)
    )
    return {name: value for name, value in document.items() if name not in left_out} | more


@st.composite
def entries(draw: st.DrawFn) -> Any:
    document = draw(documents())
    own = document.get("id", "x")
    put = {"method": "PUT", "url": f"QuestionnaireResponse/{own}"}
    condition = f"identifier={wire.RESPONSE_SYSTEM}|{own}"
    post = {"method": "POST", "url": "QuestionnaireResponse", "ifNoneExist": condition}
    return draw(odd(st.just({"resource": document, "request": draw(odd(st.sampled_from([put, post]), 30))}), 30))


BUNDLES = st.fixed_dictionaries(
    {
        "resourceType": odd(st.just("Bundle"), 40),
        "type": odd(st.sampled_from(["batch"] * 9 + ["transaction"]), 40),
        "entry": odd(st.lists(entries(), max_size=4), 40),
    }
)


def throw(target: Target, number: int, chance: int, heard: Callable[[str, int], None]) -> None:
    """Send so many, and tell `heard` what was thrown and what was answered; 0 for a reply that fits no batch."""
    token = target.devices[0].token
    headers = {"Authorization": f"Bearer {token}", "Content-Type": wire.FHIR_JSON}

    def send(bundle: dict[str, Any]) -> None:
        body = json.dumps(bundle).encode("utf-8", "surrogatepass")
        answer = fire(target.port, Shot("a drawn bundle", request("POST", "/fhir", headers, body)))
        heard("a drawn bundle", answer.status if _fits(bundle, answer) else 0)

    played(send, BUNDLES, number, chance)


def _fits(bundle: dict[str, Any], answer: Answer) -> bool:
    """A batch that was read has an answer to each entry, and each is one."""
    if answer.status != 200:
        return 400 <= answer.status < 500
    told = json.loads(answer.body)["entry"]
    return len(told) == len(bundle["entry"]) and all(one["response"]["status"][:3].isdecimal() for one in told)


def played(send: Callable[[Any], None], drawn: st.SearchStrategy[Any], number: int, chance: int) -> None:
    """`send` once for each of so many, the same ones for the same `chance`; a part at a time, for hypothesis remembers all."""
    for start in range(0, number, PART):
        plain = settings(
            max_examples=min(PART, number - start),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seed(chance * 1_000 + start)(plain(given(drawn)(send)))()
