"""Weeks and months, and what people type for them."""

from datetime import date

import pytest

from digest.errors import UsageError
from digest.roundups import Period, asked_period

TODAY = date(2026, 2, 25)


@pytest.mark.parametrize(
    ("kind", "day", "name", "first", "last"),
    [
        ("week", date(2026, 2, 18), "2026-W08", date(2026, 2, 16), date(2026, 2, 22)),
        ("week", date(2026, 2, 22), "2026-W08", date(2026, 2, 16), date(2026, 2, 22)),
        ("week", date(2027, 1, 1), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("week", date(2025, 12, 29), "2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("month", date(2026, 2, 28), "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2024, 2, 1), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2026, 12, 31), "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(kind, day, name, first, last):
    found = Period.of(kind, day)
    assert (found.name, found.first, found.last) == (name, first, last)
    assert found.days[0] == first
    assert found.days[-1] == last


def test_the_year_of_a_week_is_that_of_its_thursday():
    assert Period.of("week", date(2027, 1, 1)).year == 2026
    assert Period.of("week", date(2025, 12, 29)).year == 2026


@pytest.mark.parametrize(
    ("name", "before"),
    [("2027-W01", ["2026-W53", "2026-W52", "2026-W51", "2026-W50"]), ("2026-02", ["2026-01", "2025-12", "2025-11", "2025-10"])],
)
def test_the_periods_before_cross_the_year(name, before):
    asked = {"week" if "W" in name else "month": name}
    found = asked_period(asked.get("week"), asked.get("month"), date(2027, 6, 1))
    assert [earlier.name for earlier in found.compared] == before


def test_without_a_name_the_last_week_that_is_over_is_meant():
    assert asked_period(None, None, TODAY).name == "2026-W08"
    assert asked_period(None, None, date(2026, 3, 1)).name == "2026-W08"
    assert asked_period(None, None, date(2026, 3, 2)).name == "2026-W09"


def test_a_period_that_is_running_may_be_asked_for():
    assert asked_period("2026-W09", None, TODAY).name == "2026-W09"
    assert asked_period(None, "2026-02", TODAY).name == "2026-02"


@pytest.mark.parametrize(
    ("week", "month", "told"),
    [
        ("2026-8", None, "'2026-8' is no week (a week is written 2026-W08)"),
        ("2026W08", None, "a week is written 2026-W08"),
        ("2026-w08", None, "a week is written 2026-W08"),
        ("2026-W8", None, "a week is written 2026-W08"),
        ("", None, "a week is written 2026-W08"),
        ("2026-W54", None, "2026 has the weeks 01 to 53"),
        ("2025-W53", None, "2025 has the weeks 01 to 52"),
        ("2026-W00", None, "2026 has the weeks 01 to 53"),
        ("0000-W01", None, "a year is one from 0001 to 9998"),
        ("2026-02", None, "--month takes what you wrote"),
        (None, "2026-W08", "--week takes what you wrote"),
        (None, "2026-13", "a year has the months 01 to 12"),
        (None, "2026-00", "a year has the months 01 to 12"),
        (None, "0000-01", "a year has the months 01 to 12"),
        (None, "2026-02-18", "a month is written 2026-02"),
        (None, "2026-2", "a month is written 2026-02"),
        ("2026-W10", None, "2026-W10 has not begun: today is 2026-02-25 in UTC, in 2026-W09"),
        (None, "2026-03", "2026-03 has not begun"),
        ("9999-W52", None, "a year is one from 0001 to 9998"),
        (None, "9999-12", "9999-12 has not begun"),
        (None, "1990-12", "arXiv began in 1991"),
        ("0001-W01", None, "arXiv began in 1991"),
        ("2026-W08", "2026-02", "exclude each other"),
    ],
)
def test_what_is_no_period_is_told_with_what_is_right(week, month, told):
    with pytest.raises(UsageError) as error:
        asked_period(week, month, TODAY)
    assert told in str(error.value)
    assert error.value.exit_status == 3
