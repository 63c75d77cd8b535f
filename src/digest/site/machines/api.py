"""The API: what the site knows, as files of JSON under `api/`. Their shapes stand in docs/api.md and docs/api.schema.json.

Routes in them are below the site's URL, as in the sitemap. The site has one file a year for days, one a month for
papers and one for tags, so that a new day changes four files, however many years there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from digest.site import cjk, routes
from digest.site.facts import DayRow, PaperRow, PostRow, SourceRow
from digest.site.machines.entries import FeedInfo, FeedLinks
from digest.site.machines.jsontext import document

SCHEMA = 1
"""Raised when a key goes or changes its meaning; new keys may come at any time."""
FOLDER = "api/"
INDEX, TAGS = routes.API, f"{FOLDER}tags.json"
KINDS = tuple(routes.TOPICS)
"""Kinds of terms, as `tags.json` groups them."""

_LICENCES = {
    "metadata": {
        "licence": "CC0-1.0",
        "url": "https://creativecommons.org/publicdomain/zero/1.0/",
        "source": "https://info.arxiv.org/help/api/tou.html",
        "what": "titles, authors, categories and identifiers of papers, from arXiv",
    },
    "quotes": {"what": "sentences of papers in paper.json and digest.json; the rights stay with their authors"},
}


class Term(NamedTuple):
    """A direction, category, organisation or tag, and how many papers and posts have it."""

    name: str
    route: str
    bearers: int


def days_route(year: int | str) -> str:
    return f"{FOLDER}days/{year}.json"


def papers_route(month: str) -> str:
    """The papers of a month, `2026-02`."""
    return f"{FOLDER}papers/{month}.json"


def index(
    site: FeedInfo, years: Mapping[str, int], months: Mapping[str, int], feeds: Iterable[FeedLinks], newest: str | None
) -> bytes:
    """What there is.

    Args:
        site: the site's own feed; its home is the site's URL.
        years: how many days each year has.
        months: how many papers each month has; one that several days cover counts for each.
        newest: the newest day; None where there is none.
    """
    return document(
        {
            "schema": SCHEMA,
            "site": {
                "title": site.title,
                "description": site.subtitle,
                "url": site.home,
                "language": cjk.TAGS[site.language],
                "author": site.author,
                "timezone": site.timezone,
            },
            "newest": newest,
            "days": [{"year": int(year), "count": count, "route": days_route(year)} for year, count in _latest(years)],
            "papers": [{"month": month, "count": count, "route": papers_route(month)} for month, count in _latest(months)],
            "tags": {"route": TAGS},
            "one": {"paper": "papers/{slug}/paper.json", "digest": "{digest}digest.json"},
            "feeds": [_feed(feed) for feed in feeds],
            "licences": _LICENCES,
        }
    )


def days(year: int | str, rows: Iterable[DayRow]) -> bytes:
    """The days of a year, newest first."""
    ordered = sorted(rows, key=lambda row: row.day, reverse=True)
    return document({"schema": SCHEMA, "year": int(year), "days": [_day(row) for row in ordered]})


def papers(month: str, rows: Iterable[PaperRow]) -> bytes:
    """The papers of a month's days, newest day first, each day's in their order. One that several days cover stands with each."""
    ordered = sorted(rows, key=lambda row: row.day, reverse=True)
    return document({"schema": SCHEMA, "month": month, "papers": [_paper(row) for row in ordered]})


def tags(terms: Mapping[str, Sequence[Term]]) -> bytes:
    """All terms by their kind, the commonest first, then by name."""
    grouped = {kind: sorted(terms.get(kind, ()), key=lambda term: (-term.bearers, term.name)) for kind in KINDS}
    return document({"schema": SCHEMA, **{kind: [_term(term) for term in found] for kind, found in grouped.items()}})


def _latest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), reverse=True)


def _feed(feed: FeedLinks) -> dict[str, str]:
    links = {"atom": feed.atom, "rss": feed.rss, "json": feed.json}
    return {"title": feed.title, "language": cjk.TAGS[feed.language], **{name: route for name, route in links.items() if route}}


def _day(row: DayRow) -> dict[str, Any]:
    return {
        "date": row.day,
        "state": row.state,
        "status": row.status,
        "listed_on": row.listed_on,
        "counts": {
            "listed": row.listed,
            "picked": len(row.papers),
            "also": row.also,
            "checked": row.checked,
            "removed": row.removed,
        },
        "usage": {"tokens": row.tokens, "cost": row.cost, "currency": row.currency or None},
        "headline": row.headline,
        "digests": [_post(post) for post in row.posts],
        "papers": [paper.id for paper in row.papers],
        "sources": [_source(source) for source in row.sources],
    }


def _term(term: Term) -> dict[str, Any]:
    return {"name": term.name, "route": term.route, "count": term.bearers}


def _post(post: PostRow) -> dict[str, Any]:
    return {
        "edition": post.edition,
        "language": cjk.TAGS[post.language],
        "route": post.route,
        "title": post.title,
        "updated": post.changed,
    }


def _source(source: SourceRow) -> dict[str, Any]:
    return {"listing": source.listing, "status": source.status, "entries": source.entries, "via": source.via}


def _paper(row: PaperRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "date": row.day,
        "name": row.name,
        "title": row.title,
        "language": cjk.TAGS[row.language],
        "stars": row.stars,
        "blurb": row.blurb,
        "directions": row.directions,
        "tags": row.tags,
        "categories": row.categories,
        "organisation": row.organisation or None,
        "code": row.code,
        "code_stars": row.code_stars,
        "full_text": row.full_text,
        "route": routes.paper_route(row.id),
    }
