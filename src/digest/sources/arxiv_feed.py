"""arXiv's feed of a category (`rss.arxiv.org/atom/CAT`), in its Atom form, which feedparser leaves intact.

The feed is rebuilt at midnight Eastern and then bears that day; on days without a batch it is empty. Its date says
when it was built, not whose batch it serves (info.arxiv.org/help/rss).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from digest.announcements import EASTERN
from digest.errors import PaperIdError, SourceError
from digest.models import AnnounceType, Entry, Paper
from digest.net import Response
from digest.paper_id import PaperId
from digest.sources import clean
from digest.sources.base import links_of

KINDS = ("new", "cross", "replace", "replace-cross")
_NUMBERED = re.compile(r"\s*\((?=[\d(])(?:[^()]|\([^()]*\))*\)")
"""Numbers of affiliations and their list at the end: `Ada (1), Ben (1 and 2) ((1) Here, (2) There)`."""
_HEAD = re.compile(r"^\s*arXiv:\S+\s+Announce Type:\s*\S+\s*Abstract:\s*")


@dataclass(frozen=True)
class Batch:
    """What a feed or list page serves.

    Attributes:
        bears: the date that it claims.
        rows: its entries of all announce types, in its order.
        notes: what was left out and why.
    """

    bears: date | None
    rows: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The listing proper: new and cross."""
        return tuple(e for e in self.rows if e.announce_type in ("new", "cross"))

    @property
    def replacements(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.rows if e.announce_type not in ("new", "cross"))


def parse_feed(response: Response) -> Batch:
    """Read a feed.

    Raises:
        SourceError: not a feed (an empty body, a web page), or one that ends in the middle.
    """
    import feedparser

    body = clean.xml(response.content)
    if b"<!DOCTYPE" in body[:2000] or b"<!ENTITY" in body[:2000] or not re.search(rb"<(feed|rss)[\s>]", body[:2000]):
        raise SourceError("not a feed", where=response.url, why="an empty body" if not body.strip() else "a web page or worse")
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        raise SourceError("a damaged feed", where=response.url, why=str(parsed.bozo_exception))
    rows: dict[str, Entry] = {}
    notes: list[str] = []
    for item in parsed.entries:
        try:
            entry = _entry(item)
        except (PaperIdError, SourceError) as error:
            notes.append(f"left out an entry of {response.url}: {error}")
            continue
        rows.setdefault(entry.paper.id, entry)
    return Batch(bears=_built(parsed.feed), rows=tuple(rows.values()), notes=tuple(notes))


def _entry(item: Any) -> Entry:
    paper_id = PaperId.parse(item.get("id"))
    kind, summary = item.get("arxiv_announce_type"), item.get("summary")
    if kind not in KINDS:
        raise SourceError(f"{paper_id.id} has the announce type {str(kind)[:40]!r}")
    title = clean.title(item.get("title"))
    if not title or summary is None:
        raise SourceError(f"{paper_id.id} has no {'abstract' if title else 'title'}")
    abstract = clean.text(_HEAD.sub("", summary, count=1))
    categories = tuple(tag["term"] for tag in item.get("tags", ()) if tag.get("term"))
    return Entry(
        paper=Paper(
            id=paper_id.id,
            version=paper_id.version,
            title=title,
            authors=clean.authors(split_authors(item.get("author", ""))),
            categories=categories,
            # arXiv writes the primary category first
            primary_category=categories[0] if categories else None,
            links=links_of(paper_id, code=clean.repository_in(abstract)),
        ),
        abstract=abstract,
        announce_type=cast(AnnounceType, kind),
    )


def split_authors(names: str) -> list[str]:
    """The names of a `dc:creator`: separated by commas, except within brackets (affiliations)."""
    names = _NUMBERED.sub("", names)
    # looking ahead for a bracket takes long for thousands of names, which hardly ever have one
    return re.split(r",\s+(?![^()]*\))" if ")" in names else r",\s+", names)


def _built(feed: Any) -> date | None:
    """The day in US Eastern on which the feed was built."""
    try:
        return datetime.fromisoformat(feed.get("updated", "")).astimezone(EASTERN).date()
    except ValueError:
        return None
