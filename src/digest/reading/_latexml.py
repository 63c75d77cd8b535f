"""LaTeXML's HTML into passages: the way through a page's sections, paragraphs, lists, figures and tables.

The class names are LaTeXML's (https://math.nist.gov/~BMiller/LaTeXML/): `ltx_section`, `ltx_para`, `ltx_p`, `ltx_tabular`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.reading import _tables
from digest.reading._inline import EQUATIONS, FURNITURE, Page, Run, classes, inspect, run, text_of
from digest.reading._look import Look

if TYPE_CHECKING:
    from lxml.etree import _Element

SEPARATOR = " › "
"""Between the title of a section and that of the part of it where a sentence stands."""
APPENDIX = "Appendix"

_SECTIONS = frozenset(
    "ltx_part ltx_chapter ltx_section ltx_subsection ltx_subsubsection ltx_paragraph ltx_subparagraph ltx_appendix"
    " ltx_acknowledgements".split()
)
_SKIPPED = frozenset(
    "ltx_TOC ltx_bibliography ltx_index ltx_glossary ltx_pagination ltx_authors ltx_creator ltx_dates ltx_keywords"
    " ltx_page_footer ltx_classification ltx_role_institutetext ltx_role_email ltx_page_navbar ltx_page_header"
    " ltx_role_pubnotes ltx_role_footnotemark ltx_title_document ltx_subtitle ltx_rule ltx_listing_data sr-only"
    " ltx_title_abstract package-alerts".split()
)
_LISTS = frozenset("ltx_itemize ltx_enumerate ltx_description".split())
_STATEMENTS = frozenset("ltx_theorem ltx_proof".split())
_LISTINGS = frozenset("ltx_listing ltx_verbatim".split())
_STANDALONE = _LISTS | _LISTINGS | {"ltx_tabular", "ltx_figure", "ltx_table", "ltx_float", "ltx_theorem"}
_BLOCKS = (
    _SECTIONS | _STANDALONE | _STATEMENTS | {"ltx_abstract", "ltx_para", "ltx_inline-para", "ltx_minipage", "ltx_inline-block"}
)
_CONTAINERS = frozenset("div article section main blockquote center figure pre ul ol dl details".split())
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_BULLETS = re.compile(r"[^\w]*|\(?\w{1,5}[.):]?")
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"\w")
_LISTING_PIECE = 350
_DEEPEST = 150


class TooDeep(Exception):
    """Elements within elements beyond any paper."""


@dataclass(frozen=True)
class Passage:
    """A stretch of text that stays together.

    Attributes:
        run: the text with its footnotes.
        section: the title of its section, and of the innermost part of it.
        anchor: the id of the nearest element around it.
        whole: one sentence as it is: a row of a table, lines of a program.
        is_abstract: it belongs to the page's own abstract.
    """

    run: Run
    section: str | None
    anchor: str | None
    whole: bool = False
    is_abstract: bool = False


@dataclass(frozen=True)
class _Place:
    look: Look
    titles: tuple[str, ...] = ()
    anchor: str | None = None
    depth: int = 0
    in_appendix: bool = False
    in_abstract: bool = False
    table: str = "Table"

    @property
    def section(self) -> str | None:
        if self.in_abstract:
            return "Abstract"
        titles = self.titles if len(self.titles) < 2 else (self.titles[0], self.titles[-1])
        return SEPARATOR.join(titles) or None


class Walker:
    """Reads a page; `page` gathers what was left out because nobody can see it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._after_references = False
        self._lead = ""
        """What stands before the next paragraph on its line: the head of a theorem, the term of a description."""

    def passages(self, root: _Element) -> Iterator[Passage]:
        """The passages of a document, in order.

        Raises:
            TooDeep: for a page made to exhaust whoever reads it.
        """
        look = Look()
        for parent in reversed(list(root.iterancestors())):
            look = self._page.styles.look(parent, look)
        try:
            yield from self._element(root, _Place(look))
        except RecursionError:
            raise TooDeep from None

    def _element(self, element: _Element, at: _Place) -> Iterator[Passage]:
        """An element that is no part of running text."""
        names = classes(element)
        if element.tag in FURNITURE or names & _SKIPPED or element.tag in ("header", "footer"):
            self._after_references = self._after_references or "ltx_bibliography" in names
            if element.tag not in FURNITURE or element.tag == "template":
                inspect(element, at.look, self._page)
            return
        if at.depth > _DEEPEST:
            raise TooDeep
        look = self._page.styles.look(element, at.look)
        if look.gone:
            self._page.hide(" ".join(str(part) for part in element.itertext()))
            return
        at = replace(at, look=look, depth=at.depth + 1, anchor=_anchor(element) or at.anchor)
        if names & _SECTIONS:
            yield from self._section(element, names, at)
        elif "ltx_abstract" in names:
            yield from self._children(element, replace(at, in_abstract=True))
        elif element.tag == "figure" or names & {"ltx_figure", "ltx_table", "ltx_float"}:
            yield from self._figure(element, at)
        elif "ltx_tabular" in names:
            yield from self._table(element, at)
        elif names & _LISTINGS or element.tag == "pre":
            yield from self._listing(element, at)
        elif names & _STATEMENTS:
            yield from self._led(element, at, self._title(element, look))
        elif names & _LISTS:
            yield from self._list(element, at)
        else:
            yield from self._children(element, at)

    def _section(self, element: _Element, names: frozenset[str], at: _Place) -> Iterator[Passage]:
        title = self._title(element, at.look).rstrip(" .:")
        if not at.titles and (self._after_references or "ltx_appendix" in names) and not title.startswith(APPENDIX):
            title = f"{APPENDIX}: {title}" if title else APPENDIX
        yield from self._children(element, replace(at, titles=(*at.titles, title) if title else at.titles))

    def _title(self, element: _Element, look: Look) -> str:
        return next((text_of(child, look, self._page) for child in element if _is_title(child)), "")

    def _children(self, element: _Element, at: _Place) -> Iterator[Passage]:
        """What stands in a container: paragraphs are joined over the formulae displayed between them."""
        running: list[_Element | str] = [element.text] if element.text and element.text.strip() else []
        for child in element:
            if _is_title(child):
                pass
            elif _is_block(child):
                yield from self._paragraph(running, at)
                running = []
                yield from self._element(child, at)
            else:
                if running and _is_paragraph(child) and _is_paragraph(running[-1]):
                    yield from self._paragraph(running, at)
                    running = []
                running.append(child)
            if child.tail and child.tail.strip():
                running.append(child.tail)
        yield from self._paragraph(running, at)

    def _paragraph(self, running: Sequence[_Element | str], at: _Place, *, whole: bool = False) -> Iterator[Passage]:
        if not running:
            return
        made = run(running, at.look, self._page)
        if _is_paragraph(running[0]):
            at = replace(at, anchor=_anchor(running[0]) or at.anchor)
        if not _WORD.search(made.text):
            return
        if self._lead:
            made, self._lead = made.after(self._lead), ""
        words = len(made.text.split()) + len(_CHINESE.findall(made.text)) // 4
        if at.section is not None or words > 4:  # else the remains of a title page
            yield Passage(made, at.section, at.anchor, whole=whole, is_abstract=at.in_abstract)

    def _led(self, element: _Element, at: _Place, lead: str) -> Iterator[Passage]:
        """A container whose first paragraph goes on where `lead` ends."""
        self._lead = f"{self._lead} {lead}".strip()
        yield from self._children(element, at)
        if self._lead:
            lead, self._lead = self._lead, ""
            yield from self._paragraph([lead], at)

    def _list(self, element: _Element, at: _Place) -> Iterator[Passage]:
        term = ""
        for item in element:
            if item.tag in FURNITURE:
                continue
            look = self._page.styles.look(item, at.look)
            if look.gone:
                self._page.hide(" ".join(str(part) for part in item.itertext()))
                continue
            tags = [child for child in item if "ltx_tag_item" in classes(child)]
            tag = text_of(tags[0], look, self._page) if tags else ""
            for child in tags:
                _drop(child)
            if item.tag == "dt":
                term = tag or text_of(item, look, self._page)
                continue
            inside = replace(at, look=look, depth=at.depth + 1, anchor=_anchor(item) or at.anchor)
            yield from self._led(item, inside, term or ("" if _BULLETS.fullmatch(tag) else tag))
            term = ""

    def _figure(self, element: _Element, at: _Place) -> Iterator[Passage]:
        captions = [child for child in element if _is_caption(child)]
        for caption in captions:
            tags = [e for e in caption.iter() if "ltx_tag" in classes(e)]
            name = text_of(tags[0], at.look, self._page).strip(" :.") if tags else ""
            if name:
                at = replace(at, table=f"{at.table} {name}" if name.startswith("(") else name)
            yield from self._paragraph([caption], at)
            _drop(caption)
        yield from self._children(element, at)

    def _table(self, element: _Element, at: _Place) -> Iterator[Passage]:
        for line in _tables.lines(element, at.look, self._page, at.table):
            anchor = line.anchor if line.anchor and _ANCHOR.fullmatch(line.anchor) else at.anchor
            yield from self._paragraph([line.text], replace(at, anchor=anchor, look=Look()), whole=not line.prose)

    def _listing(self, element: _Element, at: _Place) -> Iterator[Passage]:
        rows = [e for e in element.iter() if "ltx_listingline" in classes(e)]
        texts = [text_of(row, at.look, self._page) for row in rows] or text_of(element, at.look, self._page).splitlines()
        name = f"{at.table}: " if not at.table.startswith("Table") else ""
        piece = ""
        for text in filter(None, texts):
            if piece and len(piece) + len(text) > _LISTING_PIECE:
                yield from self._paragraph([name + piece], replace(at, look=Look()), whole=True)
                piece = ""
            piece = f"{piece} | {text}" if piece else text
        yield from self._paragraph([name + piece] if piece else [], replace(at, look=Look()), whole=True)


def _anchor(element: _Element | str) -> str | None:
    """The element's id, if it can stand in an address as it is."""
    anchor = "" if isinstance(element, str) else element.get("id") or ""
    return anchor if _ANCHOR.fullmatch(anchor) else None


def _is_title(element: _Element) -> bool:
    return "ltx_title" in classes(element)


def _is_caption(element: _Element) -> bool:
    return element.tag == "figcaption" or "ltx_caption" in classes(element)


def _is_paragraph(item: _Element | str) -> bool:
    return not isinstance(item, str) and (item.tag == "p" or "ltx_p" in classes(item))


def _is_block(element: _Element) -> bool:
    """Whether an element stands by itself, or holds something that does."""
    names = classes(element)
    if names & EQUATIONS or "ltx_note" in names:
        return False
    if element.tag in _CONTAINERS or names & _BLOCKS or names & _SKIPPED:
        return True
    return any(bool(classes(e) & _STANDALONE) for e in element.iter())


def _drop(element: _Element) -> None:
    """Take an element out of the page, but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
