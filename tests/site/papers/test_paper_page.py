"""The page of a paper in its order, sound for any paper."""

import json
from collections.abc import Callable
from datetime import date as Date
from typing import Any

import lxml.html
import pytest

from digest import config as configuration
from digest.digests.edits import Correction, Day
from digest.models import (
    CardProvenance,
    Language,
    Links,
    Meta,
    Quote,
    Support,
)
from digest.site.engine import Templates
from digest.site.facts import PaperRow
from digest.site.lists import Lists
from digest.site.papers.card_html import shown_cards
from digest.site.papers.views import Coverage
from fakes import ID, claim, covered, day, reading, sample_day
from paper_pages import HOSTILE, coverage, hostile_paper, read_in_full, words

Rendered = Callable[..., lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The page of a paper: `page(coverage, …, language="zh", related=[…])`. In one folder, so that templates stay compiled."""
    folder = tmp_path_factory.mktemp("blog")

    def render(
        *coverages: Coverage, language: Language = "en", feedback: str | None = None, **values: Any
    ) -> lxml.html.HtmlElement:
        site = {"language": language, "feedback": feedback}
        (folder / "config.yaml").write_text(json.dumps({"site": site}), encoding="utf-8")
        templates = Templates(configuration.load(folder / "config.yaml", {}))
        shown_ = shown_cards(coverages, templates.labels(language))
        given_: dict[str, Any] = {
            "digests": (),
            "related": (),
            "later": (),
            "bibtex": "@misc{x}",
            "downloads": (),
            "tag_routes": {},
            "lists": Lists(coverages[0].route, templates.labels(language)),
        }
        html = templates.page("paper", coverages[0].route, language, coverages=coverages, cards=shown_, **{**given_, **values})
        return lxml.html.document_fromstring(html)

    return render


def row(paper_id: str, **fields: Any) -> PaperRow:
    """A paper as lists show it."""
    defaults: dict[str, Any] = dict.fromkeys(PaperRow._fields, "")
    defaults |= {"id": paper_id, "name": f"Paper {paper_id}", "language": "en", "blurb": "A $x^2$ blurb", "day": "2026-02-01"}
    return PaperRow(**{**defaults, **fields})


def test_a_paper_page_in_its_order(page: Rendered) -> None:
    whole = sample_day("en")
    given_ = whole.digest.papers[0]
    said = given_.card_in("en")
    shown_page = page(Coverage(whole, given_, said, "en", "A blurb"), related=[(row("2601.1"), "token, entropy")])
    main = words(shown_page.find(".//main"))
    order = [
        *("arXiv:2602.15620", "STAPO: Stabilizing", "Shiqi Liu", "Tsinghua", "PDF", "must read", "Masking the gradient"),
        *("Based on: the full text (HTML, v1)", "filled by a model (example-model)", "14 claims checked, 2 removed"),
        *(
            "Problem & Contribution",
            "Method",
            "Evidence",
            "Takeaways",
            "Submitted",
            "Related papers",
            "in common: token, entropy",
            "@misc{x}",
        ),
    ]
    places = [main.index(part) for part in order]
    assert places == sorted(places)
    assert len(shown_page.xpath("//h1")) == 1


def test_every_paper_page_is_sound(page: Rendered) -> None:
    papers = [*sample_day("en").digest.papers, read_in_full({"meta": Meta(tldr=claim("Only this", 2))}), hostile_paper()]
    for one in papers:
        shown_page = page(coverage(one), feedback="https://example.org/?p={id}&d={date}")
        ids = shown_page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert not shown_page.xpath("//p//details | //p//div | //p//blockquote | //@style | //main//script | //main//img")
        for link in shown_page.xpath("//main//a"):
            href = link.get("href")
            assert href.startswith(("https://", "#", "../")), href
            assert not href.startswith("https://") or link.get("rel") == "noopener nofollow"
        assert all(fragment[1:] in ids for fragment in shown_page.xpath("//main//a/@href[starts-with(., '#')]"))


def test_a_hostile_title_is_shown_as_it_is(page: Rendered) -> None:
    title = "</title>" + HOSTILE.replace("$x</code><b>$", "") + "\u202egnp.exe"
    shown_page = page(coverage(covered(title=title)))
    assert shown_page.findtext(".//h1") == title.replace("\u202e", "").rstrip()
    assert "\u202e" not in lxml.html.tostring(shown_page, encoding="unicode")
    assert not shown_page.xpath("//main//script | //img")


def test_a_title_without_end_does_not_fill_the_head(page: Rendered) -> None:
    title = "Endless " * 6000
    head = lxml.html.tostring(page(coverage(covered(title=title))).find("head"))
    assert len(head) < 6000


@pytest.mark.parametrize(("count", "folded"), [(10, False), (11, True), (300, True)])
def test_many_authors_are_folded_behind_the_first_three(page: Rendered, count: int, folded: bool) -> None:
    shown_page = page(coverage(covered(authors=tuple(f"Author {n}" for n in range(count)))))
    found = shown_page.find_class("authors")[0]
    assert (found.tag == "details") is folded
    assert f"Author {count - 1}" in words(found)
    if folded:
        assert words(found.find("summary")) == f"Author 0, Author 1, Author 2 et al. All {count} authors"


def test_links_show_what_others_made_of_the_paper(page: Rendered) -> None:
    links = Links(
        abs="https://arxiv.org/abs/1", pdf="https://arxiv.org/pdf/1", code="https://github.com/a/b", hf="https://hf.co/papers/1"
    )
    shown_page = page(coverage(covered(links=links, github_stars=43, upvotes=0)))
    assert [words(a) for a in shown_page.find_class("links")[0].iter("a")] == [
        "arXiv",
        "PDF",
        "Code ★43",
        "Hugging Face ▲0",
        "Cite and export",
    ]


def test_a_correction_is_told_before_the_card(page: Rendered) -> None:
    correction = Correction(id=ID, text={"en": "A <number> was wrong"})
    one = covered()
    whole = Day(digest=day(one).digest, corrections=(correction,))
    shown_page = page(Coverage(whole, one, one.card_in("en"), "en", ""))
    notice = shown_page.find_class("notice-correction")[0]
    assert words(notice) == "Correction 2026-02-18: A <number> was wrong"
    assert notice.xpath("following::div[@class='verdict']")


def test_a_withdrawn_paper_says_so_first_and_once(page: Rendered) -> None:
    main = words(page(coverage(covered(comment="This paper has been withdrawn by the authors"))).find(".//main"))
    assert main.count("has been withdrawn") == 1 and main.index("has been withdrawn") < main.index("worth reading")
    data = page(coverage(covered(comment="12 pages"))).find_class("data")[0]
    assert data.xpath("string(div[dt = 'Comments']/dd)") == "12 pages"


def test_cards_of_other_versions_are_folded_and_say_what_they_describe(page: Rendered) -> None:
    newer = coverage(read_in_full({"meta": Meta(tldr=claim("Now better", 2))}), date=Date(2026, 3, 1))
    older = coverage(covered(), date=Date(2026, 2, 18))
    versions = page(newer, older).find_class("versions")[0]
    assert words(versions.find("p")) == "2026-03-01 v2 full text the card above"
    folded = versions.find("details")
    assert words(folded.find("summary")) == "2026-02-18 v1 abstract only" and "improves accuracy" in words(folded)
    assert not page(newer).find_class("versions")


def test_digests_and_later_papers_and_tags_lead_on(page: Rendered) -> None:
    post = type("Post", (), {"route": "2026-02-18/", "date": Date(2026, 2, 18)})
    shown_page = page(
        coverage(covered()),
        digests=[(post, "Daily papers")],
        later=[(row("2603.1"), "")],
        tag_routes={"Reasoning": "tags/reasoning/"},
    )
    assert words(shown_page.find_class("covered")[0]) == "Covered in 2026-02-18 Daily papers"
    assert words(shown_page.find_class("related")[0]).startswith("Later papers related to it Paper 2603.1 A")
    assert shown_page.xpath("//ul[@class='tags']//a/@href") == ["../../tags/reasoning/index.html"]
    bare = page(coverage(covered()))
    assert not bare.find_class("covered") and not bare.find_class("related")


def test_the_report_link_names_paper_and_day(page: Rendered) -> None:
    shown_page = page(coverage(covered("cs/0112017")), feedback="https://example.org/r?p={id}&d={date}")
    assert shown_page.find_class("report")[0].find("a").get("href") == "https://example.org/r?p=cs/0112017&d=2026-02-18"
    assert not page(coverage(covered())).find_class("report")


def test_an_extractive_card_says_so_and_quotes_without_folding(page: Rendered) -> None:
    quotes = {2: Quote(text="The method improves accuracy by 7.13%.", section="Abstract")}
    one = covered(quotes=quotes)
    shown_page = page(coverage(one))
    assert "quoted sentences (no model used)" in words(shown_page.find_class("basis")[0])
    assert not shown_page.find_class("cites") and shown_page.get_element_by_id("v1-s2").get("class") == "said"


def test_what_was_read_and_what_it_took_is_told(page: Rendered) -> None:
    parts = {
        "support": Support(claims=40, supported=38, partly=2, removed=3),
        "provenance": CardProvenance(provider="openai", tokens=4002),
    }
    read = reading(source="pdf", version=None, sentences=1, truncated=True, flags=("hidden_text",))
    facts = [words(span) for span in page(coverage(read_in_full(parts, reading=read))).find_class("basis")[0]]
    assert facts == [
        "Based on: the full text (PDF), truncated, 1 sentence",
        "filled by a model (openai)",
        "43 claims checked, 3 removed, 2 with numbers or names from elsewhere in the paper",
        "4,002 tokens",
        "text that readers cannot see was left out",
    ]


def test_a_page_stays_light(page: Rendered) -> None:
    whole = page(coverage(sample_day("en").digest.papers[0]))
    assert len(lxml.html.tostring(whole)) < 40_000
