"""arXiv's calendar: borders at 14:00 US Eastern, weekends, deferrals, both clock changes, year ends, 29 February."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.announcements import (
    DEFERRALS,
    FIRST_HUGGINGFACE_DAY,
    is_deferral,
    is_weekend,
    listing_date,
    submission_window,
)

SECOND = timedelta(seconds=1)

WINDOWS = [
    # an ordinary winter week
    ("2026-02-23", "2026-02-19T19:00Z", "2026-02-20T19:00Z"),  # Monday: Thursday to Friday
    ("2026-02-24", "2026-02-20T19:00Z", "2026-02-23T19:00Z"),  # Tuesday: Friday to Monday
    ("2026-02-25", "2026-02-23T19:00Z", "2026-02-24T19:00Z"),
    ("2026-02-26", "2026-02-24T19:00Z", "2026-02-25T19:00Z"),
    ("2026-02-27", "2026-02-25T19:00Z", "2026-02-26T19:00Z"),
    # an ordinary summer day
    ("2026-07-15", "2026-07-13T18:00Z", "2026-07-14T18:00Z"),
    # clocks go forward on Sunday, 8 March: the window over it is an hour short
    ("2026-03-09", "2026-03-05T19:00Z", "2026-03-06T19:00Z"),
    ("2026-03-10", "2026-03-06T19:00Z", "2026-03-09T18:00Z"),
    ("2026-03-11", "2026-03-09T18:00Z", "2026-03-10T18:00Z"),
    # and back on Sunday, 1 November
    ("2026-11-02", "2026-10-29T18:00Z", "2026-10-30T18:00Z"),
    ("2026-11-03", "2026-10-30T18:00Z", "2026-11-02T19:00Z"),
    ("2026-11-04", "2026-11-02T19:00Z", "2026-11-03T19:00Z"),
    # 29 February 2028 is a Tuesday
    ("2028-02-29", "2028-02-25T19:00Z", "2028-02-28T19:00Z"),
    ("2028-03-01", "2028-02-28T19:00Z", "2028-02-29T19:00Z"),
    # deferrals: the next listing has their papers too
    ("2026-01-02", "2025-12-30T19:00Z", "2026-01-01T19:00Z"),  # Friday after New Year's Day
    ("2026-01-20", "2026-01-15T19:00Z", "2026-01-19T19:00Z"),  # Tuesday after a deferred Monday
    ("2026-06-22", "2026-06-17T18:00Z", "2026-06-19T18:00Z"),  # Monday after a deferred Friday
    ("2026-09-08", "2026-09-03T18:00Z", "2026-09-07T18:00Z"),
    ("2026-12-28", "2026-12-23T19:00Z", "2026-12-25T19:00Z"),
    ("2026-12-30", "2026-12-25T19:00Z", "2026-12-29T19:00Z"),
    # over the end of the year
    ("2027-01-01", "2026-12-29T19:00Z", "2026-12-31T19:00Z"),
    ("2027-01-04", "2026-12-31T19:00Z", "2027-01-01T19:00Z"),
]


@pytest.mark.parametrize(("day", "start", "end"), WINDOWS)
def test_a_listing_announces_what_was_submitted_between_two_cutoffs(day: str, start: str, end: str) -> None:
    expected = datetime.fromisoformat(start), datetime.fromisoformat(end)
    assert submission_window(date.fromisoformat(day)) == expected


LISTED = [
    # a second before the cut-off, and at it
    ("2026-02-19T18:59:59Z", "2026-02-20"),  # Thursday 13:59:59 Eastern
    ("2026-02-19T19:00:00Z", "2026-02-23"),  # Thursday 14:00:00: the weekend lies between
    ("2026-02-20T18:59:59Z", "2026-02-23"),  # Friday
    ("2026-02-20T19:00:00Z", "2026-02-24"),
    ("2026-02-21T12:00:00Z", "2026-02-24"),  # Saturday
    ("2026-02-22T23:59:59Z", "2026-02-24"),  # Sunday
    ("2026-02-23T18:59:59Z", "2026-02-24"),  # Monday
    ("2026-02-23T19:00:00Z", "2026-02-25"),
    # midnight in UTC and in the East decide nothing
    ("2026-02-17T23:59:59Z", "2026-02-19"),
    ("2026-02-18T00:00:01Z", "2026-02-19"),
    ("2026-02-18T05:00:01Z", "2026-02-19"),
    # the cut-off moves in UTC when the clocks do
    ("2026-03-09T17:59:59Z", "2026-03-10"),
    ("2026-03-09T18:00:00Z", "2026-03-11"),
    ("2026-03-08T06:59:59Z", "2026-03-10"),
    ("2026-03-08T07:00:00Z", "2026-03-10"),
    ("2026-11-02T18:59:59Z", "2026-11-03"),
    ("2026-11-02T19:00:00Z", "2026-11-04"),
    # what would have been listed on a deferral
    ("2025-12-31T15:00:00Z", "2026-01-02"),
    ("2026-01-01T15:00:00Z", "2026-01-02"),
    ("2026-12-28T15:00:00Z", "2026-12-30"),
    ("2026-12-31T18:59:59Z", "2027-01-01"),
    ("2028-02-28T19:00:00Z", "2028-03-01"),
]


@pytest.mark.parametrize(("submitted", "day"), LISTED)
def test_a_paper_is_listed_by_the_moment_of_its_submission(submitted: str, day: str) -> None:
    assert listing_date(datetime.fromisoformat(submitted)) == date.fromisoformat(day)


def listings(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not is_weekend(day) and not is_deferral(day)]


def test_windows_follow_each_other_without_gap_or_overlap_for_three_years() -> None:
    days = listings(date(2026, 1, 2), date(2028, 12, 31))
    windows = [submission_window(day) for day in days]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(windows))
    assert all(start < end and start.tzinfo is UTC for start, end in windows)


def test_every_moment_of_a_window_is_listed_on_its_day_for_three_years() -> None:
    wrong = []
    for day in listings(date(2026, 1, 2), date(2028, 12, 31)):
        start, end = submission_window(day)
        moments = [start, start + SECOND, start + (end - start) / 2, end - SECOND]
        wrong += [(day, m) for m in moments if listing_date(m) != day]
        wrong += [(day, m) for m in (start - SECOND, end) if listing_date(m) == day]
    assert wrong == []


def test_a_time_zone_does_not_change_the_listing() -> None:
    at_the_cutoff = datetime.fromisoformat("2026-02-20T03:00:00+08:00")
    assert listing_date(at_the_cutoff) == date(2026, 2, 23)
    assert listing_date(at_the_cutoff - SECOND) == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("day", "weekend"),
    [("2026-02-20", False), ("2026-02-21", True), ("2026-02-22", True), ("2026-02-23", False), ("2028-02-29", False)],
)
def test_saturday_and_sunday_are_the_weekend(day: str, weekend: bool) -> None:
    assert is_weekend(date.fromisoformat(day)) is weekend


def test_deferrals_are_weekdays_of_the_published_table() -> None:
    assert all(is_deferral(day) and not is_weekend(day) for day in DEFERRALS)
    assert [day for day in sorted(DEFERRALS) if day.month == 12] == [date(2026, 12, n) for n in (25, 29, 31)]
    assert not is_deferral(date(2026, 2, 18)) and not is_deferral(date(2026, 12, 24))


def test_no_listing_falls_on_a_weekend_or_a_deferral() -> None:
    moment, end = datetime(2025, 12, 28, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC)
    while moment < end:
        day = listing_date(moment)
        assert not is_weekend(day) and not is_deferral(day)
        moment += timedelta(hours=5)


def test_hugging_face_begins_on_a_thursday_in_may_2023() -> None:
    assert FIRST_HUGGINGFACE_DAY.isoformat() == "2023-05-04"
