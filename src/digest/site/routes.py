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

HOME, ARCHIVE, TAGS, STYLE, FEED, NOT_FOUND = "", "archive/", "tags/", "assets/style.css", "feed.xml", "404.html"
_INDEX = "index.html"
_UNSAFE = re.compile(r"[^\w]+|_+")


def file_of(route: str) -> str:
    """The file that holds a route's page, below the output folder."""
    return route + _INDEX if not route or route.endswith("/") else route


def relative(source: str, target: str, fragment: str = "") -> str:
    """The link from one route to another."""
    up = "../" * source.count("/")
    return up + quote(file_of(target)) + (f"#{fragment}" if fragment else "")


def absolute(site_url: str, route: str) -> str:
    """A route's address in the world."""
    return site_url + quote(route)


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


def roundup_route(stem: str) -> str:
    """The page of a round-up, named after its file: `roundups/2026-W08/`."""
    return f"roundups/{stem}/"


def feed_route(edition: str, language: Language | None) -> str:
    """The feed of an edition. The site's own language is left out: pass None for it."""
    return f"feeds/{edition}" + (f".{language}" if language else "") + ".xml"


def tag_routes(tags: Iterable[str]) -> dict[str, str]:
    """The page of each tag.

    Tags that differ only in case or punctuation (`RL`, `rl`; `C`, `C++`) have different pages, also on a disk that
    ignores case. The one that comes first has the plain name, so pass the oldest first: a tag's page never moves.
    """
    routes: dict[str, str] = {}
    taken: set[str] = set()
    for tag in dict.fromkeys(tags):
        plain = unicodedata.normalize("NFKC", tag).casefold()
        name = _UNSAFE.sub("-", plain).strip("-")[:60]
        if not name or name in taken:
            name = f"{name or 'tag'}-{hashlib.sha256(tag.encode('utf-8', 'replace')).hexdigest()[:8]}"
        taken.add(name)
        routes[tag] = f"{TAGS}{name}/"
    return routes
