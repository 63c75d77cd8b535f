"""The clock is the machine's, or the moment that DIGEST_NOW names."""

from datetime import UTC, date, datetime, timedelta

import pytest

from digest.clock import Clock, system_clock
from digest.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-18T09:00:00Z", datetime(2026, 2, 18, 9, tzinfo=UTC)),
        ("2026-02-18T09:00:00", datetime(2026, 2, 18, 9, tzinfo=UTC)),
        ("2026-02-18 09:00", datetime(2026, 2, 18, 9, tzinfo=UTC)),
        ("2026-02-18", datetime(2026, 2, 18, tzinfo=UTC)),
        ("2026-02-18T03:17:00+08:00", datetime(2026, 2, 17, 19, 17, tzinfo=UTC)),
        ("2026-02-17T20:30:00-05:00", datetime(2026, 2, 18, 1, 30, tzinfo=UTC)),
        ("2028-02-29T23:59:59.5Z", datetime(2028, 2, 29, 23, 59, 59, 500000, tzinfo=UTC)),
    ],
)
def test_digest_now_is_an_iso_moment_in_utc_unless_it_has_an_offset(text: str, expected: datetime) -> None:
    now = system_clock({"DIGEST_NOW": text}).now
    assert now == expected and now.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-30T09:00:00Z", "2026/2/18", "1771405200", " ", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_moment_is_a_usage_error_that_names_the_variable(text: str) -> None:
    with pytest.raises(UsageError, match="DIGEST_NOW") as caught:
        system_clock({"DIGEST_NOW": text})
    assert caught.value.exit_status == 3 and "2026-02-18T09:00:00Z" in str(caught.value)


@pytest.mark.parametrize("environ", [{}, {"DIGEST_NOW": ""}], ids=["unset", "empty"])
def test_without_it_the_time_is_the_machines_in_utc(environ: dict[str, str]) -> None:
    now = system_clock(environ).now
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=10) and now.tzinfo is UTC


def test_the_environment_is_the_process_own_unless_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_NOW", "2026-02-18T09:00:00Z")
    assert system_clock().now == datetime(2026, 2, 18, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "today"),
    [("2026-02-18T00:00:00Z", date(2026, 2, 18)), ("2026-02-19T03:17:00+08:00", date(2026, 2, 18))],
)
def test_today_is_the_date_in_utc(now: str, today: date) -> None:
    assert system_clock({"DIGEST_NOW": now}).today == today


def test_a_run_that_crosses_midnight_stays_with_one_day() -> None:
    clock = Clock(now=datetime(2026, 2, 18, 23, 59, 59, tzinfo=UTC))
    before = clock.monotonic()
    clock.sleep(0.01)
    assert clock.monotonic() > before and clock.today == date(2026, 2, 18)
