"""arXiv's calendar: which submissions a listing date announces.

arXiv announces at 20:00 US Eastern from Sunday to Thursday; the listing bears the next day's date. What was submitted
between two cut-offs (14:00 Eastern on weekdays) is announced together (info.arxiv.org/help/availability). *Listing
date* means the date that feed and list page bear.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
CUTOFF = time(14, 0)
DAY = timedelta(days=1)

FIRST_HUGGINGFACE_DAY = date(2023, 5, 4)
"""The first day that Hugging Face Daily Papers has."""

DEFERRALS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2026-01-01", "2026-01-19", "2026-06-19", "2026-07-03", "2026-09-07"),
        *("2026-11-26", "2026-12-25", "2026-12-29", "2026-12-31"),
    )
)
"""Weekdays without a listing, as arXiv publishes them a year ahead. A day that the table lacks is still recognised as
quiet by its empty feed."""


def is_weekend(day: date) -> bool:
    """Saturday or Sunday: neither arXiv nor Hugging Face lists papers."""
    return day.weekday() >= 5


def is_deferral(day: date) -> bool:
    """A weekday on which arXiv announces nothing."""
    return day in DEFERRALS


def is_quiet(day: date) -> bool:
    """A day that the calendar knows to be without a listing."""
    return is_weekend(day) or is_deferral(day)


def overdue(day: date) -> datetime:
    """When the listing of a day should long be out, in UTC: feeds are rebuilt at midnight Eastern, five hours earlier."""
    return datetime.combine(day, time(5, 0), EASTERN).astimezone(UTC)


def submission_window(day: date) -> tuple[datetime, datetime]:
    """The submission times that the listing of a weekday announces: [start, end) in UTC.

    Monday's listing is Thursday to Friday, Tuesday's Friday to Monday, the others the day before that ends on the eve,
    each from 14:00 to 14:00 Eastern. The windows of deferrals directly before belong to it.
    """
    first = day
    while is_deferral(_weekday_before(first)):
        first = _weekday_before(first)
    return _cutoff(_weekday_before(_weekday_before(first))), _cutoff(_weekday_before(day))


def listing_date(submitted: datetime) -> date:
    """The listing date that announces a paper submitted then, if moderation does not hold it."""
    local = submitted.astimezone(EASTERN)
    day = local.date()
    if is_weekend(day) or local.time() >= CUTOFF:
        day = _weekday_after(day)
    listed = _weekday_after(day)
    while is_deferral(listed):
        listed = _weekday_after(listed)
    return listed


def _weekday_before(day: date) -> date:
    day -= DAY
    while is_weekend(day):
        day -= DAY
    return day


def _weekday_after(day: date) -> date:
    day += DAY
    while is_weekend(day):
        day += DAY
    return day


def _cutoff(day: date) -> datetime:
    return datetime.combine(day, CUTOFF, EASTERN).astimezone(UTC)
