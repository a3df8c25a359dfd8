"""Strange values, and documents with something strange put into them."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**30, 1.5, -0.0, 1e308, 5e-324),
    *("", " ", "\0", "a\0b", "\ud800", "\u202e", "é" * 400, "x" * 100_000, "../../etc/passwd", "%00", "{{7*7}}", "=1+1"),
    *("completed", "2026-13-45", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00", "-" * 36, "urn:uuid:", "true", "NaN"),
    *([], [[]], [None], [[[[[[[[[[]]]]]]]]]], {}, {"": ""}, {"valueString": 1}, {"valueCoding": []}, {"extension": [{}]}),
    *({"resourceType": "Bundle"}, {"$ref": "#"}, {"__proto__": {}}, ["a"] * 1000, {str(n): n for n in range(500)}),
)
KEYS = (
    "id",
    "status",
    "item",
    "answer",
    "linkId",
    "valueInteger",
    "valueCoding",
    "extension",
    "url",
    "contained",
    "meta",
    "text",
)


def spoilt(document: Any, chance: random.Random, times: int = 1) -> Any:
    """A copy with something strange in `times` places."""
    other = copy.deepcopy(document)
    for _ in range(times):
        places = list(_places(other))
        if not places:
            return chance.choice(STRANGE)
        holder, key = chance.choice(places)
        _spoil(holder, key, chance)
    return other


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) in it, in the order of the document; it may be nested deeper than Python calls itself."""
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        holder = todo.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        found += [(holder, key) for key in keys]
        todo += [holder[key] for key in reversed(keys)]
    return found


def _spoil(holder: Any, key: Any, chance: random.Random) -> None:
    what = chance.randrange(8)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key] = [holder[key]] if chance.random() < 0.5 else {"value": holder[key]}
    elif what == 2 and isinstance(holder, dict):
        holder[chance.choice(KEYS)] = chance.choice(STRANGE)
    elif what == 3 and isinstance(holder[key], str):
        holder[key] = _bent(holder[key], chance)
    elif what == 4 and isinstance(holder, list):
        holder.extend(copy.deepcopy(holder[key]) for _ in range(chance.choice((1, 3, 60))))
    else:
        holder[key] = copy.deepcopy(chance.choice(STRANGE))


def _bent(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return chance.choice((text.upper(), text[:at], text[:at] + "\0" + text[at:], text * 50, text + " ", text[::-1]))


def written(document: Any, chance: random.Random) -> bytes:
    """As JSON, now and then as JSON that is not quite."""
    text = json.dumps(document, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    what = chance.randrange(14)
    if what == 0:
        return text[: chance.randrange(len(text) + 1)]
    if what == 1:
        at = chance.randrange(len(text) + 1)
        return text[:at] + bytes(chance.randrange(256) for _ in range(chance.choice((1, 4)))) + text[at:]
    if what == 2:
        return text.replace(b'"status"', b'"status": "stopped", "status"', 1)
    if what == 3:
        return b"\xef\xbb\xbf" + text
    if what == 4:
        return text.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
    if what == 5:
        return text.replace(b"1", chance.choice((b"1e99999", b"01", b"-", b"Infinity", b"1" * 5000)), 1)
    return text


def nest(depth: int, chance: random.Random) -> bytes:
    """Brackets in brackets."""
    opening, closing = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'{"item":[', b"]}"), (b'[{"extension":', b"}]")))
    depth = min(depth, 1_900_000 // (len(opening) + len(closing)))
    return opening * depth + (b"1" + closing * depth if chance.random() < 0.5 else b"")
