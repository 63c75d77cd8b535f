"""Weeks and months: their days, their names, and the names that people type."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, timedelta
from datetime import date as Date

from digest.config import Period as Kind
from digest.errors import UsageError

DAY = timedelta(days=1)
COMPARED = 4
"""Periods before that a round-up compares with."""
_FIRST_YEAR = 1991
"""arXiv's first, hep-th/9108001."""
_FORMS = {"week": "2026-W08", "month": "2026-02"}


@dataclass(frozen=True, order=True)
class Period:
    """A week by ISO 8601, Monday to Sunday, or a month.

    Attributes:
        first, last: both belong to it.
    """

    kind: Kind
    first: Date
    last: Date

    @classmethod
    def of(cls, kind: Kind, day: Date) -> "Period":
        """The week or month that a day belongs to."""
        if kind == "week":
            monday = day - day.weekday() * DAY
            return cls(kind, monday, monday + 6 * DAY)
        return cls(kind, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def name(self) -> str:
        """`2026-W08` or `2026-02`. The year of a week is ISO's, that of its Thursday: 2027-01-01 is in `2026-W53`."""
        year, week, _ = self.first.isocalendar()
        return f"{year:04}-W{week:02}" if self.kind == "week" else f"{self.first:%Y-%m}"

    @property
    def year(self) -> int:
        return int(self.name[:4])

    @property
    def number(self) -> int:
        """Which week or month of the year it is."""
        return self.first.isocalendar()[1] if self.kind == "week" else self.first.month

    @property
    def days(self) -> list[Date]:
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    @property
    def previous(self) -> "Period":
        return Period.of(self.kind, self.first - DAY)

    @property
    def compared(self) -> list["Period"]:
        """The periods before that it is compared with, the newest first."""
        found = [self.previous]
        while len(found) < COMPARED:
            found.append(found[-1].previous)
        return found

    def is_over(self, today: Date) -> bool:
        return self.last < today


def named_period(name: str) -> Period | None:
    """The period of that name, or None where it is no name of one."""
    try:
        return _named(name)
    except ValueError:
        return None


def asked_period(week: str | None, month: str | None, today: Date) -> Period:
    """The period that a command line names; the last week that is over where it names none.

    Raises:
        UsageError: both, not a week or month, one that has not begun, or one before arXiv.
    """
    if week is not None and month is not None:
        raise UsageError("--week and --month exclude each other")
    if week is None and month is None:
        return Period.of("week", today).previous
    kind: Kind = "month" if week is None else "week"
    text = week or month or ""
    try:
        period = _named(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no {kind}", why=str(error), hint=f"a {kind} is written {_FORMS[kind]}") from None
    if period.kind != kind:
        hint = f"a {kind} is written {_FORMS[kind]}; --{period.kind} takes what you wrote"
        raise UsageError(f"{text!r} is no {kind}", hint=hint)
    if period.year < _FIRST_YEAR:
        raise UsageError(f"there are no listings of {text}", why=f"arXiv began in {_FIRST_YEAR}")
    if period.first > today:
        raise UsageError(f"{text} has not begun", why=f"today is {today} in UTC, in {Period.of(kind, today).name}")
    return period


def _named(text: str) -> Period:
    """Raises ValueError with the reason, where there is more to say than that the form is wrong."""
    if match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text):
        year, week = int(match[1]), int(match[2])
        if not 1 <= year < MAXYEAR:
            raise ValueError(f"a year is one from 0001 to {MAXYEAR - 1}")
        weeks = Date(year, 12, 28).isocalendar()[1]  # which is always in the last week
        if not 1 <= week <= weeks:
            raise ValueError(f"{year} has the weeks 01 to {weeks}")
        return Period.of("week", Date.fromisocalendar(year, week, 1))
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
        if not int(match[1]) or not 1 <= int(match[2]) <= 12:
            raise ValueError("a year has the months 01 to 12")
        return Period.of("month", Date(int(match[1]), int(match[2]), 1))
    raise ValueError("")
