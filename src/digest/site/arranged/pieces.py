"""HTML of a post in pieces: taken apart by its bold names, put together again in another order.

A piece comes from our own Markdown, which escapes; nothing here makes HTML of a text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.site.arranged.wording import Wording
from digest.site.markdown.tree import unescaped

if TYPE_CHECKING:
    from digest.site.markdown.tree import Block, Item

_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r' id="[^"]*"')
_BREAK = re.compile(r"<br ?/?>\s*")
_NAME = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
_COLONS = ":： "


def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return unescaped(_TAG.sub("", html)).strip() if "<" in html or "&" in html else html.strip()


def name_of(html: str) -> str:
    """The words of a name without its colon."""
    return plain(html).rstrip(_COLONS)


def without_colon(html: str) -> str:
    """A name without the colon that ends it."""
    return html.rstrip(_COLONS)


def split(html: str, wording: Wording) -> tuple[str, str]:
    """A bold name at the beginning, with its colon but without its element, and what follows; "" where there is no name."""
    if not html.startswith("<strong>"):
        return "", html
    name, _, value = html.partition("</strong>")
    name, value = name[len("<strong>") :], value.lstrip()
    if "<" in name and not is_whole(name):
        return "", html
    for colon in wording.colons:
        if value.startswith(colon):
            return name + colon, value[len(colon) :].lstrip()
    return name, value


def lines(block: "Block") -> list[tuple[str, str]]:
    """The names of a paragraph and its lines, where each line has a name; else its one name and all of it.

    Empty where it does not begin with a name.
    """
    if not block.label:
        return []
    found = _BREAK.split(block.inner) if "<br" in block.inner else []
    named = [(name_of(name[1]), line) for line in found if is_whole(line) and (name := _NAME.match(line))]
    return named if found and len(named) == len(found) else [(block.label, block.inner)]


def is_whole(html: str) -> bool:
    """Whether every element that begins in a piece of inline HTML ends in it."""
    return html.count("<") == 2 * html.count("</") == html.count(">")


def attributes(html: str) -> str:
    """The attributes of an element, a space before each; its anchor is not among them."""
    _, space, found = html[: html.index(">")].partition(" ")
    return _ID.sub("", space + found) if space else ""


def text_of(item: "Item") -> tuple[str, str, tuple["Block", ...]]:
    """The text of an item as inline HTML, the attributes of the element around it, and the blocks below.

    Where there is room between the items of a list, the text is a paragraph.
    """
    if item.html or not item.children or item.children[0].kind != "paragraph":
        return item.html, item.attrs, item.children
    first, *children = item.children
    return first.inner, attributes(first.html) or item.attrs, tuple(children)


def leaves(item: "Item") -> int:
    """How many statements an item holds: those of its lists, or itself."""
    if not item.children:
        return 1
    return sum([leaves(inner) for child in item.children for inner in child.items]) or 1


def numbered(block: "Block") -> Iterator[tuple[int, "Item"]]:
    """The items of a list with their numbers."""
    return enumerate(block.items, block.start if block.ordered else 1)


class Pieces:
    """HTML in the making. Items of one list that come one after the other stay a list."""

    __slots__ = ("_html", "_list")

    def __init__(self) -> None:
        self._html: list[str] = []
        self._list: Block | None = None

    def add(self, html: str) -> None:
        """Something that is not in a list."""
        if self._list is not None:
            self._close(self._list)
        self._html.append(html if html.endswith("\n") else f"{html}\n")

    def item(self, html: str, block: "Block", number: int) -> None:
        """The `number`th item of a list, as a whole `<li>`."""
        if self._list is not block:
            if self._list is not None:
                self._close(self._list)
            start = f' start="{number}"' if block.ordered and number != 1 else ""
            self._html.append(f"<ol{start}>\n" if block.ordered else "<ul>\n")
            self._list = block
        self._html.append(f"{html}\n")

    def html(self) -> str:
        if self._list is not None:
            self._close(self._list)
        return "".join(self._html)

    def __bool__(self) -> bool:
        return bool(self._html)

    def _close(self, block: "Block") -> None:
        self._html.append("</ol>\n" if block.ordered else "</ul>\n")
        self._list = None


class Fold(Pieces):
    """A part of what opens on demand.

    Attributes:
        role: of its heading.
        heading: as HTML; empty for parts that say their names themselves. Shown if anything stands below it.
        is_name: whether the heading is a bold name in the post, which ends where the next name begins.
        is_told: whether the heading is shown elsewhere, too.
        names: what the summary calls it, as plain text.
        statements: the items of its lists, mere data aside.
    """

    __slots__ = ("heading", "is_name", "is_told", "names", "role", "statements")

    def __init__(self, role: str = "", heading: str = "", name: str = "", *, is_name: bool = False) -> None:
        super().__init__()
        self.role, self.heading, self.is_name, self.is_told = role, heading, is_name, False
        self.names = [name] if name else []
        self.statements = 0

    def __bool__(self) -> bool:
        """Whether there is anything in it: below its heading, or a name with nothing below that stands nowhere else."""
        return bool(self._html) or (self.is_name and not self.is_told)

    def html(self) -> str:
        return self.heading + super().html()

    def add_named(self, name: str, html: str) -> None:
        """A part that says its name itself."""
        if not self.heading and name:
            self.names.append(name)
        self.add(html)

    def add_block(self, block: "Block") -> None:
        self.add(block.html)
        self.count(block.items)

    def add_item(self, item: "Item", block: "Block", number: int) -> None:
        if not self.heading and item.label:
            self.names.append(item.label)
        self.item(item.whole, block, number)
        if self.role != "data":
            self.statements += leaves(item) if item.children else 1

    def count(self, items: Sequence["Item"]) -> None:
        if self.role != "data":
            self.statements += sum([leaves(item) if item.children else 1 for item in items])
