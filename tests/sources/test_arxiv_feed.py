"""arXiv's feed: rows as they were announced, abstracts byte by byte, or an error that says what is wrong."""

import time
from datetime import date
from xml.sax.saxutils import escape

import pytest

from digest.errors import SourceError
from digest.models import Entry
from digest.net import Response
from digest.sources.arxiv_feed import Batch, parse_feed, split_authors
from sources.world import FEED, HTML, WEDNESDAY, Row, feed_xml, ids, later, rows

ROW = Row("2602.15763", "2026-02-17T15:00:00Z")


def parse(body: str | bytes) -> Batch:
    content = body.encode() if isinstance(body, str) else body
    return parse_feed(Response("https://rss.arxiv.org/atom/cs.AI", 200, {}, content))


def entry(**fields: object) -> Entry:
    (found,) = parse(feed_xml([later(ROW, **fields)], WEDNESDAY)).rows
    return found


def test_a_row_becomes_an_entry() -> None:
    found = entry(version=2, title="Some\n  Title", categories=("cs.CV", "cs.AI"), kind="cross", abstract="Line one\nline two.")
    paper = found.paper
    assert (paper.id, paper.version, paper.title) == ("2602.15763", 2, "Some Title")
    assert (paper.categories, paper.primary_category) == (("cs.CV", "cs.AI"), "cs.CV")
    assert (paper.authors, found.abstract, found.announce_type) == (
        ("Ada Example", "Ben Beispiel"),
        "Line one line two.",
        "cross",
    )
    assert paper.links.pdf == "https://arxiv.org/pdf/2602.15763v2" and paper.links.abs == "https://arxiv.org/abs/2602.15763"
    assert paper.published is None, "a feed does not tell when a paper was submitted"


@pytest.mark.parametrize(
    "abstract",
    [
        "We prove $a<b$ and c > d.",
        "$a<b$ and c > d",
        r"For $\tau_p < \epsilon$ & all $x_{ij}^2$, \alpha \cite{x}.",
        "Tags such as <b>bold</b>, <script>alert(1)</script> and <!-- comments --> are text.",
        "An entity: &lt; &amp;amp; &nbsp; &#60;.",
        "Quotes \"double\", 'single', `back`, “curly”.",
        "Abstract: of an abstract. arXiv:2602.00001 Announce Type: new",
        "A link: https://example.org/?a=1&b=2 and ../relative",
        "中文摘要，é, ü, 🤖.",
        "",
    ],
    ids=ascii,
)
def test_an_abstract_is_the_same_after_parsing(abstract: str) -> None:
    assert entry(abstract=abstract).abstract == abstract


@pytest.mark.parametrize("abstract", ["$a<b$ and c > d", "Tags <b>as</b> text & <a href='/x'>links</a>.", "$x<y$, $y>z$"])
def test_an_abstract_in_the_rss_form_is_the_same_after_parsing(abstract: str) -> None:
    """feedparser mends what it takes for HTML there, unless it is told not to."""
    rss = (
        '<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel><link>http://rss.arxiv.org/rss/cs.AI</link><item>'
        '<title>A Title</title><guid isPermaLink="false">oai:arXiv.org:2602.15763v1</guid>'
        "<arxiv:announce_type>new</arxiv:announce_type><description>arXiv:2602.15763v1 Announce Type: new \n"
        f"Abstract: {escape(abstract)}</description></item></channel></rss>"
    )
    assert [e.abstract for e in parse(rss).rows] == [abstract]


@pytest.mark.parametrize("title", ["$a<b$ and c > d", "A & B <i>in</i> C", "GLM-5: from # x --- @y \\alpha {a} 'q' \"r\""])
def test_a_title_is_the_same_after_parsing(title: str) -> None:
    assert entry(title=title).paper.title == title


@pytest.mark.parametrize(("kind", "listed"), [("new", True), ("cross", True), ("replace", False), ("replace-cross", False)])
def test_new_and_cross_are_listed_and_replacements_are_kept_apart(kind: str, listed: bool) -> None:
    batch = parse(feed_xml([later(ROW, kind=kind)], WEDNESDAY))
    assert ids(batch.entries if listed else batch.replacements) == ["2602.15763"]
    assert ids(batch.replacements if listed else batch.entries) == []


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (("<arxiv:announce_type>new<", "<arxiv:announce_type>revived<"), "the announce type 'revived'"),
        (("<arxiv:announce_type>new</arxiv:announce_type>", ""), "the announce type 'None'"),
        (("oai:arXiv.org:2602.15763v1", "oai:arXiv.org:../../etc/passwd"), "no arXiv id"),
        (("<id>oai:arXiv.org:2602.15763v1</id>", ""), "no arXiv id"),
        (("<title>A Title</title>", "<title> </title>"), "no title"),
    ],
    ids=["unknown type", "no type", "hostile id", "no id", "no title"],
)
def test_a_row_that_cannot_be_placed_is_left_out_with_its_reason(damage: tuple[str, str], why: str) -> None:
    first, good = feed_xml([ROW, later(ROW, id="2602.00001")], WEDNESDAY).split("</entry>", 1)
    assert damage[0] in first
    batch = parse(f"{first.replace(*damage)}</entry>{good}")
    assert ids(batch.rows) == ["2602.00001"]
    assert len(batch.notes) == 1 and why in batch.notes[0]


def test_a_row_without_abstract_is_left_out_with_its_reason() -> None:
    xml = feed_xml([ROW], WEDNESDAY)
    start, end = xml.index("<summary>"), xml.index("</summary>") + len("</summary>")
    batch = parse(xml[:start] + xml[end:])
    assert batch.rows == () and "no abstract" in batch.notes[0]


def test_a_paper_that_stands_twice_counts_once() -> None:
    assert ids(parse(feed_xml([ROW, ROW], WEDNESDAY)).rows) == ["2602.15763"]


# --- authors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Ada Example, Ben Beispiel", ["Ada Example", "Ben Beispiel"]),
        ("Ada Example", ["Ada Example"]),
        ("Ada Example (University of X, Department of Y), Ben", ["Ada Example (University of X, Department of Y)", "Ben"]),
        ("Ada (1), Ben (1 and 2), Cleo ((1) Here, There, (2) Elsewhere)", ["Ada", "Ben", "Cleo"]),
        ("Ada (unclosed, Ben", ["Ada (unclosed", "Ben"]),
        ("Smith,J., Doe", ["Smith,J.", "Doe"]),
    ],
)
def test_authors_are_separated_by_commas_outside_brackets(names: str, expected: list[str]) -> None:
    assert split_authors(names) == expected


@pytest.mark.parametrize("authors", [("GLM-5 Team", ":", "Aohan Zeng"), ("GLM-5 Team:", "Aohan Zeng")])
def test_a_collaboration_is_an_author_and_its_colon_is_none(authors: tuple[str, ...]) -> None:
    assert entry(authors=authors).paper.authors == ("GLM-5 Team", "Aohan Zeng")


@pytest.mark.parametrize("suffix", ["", " (1)"], ids=["plain", "numbered"])
def test_three_thousand_authors_are_all_read(suffix: str) -> None:
    names = tuple(f"Firstname{n} Lastname{n}" for n in range(3000))
    assert entry(authors=tuple(name + suffix for name in names)).paper.authors == names


def test_the_time_for_authors_grows_with_their_number_and_not_with_its_square() -> None:
    names = [f"Firstname{n} Lastname{n}" for n in range(20_000)]
    start = time.perf_counter()
    assert split_authors(", ".join(names)) == names
    assert time.perf_counter() - start < 2


def test_no_authors_are_no_authors() -> None:
    assert entry(authors=()).paper.authors == ()


def test_a_repository_that_the_abstract_names_is_the_code() -> None:
    assert entry(abstract="Code: https://github.com/owner/name.").paper.links.code == "https://github.com/owner/name"


# --- the day that it bears -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("built", "bears"),
    [
        ("2026-02-18T05:00:17.402113+00:00", date(2026, 2, 18)),
        ("2026-02-18T00:00:00-05:00", date(2026, 2, 18)),
        ("2026-02-18T04:59:59Z", date(2026, 2, 17)),  # not yet midnight in the East
        ("2026-07-15T04:00:00Z", date(2026, 7, 15)),
        ("2026-07-15T03:59:59Z", date(2026, 7, 14)),
        ("soon", None),
        ("", None),
    ],
)
def test_a_feed_bears_the_eastern_day_on_which_it_was_built(built: str, bears: date | None) -> None:
    xml = feed_xml([ROW], WEDNESDAY).replace("2026-02-18T05:00:17.402113+00:00", built)
    assert parse(xml).bears == bears


def test_an_empty_feed_is_a_batch_without_rows() -> None:
    batch = parse(feed_xml([], date(2026, 2, 21)))
    assert (batch.rows, batch.bears) == ((), date(2026, 2, 21))


# --- not a feed ----------------------------------------------------------------------------------

WHOLE = feed_xml(rows(WEDNESDAY, 10), WEDNESDAY)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "an empty body"),
        (" \n\t", "an empty body"),
        (HTML, "a web page"),
        ("<html><body>Rate exceeded.</body></html>", "a web page"),
        ("Rate exceeded.", "a web page"),
        ('{"papers": []}', "a web page"),
        (WHOLE[: WHOLE.index("<entry>", len(WHOLE) * 7 // 10)], "damaged"),
        (WHOLE[: len(WHOLE) * 7 // 10], "damaged"),
        (WHOLE.replace("</entry>", "</enty>", 1), "damaged"),
        (f"<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><feed xmlns='{FEED}'>&x;</feed>", "a web page or worse"),
        (f"<!DOCTYPE feed [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><feed xmlns='{FEED}'>&b;</feed>", "a web page or worse"),
    ],
    ids=[
        "empty",
        "blank",
        "HTML",
        "other HTML",
        "text",
        "JSON",
        "cut between entries",
        "cut in an entry",
        "wrong tag",
        "external entity",
        "billion laughs",
    ],
)
def test_what_is_no_whole_feed_is_an_error_and_never_no_papers(body: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        parse(body)
