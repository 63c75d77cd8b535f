"""Which listing dates a run builds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from digest import digests
from digest.announcements import is_quiet, overdue
from digest.attempts import wanted
from digest.clock import iso_date
from digest.errors import EditsError, RecordError, UsageError
from digest.models import Digest
from digest.sources import would_ask
from digest.tools import Tools

LOOK_BACK = 14
"""Days in which a plain build completes what is provisional, stale or failed."""
DAY = timedelta(days=1)
FIRST_DAY = Date(1991, 8, 14)
"""The day of arXiv's first paper (hep-th/9108001)."""


@dataclass(frozen=True)
class Request:
    """The dates that a command line asks for, as it writes them."""

    date: str | None = None
    first: str | None = None
    last: str | None = None


def requested_days(request: Request, tools: Tools) -> list[Date]:
    """The dates of a run, oldest first.

    Without any date: what is provisional, stale or failed in the last 14 days, then `latest`, as far as they need it.

    Raises:
        UsageError: no date, a date later than today in UTC, or a range that runs backwards.
    """
    if request.date is not None and (request.first is not None or request.last is not None):
        raise UsageError("--date and --from exclude each other")
    if request.last is not None and request.first is None:
        raise UsageError("--to wants a --from")
    if request.date is not None:
        return [_date(request.date, tools)]
    if request.first is None:
        return _due(tools)
    first = _date(request.first, tools)
    last = _date(request.last or "latest", tools)
    if last < first:
        raise UsageError(f"the range from {first} to {last} runs backwards")
    return list(_range(first, last))


def is_complete(digest: Digest, tools: Tools) -> bool:
    """Whether a day needs nothing more: every source read, every paper carded as asked, its posts there, nothing growing."""
    if any(source.status not in ("announced", "quiet") for source in digest.sources):
        return False
    if not all((tools.config.root / name).is_file() for name in digest.posts):
        return False
    carded = {p.paper.id for p in digest.papers}
    if any(i not in carded for i in digests.edits_of(tools.config, digest.date).add):
        return False
    if wanted(digest, tools):
        return False
    return not digest.provisional or not would_ask(digest.date, tools.sources, tools.cache, tools.clock)


def latest(tools: Tools) -> Date:
    """The newest listing date, not after today in UTC, whose arXiv batch is out or that is quiet.

    Asks arXiv only where calendar and records do not tell. An arXiv that cannot be read, or is not asked for, leaves today;
    so does a batch that is overdue: the day is then recorded as stale and completed later, instead of being passed over.
    """
    today = tools.clock.today
    if is_quiet(today) or tools.arxiv is None or _has_complete(today, tools):
        return today
    out = tools.arxiv.newest_listing()
    if out is None or out >= today or tools.clock.now >= overdue(today):
        return today
    return next(day for day in _backwards(today - DAY) if is_quiet(day) or day <= out)


def _due(tools: Tools) -> list[Date]:
    today = tools.clock.today
    records = tools.config.path("records")
    recent = [d for d in digests.days(records) if today - LOOK_BACK * DAY <= d <= today]
    due = {d for d in recent if not _has_complete(d, tools)}
    newest = latest(tools)
    if not _has_complete(newest, tools):
        due.add(newest)
    return sorted(due)


def _has_complete(day: Date, tools: Tools) -> bool:
    """Whether a day has a record and needs nothing. One that cannot be read needs a person, whom its build will tell."""
    try:
        digest = digests.read(tools.config.path("records"), day)
        return digest is not None and is_complete(digest, tools)
    except (RecordError, EditsError):
        return False


def _date(text: str, tools: Tools) -> Date:
    today = tools.clock.today
    if text in ("today", "yesterday", "latest"):
        return {"today": lambda: today, "yesterday": lambda: today - DAY, "latest": lambda: latest(tools)}[text]()
    hint = "today, yesterday and latest are known too"
    try:
        day = iso_date(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", why=str(error), hint=hint) from None
    if day < FIRST_DAY:
        raise UsageError(f"there are no listings of {day}", why=f"arXiv began on {FIRST_DAY}")
    if day > today:
        raise UsageError(f"{day} has not begun", why=f"today is {today} in UTC")
    return day


def _range(first: Date, last: Date) -> Iterator[Date]:
    while first <= last:
        yield first
        first += DAY


def _backwards(day: Date) -> Iterator[Date]:
    while True:
        yield day
        day -= DAY
