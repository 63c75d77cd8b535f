"""A paper's page: every claim with its sentence, every anchor once, and nothing of a paper's text is ever markup."""

import json
from collections.abc import Callable, Sequence
from datetime import date as Date
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import config as configuration
from digest.digests.edits import Correction, Day
from digest.labels import load_labels
from digest.models import (
    Advice,
    Assessment,
    CardProvenance,
    CoveredPaper,
    Evidence,
    Language,
    Links,
    Meta,
    Method,
    NamedClaim,
    Problem,
    Quote,
    Result,
    Signals,
    Support,
    Takeaways,
)
from digest.site import cjk
from digest.site.card_html import ShownCard, shown_cards
from digest.site.engine import Templates
from digest.site.facts import PaperRow
from digest.site.views import Coverage
from fakes import ID, card, claim, covered, day, reading, sample_day

JOINER = "\u2060"
HOSTILE = "</script><script>alert(1)</script> \"'><img src=x onerror=alert(1)> &amp; </details></li> {{7*7}} ]]> $x</code><b>$"
SENTENCES = {
    2: Quote(text="Accuracy rises by 7.13%.", section="4 Results", anchor="S4.p1"),
    3: Quote(text="Training becomes stable."),
    9: Quote(text="Costs fall & nothing else."),
}


def coverage(shown: CoveredPaper, language: Language = "en", date: Date | None = None, **fields: Any) -> Coverage:
    """A paper as one day covers it, for a page in a language."""
    whole = day(shown, **({"date": date} if date else {}), **fields)
    told = shown.card_in(language)
    return Coverage(whole, shown, told, shown.language_for(language), told.meta.tldr.text if told.meta.tldr else "")


def read_in_full(*parts: Any, quotes: dict[int, Quote] | None = None, language: Language = "en", **fields: Any) -> CoveredPaper:
    """A paper that a model carded from its HTML, with SENTENCES."""
    return covered(
        cards={language: card(filled_by="model", **(parts[0] if parts else {}))},
        reading=fields.pop("reading", reading(source="html", version=2, sentences=90, url=f"https://arxiv.org/html/{ID}v2")),
        quotes=quotes or SENTENCES,
        **fields,
    )


def shown(*papers: CoveredPaper, language: Language = "en") -> tuple[ShownCard, ...]:
    return shown_cards([coverage(one, language) for one in papers], load_labels(language))


def html_of(one: ShownCard) -> str:
    groups = [group.html for section in one.sections for group in section.groups]
    return "\n".join([one.tldr or "", *groups, one.rest or ""])


def parsed(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace(JOINER, "").split())


# --- a claim -------------------------------------------------------------------------------------


def test_the_sentence_unfolds_right_behind_its_claim() -> None:
    one = shown(read_in_full({"meta": Meta(tldr=claim("It is more accurate", 2))}))[0]
    assert one.tldr == (
        f'<div class="tldr">It is more accurate{JOINER}<details class="cites"><summary aria-label="Sentence 2">2</summary>'
        '<div class="quote" id="v2-s2"><blockquote>Accuracy rises by 7.13%.</blockquote>'
        '<p class="where"><span class="n">2</span> <span>4 Results</span>'
        ' <a href="https://arxiv.org/html/2602.15763v2#S4.p1" rel="noopener nofollow">See it in the paper</a></p></div>'
        "</details></div>"
    )


def test_sentences_stand_in_the_order_in_which_the_claim_names_them() -> None:
    one = shown(read_in_full({"meta": Meta(tldr=claim("Better and cheaper", 9, 2))}))[0]
    summary = parsed(one.tldr or "").find(".//summary")
    assert summary.text == "9,\N{NO-BREAK SPACE}2" and summary.get("aria-label") == "Sentences 9,\N{NO-BREAK SPACE}2"
    assert [quote.get("id") for quote in parsed(one.tldr or "").find_class("quote")] == ["v2-s9", "v2-s2"]


def test_a_sentence_that_several_claims_cite_is_shown_with_each_and_has_one_anchor() -> None:
    parts = {"meta": Meta(tldr=claim("Better", 2)), "problem": Problem(core_idea=claim("Idea", 3, 2), gaps=(claim("Gap", 2),))}
    html = html_of(shown(read_in_full(parts))[0])
    assert html.count('id="v2-s2"') == 1 and html.count("Accuracy rises by 7.13%.") == 3
    assert html.index('id="v2-s2"') < html.index("Idea")


def test_a_claim_that_is_its_sentence_is_not_said_twice() -> None:
    parts = {
        "meta": Meta(tldr=claim("Accuracy rises by 7.13%", 2)),
        "problem": Problem(core_idea=claim("Training becomes stable", 3)),
    }
    one = shown(read_in_full(parts))[0]
    assert one.tldr == (
        f'<div class="tldr"><span class="said" id="v2-s2">Accuracy rises by 7.13%</span>{JOINER}'
        '<a class="nr" href="https://arxiv.org/html/2602.15763v2#S4.p1" rel="noopener nofollow"'
        ' aria-label="Sentence 2: See it in the paper">2</a></div>'
    )
    idea = parsed(one.sections[0].groups[0].html)
    assert idea.xpath(".//a/@href") == ["https://arxiv.org/html/2602.15763v2"] and idea.xpath(".//@id") == ["v2-s3"]


def test_a_result_shows_its_values_and_then_what_they_rest_on() -> None:
    result = Result(text="Better", name="Main", evidence=(2,), metric="accuracy", value="7.13%", baseline="<GRPO>")
    group = shown(read_in_full({"evidence": Evidence(results=(result,))}))[0].sections[0].groups[0]
    assert group.html.startswith(
        '<div class="claim"><strong>Main</strong>: Better\n<div class="fields">'
        '<span><span class="key">metric</span> accuracy</span> <span><span class="key">result</span> 7.13%</span> '
        f'<span><span class="key">baseline</span> &lt;GRPO&gt;</span>{JOINER}<details class="cites">'
    )


@pytest.mark.parametrize(("status", "mark"), [("partly", "elsewhere"), ("unsupported", "not be confirmed"), ("edited", "edited")])
def test_a_claim_says_what_is_in_doubt_or_was_edited(status: str, mark: str) -> None:
    one = shown(read_in_full({"meta": Meta(tldr=claim("Better", 2, status=status))}))[0]
    assert mark in parsed(one.tldr or "").find_class("mark")[0].text_content()


def test_steps_are_numbered_and_advice_is_announced_once() -> None:
    takeaways = Takeaways(insight=claim("Aha", 2), risks=(Advice(text="R"),), next_action=Advice(text="N"))
    one = shown(read_in_full({"method": Method(pipeline=(claim("One", 2), claim("Two", 3))), "takeaways": takeaways}))[0]
    assert one.sections[0].groups[0].html.startswith("<ol>\n<li>One")
    assert [(g.name, g.advice, g.begins_advice) for g in one.sections[1].groups] == [
        ("Key insight", False, False),
        ("Risks", True, True),
        ("Next action", True, False),
    ]
    assert one.sections[1].groups[1].html == '<div class="claim">R</div>'


def test_evidence_that_the_record_does_not_have_is_no_link_to_nowhere() -> None:
    one = shown(read_in_full({"meta": Meta(tldr=claim("Better", 77))}))[0]
    assert one.tldr == '<div class="tldr">Better</div>'


# --- anchors -------------------------------------------------------------------------------------


def anchors(cards: Sequence[ShownCard]) -> list[str]:
    return [anchor for one in cards for anchor in parsed(html_of(one)).xpath(".//@id")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_of_the_record_has_its_anchor_once(language: Language) -> None:
    for one in sample_day(language).digest.carded:
        found = anchors(shown(one, language=language))
        assert len(found) == len(set(found)) and set(found) == {f"v1-s{n}" for n in one.quotes}


def test_a_sentence_that_no_shown_claim_cites_stands_below_the_card() -> None:
    one = shown(
        read_in_full({"meta": Meta(tldr=claim("Edited by hand", 2, status="edited").model_copy(update={"evidence": ()}))})
    )[0]
    assert parsed(one.rest or "").xpath("./ol/li/@id") == ["v2-s2", "v2-s3", "v2-s9"]
    assert shown(read_in_full({"meta": Meta(tldr=claim("All", 2, 3, 9))}))[0].rest is None


def test_two_cards_of_one_version_share_anchors_and_those_of_two_versions_do_not() -> None:
    tldr = {"meta": Meta(tldr=claim("Better", 2, 3, 9))}
    newer, older = read_in_full(tldr), read_in_full(tldr, reading=reading(version=1))
    assert anchors(shown(newer, older)) == ["v2-s2", "v2-s3", "v2-s9", "v1-s2", "v1-s3", "v1-s9"]
    again = shown(newer, newer)
    assert anchors(again) == ["v2-s2", "v2-s3", "v2-s9"] and "Accuracy rises" in html_of(again[1])


def test_an_anchor_of_the_paper_cannot_leave_its_attribute() -> None:
    quotes = {2: Quote(text="It rises.", anchor='S1"><script>x</script>')}
    one = shown(read_in_full({"meta": Meta(tldr=claim("Better", 2))}, quotes=quotes))[0]
    link = parsed(one.tldr or "").find(".//a").get("href")
    assert unquote(link).endswith('#S1"><script>x</script>') and '"' not in link and "<" not in link


# --- languages -----------------------------------------------------------------------------------


def test_each_passage_says_its_language_where_it_is_not_the_pages() -> None:
    chinese = read_in_full(
        {"meta": Meta(tldr=claim("准确率提升", 2)), "problem": Problem(gaps=(claim("训练不稳", 3), claim("GPT-4", 3)))},
        language="zh",
    )
    one = shown(chinese, language="zh")[0]
    tldr = parsed(one.tldr or "")
    assert tldr.find("div").get("lang") is None
    assert tldr.find(".//blockquote").get("lang") == "en" and tldr.find(".//p/span[2]").get("lang") == "en"
    assert (one.sections[0].name, one.sections[0].lang) == ("Problem & Contribution", ' lang="en"')
    foreign = shown(chinese, language="en")[0]
    assert foreign.tldr and foreign.tldr.startswith('<div class="tldr" lang="zh-CN">')
    assert 'lang="en"' not in html_of(foreign) and foreign.sections[0].lang == ""


@given(st.text(alphabet="ab,. 1é–准确率，ß한", max_size=40), st.sampled_from(["zh", "en"]))
def test_the_language_of_a_passage_is_what_its_script_says_else_that_of_the_text_around_it(text: str, language: Language) -> None:
    assert cjk.language_within(text, language) == (cjk.language_of(text) or language)


# --- hostile text --------------------------------------------------------------------------------


def hostile_paper() -> CoveredPaper:
    said, named = claim(HOSTILE, 2), NamedClaim(name=HOSTILE, text=HOSTILE, evidence=(2, 3))
    result = Result(text=HOSTILE, evidence=(2,), dataset=HOSTILE, metric=HOSTILE, value=HOSTILE, baseline=HOSTILE)
    parts: dict[str, Any] = {
        "meta": Meta(tldr=said, title_translated=HOSTILE, short_name=HOSTILE, tags=(HOSTILE,), directions=(HOSTILE,)),
        "problem": Problem(background=said, gaps=(said, said), contributions=(named,)),
        "evidence": Evidence(results=(result, result)),
        "takeaways": Takeaways(insight=said, risks=(Advice(text=HOSTILE),)),
        "provenance": CardProvenance(provider="openai", model=HOSTILE),
        "reason": HOSTILE,
    }
    bad = "javascript:alert(1)"
    signals = Signals()
    return read_in_full(
        parts,
        quotes={2: Quote(text=HOSTILE, section=HOSTILE, anchor=HOSTILE), 3: Quote(text="Fine."), 4: Quote(text=HOSTILE)},
        title=HOSTILE,
        authors=(HOSTILE, "Ada Lovelace"),
        organisation=HOSTILE,
        venue=HOSTILE,
        comment=HOSTILE,
        categories=(HOSTILE,),
        primary_category=HOSTILE,
        reading=reading(source="html", url=bad),
        links=Links(
            abs=f"https://arxiv.org/abs/{ID}", pdf=bad, html="http://arxiv.org/html/x", code=bad, project="//evil.example"
        ),
        assessment=Assessment(rank=1, stars=1, signals=signals, reasons={"en": (HOSTILE,)}),
    )


def test_text_of_a_card_is_text_wherever_it_stands() -> None:
    one = shown(hostile_paper())[0]
    allowed = {"div", "details", "summary", "blockquote", "p", "span", "a", "ul", "ol", "li", "strong", "code"}
    for group in (one.tldr or "", *(g.html for s in one.sections for g in s.groups), one.rest or ""):
        whole = parsed(group)
        elements = [e for e in whole.iter() if isinstance(e.tag, str) and not e.xpath("ancestor-or-self::math")]
        assert {e.tag for e in elements} <= allowed
        assert not whole.xpath(".//@*[starts-with(name(), 'on')] | .//@style | .//img | .//script | .//b")
        assert not whole.xpath(".//a")  # what was read has no address that a page may lead to
        assert "alert(1)" in words(whole) and "{{7*7}}" in words(whole)


# --- the page ------------------------------------------------------------------------------------

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
