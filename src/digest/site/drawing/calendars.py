"""Calendars of the archive: months as weeks of days. The week begins on Monday (ISO 8601)."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date as Date
from itertools import groupby
from typing import NamedTuple, TypeAlias

from digest.site import routes


class Day(NamedTuple):
    """A day in a calendar.

    Attributes:
        state: `announced`, `quiet`, `stale`, `failed` or `provisional`; empty for a day without a record.
        route: of its digest, None where there is none.
        picked: its papers.
    """

    date: Date
    state: str = ""
    route: str | None = None
    picked: int = 0


Week: TypeAlias = tuple[Day | None, ...]
"""Seven days from Monday on; None for those of another month."""


class Month(NamedTuple):
    """A month in a calendar.

    Attributes:
        date: its first day.
        route: of its page.
        issues: how many of its days have a digest.
    """

    date: Date
    route: str
    issues: int
    weeks: tuple[Week, ...]


def calendar(days: Mapping[Date, Day]) -> tuple[Month, ...]:
    """The months that have days, the newest first."""
    newest_first = sorted(days.values(), key=lambda day: day.date, reverse=True)
    return tuple(_month(first, tuple(found)) for first, found in groupby(newest_first, key=_first_day))


def _month(first: Date, days: Iterable[Day]) -> Month:
    known = {day.date.day: day for day in days}
    weekday, length = monthrange(first.year, first.month)
    cells: list[Day | None] = [None] * weekday
    cells += [known.get(number) or Day(first.replace(day=number)) for number in range(1, length + 1)]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(first, routes.month_route(first), sum(day.route is not None for day in known.values()), weeks)


def _first_day(day: Day) -> Date:
    return day.date.replace(day=1)
