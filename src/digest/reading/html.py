"""arXiv's HTML of a paper (`arxiv.org/html/IDvN`, made by LaTeXML) as sentences.

Both arXiv's own pages, with their frame of banners, buttons and menus, and plain output of LaTeXML are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.errors import SourceError
from digest.paper_id import PaperId
from digest.reading._inline import Page, classes, inspect
from digest.reading._latexml import TooDeep, Walker
from digest.reading._look import Look, Styles
from digest.reading._text import Text, text_from

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEAST = 2048
"""Bytes of text; less is a page that says that there is no paper."""
_TRUNCATED = re.compile(
    r"\bfatal\s+error\b.{0,200}?\b(?:truncated|abrupt\w*|damaged|incomplete|aborted)\b", re.IGNORECASE | re.DOTALL
)
"""LaTeXML's banner: "Conversion to HTML had a Fatal error and exited abruptly. This document may be truncated or damaged."."""
_TOLD = r"(?P<id>[a-z.-]+/\d{7}|\d{4}\.\d{4,5})v(?P<version>\d{1,2})"
_WATERMARK = re.compile(rf"arXiv:{_TOLD}\b", re.IGNORECASE)
_ADDRESS = re.compile(rf"/(?:html|abs|pdf)/{_TOLD}(?![\d])")


def read_html(content: bytes, paper: PaperId) -> Text:
    """Read a page.

    Args:
        content: the page, UTF-8.
        paper: whose page was asked for, with the version where it is known.

    Raises:
        SourceError: this is no whole paper, or not this one in this version.
    """
    where = f"{paper.id}v{paper.version}" if paper.version else paper.id
    tree = _parsed(content, where)
    root = _document(tree, where)
    if _TRUNCATED.search(" ".join(str(part) for part in tree.itertext())):
        raise SourceError("the HTML is truncated", where=where)
    version = _version(tree, paper, where)
    page = Page(Styles(str(style.text or "") for style in tree.iter("style")))
    _without_title_page(root, page)
    try:
        passages = list(Walker(page).passages(root))
    except TooDeep:
        raise SourceError("the HTML is nested too deeply", where=where) from None
    text = text_from(passages, page, version)
    size = sum(len(sentence.text.encode()) for sentence in text.body)
    if size < _LEAST:
        raise SourceError("the HTML holds no paper", where=where, why=f"{size} bytes of text")
    return text


def _parsed(content: bytes, where: str) -> _Element:
    from lxml import etree

    # An HTML parser knows no entities of the page's own, and opens no address.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("the HTML cannot be read", where=where, why=str(error)) from error
    if root is None:
        raise SourceError("the HTML is empty", where=where)
    return root


def _document(tree: _Element, where: str) -> _Element:
    """The element with the paper; a page without one was not made by LaTeXML."""
    for wanted in ("ltx_document", "ltx_page_content", "ltx_page_main"):
        found = [e for e in tree.iter() if wanted in classes(e) and "package-alerts" not in classes(e)]
        if found:
            return max(found, key=lambda e: sum(1 for _ in e.iter()))
    raise SourceError("the page is no paper made by LaTeXML", where=where)


def _version(tree: _Element, paper: PaperId, where: str) -> int | None:
    """The version that the page tells, in arXiv's watermark, its base address or its links to itself."""
    for told_id, version in _told(tree, paper.id):
        if told_id != paper.id:
            raise SourceError("the HTML is of another paper", where=where, why=f"it says {told_id}v{version}")
        if paper.version is not None and version != paper.version:
            raise SourceError("the HTML is of another version", where=where, why=f"it says v{version}")
        return version
    return paper.version


def _told(tree: _Element, paper_id: str) -> Iterator[tuple[str, int]]:
    for element in tree.iter("div", "span", "p", "a"):
        if (element.get("id") or "").startswith("watermark") and (match := _WATERMARK.search(_all_text(element))):
            yield match["id"], int(match["version"])
    for base in tree.iter("base"):
        if match := _ADDRESS.search(f"{base.get('href') or ''}"):
            yield match["id"], int(match["version"])
    for frame in tree.iter("header", "nav"):
        for link in frame.iter("a"):
            match = _ADDRESS.search(link.get("href") or "")
            if match and match["id"] == paper_id:  # a banner may speak of another paper
                yield match["id"], int(match["version"])


def _all_text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _without_title_page(root: _Element, page: Page) -> None:
    """Take out what LaTeXML leaves before the title: licences, page numbers, commands that it did not know."""
    title = next((e for e in root.iter("h1") if "ltx_title_document" in classes(e)), None)
    if title is None:
        return
    for before in list(title.itersiblings(preceding=True)):
        if not classes(before) & {"ltx_abstract", "ltx_section"}:
            inspect(before, Look(), page)
            parent = before.getparent()
            if parent is not None:
                parent.remove(before)
