"""Every claim with its sentence, every anchor once, and nothing of a paper is ever markup."""

from collections.abc import Sequence
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import (
    Advice,
    Evidence,
    Language,
    Meta,
    Method,
    Problem,
    Quote,
    Result,
    Takeaways,
)
from digest.site import cjk
from digest.site.papers.card_html import ShownCard
from fakes import claim, reading, sample_day
from paper_pages import JOINER, hostile_paper, html_of, parsed, read_in_full, shown, words


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
    idea = parsed(one.sections[0].html)
    assert idea.xpath(".//a/@href") == ["https://arxiv.org/html/2602.15763v2"] and idea.xpath(".//@id") == ["v2-s3"]


def test_a_result_shows_its_values_and_then_what_they_rest_on() -> None:
    result = Result(text="Better", name="Main", evidence=(2,), metric="accuracy", value="7.13%", baseline="<GRPO>")
    (section,) = shown(read_in_full({"evidence": Evidence(results=(result,))}))[0].sections
    assert section.html.startswith(
        '<div class="group">\n<h3>Key results</h3>\n<div class="claim"><strong>Main</strong>: Better\n<div class="fields">'
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
    assert "<h3>Pipeline</h3>\n<ol>\n<li>One" in one.sections[0].html
    groups = parsed(one.sections[1].html)
    assert [(g.findtext("h3"), g.get("class")) for g in groups] == [
        ("Key insight", "group"),
        ("Risks", "group advice"),
        ("Next action", "group advice"),
    ]
    assert len(groups.find_class("advice-note")) == 1 and groups.find_class("advice-note")[0].getparent() is groups[1]
    assert '<h3>Risks</h3>\n<div class="claim">R</div>' in one.sections[1].html


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


def test_text_of_a_card_is_text_wherever_it_stands() -> None:
    one = shown(hostile_paper())[0]
    allowed = {"div", "h3", "details", "summary", "blockquote", "p", "span", "a", "ul", "ol", "li", "strong", "code"}
    for group in (one.tldr or "", *(section.html for section in one.sections), one.rest or ""):
        whole = parsed(group)
        elements = [e for e in whole.iter() if isinstance(e.tag, str) and not e.xpath("ancestor-or-self::math")]
        assert {e.tag for e in elements} <= allowed
        assert not whole.xpath(".//@*[starts-with(name(), 'on')] | .//@style | .//img | .//script | .//b")
        assert not whole.xpath(".//a")  # what was read has no address that a page may lead to
        assert "alert(1)" in words(whole) and "{{7*7}}" in words(whole)
