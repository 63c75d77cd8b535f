"""A post as a small tree of blocks, each with its HTML.

The HTML of a block does not depend on the page that it will stand on: a link inside the site is written with two marks,
which `placed` turns into a relative link for a page or an absolute one for a feed. The marks are control characters,
and `cleaned` takes those out of every text that comes in, so that no text can be taken for one.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import unquote

ROOT = "\x02"
"""The site's root in a link: `../../` on a page, the site's address in a feed."""
INDEX = "\x03"
"""Where a link on a page names `index.html` and one in the world does not."""
RAISED = "\x04"
"""Before a link to evidence, until the passage is finished: no blank and no line break comes before the number."""

_LINK = re.compile(f'{ROOT}([^"#{INDEX}]*){INDEX}?(?:#([^"]*))?"')
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32), 127])
_NO_CONTROL = dict.fromkeys(_CONTROL)

Kind = Literal["heading", "paragraph", "list", "table", "quote", "code", "math", "rule", "other"]
Own = tuple[str, str]
"""A route of this site and a fragment, empty for none."""

# Items and blocks are named tuples because there are hundreds in a post: a frozen dataclass takes five times as long to make.


class Item(NamedTuple):
    """An item of a list.

    Attributes:
        html: its own inline HTML; empty where its text is a paragraph of its own, then the first of the children.
        label: the plain text of the bold words that it begins with, without their colon; empty for none.
        children: the blocks below its text.
        attrs: attributes of the element with a blank before them, ` lang="en"`.
    """

    html: str
    label: str = ""
    children: tuple["Block", ...] = ()
    attrs: str = ""

    @property
    def whole(self) -> str:
        """The element, with everything in it."""
        if not self.children:
            return f"<li{self.attrs}>{self.html}</li>"
        return f"<li{self.attrs}>{self.html}\n{''.join([child.html for child in self.children])}</li>"


class Block(NamedTuple):
    """A block: a heading, a paragraph, a whole list …

    Attributes:
        html: the complete element, with a line break at its end.
        inner: the inline HTML of a heading or a paragraph.
        label: as for Item, of a paragraph, or of a quote whose first paragraph has one.
        items, ordered, start: of a list.
        level, anchor, text: of a heading; its anchor is unique in the post, and empty for the lowest two levels.
    """

    kind: Kind
    html: str
    inner: str = ""
    label: str = ""
    items: tuple[Item, ...] = ()
    ordered: bool = False
    start: int = 1
    level: int = 0
    anchor: str = ""
    text: str = ""

    @property
    def refs(self) -> tuple[str, ...]:
        """The routes of this site that it links to, each once, in order."""
        return tuple(dict.fromkeys([route for route, _ in _own(self.html)]))


class Heading(NamedTuple):
    """What a table of contents needs of a heading."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed post.

    Attributes:
        headings: those that have an anchor, also inside of quotes and lists.
        site_url: where links of a feed lead.
    """

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    site_url: str

    @property
    def refs(self) -> frozenset[Own]:
        """All links to this site."""
        return frozenset(own for block in self.blocks for own in _own(block.html))

    def html(self, route: str | None) -> str:
        """The HTML for a page at a route, its links relative; for None, as a feed wants it, with absolute links."""
        return placed("".join([block.html for block in self.blocks]), route, self.site_url)


def _own(html: str) -> list[Own]:
    """The links to this site in a piece of HTML."""
    if ROOT not in html:
        return []
    return [(unquote(route), unescaped(fragment)) for route, fragment in _LINK.findall(html)]


def placed(html: str, route: str | None, site_url: str) -> str:
    """HTML of blocks for a page at a route, or for None as it leaves the site: the marks in its links filled in."""
    if route is None:
        return html.replace(ROOT, site_url).replace(INDEX, "")
    return html.replace(ROOT, "../" * route.count("/")).replace(INDEX, "index.html")


def cleaned(text: str) -> str:
    """A text without control characters, its lines ended by line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = text.encode(errors="surrogatepass")  # many times faster than a search with an expression
    if len(encoded.translate(None, _CONTROL)) == len(encoded):
        return text
    return text.translate(_NO_CONTROL)


_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


def escaped(text: str) -> str:
    """A text as HTML, also for the value of an attribute in double quotes."""
    for character, entity in _ENTITIES:
        if character in text:  # to look for a character takes a thirtieth of the time that it takes to replace none
            text = text.replace(character, entity)
    return text


def unescaped(html: str) -> str:
    """What `escaped` was made from."""
    return html.replace("&quot;", '"').replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
