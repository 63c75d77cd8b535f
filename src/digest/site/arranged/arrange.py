"""A post's blocks in the order in which its page is read: at a glance first, then the cards, at the end what is looked up.

The posts' templates write for every generator and every reader of Markdown. A page can fold and lead from one place to
another, so that here the same text is dealt out anew. It may have been edited by hand: parts are known by the words of
the label files, and whatever is not known stays visible where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.labels import Labels
from digest.site import routes
from digest.site.arranged.entries import entry, is_numbered
from digest.site.arranged.page import Arranged, Entry, Notice, Row, Section
from digest.site.arranged.pieces import Pieces, attributes, numbered, plain, split, text_of, without_colon
from digest.site.arranged.wording import Wording, wording
from digest.site.markdown.tree import ROOT, escaped

if TYPE_CHECKING:
    from digest.site.markdown.tree import Block, Body, Item

DEPTH = 3
"""Levels of headings in a table of contents."""
_FOLDED = frozenset({"repeated", "excluded", "sources"})
"""Sections that are folded at the end."""
_OWN = re.compile(ROOT + r"papers/([\w.-]+)/")
_ELSEWHERE = re.compile(r"arxiv\.org/abs/((?:[\w.-]+/)?[\w.-]+?)(?:v\d+)?[\"#?]|huggingface\.co/papers/([\w.-]+)")
_A = re.compile(r"</?a\b[^>]*>")
_ROW = re.compile(r"<tr>\s*<td[^>]*>(<a [^>]*>.*?</a>)", re.DOTALL)
_TOKENS, _CALENDAR = "📊", "📅"
"""What the layout `brief` sets before the tokens and the date."""
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)")


@dataclass(slots=True)
class _Unit:
    """A heading and what stands below it; a card's heading has the paper's flat id."""

    heading: "Block | None"
    blocks: list["Block"]
    role: str = ""
    key: str = ""


def arrange(body: "Body", labels: Labels, *, title: str = "", day: Date | None = None) -> Arranged:
    """A post as its page shows it.

    Args:
        body: the parsed post.
        labels: in the post's language, which its template wrote with.
        title: the post's title.
        day: the post's date. The page's head tells it, so that a line of the post that says no more is left out.

    Raises:
        RenderError: a label cannot be filled.
    """
    words, has_day = wording(labels), bool(day and _tells(title, day))
    units = _units(body.blocks, words)
    if not day and not any(unit.key for unit in units):  # a day without cards has its sources and notices, too
        headings = tuple(heading for heading in body.headings if heading.level <= DEPTH and heading.text)
        return Arranged((_section(_Unit(None, list(body.blocks))),), headings, has_day)
    spoken = escaped(_spoken(day, labels)) if day else ""
    return _Page(words, spoken, units, body.blocks).arranged(title_has_day=has_day)


def _tells(title: str, day: Date) -> bool:
    """Whether a title says a date, as `2026-02-16` or `2026年02月16日` do."""
    return any(tuple(map(int, found.groups())) == (day.year, day.month, day.day) for found in _DATE.finditer(title))


def _spoken(day: Date, labels: Labels) -> str:
    from digest.posts.post_view import spoken_date  # with the models, which pages by hand do without

    return spoken_date(day, labels)


# --- the post's parts ----------------------------------------------------------------------------


def _units(blocks: Sequence["Block"], words: Wording) -> list[_Unit]:
    """The post's parts: before the first heading, sections and cards. Smaller headings are part of them."""
    units = [_Unit(None, [])]
    depth = 7
    for index, block in enumerate(blocks):
        if block.kind == "heading" and ((is_card := is_numbered(block)) or block.level <= depth):
            key = _key(blocks, index) if is_card else ""
            if key or block.level <= depth:
                units.append(_Unit(block, [], "" if key else words.sections[block.text], key))
                depth = block.level
                continue
        units[-1].blocks.append(block)
    for unit in units:
        _trim(unit.blocks)
    return units


def _key(blocks: Sequence["Block"], index: int) -> str:
    """The paper that a heading and the blocks below it are about; "" for a heading that is no card's."""
    level = blocks[index].level
    for place, block in enumerate(islice(blocks, index, None)):
        if place and block.kind == "heading" and block.level <= level:
            break
        if found := _paper_in(block.html):
            return found
    return ""


def _paper_in(html: str) -> str:
    """The flat id of the first paper that a piece of HTML links to, by its page if it does."""
    if ROOT in html and (found := _OWN.search(html)):
        return found[1]
    found = _ELSEWHERE.search(html) if "arxiv.org/" in html or "huggingface.co/" in html else None
    return (found[1] or found[2]).replace("/", "_") if found else ""


def _trim(blocks: list["Block"]) -> None:
    """Rules at the ends part cards and sections, which the page does in its own way."""
    while blocks and blocks[-1].kind == "rule":
        blocks.pop()
    while blocks and blocks[0].kind == "rule":
        blocks.pop(0)


def _section(unit: _Unit) -> Section:
    parts = [unit.heading.html] if unit.heading else []
    html = "".join([*parts, *(block.html for block in unit.blocks)])
    return Section(unit.role, unit.heading.text if unit.heading else "", _markup(html))


# --- the page ------------------------------------------------------------------------------------


class _Page:
    """A page in the making, of a post with cards."""

    def __init__(self, words: Wording, day: str, units: Sequence[_Unit], blocks: Sequence["Block"]) -> None:
        self._words, self._day, self._units = words, day, units
        self._pages = {found for block in blocks if ROOT in block.html for found in _OWN.findall(block.html)}
        self._facts: list[Markup] = []
        self._notices: list[Notice] = []
        self._opening, self._intro, self._looked_up = Pieces(), Pieces(), Pieces()
        self._must_read = self._signature = ""
        self._told: list[Row] = []
        self._entries: dict[str, Entry] = {}

    def arranged(self, *, title_has_day: bool) -> Arranged:
        lead, *rest = self._units
        preview = next((unit for unit in rest if unit.role == "preview"), None)
        rest = [unit for unit in rest if unit is not preview]
        main = [self._entry(unit) if unit.key else _section(unit) for unit in rest if unit.role not in _FOLDED]
        self._glance(lead.blocks)
        self._glance(preview.blocks if preview else [])
        folded = [self._folded(unit) for unit in rest if unit.role in _FOLDED]
        return Arranged(
            main=tuple(sorted(main, key=lambda part: part.role == "trends")),
            title_has_day=title_has_day,
            facts=tuple(self._facts),
            notices=tuple(self._notices),
            opening=_markup(self._opening.html()),
            contents=_markup(preview.heading.html) if preview and preview.heading else Markup(),
            must_read=_markup(self._must_read),
            told=tuple(self._told),
            others=tuple(self._others(main)),
            intro=_markup(self._intro.html()),
            folded=(*([Section("sources", "", _markup(self._looked_up.html()))] if self._looked_up else []), *folded),
            signature=_markup(self._signature),
        )

    def _entry(self, unit: _Unit) -> Entry:
        assert unit.heading
        page = routes.paper_route(unit.key) if unit.key in self._pages else ""
        made = entry(unit.heading, unit.blocks, unit.key, page, self._words)
        self._entries.setdefault(made.key, made)
        return made

    # --- at a glance ---

    def _glance(self, blocks: Sequence["Block"]) -> None:
        """What stands before the cards: facts and notices for the head, the contents, words around them, sources."""
        before: Block | None = None
        for block, after in zip_longest(blocks, blocks[1:]):
            if block.kind == "quote":
                self._quote(block)
            elif block.kind == "list":
                self._list(block, before)
            elif block.kind != "paragraph" or not self._fact(block, after):
                (self._intro if self._told else self._opening).add(block.html)
            before = block

    def _quote(self, block: "Block") -> None:
        if _TOKENS in block.html:
            self._looked_up.add(block.html)
        else:
            self._notices.append(Notice(self._words.state_in(plain(block.html)), _markup(block.html)))

    def _list(self, block: "Block", before: "Block | None") -> None:
        if before and self._words.sections[before.label] == "sources":
            self._looked_up.add(block.html)
            return
        place = self._intro if self._told else self._opening
        for number, item in numbered(block):
            if row := self._row(item):
                self._told.append(row)
            else:
                place.item(item.whole, block, number)

    def _fact(self, block: "Block", after: "Block | None") -> bool:
        """Take a paragraph that has its place in the page's head or at its end; False for any other."""
        inner, own = block.inner, attributes(block.html)
        named, value = split(inner, self._words)
        if self._words.sections[block.label] == "sources":
            self._looked_up.add(block.html)
        elif block.label and not value and after and after.kind == "list" and any(map(self._is_told, after.items)):
            self._must_read = without_colon(named)
        elif block.label == self._words.date and value == self._day:
            return bool(self._day)
        elif self._day and inner.startswith(f"{_CALENDAR} <strong>{self._day}</strong>"):
            rest = inner.partition("</strong>")[2].lstrip("| 🤖")
            self._facts += [_markup(f"<p{own}>{rest}</p>")] if rest else []
        elif self._words.picked.search(plain(inner)):
            self._facts.append(_markup(f"<p{own}>{inner}</p>"))
        else:
            return False
        return True

    # --- contents ---

    def _is_told(self, item: "Item") -> bool:
        return _paper_in(item.whole) in self._entries

    def _row(self, item: "Item") -> Row | None:
        """The row of a card that an item of the preview tells of; None where there is no such card, or it has a row."""
        made = self._entries.get(_paper_in(item.whole))
        if made is None or any(row.anchor == made.anchor for row in self._told):
            return None
        html, own, children = text_of(item)
        named, value = split(html, self._words)
        name = _unlinked(without_colon(named))
        blurb = "".join([value, *(child.html for child in children)])
        return _row_of(made, name=name, blurb=blurb, own=own)

    def _others(self, main: Sequence["Entry | Section"]) -> Iterator[Row]:
        """The rows of the cards that the preview does not tell of, under the names that the overview gives them."""
        told, names = {row.anchor for row in self._told}, dict(self._names())
        for part in main:
            if isinstance(part, Entry) and part.anchor not in told:
                yield _row_of(part, name=names.get(part.key, ""))

    def _names(self) -> Iterator[tuple[str, str]]:
        for unit in self._units:
            if unit.role == "overview":
                for block in unit.blocks:
                    yield from ((_paper_in(link), _unlinked(link)) for link in _ROW.findall(block.html))

    # --- what is looked up ---

    def _folded(self, unit: _Unit) -> Section:
        """A section for the end; of the sources, what the head tells goes there, and the last line below."""
        if unit.role != "sources":
            return _section(unit)
        made = Pieces()
        for block in unit.blocks:
            if block.kind == "list":
                for number, item in numbered(block):
                    self._source(item, block, number, made)
            elif block is unit.blocks[-1] and self._is_signature(block):
                self._signature = f"<p{attributes(block.html)}>{block.inner}</p>"
            else:
                made.add(block.html)
        name = unit.heading.text if unit.heading else ""
        return Section(unit.role, name, _markup((unit.heading.html if unit.heading else "") + made.html()))

    def _source(self, item: "Item", block: "Block", number: int, made: Pieces) -> None:
        if not item.children and item.html.startswith(self._words.checking):
            self._facts.append(_markup(f"<p{item.attrs}>{item.html}</p>"))
        else:
            made.item(item.whole, block, number)

    def _is_signature(self, block: "Block") -> bool:
        is_emphasis = block.inner.startswith("<em>") and block.inner.find("</em>") == len(block.inner) - len("</em>")
        return block.kind == "paragraph" and is_emphasis and not self._words.generated.search(plain(block.inner))


def _row_of(made: Entry, *, name: str, blurb: str = "", own: str = "") -> Row:
    """A row for a card; without a short name the title is its name.

    Args:
        own: the attributes of the element around name and blurb.
    """
    title = _unlinked(made.title)
    link = f'<a href="#{made.anchor}"{made.attributes if not name else ""}>{name or title}</a>'
    if blurb:
        text, said = blurb, f"<span{own}>{link} {blurb}</span>" if own else f"{link} {blurb}"
    elif not name or plain(name) == plain(title):
        text, said = "", link
    else:
        text, said = title, f'{link} <span class="soft"{made.attributes}>{title}</span>'
    html = f'<span class="number">{made.number}</span> <div>{made.rating} {said}</div>'
    return Row(made.number, made.anchor, made.stars, name or title, text, _markup(html))


def _unlinked(html: str) -> str:
    """Inline HTML without its links."""
    return _A.sub("", html) if "<a " in html else html


def _markup(html: str) -> Markup:
    """HTML of blocks, made by our own Markdown, which escapes."""
    return Markup(html)  # noqa: S704
