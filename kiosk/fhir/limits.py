"""Bounds on an answer: maxLength and the extensions minValue, maxValue, minLength, regex, min/maxOccurs and their like."""

from collections.abc import Mapping
from decimal import Decimal

from kiosk.answers import compare
from kiosk.answers.patterns import BadPattern, compiled
from kiosk.fhir.extensions import (
    MAX_DECIMAL_PLACES,
    MAX_OCCURS,
    MAX_SIZE,
    MAX_VALUE,
    MIN_LENGTH,
    MIN_OCCURS,
    MIN_VALUE,
    REGEX,
    SLIDER_STEP,
    value_of,
    whole,
)
from kiosk.fhir.node import Node
from kiosk.fhir.primitives import Malformed
from kiosk.survey import Kind, Limits, Value

_BOUND_TYPES: Mapping[Kind, tuple[str, ...]] = {
    Kind.INTEGER: ("Integer", "Decimal"),
    Kind.DECIMAL: ("Decimal", "Integer"),
    Kind.DATE: ("Date",),
    Kind.DATE_TIME: ("DateTime", "Date"),
    Kind.TIME: ("Time",),
    Kind.QUANTITY: ("Quantity", "Decimal", "Integer"),
}
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY})


def read_limits(node: Node, kind: Kind) -> Limits:
    """All bounds the survey sets on this item."""
    limits = Limits(
        min_value=_bound(node, kind, MIN_VALUE),
        max_value=_bound(node, kind, MAX_VALUE),
        min_length=whole(node, MIN_LENGTH),
        max_length=node.whole("maxLength", least=1) if kind is not Kind.ATTACHMENT else _max_size(node),
        pattern=_pattern(node),
        max_decimal_places=whole(node, MAX_DECIMAL_PLACES),
        min_occurs=whole(node, MIN_OCCURS),
        max_occurs=whole(node, MAX_OCCURS, least=1),
        slider_step=whole(node, SLIDER_STEP, least=1) if kind in _NUMBERS else None,
    )
    _check_order(node, "minValue", limits.min_value, "maxValue", limits.max_value)
    _check_order(node, "minLength", limits.min_length, "maxLength", limits.max_length)
    _check_order(node, "minOccurs", limits.min_occurs, "maxOccurs", limits.max_occurs)
    if not node.boolean("repeats") and max(limits.min_occurs or 0, limits.max_occurs or 0) > 1:
        node.fault("business-rule", "has minOccurs or maxOccurs above 1, but does not repeat.")
    return limits


def _bound(node: Node, kind: Kind, url: str) -> Value | None:
    extension = node.extension(url)
    if extension is None:
        return None
    if kind not in _BOUND_TYPES:
        extension.fault("business-rule", f"is of type {kind}, which cannot have a {url.rpartition('/')[2]}.")
        return None
    value = value_of(extension, *_BOUND_TYPES[kind])
    return None if isinstance(value, Malformed) else value


def _max_size(node: Node) -> int | None:
    """The most bytes of an attachment."""
    extension = node.extension(MAX_SIZE)
    value = value_of(extension, "Decimal", "Integer") if extension else None
    return int(value) if isinstance(value, int | Decimal) else None


def _pattern(node: Node) -> str | None:
    extension = node.extension(REGEX)
    value = value_of(extension, "String") if extension else None
    if extension is None or not isinstance(value, str):
        return None
    try:
        compiled(value)
    except BadPattern as bad:
        extension.fault("not-supported", f"has a regex the kiosk cannot use: {bad}.", "valueString")
        return None
    return value


def _check_order(node: Node, low_name: str, low: Value | None, high_name: str, high: Value | None) -> None:
    if low is not None and high is not None and compare(low, high) == 1:
        node.fault("business-rule", f"has a {low_name} above its {high_name}, so nothing could be answered.")
