"""Where everything stands in the site.

A *route* is a page's place below the site's root: empty for the home page, `archive/`, `papers/2602.15763/`, or a
file such as `feed.xml`. Links inside the site are relative and name their `index.html`, so that a site opened as a
file works as one that is served; what leaves the site (canonical URL, feed, sitemap) has the short form.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date as Date
from urllib.parse import quote, unquote

from digest.models import Language
from digest.paper_id import slug

File = tuple[str, bytes]
"""A route and what stands there."""

HOME, ARCHIVE, SEARCH, TRENDS, STATUS, ABOUT = "", "archive/", "search/", "trends/", "status/", "about/"
TAGS, DIRECTIONS, CATEGORIES, ORGANISATIONS = "tags/", "directions/", "categories/", "organisations/"
FEED, RSS, JSON_FEED, API = "feed.xml", "rss.xml", "feed.json", "api/index.json"
NOT_FOUND, STYLE = "404.html", "assets/style.css"
THEME, SCRIPT, SEARCH_SCRIPT, ICON = "assets/theme.js", "assets/site.js", "assets/search.js", "assets/favicon.svg"
OPENSEARCH, SITEMAP, ROBOTS, LLMS, SEARCH_INDEX = "opensearch.xml", "sitemap.xml", "robots.txt", "llms.txt", "search/index.json"
MACHINES = {"API": API, "sitemap.xml": SITEMAP, "llms.txt": LLMS, "OpenSearch": OPENSEARCH}
"""What programs may read, by the names under which people are told."""
TOPICS = {"directions": DIRECTIONS, "categories": CATEGORIES, "organisations": ORGANISATIONS, "tags": TAGS}
"""Where the terms of each kind stand. A name that several kinds want belongs to the first of them."""
FIXED = (HOME, ARCHIVE, SEARCH, TRENDS, STATUS, ABOUT, *TOPICS.values(), FEED, RSS, JSON_FEED, *MACHINES.values())
"""The pages and files that every site has."""
_INDEX = "index.html"
_SAFE = re.compile(r"[A-Za-z0-9._~/-]*")
"""What is the same when it is percent-encoded: nearly every route, and many times faster to see."""
_UNSAFE = re.compile(r"[^\w]+|_+")


def file_of(route: str) -> str:
    """The file that holds a route's page, below the output folder."""
    return route + _INDEX if not route or route.endswith("/") else route


def relative(source: str, target: str, fragment: str = "") -> str:
    """The link from one route to another."""
    up = "../" * source.count("/")
    return up + _quoted(file_of(target)) + (f"#{fragment}" if fragment else "")


def _quoted(route: str) -> str:
    return route if _SAFE.fullmatch(route) else quote(route)


def absolute(site_url: str, route: str) -> str:
    """A route's address in the world."""
    return site_url + _quoted(route)


def inside(site_url: str, url: str) -> tuple[str, str] | None:
    """The route and the fragment of a URL of this site; None for any other URL."""
    if not f"{url}/".startswith(site_url):
        return None
    path, _, fragment = url[len(site_url) :].partition("#")
    if "?" in path or ".." in path:
        return None
    return unquote(path).removesuffix(_INDEX), fragment


def paper_route(paper_id: str) -> str:
    """A paper's permanent page."""
    return f"papers/{slug(paper_id)}/"


def digest_route(day: Date, edition: str | None, language: Language | None) -> str:
    """A digest's page. The first edition and the site's own language are left out: pass None for them."""
    return f"{day}" + (f"-{edition}" if edition else "") + (f".{language}" if language else "") + "/"


def post_route(stem: str) -> str:
    """The page of a post that was written by hand, named after its file."""
    return f"posts/{stem}/"


def page_route(name: str, language: Language | None) -> str:
    """The page of a page by hand, named after its file. The site's own language is left out: pass None for it."""
    return f"{name}" + (f".{language}" if language else "") + "/"


def roundup_route(stem: str) -> str:
    """The page of a round-up, named after its file: `roundups/2026-W08/`."""
    return f"roundups/{stem}/"


def feed_routes(stem: str) -> dict[str, str]:
    """The feeds of an edition or a term, by format: `feeds/daily-papers.xml` (Atom), `.rss`, `.json`."""
    return {"atom": f"{stem}.xml", "rss": f"{stem}.rss", "json": f"{stem}.json"}


def edition_feed(edition: str, language: Language | None) -> str:
    """The feeds of an edition, without their endings. The site's own language is left out: pass None for it."""
    return f"feeds/{edition}" + (f".{language}" if language else "")


def month_route(day: Date) -> str:
    """The days of a month in rows."""
    return f"{ARCHIVE}{day:%Y-%m}/"


def year_route(year: int) -> str:
    """The days of a year in a calendar."""
    return f"{ARCHIVE}{year}/"


def status_route(day: Date) -> str:
    """The nights of a month."""
    return f"{STATUS}{day:%Y-%m}/"


def numbered(route: str, number: int) -> str:
    """An older page of a list, which never changes its number; 1 is the oldest."""
    return f"{route}{number}/"


def term_routes(folder: str, terms: Iterable[str]) -> dict[str, str]:
    """The page of each term of a kind, such as a tag.

    Terms that differ only in case or punctuation (`RL`, `rl`; `C`, `C++`) have different pages, also on a disk that
    ignores case. The one that comes first has the plain name, so pass the oldest first: a term's page never moves.
    """
    routes: dict[str, str] = {}
    taken: set[str] = set()
    for tag in dict.fromkeys(terms):
        plain = unicodedata.normalize("NFKC", tag).casefold()
        name = _UNSAFE.sub("-", plain).strip("-")[:60]
        if not name or name in taken:
            name = f"{name or 'tag'}-{hashlib.sha256(tag.encode('utf-8', 'replace')).hexdigest()[:8]}"
        taken.add(name)
        routes[tag] = f"{folder}{name}/"
    return routes
