"""Links of posts and pages by hand that lead to a page that the site does not have: `digest check` tells them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from digest.errors import RenderError
from digest.site import routes
from digest.site.library import Library
from digest.site.markdown.links import Links, Places
from digest.site.output import MANIFEST

if TYPE_CHECKING:
    from digest.posts.files import PostFile
    from digest.site.facts import PostRow


def dead_links(library: Library) -> Iterator[RenderError]:
    """A mistake for each line of a published post or page by hand on which a link leads nowhere.

    Raises:
        RenderError: a post or page cannot be read.
    """
    from digest.posts.files import read_post
    from digest.site.units import NO_DATE

    config = library.config
    known = _Known(library)
    for folder, posts, undated in (
        (config.path("posts"), (post for post in library.posts if post.is_written), None),
        (config.path("content") / "pages", library.pages, NO_DATE),
    ):
        for post in posts:
            path = folder / post.file
            yield from _of(post, read_post(path, config, undated), path, known)


class _Seen(Links):
    """Remembers where links lead."""

    def __init__(self, site_url: str, places: Places) -> None:
        super().__init__(site_url, places)
        self.addresses: list[str] = []

    def opening(self, address: str, title: str = "") -> str | None:
        self.addresses.append(address)
        return super().opening(address, title)


class _Known:
    """Which pages and files the site has."""

    def __init__(self, library: Library) -> None:
        self.site_url, self.places = library.config.site.url, library.places
        self._output = library.config.path("output")

    def has(self, route: str) -> bool:
        """Whether there is a page on a route, as far as it is known. Files other than pages are looked for in the output."""
        if route in self.places or f"{route}/" in self.places:
            return True
        folder, _, name = route.rpartition("/")
        if not name or "." not in name:
            return False
        if folder and (folder.startswith("papers/") or f"{folder}/" in self.places):  # exports, feeds, pictures
            return f"{folder}/" in self.places
        return not (self._output / MANIFEST).exists() or (self._output / route).is_file()


def _of(post: "PostRow", file: "PostFile", path: Path, known: _Known) -> Iterator[RenderError]:
    from digest.site.markdown import reference
    from digest.site.markdown.builder import Builder

    links = _Seen(known.site_url, known.places)
    body = reference.parse(file.body, post.title, Builder(links, post.language))
    anchors = {heading.anchor for heading in body.headings}
    lines = (file.front + file.body).splitlines()
    for address in dict.fromkeys(links.addresses):
        if why := _fault(address, post.route, anchors, known):
            for where in _places(address, lines, path):
                yield RenderError(f"the link {unquote(address)!r} leads nowhere", where=where, why=why)


def _fault(address: str, route: str, anchors: Iterable[str], known: _Known) -> str:
    """What is wrong with a link on the page at a route; empty where nothing is, or it leads out of the site."""
    found = routes.inside(known.site_url, urljoin(routes.absolute(known.site_url, route), address))
    if found is None:
        return ""
    target, fragment = found
    if not known.has(target):
        return f"the site has no {target}"
    if target == route and fragment and unquote(fragment) not in anchors:
        return "the page has no such heading"
    return ""


def _places(address: str, lines: Iterable[str], path: Path) -> list[str]:
    """The lines on which an address stands; the file alone where it is written otherwise."""
    words = re.compile(rf"(?<![^\s(<:\"]){re.escape(unquote(address))}(?![^\s)>\"])")
    numbers = [number for number, line in enumerate(lines, 1) if words.search(unquote(line))]
    return [f"{path}:{number}" for number in numbers] or [str(path)]
