"""arXiv's list page: everything that its headings promise, or an error that says that the layout is another."""

from datetime import date

import pytest

from digest.errors import SourceError
from digest.models import Entry
from digest.net import Response
from digest.sources.arxiv_feed import Batch
from digest.sources.arxiv_list import parse_list
from sources.world import HTML, WEDNESDAY, Row, feed_xml, later, list_html, rows

ROW = Row("2602.15763", "2026-02-17T15:00:00Z")


def parse(body: str | bytes) -> Batch:
    content = body.encode() if isinstance(body, str) else body
    return parse_list(Response("https://arxiv.org/list/cs.AI/new", 200, {}, content))


def entry(**fields: object) -> Entry:
    (found,) = parse(list_html([later(ROW, **fields)], WEDNESDAY)).rows
    return found


def test_a_row_becomes_an_entry() -> None:
    found = entry(title="Some\n  Title", categories=("cs.CV", "cs.AI", "stat.ML"), kind="cross", comment="Accepted at ICLR 2026")
    paper = found.paper
    assert (paper.id, paper.version, paper.title, found.announce_type) == ("2602.15763", 1, "Some Title", "cross")
    assert (paper.categories, paper.primary_category) == (("cs.CV", "cs.AI", "stat.ML"), "cs.CV")
    assert (paper.authors, found.abstract) == (("Ada Example", "Ben Beispiel"), "We show that it works.")
    assert (paper.comment, paper.venue) == ("Accepted at ICLR 2026", "ICLR 2026")


@pytest.mark.parametrize("abstract", ["$a<b$ and c > d", r"$\tau_p$ & \alpha <b>x</b>", "Descriptor: Abstract: x", "中文 🤖"])
def test_title_and_abstract_are_the_same_after_parsing(abstract: str) -> None:
    found = entry(abstract=abstract, title=abstract)
    assert (found.abstract, found.paper.title) == (abstract, abstract)


def test_a_collaboration_is_an_author_and_its_colon_is_none() -> None:
    assert entry(authors=("GLM-5 Team", ":", "Aohan Zeng")).paper.authors == ("GLM-5 Team", "Aohan Zeng")


@pytest.mark.parametrize(("kind", "listed"), [("new", True), ("cross", True), ("replace", False), ("replace-cross", False)])
def test_new_and_cross_are_listed_and_replacements_are_kept_apart(kind: str, listed: bool) -> None:
    batch = parse(list_html([later(ROW, kind=kind, version=1 if listed else 3)], WEDNESDAY))
    found = batch.entries if listed else batch.replacements
    assert [(e.paper.id, e.announce_type) for e in found] == [("2602.15763", kind)]
    assert len(batch.rows) == 1


def test_the_version_is_that_of_the_html_link_and_unknown_for_a_replacement_without_one() -> None:
    page = list_html([later(ROW, kind="replace", version=3)], WEDNESDAY)
    assert parse(page).rows[0].paper.version == 3
    assert parse(page.replace("View HTML", "HTML")).rows[0].paper.version is None
    new = list_html([ROW], WEDNESDAY)
    assert parse(new.replace("View HTML", "HTML")).rows[0].paper.version == 1


@pytest.mark.parametrize("paper_id", ["2602.15763", "0704.0001", "cs/0112017", "math.GT/0309136"])
def test_ids_of_all_ages_are_read(paper_id: str) -> None:
    assert entry(id=paper_id).paper.id == paper_id


@pytest.mark.parametrize("day", [date(2026, 2, 18), date(2026, 3, 2), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_page_bears_the_date_of_its_heading(day: date) -> None:
    assert parse(list_html([ROW], day)).bears == day


def test_a_page_without_papers_is_a_batch_without_rows() -> None:
    """A small category may have nothing new."""
    batch = parse(list_html([], WEDNESDAY))
    assert (batch.rows, batch.bears) == ((), WEDNESDAY)


# --- another layout ------------------------------------------------------------------------------

PAGE = list_html([*rows(WEDNESDAY, 10), *rows(WEDNESDAY, 3, first=11, kind="cross")], WEDNESDAY)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (list_html([], WEDNESDAY, New=130), "promise 130 entries, 0 could be read"),
        (list_html(rows(WEDNESDAY, 10), WEDNESDAY, New=2400), "promise 2400 entries, 10 could be read"),
        (PAGE[: len(PAGE) // 2], "promise 10 entries"),
        (PAGE.replace("<dt>", "<article>").replace("</dt>", "</article>"), "promise 13 entries, 0 could be read"),
        (PAGE.replace("<h3>New submissions (", "<h3>New: ("), "promise 3 entries, 13 could be read"),
        (PAGE.replace("submissions (showing", "papers (of"), "promise 0 entries, 13 could be read"),
        (
            PAGE.replace("submissions (showing", "papers (of").replace("<dt>", "<li>").replace("<dd>", "<li>"),
            "links to papers, none could be read",
        ),
        (PAGE.replace('title="Abstract"', 'title="Abs"', 1), "an entry without a link to its abstract"),
        (PAGE.replace("arXiv:2602.18001", "arXiv:../../etc"), "no arXiv id"),
    ],
    ids=[
        "130 promised, none there",
        "a part shown",
        "cut in the middle",
        "other rows",
        "other heading",
        "no counts",
        "nothing known",
        "no link",
        "hostile id",
    ],
)
def test_a_page_that_does_not_keep_its_promise_is_an_error(body: str, why: str) -> None:
    with pytest.raises(SourceError, match="the list page has another layout.*" + why):
        parse(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        HTML,
        "Rate exceeded.",
        "<!-- nothing -->",
        PAGE.replace("Showing new listings", "New papers"),
        PAGE.replace("18 February 2026", "18 Smarch 2026"),
        PAGE.replace("18 February 2026", "30 February 2026"),
        '<?xml version="1.0" encoding="UTF-8"?>' + feed_xml(rows(WEDNESDAY, 1), WEDNESDAY),
    ],
    ids=["empty", "blank", "HTML", "text", "comment", "no heading", "no month", "no such date", "a feed"],
)
def test_what_is_no_list_page_is_an_error_and_never_no_papers(body: str) -> None:
    with pytest.raises(SourceError, match="not a list page"):
        parse(body)
