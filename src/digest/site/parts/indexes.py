"""What machines read: the API, the search index by months, sitemaps, robots.txt and llms.txt."""

from collections.abc import Iterable, Iterator
from datetime import date as Date
from functools import partial
from itertools import groupby

from digest.site import routes
from digest.site.machines import api, sitemap
from digest.site.machines.entries import FeedLinks
from digest.site.machines.jsontext import document
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.units import NO_DATE, Unit

_CODE, _FULL = 1, 2
"""Flags of a row of the search index, as search.js reads them."""
_LISTED = (routes.HOME, routes.ARCHIVE, routes.SEARCH, routes.TRENDS, routes.STATUS, routes.ABOUT, *routes.TOPICS.values())


def parts(site: Site) -> Iterator[Part]:
    """Months and years change with their own days only; what goes over all of them holds names and numbers."""
    days = site.library.days
    months = {month: list(found) for month, found in groupby(days, key=lambda day: day.name[:7])}
    years = {year: list(found) for year, found in groupby(days, key=lambda day: day.name[:4])}
    for month, found in months.items():
        papers = [paper.id for day in found for paper in day.papers if site.library.coverages[paper.id][0] is day]
        marks = [day.mark for day in found]  # what lists show of a day holds the papers of its first edition only
        yield Part(f"search/{month}", mark_of(marks, papers), partial(_search, site, month, papers))
        yield Part(f"api/papers/{month}", mark_of(marks), partial(_api_papers, site, month, found))
    for year, found in years.items():
        yield Part(f"api/days/{year}", mark_of([day.shown for day in found]), partial(_api_days, site, year, found))
        marks = [day.mark for day in found]
        yield Part(f"sitemap/{year}", mark_of(marks, _again(site, year)), partial(_sitemap, site, year, found))
    terms = [(term.kind, term.name, term.route, term.count) for term in site.library.topics]
    yield Part("api/tags", mark_of(terms), partial(_api_tags, site))
    yield Part("search/index", mark_of(list(months), terms), partial(_search_index, site, list(months)))
    counts = ({year: len(found) for year, found in years.items()}, {m: sum(len(d.papers) for d in f) for m, f in months.items()})
    newest = days[0].name if days else None
    yield Part("api", mark_of(counts, newest, _feeds(site)), partial(_api, site, *counts, newest))
    yield Part("llms", mark_of(_feeds(site), site.library.own_posts[:30], terms), partial(_llms, site))
    others = [(post.route, post.changed) for post in (*site.library.posts, *site.library.pages) if not post.edition]
    marks = [day.mark for day in days]
    made = mark_of(list(months), marks, _again(site), others, [(term.route, term.older) for term in site.library.topics])
    yield Part("sitemap", made, partial(_sitemaps, site, years, list(months)))


# --- search --------------------------------------------------------------------------------------


def _search(site: Site, month: str, ids: list[str]) -> Iterable[File]:
    rows = []
    for paper in (site.library.paper(paper_id) for paper_id in ids):
        flags = paper.code * _CODE + paper.full_text * _FULL
        told = (paper.id, paper.name, paper.title if paper.title != paper.name else "", paper.blurb, paper.directions)
        rows.append((*told, paper.tags, paper.organisation, paper.stars, flags, paper.date.day, paper.code_stars))
    yield f"{routes.SEARCH}{month}.json", document({"papers": rows})


def _search_index(site: Site, months: list[str]) -> Iterable[File]:
    directions = sorted(site.library.topics.kinds["directions"].values(), key=lambda term: (-term.count, term.name))
    yield routes.SEARCH_INDEX, document({"months": months, "directions": [term.name for term in directions]})


# --- the API -------------------------------------------------------------------------------------


def _api_papers(site: Site, month: str, days: list[Unit]) -> Iterable[File]:
    rows = [row for day in days for row in site.library.papers(day).values()]
    yield api.papers_route(month), api.papers(month, rows)


def _api_days(site: Site, year: str, days: list[Unit]) -> Iterable[File]:
    yield api.days_route(year), api.days(year, [site.library.row(day) for day in days])


def _terms(site: Site) -> dict[str, list[api.Term]]:
    kinds = site.library.topics.kinds
    return {kind: [api.Term(t.name, t.route, t.count) for t in terms.values()] for kind, terms in kinds.items()}


def _api_tags(site: Site) -> Iterable[File]:
    yield api.TAGS, api.tags(_terms(site))


def _feeds(site: Site) -> list[FeedLinks]:
    feeds = site.feeds.told
    return [FeedLinks(feed.title, feed.language, feed.routes["atom"], feed.routes["rss"], feed.routes["json"]) for feed in feeds]


def _api(site: Site, years: dict[str, int], months: dict[str, int], newest: str | None) -> Iterable[File]:
    yield api.INDEX, api.index(site.feeds.info, years, months, _feeds(site), newest)


def _llms(site: Site) -> Iterable[File]:
    from digest.site.machines import llms

    label = site.label()
    directions = sorted(_terms(site)["directions"], key=lambda term: (-term.bearers, term.name))
    named = {"archive": routes.ARCHIVE, "trends": routes.TRENDS, "status": routes.STATUS, "about": routes.ABOUT}
    pages = [llms.Page(label(f"site.{name}"), route) for name, route in named.items()]
    yield routes.LLMS, llms.llms(site.feeds.info, site.library.own_posts, directions, _feeds(site), pages)


# --- sitemaps ------------------------------------------------------------------------------------


def _modified(site: Site, day: Unit) -> tuple[tuple[str, ...], str]:
    """The pages of a day's papers, and when the day changed last."""
    papers = (paper.id for paper in day.papers if site.library.coverages[paper.id][0] is day)
    changed = [post.changed for post in day.posts if post.edition]
    return tuple(routes.paper_route(paper_id) for paper_id in papers), max((day.name, *changed))


def _again(site: Site, year: str = "") -> list[tuple[str, str]]:
    """The papers that several days cover, one of them in a year, and the newest of these, whose sitemap lists the page."""
    again = site.library.again.items()
    return [(paper_id, units[0].name) for paper_id, units in again if any(unit.name.startswith(year) for unit in units)]


def _listed(site: Site, days: list[Unit]) -> list[sitemap.Listed]:
    """The pages of days, the oldest first."""
    pages = []
    for day in reversed(days):
        papers, changed = _modified(site, day)
        pages += [sitemap.Listed(post.route, post.changed) for post in day.posts if post.edition]
        pages += [sitemap.Listed(route, changed) for route in papers]
    return pages


def _in_index(site: Site, year: str, days: list[Unit]) -> list[sitemap.Listed]:
    """The sitemaps of a year with their dates. For these not every page is looked at, unless one sitemap is too few."""
    if sum(len(day.posts) + len(day.papers) for day in days) > sitemap.MOST:
        return [sitemap.Listed(route, sitemap.newest(listed)) for route, listed in sitemap.split(year, _listed(site, days))]
    dates = [date for day in days for date in _dates(site, day)]
    return [sitemap.Listed(sitemap.route(year), max(dates))] if dates else []


def _dates(site: Site, day: Unit) -> list[str]:
    """When the digests of a day changed last and, where it has pages of papers, these."""
    changed = [post.changed for post in day.posts if post.edition]
    has_papers = any(site.library.coverages[paper.id][0] is day for paper in day.papers)
    return [*changed, max((day.name, *changed))] if has_papers else changed


def _sitemap(site: Site, year: str, days: list[Unit]) -> Iterable[File]:
    for route, listed in sitemap.split(year, _listed(site, days)):
        yield route, sitemap.urlset(site.config.site.url, listed)


def _sitemaps(site: Site, years: dict[str, list[Unit]], months: list[str]) -> Iterable[File]:
    """The sitemap of everything else, the index of all, and robots.txt, which names it."""
    library, url = site.library, site.config.site.url
    first = [Date.fromisoformat(f"{month}-01") for month in months]
    pages = [*_LISTED, *(routes.year_route(int(year)) for year in years), *map(routes.month_route, first)]
    pages += [*map(routes.status_route, first), *(route for term in library.topics for route in term.pages)]
    dates = {p.route: p.changed for p in (*library.posts, *library.pages) if not p.edition}
    others = [sitemap.Listed(route, date if (date := dates.get(route, "")) > str(NO_DATE) else "") for route in (*pages, *dates)]
    found = []
    for year, days in years.items():
        found += _in_index(site, year, days)
    for route, listed in sitemap.split("pages", list(dict.fromkeys(others))):
        yield route, sitemap.urlset(url, listed)
        found.append(sitemap.Listed(route))
    yield sitemap.INDEX, sitemap.index(url, found)
    yield routes.ROBOTS, sitemap.robots(url)
