"""What every site has once: style and scripts, the search page, trends, about, 404."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.site import routes
from digest.site.engine import asset, style_sheet
from digest.site.facts import PostRow
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File

_ABOUT = routes.ABOUT.strip("/")


def parts(site: Site) -> Iterator[Part]:
    """The assets first: a reader who comes in the middle of a deployment sees new pages in new clothes."""
    yield Part("assets", "once", partial(_assets, site))
    yield Part("search", "once", partial(_search, site))
    yield Part("404", "once", partial(_not_found, site))
    yield _about(site)


def _assets(site: Site) -> Iterable[File]:
    from digest.site.machines import browser

    own = site.config.site
    yield routes.STYLE, style_sheet(site.config)
    for route in (routes.THEME, routes.SCRIPT, routes.SEARCH_SCRIPT):
        yield route, asset(site.config, route.rpartition("/")[2])
    yield routes.ICON, browser.favicon()
    yield routes.OPENSEARCH, browser.opensearch(own.title, own.description, own.url, routes.SEARCH, site.own)


def _search(site: Site) -> Iterable[File]:
    yield site.page("search", routes.SEARCH, index=routes.SEARCH_INDEX, pagefind=_full_text(site))


def _full_text(site: Site) -> str | None:
    """The route of the program that searches the full text, if the site has an index of it."""
    from digest.site import full_text

    return full_text.PROGRAM if site.config.site.search == "pagefind" else None


def _not_found(site: Site) -> Iterable[File]:
    yield site.page("404", routes.NOT_FOUND)


def _about(site: Site) -> Part:
    pages = [page for page in site.library.pages if page.language == site.own]
    own = next((page for page in pages if page.route == routes.ABOUT), None)
    mark = (site.library.unit_of(own).mark, site.refs_key(site.library.unit_of(own).refs)) if own else ""
    translated = [page for page in site.library.pages if page.name == _ABOUT]
    feeds = [(feed.title, feed.routes) for feed in site.feeds.told]
    return Part("about", mark_of(mark, pages, translated, feeds), partial(_make_about, site, own, pages))


def _make_about(site: Site, own: PostRow | None, pages: list[PostRow]) -> Iterable[File]:
    from digest.site.exports import markdown
    from digest.site.parts.posts import file_of_page, page_translations, page_values, twin_of

    twin = twin_of(own) if own else None
    yield site.page(
        "about",
        routes.ABOUT,
        body=page_values(site, own)["body"] if own else None,
        translations=page_translations(site, _ABOUT, site.own),
        downloads=(twin,) if twin else (),
        all_feeds=[link for feed in site.feeds.told for link in site.feeds.links(feed, routes.ABOUT)],
        files=[(name, routes.relative(routes.ABOUT, route)) for name, route in routes.MACHINES.items()],
        pages=[(page.title, page.route) for page in pages if page is not own],
    )
    if own and twin:
        yield twin.route, markdown.post(file_of_page(site, own)).encode()
