"""Sitemaps (sitemaps.org/protocol.html) and robots.txt (RFC 9309).

A sitemap may list addresses below its own folder only, so all of them stand at the root of the site.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.site import routes
from digest.site.machines import xml

INDEX = routes.SITEMAP
MOST = 50_000
"""Addresses in one file, and files in the index, at most."""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Listed(NamedTuple):
    """A page, or a sitemap in the index.

    Attributes:
        modified: the date of its content, `2026-02-18`; empty where it is not known.
    """

    route: str
    modified: str = ""


def split(name: str, pages: Sequence[Listed]) -> list[tuple[str, Sequence[Listed]]]:
    """The sitemaps that a group of pages needs, mostly one, as routes and what each lists.

    Args:
        name: of the group, such as a year: its sitemaps are `sitemap-2026.xml`, `sitemap-2026-2.xml`, …
        pages: in an order in which new ones come last, so that the files before stay as they are.
    """
    starts = range(0, len(pages), MOST)
    return [(route(name, n), pages[at : at + MOST]) for n, at in enumerate(starts, 1)]


def route(name: str, number: int = 1) -> str:
    """Where a sitemap of a group stands."""
    return f"sitemap-{name}{f'-{number}' if number > 1 else ''}.xml"


def urlset(site_url: str, pages: Iterable[Listed]) -> bytes:
    """A sitemap."""
    return _file("urlset", "url", site_url, pages)


def index(site_url: str, sitemaps: Iterable[Listed]) -> bytes:
    """The index of all sitemaps."""
    return _file("sitemapindex", "sitemap", site_url, sitemaps)


def newest(pages: Iterable[Listed]) -> str:
    """The date of a sitemap: the newest in it; empty where none is known."""
    return max((page.modified for page in pages), default="")


def robots(site_url: str) -> bytes:
    """robots.txt: everything may be read. Crawlers ask for it at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{INDEX}\n".encode()


def _file(root: str, element: str, site_url: str, listed: Iterable[Listed]) -> bytes:
    site = xml.text(site_url)
    lines = [f"{xml.DECLARATION}<{root} {_NAMESPACE}>\n"]
    for place, modified in listed:
        # What `quote` leaves is harmless in XML.
        address = routes.absolute("", place)
        date = f"<lastmod>{modified}</lastmod>" if modified else ""
        lines.append(f"<{element}><loc>{site}{address}</loc>{date}</{element}>\n")
    lines.append(f"</{root}>\n")
    return "".join(lines).encode()
