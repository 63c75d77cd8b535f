"""Builds the blocks of one post out of inline HTML. Both ways of reading build with it: only what they read can differ."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from digest.models import Language
from digest.posts.reference import CJK
from digest.site import cjk
from digest.site.markdown.links import Links
from digest.site.markdown.tree import RAISED, Block, Body, Heading, Item, unescaped

ANCHORED = 4
"""The lowest level of headings that have an anchor."""

_BLANKS = re.compile(f" +{RAISED}")
_TAG = re.compile("<[^>]*>")
_NO_WORD = re.compile(r"\W+")
Cell = tuple[str, str, str]
"""The inline HTML of a table's cell, what `language_mark` says of it, and its alignment: `left`, `center`, `right` or empty."""


class Builder:
    """What the blocks of one post have in common: its links, its anchors, its language.

    Methods take finished inline HTML.
    """

    def __init__(self, links: Links, language: Language) -> None:
        self.links, self.language = links, language
        self._headings: list[Heading] = []
        self._taken: dict[str, int] = {}

    def body(self, blocks: Iterable[Block]) -> Body:
        return Body(tuple(blocks), tuple(self._headings), self.links.site_url)

    def heading(self, level: int, html: str, mark: str, text: str, title: str) -> Block:
        """A heading.

        Args:
            level: as written; the first is shown as the second, because the page's header has the first.
            mark: what `language_mark` says; so also below.
            text: its plain text; `title` is the same without formulas, of which the anchor is made.
        """
        if level > ANCHORED:
            return Block("heading", f"<h{level}{mark}>{html}</h{level}>\n", html, "", (), False, 1, level, "", text)
        level, anchor = max(level, 2), self._anchor(slug(title))
        self._headings.append(Heading(level, anchor, text))
        whole = f'<h{level}{mark} id="{anchor}">{html}</h{level}>\n'
        return Block("heading", whole, html, "", (), False, 1, level, anchor, text)

    def _anchor(self, name: str) -> str:
        """An anchor that no other heading has: `meta`, `meta-1`, `meta-2`. One that is taken stays taken."""
        anchor, taken = name, self._taken
        while anchor in taken:
            number = taken[name] = taken[name] + 1
            anchor = f"{name}-{number}"
        taken[anchor] = 0
        return anchor

    def paragraph(self, html: str, mark: str) -> Block:
        return Block("paragraph", f"<p{mark}>{html}</p>\n", html, label_of(html))

    def bare(self, html: str) -> Block:
        """A text in a tight list that is not the first of its item: no element of its own."""
        return Block("paragraph", f"{html}\n", html, label_of(html))

    def item(self, html: str, mark: str, children: Sequence[Block] = ()) -> Item:
        """An item of a tight list; it says its language only where it holds nothing but its text."""
        return Item(html, label_of(html), tuple(children), "" if children else mark)

    def loose_item(self, children: Sequence[Block]) -> Item:
        """An item of a list with room between the items: its text is a paragraph, the first of the children."""
        label = children[0].label if children and children[0].kind == "paragraph" else ""
        return Item("", label, tuple(children))

    def list(self, items: Sequence[Item], start: int | None) -> Block:
        """A list; `start` is the first number, None for a list without numbers."""
        tag, first = ("ul", "") if start is None else ("ol", f' start="{start}"' if start != 1 else "")
        inside = "\n".join([item.whole if item.children else f"<li{item.attrs}>{item.html}</li>" for item in items])
        number = 1 if start is None else start
        return Block("list", f"<{tag}{first}>\n{inside}\n</{tag}>\n", "", "", tuple(items), start is not None, number)

    def table(self, head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Block:
        """A table in a box that scrolls by itself, also with the keyboard."""
        parts = ['<div class="scroll" role="group" tabindex="0"><table>\n<thead>\n', self._row("th", head), "</thead>\n"]
        if rows:
            parts += ["<tbody>\n", *[self._row("td", row) for row in rows], "</tbody>\n"]
        return Block("table", "".join([*parts, "</table></div>\n"]))

    def _row(self, tag: str, cells: Iterable[Cell]) -> str:
        made = ["<tr>\n"]
        for html, mark, alignment in cells:
            attributes = f' class="{alignment}"' if alignment else ""
            made.append(f"<{tag}{attributes}{mark}>{html}</{tag}>\n")
        return "".join([*made, "</tr>\n"])

    def quote(self, children: Sequence[Block]) -> Block:
        label = children[0].label if children else ""
        html = f"<blockquote>\n{''.join([child.html for child in children])}</blockquote>\n"
        return Block("quote", html, label=label)

    def language_mark(self, html: str) -> str:
        """The attribute that says the language of a passage that is not in the post's; nothing where it is or cannot be told."""
        if self.language == "en":
            if html.isascii() or not CJK.search(html):  # without a Chinese character it is not Chinese
                return ""
        elif not html.isascii() and CJK.search(html) and ' title="' not in html:  # with one it is not English
            return ""
        found = cjk.language_of(visible(html))
        return f' lang="{cjk.TAGS[found]}"' if found and found != self.language else ""


def visible(html: str) -> str:
    """The text that a reader sees of a piece of HTML."""
    if "<" in html:
        html = _TAG.sub("", html)
    return unescaped(html) if "&" in html else html


def finished(html: str) -> str:
    """Inline HTML in which the number of an evidence stays at the end of its claim."""
    return _BLANKS.sub(RAISED, html).removeprefix(RAISED).replace(RAISED, cjk.JOINER) if RAISED in html else html


def label_of(html: str) -> str:
    """The plain text of the bold words that a passage begins with, without their colon; empty for none."""
    return name(html[8 : html.index("</strong>")]) if html.startswith("<strong>") else ""


@lru_cache(maxsize=4096)  # most are words of the templates
def name(html: str) -> str:
    """Bold words as plain text without their colon."""
    return visible(html).strip().rstrip(":：").rstrip()


@lru_cache(maxsize=4096)
def slug(title: str) -> str:
    """A title as an anchor."""
    return _NO_WORD.sub("-", title.casefold()).strip("-")[:60].strip("-") or "section"
