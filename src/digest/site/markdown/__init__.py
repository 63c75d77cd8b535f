"""Markdown to HTML, the one path for every post: CommonMark with tables and dollar math, and nothing dangerous in it.

Raw HTML is shown as text, an image as its alternative text, a link only where it leads to https, a mail address or a
place of this site. No style attribute leaves here, because the site's Content-Security-Policy allows none.

    text ─► fast ──────────────► builder ─► Body (blocks with their HTML, headings, links to this site)
              └► reference ──────┘
"""

from digest.models import Language
from digest.posts import escaping
from digest.site.markdown import reference
from digest.site.markdown.builder import Builder
from digest.site.markdown.fast import Scanner
from digest.site.markdown.links import Links, Places
from digest.site.markdown.spans import Doubt, Spans
from digest.site.markdown.tree import Block, Body, Heading, Item, cleaned, escaped, placed

__all__ = ["Block", "Body", "Heading", "Item", "Markdown", "Places", "inline", "placed"]

_NOWHERE = "https://example.invalid/"
"""In the text of a card there are no links."""


class Markdown:
    """Reads posts for a site.

    Args:
        site_url: links that begin with it are this site's own; it ends with a slash.
        places: what the site has; a link to a paper that it does not have becomes plain text.
    """

    def __init__(self, site_url: str, places: Places) -> None:
        self._site_url, self._places = site_url, places

    def parse(self, text: str, *, title: str = "", language: Language = "en") -> Body:
        """Parse a post's body. A first heading that says the title again is left out."""
        builder = Builder(Links(self._site_url, self._places), language)
        return Scanner(text, title, builder).body()


def inline(text: str) -> str:
    """A card's text as HTML: plain text, with the formulas in it that it has in a post."""
    if "$" not in text:
        return escaped(cleaned(text))
    source, links = escaping.markdown(cleaned(text)), Links(_NOWHERE, {})
    try:
        return Spans(links).html(escaped(source))
    except Doubt:
        return reference.Session("", "", Builder(links, "en")).inline(source)
