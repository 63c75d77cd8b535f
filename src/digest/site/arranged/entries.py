"""A paper's card in a post, parted into what is seen at once and what opens on demand.

Nothing of a card is lost: what is known moves to its place, and what is not stays among its neighbours.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.site.arranged.page import Entry
from digest.site.arranged.pieces import (
    Fold,
    Pieces,
    attributes,
    is_whole,
    lines,
    name_of,
    numbered,
    plain,
    split,
    text_of,
    without_colon,
)
from digest.site.arranged.rating import rated
from digest.site.arranged.wording import Wording
from digest.site.markdown.tree import INDEX, ROOT, unescaped

if TYPE_CHECKING:
    from digest.site.markdown.tree import Block, Item

RESULTS = 2
"""Results that are seen at once."""
AUTHORS = 3
"""Authors that are named before the others fold away."""

_NUMBER = re.compile(r"^\W{0,4}(\d{1,3})[.．、)）]\s*")
_BETWEEN = re.compile(r",\s+|、")
_ONE_LINK = re.compile(r"<a [^>]*>([^<]*)</a>")
_SYMBOLS = "🏷️📄💻👤 "
"""What the layouts `brief` and `report` set before lines and links."""

_PLACES = ("notice", "title", "rating", "people", "links", "opening", "tldr", "results", "text", "basis")
"""The places of a card that are seen at once, in their order."""
_PLACE_OF = {"translated": "title", "organisation": "people", "authors": "people", "read": "basis", "made": "basis"}
"""Where a part goes that is a line as it is."""
_HEAD = frozenset({"title", "links", "rating", *_PLACE_OF})
"""Parts of the head of a card: what follows one of them without a name belongs to the head, too."""
_PLACED = _HEAD | {"tldr", "idea", "results"}


def entry(heading: "Block", blocks: Sequence["Block"], key: str, route: str, wording: Wording) -> Entry:
    """A card from its heading and what stands below.

    Args:
        key: the paper's flat id, `2602.12684`.
        route: the paper's page, empty where the site has none.
    """
    found, title, own = _NUMBER.match(heading.text), _NUMBER.sub("", heading.inner), attributes(heading.html)
    made = _Card(heading, plain(title), wording)
    is_known = any(wording.parts[name] for block in blocks for name in _names(block))
    take = made.add if is_known else made.keep
    for block in blocks:
        take(block)
    folds = made.folds()
    names = tuple(dict.fromkeys([name for fold in folds for name in fold.names if name]))
    number, level, statements = int(found[1]) if found else 0, made.level, sum([fold.statements for fold in folds])
    linked = f'<a href="{ROOT}{route}{INDEX}">{title}</a>' if route and "<a " not in title else title
    marked = f'<h{level} id="{heading.anchor}"{own}><span class="number">{number}</span> {linked}</h{level}>'
    return Entry(
        number,
        heading.anchor,
        level,
        Markup(marked),  # noqa: S704  # every piece comes from our own Markdown, which escapes
        title,
        own,
        key,
        made.stars,
        made.rating,
        Markup(made.shown()),  # noqa: S704
        Markup("".join([fold.html() for fold in folds])),  # noqa: S704
        names,
        statements,
        _summary(names, statements, wording),
    )


def _summary(names: Sequence[str], statements: int, wording: Wording) -> str:
    told = wording.labels("site.statements", n=statements) + wording.colon if statements else ""
    return told + wording.between.join(names)


def is_numbered(heading: "Block") -> bool:
    """Whether a heading begins with a number, as a card's does."""
    return _NUMBER.match(heading.text) is not None


class _Card:
    """A card in the making: its blocks come in, in the post's order, and go to the places of the page.

    `_role` is what a block without a name belongs to: the part before it.
    """

    def __init__(self, heading: "Block", title: str, wording: Wording) -> None:
        self.level = 2 if heading.level == 2 else 3
        self.stars, self.rating, self._title = 0, "", title
        self._wording, self._parts = wording, wording.parts
        self._places: defaultdict[str, list[str]] = defaultdict(list)
        self._seen = Pieces()
        self._folds = [Fold()]
        self._role = ""
        self._heading = ""
        self._results = 0

    def shown(self) -> str:
        """What is seen at once, each place in an element of its own."""
        if self._seen:
            self._show("results", self._seen.html())
        found = self._places
        return "\n".join([f'<div class="entry-{name}">\n{"".join(found[name])}</div>' for name in _PLACES if name in found])

    def folds(self) -> list[Fold]:
        """What opens on demand, mere data at the end."""
        found = list(filter(None, self._folds))
        return [fold for fold in found if fold.role != "data"] + [fold for fold in found if fold.role == "data"]

    def _show(self, place: str, html: str) -> None:
        self._places[place].append(html if html.endswith("\n") else f"{html}\n")

    def keep(self, block: "Block") -> None:
        """Show a block where it stands."""
        self._show("text", block.html)

    def add(self, block: "Block") -> None:
        """Give a block, or the parts of it, their places."""
        if block.kind == "heading":
            self._begin(block.text, block.inner, block.html)
        elif block.kind == "paragraph":
            self._paragraph(block)
        elif block.kind == "list" and (roles := self._roles(block)):
            for (number, item), role in zip(numbered(block), roles, strict=True):
                self._item(role, item, block, number)
            if self._folds[-1].heading and not self._folds[-1].is_name:
                self._role = "" if self._folds[-1].role == "data" else "more"
        else:
            self._unnamed(block)

    # --- headings and blocks ---

    def _begin(self, name: str, inner: str, heading: str = "") -> None:
        """What follows belongs under a heading, or under a name that stands alone.

        Args:
            heading: as HTML; empty for a name.
        """
        role = self._parts[name]
        self._role = role or "more"
        self._heading = heading or self._subheading(inner)
        if role in _HEAD:
            self._show("opening", self._heading)
        elif heading and role in ("tldr", "idea", "results"):  # the anchor goes to what is seen
            self._folds.append(Fold(role, self._subheading(inner), name))
        else:
            self._folds.append(Fold(role, self._heading, name, is_name=not heading))

    def _subheading(self, inner: str) -> str:
        return f"<h{self.level + 1}>{without_colon(inner)}</h{self.level + 1}>\n"

    def _roles(self, block: "Block") -> list[str]:
        """What the items of a list are, if they are parts of the card; the list of a named part has items of its own."""
        if self._folds[-1].is_name and not block.ordered:
            return []
        parts = self._parts
        roles = [parts[item.label] for item in block.items]
        return [] if _PLACED.isdisjoint(roles) else roles

    def _paragraph(self, block: "Block") -> None:
        found, own = lines(block), attributes(block.html)
        if not found:
            self._unnamed_paragraph(block, own)
        elif len(found) > 1:
            for name, html in found:
                self._field(self._parts[name], name, html, own)
        else:
            key, value = split(block.inner, self._wording)
            if key and not value:
                self._begin(block.label, key)
            else:
                self._field(self._parts[block.label], block.label, block.inner, own)

    def _unnamed_paragraph(self, block: "Block", own: str) -> None:
        """A paragraph without a name. Those of the layout `brief` begin with a symbol, or are the rating itself."""
        inner, link = block.inner, _ONE_LINK.fullmatch(block.inner)
        is_head = not self._role or self._role in _HEAD
        if link and unescaped(link[1]) == self._wording.feedback:
            self._line("basis", "feedback", inner, own)
        elif is_head and inner.startswith("🏷"):
            self._links("", inner, own)
        elif is_head and inner.startswith("👤"):
            self._people("authors", "", inner.lstrip(_SYMBOLS), own)
        elif not (is_head and inner.startswith("⭐") and self._rate("", inner, own)):
            self._unnamed(block)

    def _unnamed(self, block: "Block") -> None:
        """A block without a name belongs to what stands before it."""
        if self._role == "results":
            self._add_results(block, self._folds[-1])
        elif self._role in ("tldr", "idea") and "tldr" not in self._places:
            self._folds[-1].is_told = bool(self._heading)
            self._show("tldr", self._heading + block.html)
        elif self._role == "tldr":
            self._show("tldr", block.html)
        elif not self._role or self._role in _HEAD:
            self._show("notice" if block.kind == "quote" else "opening", block.html)
        else:
            self._folds[-1].add_block(block)

    def _item(self, role: str, item: "Item", block: "Block", number: int) -> None:
        if not (block.ordered or role in _PLACED) or (role == "idea" and "tldr" in self._places):
            self._fold().add_item(item, block, number)
        elif role == "results" and not block.ordered:
            self._result_item(item, block, number)
        else:
            html, _, children, own = item
            if not html:
                html, own, children = text_of(item)
            key, value = split(html, self._wording) if children else ("", html)
            if key and not value:
                self._begin(item.label, key)
            else:
                self._field(role, item.label, html, own)
            for child in children:
                self._unnamed(child)

    def _fold(self) -> Fold:
        """The fold for a part that says its name itself."""
        if self._folds[-1].is_name:
            self._folds.append(Fold())
        return self._folds[-1]

    # --- parts with a name ---

    def _field(self, role: str, name: str, html: str, own: str) -> None:
        """A part whose name and text are one piece.

        Args:
            html: name and text.
            own: the attributes of the element around it.
        """
        named, value = split(html, self._wording)
        key = f'<span class="key">{named}</span> ' if named else ""
        self._role, self._heading = role or "more", ""
        if role in ("authors", "organisation"):
            self._people(role, key, value, own)
        elif role in _PLACE_OF:
            self._line(_PLACE_OF[role], role, key + value, own)
        elif role == "tldr" or (role == "idea" and "tldr" not in self._places):
            self._role = "tldr"
            self._show("tldr", f"<p{own}>{key}{value}</p>")
        elif role == "links":
            self._links(key, value, own)
        elif role == "rating":
            if not self._rate(key, value, own):
                self._show("rating", f"<p{own}>{key}{value}</p>")
        elif role != "title":
            self._role = "more"
            self._fold().add_named(name, f"<p{own}>{html}</p>")
        elif plain(value) != self._title:  # else the heading says it
            self._show("title", f"<p{own}>{key}{value}</p>")

    def _line(self, place: str, role: str, html: str, own: str) -> None:
        self._places[place].append(f'<p class="entry-{role}"{own}>{html}</p>\n')

    def _links(self, key: str, value: str, own: str) -> None:
        pieces = value.split(" | ")
        if all(map(is_whole, pieces)):
            items = "".join([f"<li>{piece.strip(_SYMBOLS)}</li>" for piece in pieces]).replace("⭐", "★")
            self._show("links", f"<p>{key}</p><ul{own}>{items}</ul>" if key else f"<ul{own}>{items}</ul>")
        else:
            self._show("links", f"<p{own}>{key}{value}</p>")

    def _people(self, role: str, key: str, value: str, own: str) -> None:
        """Authors, the first three, and their organisation."""
        ends = [found.start() for found in _BETWEEN.finditer(value)] if role == "authors" and "<" not in value else []
        if len(ends) >= AUTHORS:
            end = ends[AUTHORS - 1]
            before, after = self._wording.others
            data = Fold("data")
            data.add_named(name_of(key), f"<p{own}>{key}{value[end:].lstrip(',、 ')}</p>")
            self._folds.insert(0, data)
            value = before + value[:end] + after
        self._line("people", role, key + value, own)

    def _rate(self, key: str, value: str, own: str) -> bool:
        """Stars, their word and the reasons; what stands before them is the paper's direction."""
        found = rated(value, self._wording)
        if found is None:
            return False
        self.stars, self.rating = found.stars, found.html
        parts = (("b", "word", found.word), ("span", "why", found.why), ("span", "about", found.about))
        said = " ".join([f'<{tag} class="{name}">{text}</{tag}>' for tag, name, text in parts if text])
        self._show("rating", f"<p{own}>{key}{found.html} {said}</p>")
        return True

    # --- results ---

    def _result_item(self, item: "Item", block: "Block", number: int) -> None:
        """Results under their name, or a single one beside it; those that are not seen stay in the fold."""
        html, own, children = text_of(item)
        key, value = split(html, self._wording)
        fold = self._fold()
        if bool(value) == bool(children) or (value and self._results >= RESULTS):
            fold.add_item(item, block, number)
            return
        self._heading = self._subheading(key)
        if value:
            self._show_result(f"<li{own}>{value}</li>", block, number)
            return
        rest = Fold()
        for child in children:
            self._add_results(child, rest)
        if rest:
            fold.item(f"<li{own}>{html}\n{rest.html()}</li>", block, number)
            fold.statements += rest.statements

    def _add_results(self, block: "Block", others: Fold) -> None:
        """Show the first results of a list; the others, and what is no list of results, go elsewhere."""
        if block.kind != "list":
            others.add_block(block)
            return
        for number, item in numbered(block):
            if self._results < RESULTS and self._parts[item.label] != "aside":
                self._show_result(item.whole, block, number)
            else:
                others.item(item.whole, block, number)
                others.count([item])

    def _show_result(self, html: str, block: "Block", number: int) -> None:
        if self._heading:
            self._seen.add(self._heading)
            self._heading, self._folds[-1].is_told = "", True
        self._seen.item(html, block, number)
        self._results += 1


def _names(block: "Block") -> Sequence[str]:
    """The names in a block by which a card's parts may be known."""
    if block.kind == "heading":
        return (block.text,)
    if block.kind == "list":
        return [item.label for item in block.items]
    return [name for name, _ in lines(block)] if block.kind == "paragraph" else ()
