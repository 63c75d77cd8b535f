"""Which dates a run builds."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import httpx
import pytest

from digest import config as settings
from digest import digests
from digest.clock import Clock
from digest.errors import UsageError
from digest.sample import DATE, SampleTransport
from digest.schedule import Request, is_complete, latest, requested_days
from digest.tools import open_tools
from fakes import covered, digest, source

ENV = {"DIGEST__SOURCES__ARXIV__INTERVAL": "0"}


class NoNetwork(httpx.BaseTransport):
    """Counts what is asked and answers nothing."""

    def __init__(self):
        self.asked = 0

    def handle_request(self, request):
        self.asked += 1
        raise httpx.ConnectError("no network", request=request)


@pytest.fixture
def at(tmp_path):
    """Tools at a moment, on an empty blog unless records were written to it."""

    @contextmanager
    def tools(moment, transport=None):
        config = settings.parse("", path=tmp_path / "config.yaml", environ=ENV)
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        clock = Clock(now=now, sleep=lambda seconds: None)
        with open_tools(config, clock, {}, transport=transport or NoNetwork()) as opened:
            yield opened

    return tools


def write(tools, day, **fields):
    update = {"date": day, "listed_on": day, "posts": {}, **fields}
    record = digest(covered()).model_copy(update=update)
    digests.write(tools.config.path("records"), record)
    return record


def test_latest_is_today_once_its_batch_is_out(at):
    with at("2026-02-16 10:00", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == DATE


def test_latest_is_the_day_before_while_todays_batch_is_not_out(at):
    """At 02:00 UTC on Tuesday arXiv still serves Monday."""
    with at("2026-02-17 02:00", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == DATE


@pytest.mark.parametrize("moment", ["2026-02-14 12:00", "2026-02-15 23:59", "2026-11-26 12:00"])
def test_a_weekend_or_holiday_is_latest_without_a_request(at, moment):
    network = NoNetwork()
    with at(moment, network) as tools:
        assert latest(tools) == date.fromisoformat(moment[:10])
    assert network.asked == 0


def test_latest_passes_over_weekdays_whose_batch_is_not_out(at):
    """Days after arXiv stood still: the newest quiet day or the batch, whichever is newer."""
    with at("2026-02-20 09:00", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == DATE
    with at("2026-02-23 09:00", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == date(2026, 2, 22)


def test_an_overdue_batch_is_not_passed_over(at):
    """Five hours after the feeds should have been rebuilt, the day is due: it will be recorded as stale and completed."""
    with at("2026-02-17 09:59", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == DATE
    with at("2026-02-17 10:00", SampleTransport(today=DATE)) as tools:
        assert latest(tools) == date(2026, 2, 17)


def test_an_unreadable_arxiv_leaves_today(at):
    with at("2026-02-17 10:00") as tools:
        assert latest(tools) == date(2026, 2, 17)


def test_nothing_is_due_when_today_is_complete_and_no_request_is_made(at):
    network = NoNetwork()
    with at("2026-02-18 12:00", network) as tools:
        write(tools, date(2026, 2, 18))
        assert requested_days(Request(), tools) == []
    assert network.asked == 0


def test_a_plain_build_completes_the_last_fourteen_days_first(at):
    """Stale, failed and provisional days come before the latest; complete and older ones do not come."""
    with at("2026-02-18 12:00") as tools:
        write(tools, date(2026, 2, 3), status="stale", sources=(source(status="stale"),))
        write(tools, date(2026, 2, 5), status="failed", sources=(source(status="failed"),))
        write(tools, date(2026, 2, 9), sources=(source(), source("cs.AI", status="stale")))
        write(tools, date(2026, 2, 10), provisional=True)
        write(tools, date(2026, 2, 11))
        days = requested_days(Request(), tools)
    assert days == [date(2026, 2, 5), date(2026, 2, 9), date(2026, 2, 10), date(2026, 2, 18)]


def test_a_day_whose_editor_adds_a_paper_is_not_complete(at):
    with at("2026-02-18 12:00") as tools:
        record = write(tools, date(2026, 2, 18))
        assert is_complete(record, tools)
        edits = tools.config.path("edits")
        edits.mkdir(parents=True)
        (edits / "2026-02-18.yaml").write_text('add: ["2602.00001"]\n')
        assert not is_complete(record, tools)


def test_dates_by_name(at):
    with at("2026-02-18 12:00") as tools:
        assert requested_days(Request(date="today"), tools) == [date(2026, 2, 18)]
        assert requested_days(Request(date="yesterday"), tools) == [date(2026, 2, 17)]
        assert requested_days(Request(date="2024-02-29"), tools) == [date(2024, 2, 29)]


def test_a_range_has_both_ends(at):
    with at("2026-02-18 12:00") as tools:
        days = requested_days(Request(first="2025-12-30", last="2026-01-02"), tools)
    assert [str(d) for d in days] == ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]


@pytest.mark.parametrize(
    "asked",
    [
        Request(date="2026-02-30"),
        Request(date="2026/2/18"),
        Request(date="2026-2-8"),
        Request(date="20260218"),
        Request(date="tomorrow"),
        Request(date=""),
        Request(date="2026-02-19"),
        Request(date="٢٠٢٦-٠٢-١٨"),
        Request(first="2026-02-18", last="2026-02-17"),
        Request(last="2026-02-17"),
        Request(date="2026-02-17", first="2026-02-16"),
    ],
)
def test_what_is_no_date_is_refused_before_any_request(at, asked):
    network = NoNetwork()
    with at("2026-02-18 12:00", network) as tools, pytest.raises(UsageError):
        requested_days(asked, tools)
    assert network.asked == 0
