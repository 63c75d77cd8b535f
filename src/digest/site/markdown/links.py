"""The links of one post: which lead to a place of this site, which out of it, and which nowhere any more."""

import re
from collections.abc import Collection
from typing import NamedTuple, Protocol
from urllib.parse import quote

from digest.site import routes
from digest.site.markdown.tree import INDEX, RAISED, ROOT, escaped

OUTSIDE = ' rel="noopener nofollow"'
_EVIDENCE = re.compile(r"(?:v\d+-)?s\d+")


class Places(Protocol):
    """The routes of the site and the anchors on each page; None where any anchor may be. Any Mapping does."""

    def __contains__(self, route: object, /) -> bool: ...
    def __getitem__(self, route: str, /) -> Collection[str] | None: ...


class _Page(NamedTuple):
    """What links with the same path have in common.

    Attributes:
        href: with the marks of a link inside the site; None for a page that the site does not have.
        is_paper: links to a paper that the site does not have lose their meaning, others lead to the site as it was.
    """

    href: str | None
    anchors: Collection[str] | None
    is_paper: bool


class Links:
    """Opening tags for links.

    Args:
        site_url: links that begin with it are this site's own; it ends with a slash.
        places: what the site has.
    """

    def __init__(self, site_url: str, places: Places) -> None:
        self.site_url, self._places = site_url, places
        self._pages: dict[str, _Page] = {}

    def opening(self, address: str, title: str = "") -> str | None:
        """The opening tag of a link; None for one to a paper that the site does not have, of which the text is left.

        A link to evidence is marked as RAISED.
        """
        more = f' title="{escaped(title)}"' if title else ""
        if address.startswith(self.site_url) or f"{address}/" == self.site_url:
            path, _, fragment = address[len(self.site_url) :].partition("#")
            href, anchors, is_paper = self._pages.get(path) or self._page(path)
            if href is not None:
                if fragment and is_paper and _EVIDENCE.fullmatch(fragment):
                    return self.evidence(path, fragment, more)
                kept = fragment and (anchors is None or fragment in anchors)
                return f'<a href="{href}{f"#{escaped(fragment)}" if kept else ""}"{more}>'
            if is_paper:
                return None
        rel = OUTSIDE if address[:6].lower().startswith(("https:", "http:")) else ""
        return f'<a href="{escaped(address)}"{more}{rel}>'

    def evidence(self, path: str, anchor: str, more: str = "") -> str | None:
        """The opening tag of a link to a sentence on the page at a path; None for a paper that the site does not have.

        Args:
            more: attributes with a blank before them.
        """
        href, anchors, _ = self._pages.get(path) or self._page(path)
        if href is None:
            return None
        if anchors is None or anchor in anchors:
            return f'{RAISED}<a href="{href}#{anchor}"{more} class="evidence">'
        return f'{RAISED}<a href="{href}"{more} class="evidence">'

    def _page(self, path: str) -> _Page:
        page = self._pages[path] = self._found(path)
        return page

    def _found(self, path: str) -> _Page:
        """The page at a path below the site's root."""
        inside = routes.inside(self.site_url, self.site_url + path)
        if not inside:
            return _Page(None, None, False)
        route, is_paper = inside[0], inside[0].startswith("papers/")
        if f"{route}/" in self._places:
            route += "/"
        if route not in self._places:
            return _Page(None, None, is_paper)
        return _Page(ROOT + quote(route) + (INDEX if not route or route.endswith("/") else ""), self._places[route], is_paper)
