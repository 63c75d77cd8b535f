"""arXiv's API over the entries of the sample.

Of the query language it knows what a digest asks: `cat:` terms, any of which may hold, and at most one range
of `submittedDate` or `lastUpdatedDate`, which must. Anything else is refused with 400 rather than misread.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from hashlib import sha1
from urllib.parse import quote_plus
from xml.sax.saxutils import escape, quoteattr, unescape

_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>{id}</id>
  <title>{title}</title>
  <updated>{updated}</updated>
{link}  <opensearch:itemsPerPage>{count}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""
_ERROR = """  <entry>
    <id>{id}</id>
    <title>Error</title>
    <updated>{updated}</updated>
    <link href={link} rel="alternate" type="text/html"/>
    <summary>{message}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
"""
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v([1-9]\d*))?")
_RANGE = re.compile(r"(submittedDate|lastUpdatedDate):\[\s*(\d{4,14})\s+TO\s+(\d{4,14})\s*\]")
_CATEGORY = re.compile(r'cat:"?([\w.*-]+)"?')
_PAGE = 2000
_LAST = 30_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of the API: what queries ask about, and its XML as stored."""

    id: str
    version: int
    published: str
    updated: str
    categories: tuple[str, ...]
    xml: str

    @property
    def title(self) -> str:
        return self._text("title")

    @property
    def abstract(self) -> str:
        return self._text("summary")

    def _text(self, tag: str) -> str:
        found = re.search(rf"<{tag}>(.*?)</{tag}>", self.xml, re.DOTALL)
        return unescape(" ".join(found[1].split())) if found else ""


class _QueryError(ValueError):
    """A request that the API answers with 400; the text is its reason."""


def entries(feed: str) -> tuple[Entry, ...]:
    """The entries of a stored answer."""
    return tuple(map(_entry, re.findall(r"  <entry>\n.*?</entry>\n", feed, re.DOTALL)))


def _entry(xml: str) -> Entry:
    def first(pattern: str) -> str:
        return str(re.findall(pattern, xml)[0])

    return Entry(
        id=first(r"<id>http://arxiv.org/abs/(.+)v\d+</id>"),
        version=int(first(r"<id>.+v(\d+)</id>")),
        published=first("<published>(.+)</published>"),
        updated=first("<updated>(.+)</updated>"),
        categories=tuple(re.findall(r'<category term="([^"]+)"', xml)),
        xml=xml,
    )


def answer(known: Sequence[Entry], query: Mapping[str, str], today: date) -> tuple[int, str]:
    """Status and Atom feed for the parameters of a request."""
    updated = f"{today.isoformat()}T05:00:00Z"
    try:
        # The real default is 10 too, also for id_list.
        start, count = _number(query, "start", 0), _number(query, "max_results", 10)
        found = _found(known, query)
    except _QueryError as reason:
        return 400, _refusal(str(reason), updated)
    if start + count > _LAST:
        return 400, _refusal(f"start + max_results must not exceed {_LAST}", updated)
    page = found[start : start + min(count, _PAGE)]
    return 200, _feed(query, start, count, len(found), page, updated)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise _QueryError(f"{name} must be an integer")
    if int(text) < 0:
        raise _QueryError(f"{name} must be non-negative")
    return int(text)


def _found(known: Sequence[Entry], query: Mapping[str, str]) -> list[Entry]:
    ids = [text.strip() for text in query.get("id_list", "").split(",") if text.strip()]
    search = query.get("search_query", "").strip()
    wanted = _test(search)
    rows = _by_id(known, ids) if ids else known if search else ()
    matching = [entry for entry in rows if wanted(entry)]
    if ids and not query.get("sortBy"):
        return matching
    by_update = query.get("sortBy") == "lastUpdatedDate"
    return sorted(
        matching,
        key=lambda entry: (entry.updated if by_update else entry.published, entry.id),
        reverse=query.get("sortOrder") != "ascending",
    )


def _by_id(known: Sequence[Entry], ids: Iterable[str]) -> list[Entry]:
    """The papers of these ids, once each; unknown ones are just absent."""
    papers = {entry.id: entry for entry in known}
    rows = []
    for text in dict.fromkeys(ids):
        parts = _ID.fullmatch(text)
        if not parts:
            raise _QueryError(f"incorrect id format for {text}")
        newest = papers.get(parts[1])
        if newest and int(parts[2] or newest.version) <= newest.version:
            rows.append(_in_version(newest, int(parts[2] or newest.version)))
    return rows


def _in_version(newest: Entry, version: int) -> Entry:
    """An earlier version, without the comment, which came with the newest."""
    if version == newest.version:
        return newest
    xml = newest.xml.replace(f"{newest.id}v{newest.version}", f"{newest.id}v{version}")
    xml = xml.replace(f"<updated>{newest.updated}", f"<updated>{newest.published}")
    xml = re.sub(r" *<arxiv:comment>.*?</arxiv:comment>\n", "", xml, flags=re.DOTALL)
    return replace(newest, version=version, updated=newest.published, xml=xml)


def _test(search: str) -> Callable[[Entry], bool]:
    """What a search_query stands for."""
    ranges, categories = _RANGE.findall(search), _CATEGORY.findall(search)
    rest = re.sub(r"\bAND\b|\bOR\b|[()\s]", "", _CATEGORY.sub("", _RANGE.sub("", search)))
    if rest or len(ranges) > 1:
        raise _QueryError("the sample knows cat: and one date range only")

    def wanted(entry: Entry) -> bool:
        return _within(entry, ranges) and (not categories or _in_any(entry, categories))

    return wanted


def _within(entry: Entry, ranges: Iterable[tuple[str, str, str]]) -> bool:
    for field, low, high in ranges:
        moment = entry.published if field == "submittedDate" else entry.updated
        minute = re.sub(r"\D", "", moment)[:12]
        if not low[:12].ljust(12, "0") <= minute <= high[:12].ljust(12, "9"):
            return False
    return True


def _in_any(entry: Entry, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(category, pattern) for pattern in patterns for category in entry.categories)


def _feed(query: Mapping[str, str], start: int, count: int, total: int, page: Sequence[Entry], updated: str) -> str:
    search, ids = query.get("search_query", ""), query.get("id_list", "")
    title = f"search_query={search}&id_list={ids}&start={start}&max_results={count}"
    link = (
        f"https://arxiv.org/api/query?search_query={quote_plus(search, safe=':()[]')}&start={start}"
        f"&max_results={count}&id_list={quote_plus(ids, safe=',/')}"
    )
    return _FEED.format(
        id=f"https://arxiv.org/api/{sha1(title.encode()).hexdigest()[:27]}",
        title=escape(f"arXiv Query: {title}"),
        updated=updated,
        link=f'  <link href={quoteattr(link)} type="application/atom+xml"/>\n',
        count=count,
        total=total,
        start=start,
        entries="".join(entry.xml for entry in page),
    )


def _refusal(message: str, updated: str) -> str:
    where = f"https://arxiv.org/api/errors#{quote_plus(message.replace(' ', '_'))}"
    entry = _ERROR.format(id=where, updated=updated, link=quoteattr(where), message=escape(message))
    return _FEED.format(
        id="https://arxiv.org/",
        title="arXiv Search Results",
        updated=updated,
        link="",
        count=1,
        total=1,
        start=0,
        entries=entry,
    )
