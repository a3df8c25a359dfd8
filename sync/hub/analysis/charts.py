"""XmR charts as SVG: what each point means is told by its shape and in words, not by colour alone (S147). Pure strings.

A page shows a chart twice, wide and narrow, and its style sheet picks one: so the letters are as large on a telephone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from sync.hub.analysis.xmr import Cause, Limits, Meaning, Part, Point, Xmr

MEANINGS: Final = {
    Meaning.COMMON: "Chance",
    Meaning.IMPROVEMENT: "Better",
    Meaning.CONCERN: "Worse",
    Meaning.NEUTRAL: "Changed",
}
CAUSES: Final = {
    Cause.OUTSIDE: "Outside the limits",
    Cause.TREND: "Seven in a row, each {} than the last",
    Cause.TWO_OF_THREE: "Two of three near the {} limit",
    Cause.SHIFT: "Seven in a row {} the average",
}
SIDES: Final = {
    Cause.OUTSIDE: ("", ""),
    Cause.TREND: ("higher", "lower"),
    Cause.TWO_OF_THREE: ("upper", "lower"),
    Cause.SHIFT: ("above", "below"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing, in its own units; letters are 15 high (14 in the narrow one)."""

    width: int
    height: int
    right: int
    labels: int
    """How many labels fit below."""

    left: int = 52
    top: int = 16
    bottom: int = 40


WIDE: Final = Frame(960, 400, 128, 13)
NARROW: Final = Frame(350, 300, 12, 4, left=44, bottom=36)


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart shows. `labels` and `people` stand with its points in their order."""

    title: str
    chart: Xmr
    labels: tuple[str, ...]
    people: tuple[int, ...]
    target: float | None = None
    unit: str = "%"
    most: float = 100
    """No value is greater and none less than nothing: the drawing is cut there (S149)."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places in a frame."""

    frame: Frame
    low: float
    high: float
    points: int

    @property
    def size(self) -> float:
        """How large a point is drawn: where there are many, smaller, so that they can be told apart."""
        room = self.frame.width - self.frame.left - self.frame.right
        return min(1.0, max(0.55, room / max(self.points, 1) / 10))

    def x(self, at: float) -> float:
        room = self.frame.width - self.frame.left - self.frame.right
        return round(self.frame.left + room * (at + 0.5) / max(self.points, 1), 1)

    def y(self, value: float) -> float:
        """Cut at the frame."""
        room = self.frame.height - self.frame.top - self.frame.bottom
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.frame.top + room * (1 - part), 1)


def svg(series: Series, frame: Frame, name: str, style: str = "") -> str:
    """The drawing; `name` makes its ids its own on the page."""
    scale = _scale(series, frame)
    size = f'viewBox="0 0 {frame.width} {frame.height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="xmr" {size} role="img" aria-labelledby="{name}-t {name}-d">',
        f'<title id="{name}-t">{escape(series.title)}</title><desc id="{name}-d">{escape(described(series))}</desc>',
        f"<style>{style}</style>" if style else "",
        *_axes(series, scale),
        *(line for part in series.chart.parts for line in _lines(part, scale)),
        *_target(series, scale),
        *_path(series, scale),
        *(_shape(point, scale.x(at), scale.y(point.value), scale.size) for at, point in enumerate(series.chart.points)),
        *(_names(series, scale) if frame.right > 40 else ()),
        "</svg>",
    ]
    return "".join(parts)


def described(series: Series) -> str:
    """The chart in a few sentences, for those who do not see it; the table below it has every figure."""
    points, lines = series.chart.points, series.chart.parts[-1].limits if series.chart.parts else None
    if not points:
        return "There is nothing to draw yet."
    said = [
        f"{len(points)} points, {series.labels[0]} to {series.labels[-1]}. The last is {_plain(points[-1].value)}{series.unit}."
    ]
    if lines:
        said.append(f"The average is {_plain(lines.mean)}{series.unit}, the limits {limits_in_words(lines, series)}.")
    special = [f"{label}: {in_words(point)}" for label, point in zip(series.labels, points, strict=True) if point.cause]
    said.append("; ".join(special[-6:]) + "." if special else "No point is more than chance.")
    return " ".join(said)


def in_words(point: Point) -> str:
    """What a point means and why: ``Better: seven in a row above the average``."""
    if point.cause is None:
        return MEANINGS[point.meaning]
    side = SIDES[point.cause][0 if point.high else 1]
    why = CAUSES[point.cause].format(side)
    return f"{MEANINGS[point.meaning]}: {why[0].lower()}{why[1:]}"


def limits_in_words(lines: Limits, series: Series) -> str:
    """Both limits, cut where no value can be."""
    low, high = max(lines.lower, 0), min(lines.upper, series.most)
    return f"{_plain(low)}{series.unit} and {_plain(high)}{series.unit}"


def shape(meaning: Meaning) -> str:
    """The shape alone, for the key beside a chart and the table below it."""
    drawn = _shape(Point(0, Part(0, 0, None, trial=False), meaning), 10, 10)
    return f'<svg class="xmr key" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{drawn}</svg>'


def _scale(series: Series, frame: Frame) -> Scale:
    seen = [point.value for point in series.chart.points] + ([series.target] if series.target is not None else [])
    for part in series.chart.parts:
        seen += [max(part.limits.lower, 0), min(part.limits.upper, series.most)] if part.limits else []
    low, high = (min(seen), max(seen)) if seen else (0.0, 100.0)
    step = _step(max(high - low, 4))
    low, high = max(math.floor((low - step / 4) / step) * step, 0), min(math.ceil((high + step / 4) / step) * step, series.most)
    return Scale(frame, low, high if high > low else low + step, len(series.chart.points))


def _step(span: float) -> float:
    """A round distance between the lines of the grid: four to eight of them."""
    return next(step for size in range(9) for step in (10.0**size, 2 * 10.0**size, 5 * 10.0**size) if span / step <= 7)


def _axes(series: Series, scale: Scale) -> Iterator[str]:
    frame, step = scale.frame, _step(max(scale.high - scale.low, 4))
    right = frame.width - frame.right
    for line in range(math.ceil(scale.low / step), math.floor(scale.high / step) + 1):
        y = scale.y(line * step)
        yield f'<path class="grid" d="M{frame.left} {y}H{right}"/>'
        yield f'<text class="axis" x="{frame.left - 8}" y="{y + 5}" text-anchor="end">{_plain(line * step)}{series.unit}</text>'
    yield f'<path class="edge" d="M{frame.left} {frame.height - frame.bottom}H{right}"/>'
    every = math.ceil(len(series.labels) / frame.labels) or 1
    last = len(series.labels) - 1
    for at in range(last % every, last + 1, every):
        x, y = scale.x(at), frame.height - frame.bottom
        place = min(max(x, 34), frame.width - 30)
        yield f'<path class="edge" d="M{x} {y}v6"/>'
        yield f'<text class="axis" x="{place}" y="{y + 24}" text-anchor="middle">{escape(series.labels[at])}</text>'


def _lines(part: Part, scale: Scale) -> Iterator[str]:
    left, right = scale.x(part.first - 0.5), scale.x(part.end - 0.5)
    if part.first:
        frame = scale.frame
        yield f'<path class="rebase" d="M{left} {frame.top}V{frame.height - frame.bottom}"/>'
    if part.limits is None:
        return
    lines = {"mean": [part.limits.mean], "limit": [part.limits.lower, part.limits.upper]}
    lines["inner"] = [part.limits.inner_lower, part.limits.inner_upper]
    for name, values in lines.items():
        for value in values:
            if scale.low <= value <= scale.high:
                yield f'<path class="{name}" d="M{left} {scale.y(value)}H{right}"/>'


def _target(series: Series, scale: Scale) -> Iterator[str]:
    if series.target is not None:
        frame = scale.frame
        yield f'<path class="target" d="M{frame.left} {scale.y(series.target)}H{frame.width - frame.right}"/>'


def _path(series: Series, scale: Scale) -> Iterator[str]:
    for part in series.chart.parts:
        points = series.chart.points[part.first : part.end]
        places = " ".join(f"{scale.x(part.first + at)},{scale.y(point.value)}" for at, point in enumerate(points))
        yield f'<polyline class="line" points="{places}"/>'


def _shape(point: Point, x: float, y: float, size: float = 1) -> str:
    """A circle for chance; better is a diamond, worse a square, changed a triangle."""
    kind, unit = f'class="point {point.meaning.value}"', round(size, 2)
    diamond, square, triangle = (round(length * unit, 1) for length in (8.5, 6.5, 8))
    match point.meaning:
        case Meaning.COMMON:
            return f'<circle {kind} cx="{x}" cy="{y}" r="{round(5 * unit, 1)}"/>'
        case Meaning.IMPROVEMENT:
            to = f"l{diamond} {diamond}l-{diamond} {diamond}l-{diamond} -{diamond}z"
            return f'<path {kind} d="M{x} {round(y - diamond, 1)}{to}"/>'
        case Meaning.CONCERN:
            side = round(2 * square, 1)
            return f'<path {kind} d="M{round(x - square, 1)} {round(y - square, 1)}h{side}v{side}h-{side}z"/>'
        case Meaning.NEUTRAL:
            wide, high = round(2 * triangle, 1), round(1.75 * triangle, 1)
            return f'<path {kind} d="M{x} {round(y - triangle, 1)}l{triangle} {high}h-{wide}z"/>'


def _names(series: Series, scale: Scale) -> Iterator[str]:
    """The names of the lines, at the right and far enough from each other to be read."""
    lines = series.chart.parts[-1].limits if series.chart.parts else None
    named: list[tuple[float, str]] = []
    if lines:
        named = [(lines.mean, "Average"), (lines.upper, "Upper limit"), (lines.lower, "Lower limit")]
        named = [(value, f"{words} {_plain(value)}") for value, words in named if scale.low <= value <= scale.high]
    if series.target is not None:
        named.append((series.target, f"Target {_plain(series.target)}"))
    x = scale.frame.width - scale.frame.right + 8
    for y, words in _apart(sorted((scale.y(value), words) for value, words in named)):
        yield f'<text class="axis" x="{x}" y="{y + 5}">{words}</text>'


def _apart(places: Sequence[tuple[float, str]], least: float = 17) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    for y, words in places:
        found.append((max(y, found[-1][0] + least) if found else y, words))
    return found


def _plain(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) < 1000 else f"{value:,.0f}"
