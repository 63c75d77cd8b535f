"""The pages of directions, categories, organisations and tags, and the feeds of the terms that people follow."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.site import routes
from digest.site.facts import PostRow
from digest.site.feeds import MEDIA_TYPES
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.topics import FOLLOWED, Term


def parts(site: Site) -> Iterator[Part]:
    """An index of each kind, and for each term its pages and its feeds."""
    for kind, terms in site.library.topics.kinds.items():
        listed = [(term.name, term.route, term.count) for term in terms.values()]
        yield Part(f"terms/{kind}", mark_of(listed), partial(_index, site, kind))
        for term in terms.values():
            for number in range(term.older + 1):
                yield _page(site, term, number)
            if kind in FOLLOWED:
                yield _feeds(site, term)


def _index(site: Site, kind: str) -> Iterable[File]:
    yield site.page(
        "terms",
        routes.TOPICS[kind],
        kind=kind,
        kinds=[(site.label()(f"site.taxonomy.{other}"), route) for other, route in routes.TOPICS.items()],
        terms=list(site.library.topics.kinds[kind].values()),
    )


def _page(site: Site, term: Term, number: int) -> Part:
    made = mark_of([bearer.mark for bearer in term.page(number)], term.name, term.count if not number else 0, term.older > number)
    return Part(f"{term.route}{number or ''}", made, partial(_make_page, site, term, number))


def _make_page(site: Site, term: Term, number: int) -> Iterable[File]:
    library = site.library
    bearers = term.page(number)
    posts = {post.route: post for bearer in bearers if bearer.is_post for post in library.unit_of_route(bearer.id).posts}
    route = routes.numbered(term.route, number) if number else term.route
    shown: list[PostRow] = [posts[bearer.id] for bearer in bearers if bearer.is_post]
    feeds = _links(site, term, route)
    yield site.page(
        "term",
        route,
        kind=term.kind,
        kind_route=routes.TOPICS[term.kind],
        term=term,
        number=number,
        papers=[library.paper(bearer.id) for bearer in bearers if not bearer.is_post],
        posts=shown,
        older=_neighbour(term, (number or term.older + 1) - 1),
        newer=_neighbour(term, number + 1) if number else None,
        feeds=feeds or site.feeds.links(site.feeds.main, route),
    )


def _neighbour(term: Term, number: int) -> tuple[int, str] | None:
    """The page of that number, and its route; the newest page, which has no number, is 0."""
    if number < 1:
        return None
    return (number, routes.numbered(term.route, number)) if number <= term.older else (0, term.route)


# --- feeds ---------------------------------------------------------------------------------------


def feed_of(term: Term) -> dict[str, str]:
    """The feeds of a term, by format."""
    return routes.feed_routes(f"{term.route}feed")


def _links(site: Site, term: Term, route: str) -> list[tuple[str, str, str]]:
    if term.kind not in FOLLOWED:
        return []
    title = site.label()("site.feed_title", title=f"{site.config.site.title}: {term.name}")
    return [(title, routes.relative(route, target), MEDIA_TYPES[kind]) for kind, target in feed_of(term).items()]


def _feeds(site: Site, term: Term) -> Part:
    shown = term.newest_papers
    made = mark_of(term.name, [(paper, [unit.mark for unit in site.library.coverages[paper]]) for paper in shown])
    return Part(f"{term.route}feed", made, partial(_make_feeds, site, term, shown))


def _make_feeds(site: Site, term: Term, shown: list[str]) -> Iterable[File]:
    home = routes.absolute(site.config.site.url, term.route)
    info = site.feeds.info._replace(id=home, title=f"{site.config.site.title}: {term.name}", home=home)
    yield from site.feeds.files(info, feed_of(term), [site.feeds.paper_entry(paper) for paper in shown])
