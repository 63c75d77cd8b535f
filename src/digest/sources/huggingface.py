"""Hugging Face Daily Papers: `GET /api/daily_papers?date=YYYY-MM-DD&limit=&p=`.

The list of a day grows after it has started; there is none on weekends; every field may be missing; repository and
project page are typed by users (huggingface.co/docs/hub/api).
"""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from digest.announcements import FIRST_HUGGINGFACE_DAY, is_deferral, is_weekend
from digest.clock import Clock
from digest.config import HuggingFace as Settings
from digest.errors import FetchError, PaperIdError, SourceError
from digest.models import Entry, Listing, Paper, Status
from digest.net import Response, Upstream
from digest.paper_id import PaperId
from digest.sources import clean
from digest.sources.base import links_of

LISTING = "daily_papers"
PAGE = 100
"""Rows asked for; the API serves at most 100."""
PAGES = 20
"""A day has had at most about 120 papers; a list without an end is an error."""

log = logging.getLogger(__name__)


class HuggingFace:
    """The source `huggingface` with its one listing, `daily_papers`."""

    name = "huggingface"
    listings: tuple[str, ...] = (LISTING,)

    def __init__(self, settings: Settings, upstream: Upstream, clock: Clock) -> None:
        self._url = settings.url
        self._upstream = upstream
        self._clock = clock

    def read(self, day: date, names: Sequence[str] = listings) -> list[Listing]:
        """The listing of a day, whole. See `Source.read`."""
        if is_weekend(day) or day < FIRST_HUGGINGFACE_DAY:
            return [self._listing(day, "quiet")]
        try:
            rows = self._rows(day)
        except (FetchError, SourceError) as error:
            return [self._listing(day, "failed", error=str(error))]
        entries, notes = self._entries(rows or [])
        if entries:
            return [self._listing(day, "announced", entries=tuple(entries), notes=tuple(notes), date=day, via="daily")]
        if rows:
            return [self._listing(day, "failed", error=f"none of {len(rows)} rows could be read: {notes[0]}", notes=tuple(notes))]
        if rows is None and day < self._clock.today:
            return [self._listing(day, "failed", error="Hugging Face says that there is no such day")]
        # over, or a holiday, and empty: a true empty day, no other is put in its place
        if day < self._clock.today or (is_deferral(day) and rows is not None):
            return [self._listing(day, "quiet", notes=tuple(notes), date=day, via="daily")]
        return [self._listing(day, "stale", notes=tuple(notes), error="the list of this day is still empty")]

    def _listing(self, day: date, status: Status, **fields: Any) -> Listing:
        url = f"https://huggingface.co/papers/date/{day}"
        return Listing(source=self.name, name=LISTING, url=url, status=status, **fields)

    def _rows(self, day: date) -> list[dict[str, Any]] | None:
        """All rows, page by page until one is empty, shorter than the first or brings nothing new.

        None where the day has not begun for Hugging Face (status 400).
        """
        rows: list[dict[str, Any]] = []
        first = 0
        seen: set[str] = set()
        for page in range(PAGES):
            params: dict[str, str | int] = {"date": day.isoformat(), "limit": PAGE, "p": page}
            batch = self._upstream.fetch(f"{self._url}/api/daily_papers", _rows_of, params=params, absent=frozenset({400}))
            if batch is None:
                return None
            new = [row for row in batch if _key(row) not in seen]
            seen.update(map(_key, new))
            rows += new
            first = first or len(batch)
            if not new or len(batch) < first:
                return rows
        raise SourceError("a list that does not end", where=f"Hugging Face {day}", why=f"{PAGES} pages and still more")

    def _entries(self, rows: list[dict[str, Any]]) -> tuple[list[Entry], list[str]]:
        entries: dict[str, Entry] = {}
        notes: list[str] = []
        for row in rows:
            try:
                entry = self._entry(row)
            except (PaperIdError, SourceError) as error:
                notes.append(f"left out a row of Hugging Face: {error}")
                continue
            entries.setdefault(entry.paper.id, entry)
        return list(entries.values()), notes

    def _entry(self, row: dict[str, Any]) -> Entry:
        data = row.get("paper")
        if not isinstance(data, dict):
            raise SourceError("it has no paper")
        paper_id = PaperId.parse(data.get("id"))
        title = clean.title(data.get("title") or row.get("title"))
        if not title:
            raise SourceError(f"{paper_id.id} has no title")
        abstract = clean.text(data.get("summary") or row.get("summary"))
        code = clean.repository(data.get("githubRepo")) or clean.repository_in(abstract)
        project = clean.web_page(data.get("projectPage"))
        return Entry(
            paper=Paper(
                id=paper_id.id,
                title=title,
                authors=clean.authors(_authors(data)),
                organisation=_organisation(data),
                published=_moment(data.get("publishedAt")),
                links=links_of(paper_id, hf=True, code=code or clean.repository(project), project=project),
                stars=_count(data.get("githubStars")) if code else None,
                upvotes=_count(data.get("upvotes")),
                as_of=self._clock.today,
            ),
            abstract=abstract,
        )


def _rows_of(response: Response) -> list[dict[str, Any]] | None:
    if response.status == 400:
        return None
    try:
        rows = json.loads(response.content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise SourceError("not JSON", where=response.url, why=str(error)) from None
    if not isinstance(rows, list):
        raise SourceError("not a list of papers", where=response.url, why=f"it is {type(rows).__name__}")
    return [row if isinstance(row, dict) else {} for row in rows]  # what is no row counts as one that lacks all


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _key(row: dict[str, Any]) -> str:
    """What tells a row from the others of the pages."""
    paper = row.get("paper")
    found = paper.get("id") if isinstance(paper, dict) else None
    return found if isinstance(found, str) else json.dumps(row, sort_keys=True)


def _authors(data: dict[str, Any]) -> list[str]:
    rows = data.get("authors")
    rows = rows if isinstance(rows, list) else []
    shown = (row.get("name") for row in rows if isinstance(row, dict) and not row.get("hidden"))
    return [name for name in shown if isinstance(name, str)]


def _organisation(data: dict[str, Any]) -> str | None:
    found = data.get("organization")
    found = found if isinstance(found, dict) else {}
    return clean.text(found.get("fullname") or found.get("name"), 100) or None


def _count(value: object) -> int | None:
    """A count that is a whole number, also as a text; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
