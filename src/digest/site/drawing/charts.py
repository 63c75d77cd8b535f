"""Charts of the trends page, drawn when the site is built: SVG that needs no script and no style attribute.

Across, everything is in per cent; up and down, in the size of the text. So a chart fills a phone and a wide screen
alike, and its words are never scaled with it. A series has a panel of its own under its name instead of a colour that a
legend explains. Colours and sizes are in the style sheet (45-charts.css).
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from digest.typography import shorten, width

_LINE, _NOTE, _TICK = 42, 18, 14
"""Columns that a name with its note, the note, and a label of the axis may take: what fits on a phone of 360 px."""
_TALLEST, _FLATTEST = 3.0, 0.12
"""Height of a column, in ems: of the highest number, and of any that is not zero."""
_ABOVE, _BELOW = 2.5, 1.0
"""Room in a panel, in ems: above the columns for the heading and a number, and below."""
_ROW, _BAR_TOP, _BAR_HEIGHT = 2.6, 1.45, 0.5
"""Of a row of bars, in ems."""
_WIDEST = 12.0
"""Per cent that a column takes at most; where there are few, they would be blocks."""


class Series(NamedTuple):
    """What a panel shows.

    Attributes:
        values: a count for each period, none of them negative.
        note: stands at the other end of the name's line, such as "scale 0–124".
    """

    name: str
    values: Sequence[int]
    note: str = ""


class Chart(NamedTuple):
    """A chart and the same numbers as a table.

    Attributes:
        svg: the whole element, escaped.
        head: of the table, as many as each of its rows has.
    """

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def columns(
    title: str, corner: str, periods: Sequence[str], series: Iterable[Series], *, shared: bool, limit: int = 8
) -> Chart | None:
    """Counts over time, a panel for each series, the one with most first. None where there is nothing to count.

    Args:
        corner: the table's head for the periods: "week".
        periods: the labels of the periods, the oldest first.
        shared: one scale for all panels, to compare the series, and none of a series that has only zeros; else the highest
            number of each is as tall, and the notes should say how high that is.
        limit: panels at most; the table has all series.
    """
    full = sorted((one for one in series if any(one.values) or not shared), key=lambda one: (-sum(one.values), one.name))
    if not any(any(one.values) for one in full):
        return None
    shown, highest = full[:limit], max(max(one.values) for one in full)
    top, marks = 0.0, []
    for one in shown:
        base = top + _ABOVE + _tall(max(one.values), highest if shared else max(one.values))
        marks += [*_heading(one.name, one.note, top), *_panel(one.values, periods, base, highest if shared else max(one.values))]
        top = base + _BELOW
    marks += _axis(periods, top + 0.3)
    height = top + 0.6
    rows = [(period, *(_number(one.values[n]) for one in full)) for n, period in enumerate(periods)]
    told = "; ".join(f"{one.name}: {_number(sum(one.values))}" for one in shown)
    return Chart(title, _svg(title, told, height, marks), (corner, *(one.name for one in full)), tuple(rows))


def bars(title: str, head: tuple[str, str], counted: Iterable[tuple[str, int]], *, limit: int = 12) -> Chart | None:
    """The most frequent of something, the most frequent first. None where there is nothing to count."""
    found = sorted((one for one in counted if one[1] > 0), key=lambda one: (-one[1], one[0]))
    if not found:
        return None
    shown = found[:limit]
    marks = [mark for n, (name, count) in enumerate(shown) for mark in _row(name, count, n * _ROW, count / shown[0][1])]
    told = "; ".join(f"{name}: {_number(count)}" for name, count in shown)
    rows = tuple((name, _number(count)) for name, count in found)
    return Chart(title, _svg(title, told, len(shown) * _ROW, marks), head, rows)


# --- parts ---------------------------------------------------------------------------------------


def _panel(values: Sequence[int], periods: Sequence[str], base: float, highest: int) -> Iterator[str]:
    """The columns of a series on their base line, and the number of its tallest one above it."""
    peak = values.index(max(values))
    for place, (period, value) in enumerate(zip(periods, values, strict=True)):
        if not value:
            continue
        left, wide = _slot(place, len(periods))
        tall = _tall(value, highest)
        size = f'x="{_short(left)}%" y="{_short(base - tall)}em" width="{_short(wide)}%" height="{_short(tall)}em"'
        yield f'<rect class="amount" {size}><title>{escape(period)}: {_number(value)}</title></rect>'
        if place == peak:
            yield _text("peak", _short(left + wide / 2), base - tall - 0.3, _number(value), _anchor(left + wide / 2))
    yield f'<line class="base" x1="0" x2="100%" y1="{_short(base)}em" y2="{_short(base)}em"/>'


def _tall(value: int, highest: int) -> float:
    return max(_TALLEST * value / highest, _FLATTEST) if highest else 0


def _row(name: str, count: int, top: float, part: float) -> Iterator[str]:
    yield from _heading(name, _number(count), top)
    at = f'x="0" y="{_short(top + _BAR_TOP)}em" height="{_BAR_HEIGHT}em"'
    yield f'<rect class="trough" {at} width="100%"/><rect class="amount" {at} width="{_short(max(100 * part, 0.5))}%"/>'


def _heading(name: str, note: str, top: float) -> Iterator[str]:
    short = shorten(note, _NOTE)
    yield _text("name", "0", top + 1, shorten(name, _LINE - 2 - width(short)))
    if note:
        yield _text("note", "100", top + 1, short, "end")


def _axis(periods: Sequence[str], y: float) -> Iterator[str]:
    """The first and the last period, and one in the middle where there is room; of two, each stands under its column."""
    count = len(periods)
    places = {0: "start"} | ({count // 2: "middle"} if count > 8 else {}) | ({count - 1: "end"} if count > 2 else {1: "start"})
    for place, anchor in places.items():
        if place < count:
            left, wide = _slot(place, count)
            x = {"start": left, "middle": left + wide / 2, "end": left + wide}[anchor]
            yield _text("tick", _short(x), y, shorten(periods[place], _TICK), anchor)


def _slot(place: int, count: int) -> tuple[float, float]:
    """Where a column begins and how wide it is, in per cent; the last one of many ends where the chart does."""
    slot = 100 / max(count, 2)
    wide = min(0.72 * slot, _WIDEST)
    return place * (100 - wide) / (count - 1) if count > 2 else place * slot, wide


def _anchor(x: float) -> str:
    """How a label above a column stands, so that it does not leave the chart."""
    return "start" if x < 8 else "end" if x > 92 else "middle"


def _text(kind: str, x: str, y: float, text: str, anchor: str = "start") -> str:
    stands = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{kind}" x="{x}{"%" if x != "0" else ""}" y="{_short(y)}em"{stands}>{escape(text)}</text>'


def _svg(title: str, told: str, height: float, marks: Iterable[str]) -> Markup:
    names = f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
    return Markup(f'<svg class="chart" role="img" width="100%" height="{_short(height)}em">{names}{"".join(marks)}</svg>')  # noqa: S704


def _number(count: int) -> str:
    return f"{count:,}"


def _short(number: float) -> str:
    """A length with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
