"""Trends: what the papers of the last weeks and months were about, and how much was read and checked."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from digest.site import routes
from digest.site.drawing.charts import Chart, Series, bars, columns
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.units import Unit

WEEKS, MONTHS = 26, 12
"""How far the charts go back, the newest day's week and month among them."""
NAMED = 12
"""Directions, organisations and tags that are counted."""
FEWEST = 2
"""Periods of a chart over time: a single column shows no trend."""

Counts = list[tuple[str, list[int]]]


def parts(site: Site) -> Iterator[Part]:
    """The page of trends, which changes only with its numbers."""
    weeks, months = _periods(site.library.days, _week, WEEKS), _periods(site.library.days, _month, MONTHS)
    kinds = site.library.topics.kinds
    common = {
        kind: _most((term.name, term.papers) for term in kinds[kind].values() if term.papers)
        for kind in ("organisations", "tags")
    }
    found = (list(weeks), _directions(weeks), _sums(weeks, (0, 1)), list(months), _sums(months, (2, 3)), common)
    yield Part("trends", mark_of(found), partial(_make, site, *found))


def _make(
    site: Site,
    weeks: list[str],
    directions: Counts,
    papers: list[list[int]],
    months: list[str],
    claims: list[list[int]],
    common: dict[str, list[tuple[str, int]]],
) -> Iterable[File]:
    label = site.label()
    week, month = label("site.week"), label("site.month_word")
    named = [Series(*one) for one in directions]
    charts = [
        columns(label("site.charts.directions"), week, weeks, named, shared=True) if len(weeks) >= FEWEST else None,
        _pair(site, "papers", ("listed", "picked"), week, weeks, papers),
        _pair(site, "claims", ("checked", "removed"), month, months, claims),
        *(_bars(site, kind, counted) for kind, counted in common.items()),
    ]
    yield site.page("trends", routes.TRENDS, charts=[chart for chart in charts if chart], is_young=len(weeks) < FEWEST)


def _pair(site: Site, name: str, both: tuple[str, str], corner: str, periods: list[str], sums: list[list[int]]) -> Chart | None:
    """Two counts of very different size, each on its own scale, which its note tells."""
    if len(periods) < FEWEST:
        return None
    label = site.label()
    series = [
        Series(label(f"site.charts.{one}"), values, label("site.charts.scale", top=f"{max(values):,}") if any(values) else "0")
        for one, values in zip(both, sums, strict=True)
    ]
    return columns(label(f"site.charts.{name}"), corner, periods, series, shared=False)


def _bars(site: Site, kind: str, counted: list[tuple[str, int]]) -> Chart | None:
    """The commonest of a kind. What came once is left out: which of many such stand here would be chance."""
    label = site.label()
    often = [one for one in counted if one[1] > 1]
    return bars(label(f"site.charts.{kind}"), (label(f"site.taxonomy.{kind}"), label("site.papers")), often)


def _week(day: Unit) -> str:
    year, week, _ = day.date.isocalendar()
    return f"{year}-W{week:02}"


def _month(day: Unit) -> str:
    return day.name[:7]


def _periods(days: Iterable[Unit], period: Callable[[Unit], str], limit: int) -> dict[str, list[Unit]]:
    """The days of the newest periods, the oldest first."""
    found: dict[str, list[Unit]] = {}
    for day in days:
        name = period(day)
        if name not in found and len(found) == limit:
            break
        found.setdefault(name, []).append(day)
    return dict(reversed(found.items()))


def _directions(weeks: dict[str, list[Unit]]) -> Counts:
    """How many papers each of the commonest directions has in each week, out of those that `counts` counts as picked."""
    picked = ((paper for day in days for paper in day.papers if paper.is_picked) for days in weeks.values())
    counted = [Counter(name for paper in papers for name in paper.directions) for papers in picked]
    total: Counter[str] = sum(counted, Counter())
    return [(name, [week[name] for week in counted]) for name, _ in _most(total.items())]


def _most(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counted, key=lambda one: (-one[1], one[0]))[:NAMED]


def _sums(periods: dict[str, list[Unit]], places: tuple[int, int]) -> list[list[int]]:
    """Two of the counts of days, summed over each period."""
    return [[sum(day.counts[place] for day in days) for days in periods.values()] for place in places]
