"""The parts of the site, a module for each kind. A new kind of page is a module with `parts(site)` and a line here."""

from collections.abc import Iterator

from digest.site.parts import days, feeds, frame, indexes, lists, pictures, posts, terms, trends
from digest.site.parts.base import Part, Site

_ALL = (frame, days, pictures, posts, lists, terms, trends, feeds, indexes)
"""In the order in which they are made: pages before the feeds that repeat them."""


def all_parts(site: Site) -> Iterator[Part]:
    """Every part of a site."""
    for module in _ALL:
        yield from module.parts(site)
