"""Months as weeks of days, from Monday to Sunday."""

from datetime import date as Date
from datetime import timedelta

import pytest

from digest.site.drawing.calendars import Day, Month, calendar
from digest.site.routes import month_route


def months(*days: Day) -> tuple[Month, ...]:
    return calendar({day.date: day for day in days})


def one(day: Date) -> list[list[int | None]]:
    (month,) = months(Day(day, "announced", "x/", 6))
    return [[cell.date.day if cell else None for cell in week] for week in month.weeks]


def test_a_month_is_laid_out_from_monday_to_sunday() -> None:
    assert one(Date(2026, 2, 18)) == [
        [None, None, None, None, None, None, 1],
        [2, 3, 4, 5, 6, 7, 8],
        [9, 10, 11, 12, 13, 14, 15],
        [16, 17, 18, 19, 20, 21, 22],
        [23, 24, 25, 26, 27, 28, None],
    ]


def test_a_month_that_fills_four_weeks_has_no_empty_ones() -> None:
    assert one(Date(2021, 2, 1)) == [[7 * week + day for day in range(1, 8)] for week in range(4)]


@pytest.mark.parametrize("first", [Date(year, month, 1) for year in (2024, 2026) for month in range(1, 13)])
def test_every_day_stands_once_under_its_weekday(first: Date) -> None:
    (month,) = months(Day(first))
    assert all(len(week) == 7 and any(week) for week in month.weeks)
    found = [cell.date for week in month.weeks for cell in week if cell]
    assert found == [first + timedelta(days=n) for n in range(len(found))] and (found[-1] + timedelta(days=1)).day == 1
    assert all(cell.date.weekday() == place for week in month.weeks for place, cell in enumerate(week) if cell)


def test_days_keep_what_is_known_of_them_and_the_others_are_empty() -> None:
    shown, quiet = Day(Date(2026, 2, 18), "announced", "2026-02-18/", 6), Day(Date(2026, 2, 21), "quiet")
    (month,) = months(quiet, shown)
    cells = {cell.date.day: cell for week in month.weeks for cell in week if cell}
    assert cells[18] == shown and cells[21] == quiet and cells[19] == (Date(2026, 2, 19), "", None, 0)
    assert month.route == month_route(Date(2026, 2, 18)) and month.issues == 1


def test_months_come_the_newest_first_and_only_those_that_have_days() -> None:
    found = months(Day(Date(2025, 12, 31)), Day(Date(2026, 3, 1)), Day(Date(2026, 1, 1)), Day(Date(2026, 3, 31)))
    assert [month.date for month in found] == [Date(2026, 3, 1), Date(2026, 1, 1), Date(2025, 12, 1)]
    assert [month.issues for month in found] == [0, 0, 0]


def test_no_days_make_no_months() -> None:
    assert months() == ()
