"""Markdown becomes HTML that can do no harm, whoever wrote it, and links that work wherever the page stands."""

import pytest

from digest.site.cjk import language_of
from digest.site.markdown import Markdown

SITE = "https://example.org/papers/"
PLACES = {"": None, "archive/": None, "papers/2602.15763/": frozenset({"v1-s3"})}


def html(text: str, route: str | None = "2026-02-18/", **words: str) -> str:
    return Markdown(SITE, PLACES).parse(text, **words).html(route)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "x <img src=x onerror=alert(1)> y",
        "<div\nstyle=x>",
        "<!-- comment -->",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](//evil.example/x)",
        "[x](/\\evil.example)",
        "[x](\\\\evil.example)",
        "[x](http://evil.example/)",
        "[x](https:evil)",
        "<javascript:alert(1)>",
        "<feed:javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_nothing_executable_and_nothing_foreign_is_an_element(text: str) -> None:
    made = html(text)
    assert "<a" not in made and "<script" not in made and "<img" not in made and "<div" not in made and "<!--" not in made


@pytest.mark.parametrize("source", ["https://evil.example/x.png", "data:image/png;base64,AAAA", "x.png", "//evil.example/x"])
def test_an_image_is_its_alternative_text(source: str) -> None:
    assert html(f"a ![pixel *one*]({source}) b") in ("<p>a pixel one b</p>\n", f"<p>a ![pixel <em>one</em>]({source}) b</p>\n")


def test_a_template_expression_is_text() -> None:
    assert html("{{7*7}} {% raw %}") == "<p>{{7*7}} {% raw %}</p>\n"


def test_a_bar_in_a_cell_stays_in_its_cell() -> None:
    made = html("| a | b |\n|:--|--:|\n| x \\| y | `1` |")
    assert made.count("<td") == 2 and "x | y" in made


def test_a_table_scrolls_in_a_box_of_its_own_and_is_aligned_by_class() -> None:
    made = html("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert made.startswith('<div class="scroll" role="group" tabindex="0"><table>') and made.rstrip().endswith("</table></div>")
    assert '<td class="center">' in made and '<td class="right">' in made and "style=" not in made


def test_a_link_to_this_site_becomes_relative() -> None:
    made = html(f"[a]({SITE}archive/) [h]({SITE}) [p]({SITE}papers/2602.15763)")
    assert 'href="../archive/index.html"' in made
    assert 'href="../index.html"' in made
    assert 'href="../papers/2602.15763/index.html"' in made
    assert "nofollow" not in made


def test_a_feed_gets_the_same_link_as_it_is() -> None:
    assert f'href="{SITE}archive/"' in html(f"[a]({SITE}archive/)", None)


def test_evidence_is_a_superscript_that_stays_with_its_claim() -> None:
    made = html(f"It helps [[3]]({SITE}papers/2602.15763/#v1-s3)")
    assert made == '<p>It helps\u2060<a href="../papers/2602.15763/index.html#v1-s3" class="evidence">3</a></p>\n'


def test_a_link_to_a_sentence_that_is_gone_leads_to_the_paper() -> None:
    assert 'index.html"' in html(f"x [[9]]({SITE}papers/2602.15763/#v1-s9)")


def test_a_link_to_a_paper_that_was_dropped_is_text() -> None:
    assert html(f"see [GLM]({SITE}papers/2602.00001/) there") == "<p>see GLM there</p>\n"


def test_a_link_out_of_the_site_gives_no_endorsement() -> None:
    assert 'rel="noopener nofollow"' in html("[x](https://arxiv.org/abs/2602.15763)")
    assert 'rel="noopener nofollow"' in html("[x](https://example.org/other/)")
    assert 'rel="noopener nofollow"' in html("[x](HTTPS://arxiv.org/abs/2602.15763)")
    assert "rel=" not in html("[x](mailto:me@example.org) [y](#top) [z](other.html)")


def test_the_title_stands_once() -> None:
    made = html("# Day one\n\ntext\n\n# Another", title="Day one")
    assert made.startswith("<p>text</p>") and '<h2 id="another">' in made and "<h1" not in made


def test_the_title_is_taken_away_once_and_only_at_the_beginning() -> None:
    assert html("# Day one\n\n# Day one", title="Day one").startswith('<h2 id="day-one">')
    assert "Day one" in html("text\n\n# Day one", title="Day one")


def test_headings_have_different_anchors() -> None:
    body = Markdown(SITE, PLACES).parse("## Meta\n\n## Meta\n\n## ！")
    assert [heading.anchor for heading in body.headings] == ["meta", "meta-1", "section"]


@pytest.mark.parametrize(
    "text", ["**强调：**后面", "前面**“强调”**后面", "**7.13%**的提升", "前**（括号）**后", "A **plain** one"]
)
def test_emphasis_beside_chinese_punctuation(text: str) -> None:
    assert "<strong>" in html(text) and "*" not in html(text)


@pytest.mark.parametrize("text", ["2 ** 3", "a * b * c", "snake_case_name", r"\*\*x\*\*"])
def test_what_is_no_emphasis_stays_none(text: str) -> None:
    assert "<em>" not in html(text) and "<strong>" not in html(text)


def test_a_passage_in_another_language_says_so() -> None:
    made = html("中文段落在这里。\n\nA paragraph in English.\n\n- An item in English\n- 条目", language="zh")
    assert "<p>中文" in made and '<p lang="en">A' in made and '<li lang="en">An' in made and "<li>条目" in made


@pytest.mark.parametrize(("text", "language"), [("GLM-5", None), ("智谱 GLM", "zh"), ("We present a model", "en"), ("", None)])
def test_the_language_of_a_passage(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        (f"GLM-5 [[3]]({SITE}papers/2602.15763/#v1-s3)", "zh", False),
        ("[智谱](https://example.org/a/long/address/of/many/words/)", "en", True),
        ("| 一二三 | a |\n|---|---|\n| An English cell here | 四 |", "zh", True),
    ],
)
def test_the_language_is_that_of_the_words_that_are_seen(text: str, language: str, marked: bool) -> None:
    assert ("lang=" in html(text, language=language)) is marked


def test_an_evidence_at_the_beginning_of_a_passage_has_nothing_to_stay_with() -> None:
    link = f"[[3]]({SITE}papers/2602.15763/#v1-s3)"
    for text in (link, f"- {link}", f"> {link}", f"## {link}", f"| {link} |\n|---|", f"- a\n\n  {link}"):
        assert "\u2060" not in html(text)


def test_evidence_after_evidence_and_after_several_blanks() -> None:
    link = f"[[3]]({SITE}papers/2602.15763/#v1-s3)"
    for text in (f"a {link} {link}", f"a{link}{link}", f"a   {link} {link}", f"- a {link}  {link}"):
        assert html(text).count('\u2060<a href="../papers/2602.15763/index.html#v1-s3" class="evidence">3</a>') == 2
