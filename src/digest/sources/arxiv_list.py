"""arXiv's list page of a category (`arxiv.org/list/CAT/new`): the same batch as the feed, hours earlier.

Its layout has changed before, so what is parsed must equal the counts that its headings give.
"""

import re
from datetime import date, datetime
from typing import Any

from digest.errors import PaperIdError, SourceError
from digest.models import AnnounceType, Entry, Paper
from digest.net import Response
from digest.paper_id import PaperId
from digest.sources import clean
from digest.sources.arxiv_feed import Batch
from digest.sources.base import links_of, venue_in

_HEADING = re.compile(r"Showing new listings for \w+,\s+(\d{1,2} \w+ \d{4})")
_SECTION = re.compile(r"(New|Cross|Replacement)\s+submissions?\s*\(showing (?:first )?(\d+) of (\d+) entries\)")
_CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")


def parse_list(response: Response) -> Batch:
    """Read a list page.

    Raises:
        SourceError: no such page, one that does not show all of its entries, or one whose layout is not the known one.
    """
    from lxml import etree, html

    try:
        page = html.fromstring(response.text())
    except (etree.ParserError, ValueError) as error:
        raise SourceError("not a list page", where=response.url, why=str(error)) from None
    bears, kind, promised = None, "new", 0
    rows: dict[str, Entry] = {}
    link = None
    for node in page.iter("h3", "h2", "dt", "dd"):
        if node.tag == "dt":
            link = node
        elif node.tag == "dd" and link is not None:
            entry = _entry(link, node, kind, response.url)
            rows.setdefault(entry.paper.id, entry)
        elif match := _SECTION.search(_text(node)):
            kind = match[1].lower()
            promised += int(match[3])
        elif match := _HEADING.search(_text(node)):
            bears = _date(match[1])
    if bears is None:
        raise SourceError("not a list page", where=response.url, why="it has no date heading")
    if len(rows) != promised:
        why = f"its headings promise {promised} entries, {len(rows)} could be read"
        raise SourceError("the list page has another layout", where=response.url, why=why)
    if not rows and page.xpath("//a[contains(@href, '/abs/')]"):
        raise SourceError("the list page has another layout", where=response.url, why="it links to papers, none could be read")
    return Batch(bears=bears, rows=tuple(rows.values()))


def _entry(dt: Any, dd: Any, kind: str, url: str) -> Entry:
    anchor = dt.find(".//a[@title='Abstract']")
    if anchor is None:
        raise SourceError("the list page has another layout", where=url, why="an entry without a link to its abstract")
    try:
        paper_id = PaperId.parse(_text(anchor).strip())
    except PaperIdError as error:
        raise SourceError("the list page has another layout", where=url, why=str(error)) from None
    shown = dt.find(".//a[@title='View HTML']")
    numbered = re.search(r"v(\d+)$", shown.get("href", "") if shown is not None else "")
    version = int(numbered[1]) if numbered else (1 if kind != "replacement" else None)
    comment = _field(dd, "list-comments") or None
    subjects = dd.find(".//span[@class='primary-subject']")
    primary = _CATEGORY.findall(_text(subjects)) if subjects is not None else []
    categories = _CATEGORY.findall(_field(dd, "list-subjects"))
    names = dd.find(".//div[@class='list-authors']")
    abstract = clean.text(_text(dd.find(".//p[@class='mathjax']")))
    crossed = "cross-list" in _text(dt)
    types: dict[str, AnnounceType] = {"new": "new", "cross": "cross", "replacement": "replace-cross" if crossed else "replace"}
    return Entry(
        paper=Paper(
            id=paper_id.id,
            version=version,
            title=clean.title(_field(dd, "list-title")) or paper_id.id,
            authors=clean.authors([_text(a) for a in names.iter("a")]) if names is not None else (),
            categories=tuple(dict.fromkeys([*primary, *categories])),
            primary_category=primary[0] if primary else None,
            comment=comment,
            venue=venue_in(comment),
            links=links_of(PaperId(paper_id.id, version), code=clean.repository_in(abstract, comment)),
        ),
        abstract=abstract,
        announce_type=types[kind],
    )


def _field(dd: Any, name: str) -> str:
    """The text of one of the entry's fields, without its label."""
    for node in dd.iter("div"):
        if name in node.get("class", "").split():
            label = node.find("./span[@class='descriptor']")
            return clean.text(_text(node).replace(_text(label), "", 1) if label is not None else _text(node))
    return ""


def _text(node: Any) -> str:
    return "" if node is None else str(node.text_content())


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None
