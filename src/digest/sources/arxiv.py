"""arXiv, one listing a category, by the first of three ways whose content is that of the day.

The feed, if the batch that it serves is the day's; else the list page, if its heading is the day; else, for a day that
is over, the API over the day's submission window. A feed can serve yesterday's batch under today's date, so a batch is
dated by the submission times of its newest papers (`announcements.listing_date`), not by its own word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeGuard

from digest.announcements import is_deferral, is_weekend, listing_date, submission_window
from digest.clock import Clock
from digest.config import Arxiv as Settings
from digest.errors import FetchError, SourceError
from digest.models import Entry, Listing, Status, Via
from digest.net import Upstream
from digest.sources.arxiv_api import ArxivApi
from digest.sources.arxiv_feed import Batch, parse_feed
from digest.sources.arxiv_list import parse_list
from digest.sources.lookup import PaperLookup

NEWEST = 3
"""Papers whose submission times date a batch."""
SMALL = 5
"""A batch with fewer new papers may consist of papers that moderation held: its own date is believed."""

Read = Batch | str
"""A batch, or the error in words."""
Earlier = Callable[[str, date], Iterable[tuple[date, frozenset[str]]]]
"""What a category's listings of earlier days held: category and day to days and the ids of their new papers."""


class Arxiv:
    """The source `arxiv`. Feeds and list pages are read once a run, whichever days are asked for."""

    name = "arxiv"

    def __init__(
        self, settings: Settings, upstream: Upstream, lookup: PaperLookup, clock: Clock, earlier: Earlier = lambda name, day: ()
    ) -> None:
        self.listings = settings.categories
        self._settings = settings
        self._upstream = upstream
        self._lookup = lookup
        self._earlier = earlier
        self._clock = clock
        self._api = ArxivApi(settings.api_url, upstream)
        self._feeds: dict[str, Read] = {}
        self._pages: dict[str, Read] = {}
        self._submitted_at: dict[str, datetime] = {}

    def newest_listing(self) -> date | None:
        """The newest day whose batch is out in any category; None if arXiv cannot be read.

        The feeds tell, since one of them alone may be stale, and before midnight Eastern a list page.
        """
        today = self._clock.today
        newest: date | None = None
        for read, category in [*((self._feed, name) for name in self.listings), (self._page, self.listings[0])]:
            batch = read(category)
            bears = self._dated(batch, today) if isinstance(batch, Batch) else None
            newest = max(filter(None, (newest, bears)), default=None)
            if newest == today:
                break
        return newest

    def read(self, day: date, names: Sequence[str]) -> list[Listing]:
        """The listings of categories. See `Source.read`."""
        if is_weekend(day) or is_deferral(day):
            return [self._listing(name, "quiet") for name in names]
        feeds = {name: self._feed(name) for name in names}
        self._learn(day, [i for batch in feeds.values() if isinstance(batch, Batch) for i in _newest(batch)])
        read = {name: self._served(day, name, feeds[name]) for name in names}
        missing = [name for name, listing in read.items() if listing.status in ("stale", "failed")]
        if missing and day < self._clock.today:
            read |= self._past(day, {name: read[name] for name in missing})
        return [read[name] for name in names]

    # --- the three ways --------------------------------------------------------------------------

    def _served(self, day: date, name: str, feed: Read) -> Listing:
        """The listing as feed or list page serve it now."""
        if isinstance(feed, Batch):
            if not feed.entries and feed.bears == day:
                return self._quiet(day, name, feed)
            dated = self._dated(feed, day)
            if feed.entries and dated == day:
                dated = self._seen_before(name, feed, day) or day
            if feed.entries and dated == day:
                return self._cross_checked(day, name, feed)
            if dated is not None and dated > day:  # the list page is never behind the feed
                return self._listing(name, "stale", error=f"feed and list page have gone on to {dated}", date=dated)
        page = self._page(name)
        if self._is_of(page, day, name):
            return self._listing(name, "announced", page, date=day, via="list")
        return self._not_served(day, name, feed, page)

    def _quiet(self, day: date, name: str, feed: Batch) -> Listing:
        """An empty feed is a day without announcements, unless the list page has that day's entries."""
        page = self._page(name)
        if self._is_of(page, day, name):
            note = f"{name}: the feed is empty, the list page is not: the list page is taken"
            return self._listing(name, "announced", page, date=day, via="list", note=note)
        return self._listing(name, "quiet", feed, date=day, via="feed")

    def _not_served(self, day: date, name: str, feed: Read, page: Read) -> Listing:
        batches = [batch for batch in (feed, page) if isinstance(batch, Batch)]
        if not batches:
            return self._listing(name, "failed", error=str(feed))
        dates = [d for d in (self._dated(batch, day) for batch in batches if batch.entries) if d]
        served = max(dates, default=None)
        note = f"{name}: the list page: {page}" if isinstance(page, str) else None
        error = f"arXiv still serves the listing of {served or 'an earlier day'}"
        return self._listing(name, "stale", date=served, error=error, note=note)

    def _cross_checked(self, day: date, name: str, feed: Batch) -> Listing:
        """The feed, if the list page counts the same; the list page, if it has the day and more or newer papers of it."""
        page = self._page(name)
        if not isinstance(page, Batch):
            return self._listing(name, "announced", feed, date=day, via="feed", note=f"{name}: not cross-checked: {page}")
        has_more = len(page.entries) > len(feed.entries) or _newest(page)[:1] > _newest(feed)[:1]
        if not has_more or not self._is_of(page, day, name):
            return self._listing(name, "announced", feed, date=day, via="feed")
        counts = f"the feed has {len(feed.entries)} entries, the list page {len(page.entries)}"
        note = f"{name}: {counts}, and more or newer ones: the list page is taken"
        return self._listing(name, "announced", page, date=day, via="list", note=note)

    def _past(self, day: date, tried: Mapping[str, Listing]) -> dict[str, Listing]:
        """Listings of a day that is over, from the API."""
        try:
            found = self._submitted(day, list(tried))
        except (FetchError, SourceError) as error:
            return {name: self._listing(name, "failed", error=str(error)) for name in tried}
        rows = {name: tuple(e for e in found if name in e.paper.categories) for name in tried}
        return {
            name: self._listing(name, "announced", Batch(day, rows[name]), date=day, via="api")
            for name in tried
        }  # fmt: skip

    def _submitted(self, day: date, names: Sequence[str]) -> list[Entry]:
        """Submissions of a day's window. None on a weekday is suspect: asked again, then compared with the archive.

        Raises:
            FetchError, SourceError: not readable, or empty where the whole archive is empty too.
        """
        start, end = submission_window(day)
        for _ in range(2):
            if found := self._api.submitted_between(names, start, end):
                return found
        # an archive without subcategories (quant-ph) is held against the largest one, which is never empty
        archives = sorted({name.split(".")[0] if "." in name else "cs" for name in names})
        if not self._api.submitted_between([f"{archive}.*" for archive in archives], start, end):
            raise SourceError("no submissions at all", where=f"arXiv's API, {day}", why="a weekday without any is suspect")
        return []

    # --- reading ---------------------------------------------------------------------------------

    def _feed(self, name: str) -> Read:
        fetch = partial(self._upstream.fetch, f"{self._settings.feed_url}/atom/{name}", parse_feed)
        return _once(self._feeds, name, fetch)

    def _page(self, name: str) -> Read:
        fetch = partial(self._upstream.fetch, f"{self._settings.site_url}/list/{name}/new", parse_list)
        return _once(self._pages, name, fetch)

    def _is_of(self, page: Read, day: date, name: str) -> TypeGuard[Batch]:
        """Whether a list page shows a day, by its heading and by its content."""
        if not isinstance(page, Batch) or not page.entries or page.bears != day or self._dated(page, day) != day:
            return False
        return self._seen_before(name, page, day) is None

    def _seen_before(self, name: str, batch: Batch, day: date) -> date | None:
        """The earlier day whose listing had all new papers of a batch: arXiv announces a paper as new once."""
        new = {e.paper.id for e in batch.entries if e.announce_type == "new"}
        return next((d for d, ids in self._earlier(name, day) if new and new <= ids), None)

    def _dated(self, batch: Batch, day: date) -> date | None:
        """The listing date of a batch, by its newest papers; by its own word where they are unknown or few."""
        newest = _newest(batch)
        self._learn(day, newest)
        return batch_date(batch, [self._submitted_at[i] for i in newest if i in self._submitted_at])

    def _learn(self, day: date, ids: Sequence[str]) -> None:
        """Look up when papers were submitted, each once a run."""
        missing = [i for i in ids if i not in self._submitted_at]
        known = self._lookup(day, missing) if missing else {}
        self._submitted_at |= {i: e.paper.published for i, e in known.items() if e.paper.published}

    def _listing(
        self,
        name: str,
        status: Status,
        batch: Batch | None = None,
        *,
        date: date | None = None,
        via: Via | None = None,
        error: str | None = None,
        note: str | None = None,
    ) -> Listing:
        return Listing(
            source=self.name,
            name=name,
            url=f"https://arxiv.org/list/{name}/new",
            status=status,
            date=date,
            via=via,
            error=error,
            entries=batch.entries if batch else (),
            replacements=batch.replacements if batch else (),
            notes=(*(batch.notes if batch else ()), *((note,) if note else ())),
        )


def batch_date(batch: Batch, submitted: Sequence[datetime]) -> date | None:
    """When a batch was announced, from the submission times of its newest papers."""
    by_content = max(map(listing_date, submitted), default=None)
    if by_content is None:
        return batch.bears
    few = sum(e.announce_type == "new" for e in batch.rows) < SMALL
    return max(batch.bears, by_content) if few and batch.bears else by_content


def _newest(batch: Batch) -> list[str]:
    """The ids given last; arXiv numbers papers in the order of announcement."""
    new = [e.paper.id for e in batch.entries if e.announce_type == "new"] or [e.paper.id for e in batch.entries]
    return sorted((i for i in new if "/" not in i), reverse=True)[:NEWEST]


def _once(memory: dict[str, Read], name: str, fetch: Callable[[], Batch]) -> Read:
    if name not in memory:
        try:
            memory[name] = fetch()
        except (FetchError, SourceError) as error:
            memory[name] = str(error)
    return memory[name]
