"""arXiv's API (`export.arxiv.org/api/query`) through the package `arxiv`, with our own transport under it.

The package asks and parses; what it does not do is done here: limits, spacing and retries (its own would ignore
Retry-After), strict XML, error entries, and completeness, since a truncated feed parses without a complaint
(info.arxiv.org/help/api/user-manual).
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from digest.errors import PaperIdError, SourceError
from digest.models import Entry, Paper
from digest.net import Response, Upstream
from digest.paper_id import PaperId
from digest.sources import clean
from digest.sources.base import links_of, venue_in

if TYPE_CHECKING:
    import arxiv

PAGE = 1000
"""Results asked for at a time; the API allows 2,000 and answers large slices slowly."""
IDS = 100
"""Ids asked for at a time: longer lists make URLs that proxies refuse."""
ATOM = "{http://www.w3.org/2005/Atom}"
TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """A page that was read whole.

    Attributes:
        total: results of the query on all pages.
        entries: entries on this page.
        parsed: how many of them the package will parse; it leaves out those without id or dates.
        dropped: ids of entries that it parses and we leave out: they have no abstract element.
    """

    content: bytes
    total: int
    entries: int
    parsed: int
    dropped: frozenset[str]


class ArxivApi:
    """Queries against the API that are answered completely or end in an error."""

    def __init__(self, url: str, upstream: Upstream) -> None:
        self._url = url
        self._upstream = upstream

    def submitted_between(self, categories: Sequence[str], start: datetime, end: datetime) -> list[Entry]:
        """Papers of any of the categories with a submission time in [start, end), oldest first.

        Raises:
            FetchError, SourceError: not all of them could be read.
        """
        query = " OR ".join(f"cat:{category}" for category in categories)
        query = f"({query}) AND submittedDate:[{start:%Y%m%d%H%M} TO {end:%Y%m%d%H%M}]"
        found = self._entries(search_query=query)
        # the API's window ends with its last minute; ours does not contain its end
        within = [e for e in found if e.paper.published and start <= e.paper.published < end]
        return sorted(within, key=lambda e: (str(e.paper.published), e.paper.id))

    def by_id(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The newest versions of papers, by version-less id. Ids that the API does not know are absent.

        Raises:
            FetchError, SourceError: not all of them could be read.
        """
        wanted = sorted(set(ids))
        found: dict[str, Entry] = {}
        for n in range(0, len(wanted), IDS):
            found |= {e.paper.id: e for e in self._entries(id_list=wanted[n : n + IDS])}
        return found

    def _entries(self, *, search_query: str = "", id_list: Sequence[str] = ()) -> list[Entry]:
        import arxiv

        client = arxiv.Client(page_size=IDS if id_list else PAGE, delay_seconds=0, num_retries=0)
        client.query_url_format = self._url + "?{}"
        session = _Session(self._upstream)
        client._session = session  # the seam that the contract test holds
        order = {"sort_by": arxiv.SortCriterion.SubmittedDate, "sort_order": arxiv.SortOrder.Ascending}
        search = arxiv.Search(query=search_query, id_list=list(id_list), **order)
        entries: dict[str, Entry] = {}
        start, total = 0, 1
        while start < total:
            for result in _one_page(client, search, start, session):
                entry = _entry(result)
                entries.setdefault(entry.paper.id, entry)
            assert session.page is not None
            start, total = start + session.page.entries, session.page.total
            if not session.page.entries:
                break
        return list(entries.values())


class _Session:
    """Stands where the package has a requests.Session: our client, and a strict look at every page."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.page: Page | None = None

    def get(self, url: str, **_: object) -> SimpleNamespace:
        self.page = self._upstream.fetch(url, self._next_page)
        return SimpleNamespace(status_code=200, content=self.page.content)

    def _next_page(self, response: Response) -> Page:
        page = _whole_page(replace(response, content=clean.xml(response.content)))
        if self.page is not None and page.total < self.page.total:
            why = f"{page.total} results in all, after a page that promised {self.page.total}"
            raise SourceError("an incomplete answer of arXiv's API", where=response.url, why=why)
        return page


def _one_page(client: "arxiv.Client", search: "arxiv.Search", start: int, session: _Session) -> Iterator["arxiv.Result"]:
    """The results of the page at an offset. Incomplete entries are left out without shifting what follows."""
    for taken, result in enumerate(client.results(search, offset=start), 1):
        assert session.page is not None
        if result.entry_id not in session.page.dropped:
            yield result
        if taken == session.page.parsed:  # the package would go on to the next page with a wrong offset
            return


def _whole_page(response: Response) -> Page:
    """Check that a body is a feed, whole, without an error entry, and holds what it promises."""
    from urllib.parse import parse_qs, urlsplit

    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(response.content, parser=parser)
    except etree.XMLSyntaxError as error:
        raise SourceError("not a feed", where=response.url, why=str(error)) from None
    if root.tag != f"{ATOM}feed" or root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("not a feed", where=response.url, why=f"the document is a <{etree.QName(root).localname}>")
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        if "/api/errors" in (entry.findtext(f"{ATOM}id") or ""):
            raise SourceError("arXiv's API answers an error", where=response.url, why=entry.findtext(f"{ATOM}summary") or "")
    total = _total(root, response.url)
    asked = {key: int(values[0]) for key, values in parse_qs(urlsplit(response.url).query).items() if values[0].isdigit()}
    promised = min(asked.get("max_results", 10), max(0, total - asked.get("start", 0)))
    if len(entries) != promised:
        why = f"{len(entries)} entries of {promised} that it promises ({total} in all)"
        raise SourceError("an incomplete answer of arXiv's API", where=response.url, why=why)
    undated = [e for e in entries if not all(e.findtext(ATOM + tag) for tag in ("id", "published", "updated"))]
    dated = [e for e in entries if e not in undated]
    for entry in dated:
        _check_dates(entry, response.url)
    dropped = frozenset(str(e.findtext(ATOM + "id")) for e in dated if e.find(ATOM + "summary") is None)
    if undated or dropped:
        names = ", ".join(str(e.findtext(ATOM + "title"))[:60] for e in undated) or "-"
        log.warning("%s: left out entries without dates (%s) or abstract (%s)", response.url, names, ", ".join(dropped) or "-")
    return Page(response.content, total, len(entries), len(entries) - len(undated), dropped)


def _total(root: Any, url: str) -> int:
    text = (root.findtext(TOTAL) or "").strip()
    if not text.isdecimal():
        raise SourceError("not an answer of arXiv's API", where=url, why=f"it gives {text[:20]!r} as the number of results")
    return int(text)


def _check_dates(entry: Any, url: str) -> None:
    """Refuse a date that is none: the package would raise a ValueError in the middle of a page."""
    for tag in ("published", "updated"):
        text = entry.findtext(ATOM + tag).strip()
        try:
            datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            raise SourceError("an entry with a date that is none", where=url, why=text[:40]) from None


def _entry(result: "arxiv.Result") -> Entry:
    try:
        paper_id = PaperId.parse(result.entry_id)
    except PaperIdError as error:
        raise SourceError("arXiv's API answers an entry that is no paper", why=str(error)) from None
    comment = clean.text(result.comment, 1000) or None
    abstract = clean.text(result.summary)
    return Entry(
        paper=Paper(
            id=paper_id.id,
            version=paper_id.version,
            title=clean.title(result.title) or paper_id.id,
            authors=clean.authors([author.name for author in result.authors]),
            affiliations=tuple(dict.fromkeys(clean.text(a, 200) for author in result.authors for a in author.affiliation)),
            categories=tuple(result.categories),
            primary_category=result.primary_category or None,
            published=result.published,
            comment=comment,
            venue=venue_in(comment),
            links=links_of(paper_id, code=clean.repository_in(abstract, comment)),
        ),
        abstract=abstract,
    )
