"""What is read of arXiv's HTML, and what is refused."""

import pytest

from digest.errors import SourceError
from digest.paper_id import PaperId
from digest.reading.html import read_html
from reading.latexml import ID, page, para, read, section, sentences

NOTE = (
    '<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">'
    '<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>'
    "See the manual of 2020.</span></span></span>"
)


def math(tex):
    inside = f'<semantics><mi>x</mi><annotation encoding="application/x-tex">{tex}</annotation></semantics>'
    return f'<math class="ltx_Math" alttext="{tex}" display="inline">{inside}</math>'


def cite(text):
    return f'<cite class="ltx_cite ltx_citemacro_citep">{text}</cite>'


def test_the_frame_of_arxivs_page_is_not_read():
    text = " ".join(line.text for line in read(page(para("Ours."))).body)
    for furniture in ("Why HTML", "Download", "Introduction", "Dismiss", "Unsupported", "Generated", "A Title"):
        assert furniture not in text


def test_plain_latexml_reads_like_arxivs_page():
    assert read(page(para("Ours."), frame=False)) == read(page(para("Ours.")))


def test_report_buttons_are_not_glued_in():
    button = '<button class="sr-only button">Report issue for preceding element</button>'
    body = section("1 Introduction", para(f"We are first.{button} It is new.") + button)
    assert sentences(body) == ["We are first.", "It is new."]


def test_a_sentence_has_its_sections_title_and_the_nearest_anchor():
    body = section("2 Method", para("Outer.") + section("2.1 Part", para("Inner.", "S2.SS1.p1"), "S2.SS1", "subsection"), "S2")
    outer, inner = read(page(body)).body[:2]
    assert (outer.section, outer.anchor) == ("2 Method", "S1.p1")
    assert (inner.section, inner.anchor) == ("2 Method › 2.1 Part", "S2.SS1.p1")


def test_an_id_that_cannot_stand_in_an_address_is_no_anchor():
    body = section("1 A", para("Text.", "x&quot;onclick=&quot;y"), "S1")
    assert read(page(body)).body[0].anchor == "S1"


def test_a_footnote_is_a_sentence_after_the_one_with_its_mark():
    body = section("1 A", para(f"We use SGD{NOTE} here. It converges."))
    assert sentences(body) == ["We use SGD here.", "See the manual of 2020.", "It converges."]


def test_a_mark_after_the_stop_keeps_its_sentence():
    body = section("1 A", para(f"We use SGD.{NOTE} It converges."))
    assert sentences(body) == ["We use SGD.", "See the manual of 2020.", "It converges."]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (f"Adam {cite('[12]')} wins.", "Adam wins."),
        (f"Adam wins {cite('[3, 7–9]')}.", "Adam wins."),
        (f"Adam wins {cite('[VSP+17]')}, mostly.", "Adam wins, mostly."),
        (f"It follows the set-up of {cite('[12]')}.", "It follows the set-up of [ref]."),
        (f"Adam ({cite('(devlin2018bert, ; liu19, )')}) wins.", "Adam wins."),
        (f"Adam {cite('(Kingma and Ba, 2015)')} wins.", "Adam (Kingma and Ba, 2015) wins."),
        (f"{cite('Kingma et al. (2015)')} propose Adam.", "Kingma et al. (2015) propose Adam."),
    ],
)
def test_a_number_of_a_citation_is_no_number_of_the_paper(text, read_as):
    assert sentences(section("1 A", para(text))) == [read_as]


@pytest.mark.parametrize(
    ("tex", "read_as"),
    [
        (r"x^{2}", "Let $x^{2}$ be."),
        (r"28.4", "Let 28.4 be."),
        (r"3.5\times", "Let 3.5× be."),
        (r"\mathbf{92.3\%}", "Let 92.3% be."),
        (r"65{,}536", "Let 65,536 be."),
        (r"92.3\pm 0.1", "Let 92.3± 0.1 be."),
        (r"\uparrow", "Let ↑ be."),
        (r"10^{18}", "Let $10^{18}$ be."),
    ],
)
def test_a_formula_is_tex_and_a_mere_number_text(tex, read_as):
    assert sentences(section("1 A", para(f"Let {math(tex)} be."))) == [read_as]


def test_an_equation_stays_within_its_sentence_without_its_number():
    equation = (
        '<table id="S1.E1" class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell">'
        f'{math("y=f(x)")}</td><td class="ltx_eqn_cell ltx_eqn_eqno"><span class="ltx_tag ltx_tag_equation">(1)</span></td>'
        "</tr></tbody></table>"
    )
    body = (
        f'<div id="S1.p1" class="ltx_para"><p class="ltx_p">We have</p>{equation}<p class="ltx_p">where y is it. End.</p></div>'
    )
    assert sentences(section("1 A", body)) == ["We have $y=f(x)$ where y is it.", "End."]


def test_lists_theorems_and_algorithms():
    item = '<li id="S1.I1.i1" class="ltx_item"><span class="ltx_tag ltx_tag_item">{}</span>{}</li>'
    bullets = (
        f'<ul class="ltx_itemize">{item.format("•", para("First point.", "a"))}{item.format("(ii)", para("Second.", "b"))}</ul>'
    )
    terms = (
        '<dl class="ltx_description"><dt class="ltx_item"><span class="ltx_tag ltx_tag_item">Speed:</span></dt>'
        f'<dd class="ltx_item">{para("it is fast.", "c")}</dd></dl>'
    )
    theorem = f'<div class="ltx_theorem" id="T"><h6 class="ltx_title">Theorem 1.</h6>{para("All is well.", "d")}</div>'
    algorithm = (
        '<figure id="alg1" class="ltx_float"><figcaption class="ltx_caption"><b class="ltx_tag ltx_tag_float">Algorithm 1</b> Go'
        '</figcaption><div class="ltx_listing"><div class="ltx_listing_data"><a>⬇</a></div><div class="ltx_listingline">'
        '<span class="ltx_tag ltx_tag_listingline">1:</span>x = 1</div><div class="ltx_listingline">return x</div></div></figure>'
    )
    assert sentences(section("1 A", bullets + terms + theorem + algorithm)) == [
        "First point.",
        "Second.",
        "Speed: it is fast.",
        "Theorem 1.",
        "All is well.",
        "Algorithm 1 Go",
        "Algorithm 1: x = 1 | return x",
    ]


def test_the_pages_own_abstract_stands_apart():
    abstract = (
        f'<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>{para("We do it.", "abstract1")}</div>'
    )
    text = read(page(abstract, section("1 A", para("Then."))))
    assert [(line.text, line.section) for line in text.abstract] == [("We do it.", "Abstract")]
    assert text.body[0].text == "Then."


def test_references_are_not_read_and_what_follows_them_is_an_appendix():
    references = '<section id="bib" class="ltx_bibliography"><ul><li>Kingma, Adam.</li></ul></section>'
    body = section("1 A", para("Text.")) + references + section("More results", para("Late."), "Sx1")
    assert [line.section for line in read(page(body)).body[:2]] == ["1 A", "Appendix: More results"]
    assert "Kingma" not in " ".join(sentences(body))


def test_what_latexml_leaves_before_the_title_is_not_read():
    content = page(section("1 A", para("Text."))).replace(
        b"<h1", b'<div class="ltx_para"><p class="ltx_p">001 UTF8gbsn</p></div><h1'
    )
    assert read(content).body[0].text == "Text."


def test_an_unknown_command_may_be_a_name():
    error = '<span class="ltx_ERROR undefined">{}</span>'
    body = section("1 A", para(f"We present {error.format(chr(92) + 'magi')}. It {error.format(chr(92) + 'xspace')} wins."))
    assert sentences(body) == ["We present \\magi.", "It wins."]


# --- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["2602.15763v2", "2602.15764v1"])
def test_another_version_or_paper_is_refused(told):
    with pytest.raises(SourceError, match="another"):
        read(page(para("Text."), watermark=f"arXiv:{told}".removeprefix("arXiv:")))
    with pytest.raises(SourceError, match="another"):
        read(page(para("Text."), head=f'<base href="/html/{told}/">'))


def test_the_page_tells_the_version_that_was_not_known():
    text = read_html(page(para("Text."), watermark="2602.15763v3"), PaperId(ID.id))
    assert text.version == 3


def test_a_truncated_page_is_refused():
    banner = "Conversion to HTML had a Fatal error and exited abruptly. This document may be truncated or damaged."
    with pytest.raises(SourceError, match="truncated"):
        read(page(para("Text."), para(f'<span class="ltx_ERROR">{banner}</span>')))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no page",
        b"\xff\xfe\x00",
        b"<html><body><p>Maintenance</p></body></html>",
        page(para("Text."), filler="<p>Short.</p>"),
        page("<div>" * 3000 + "x"),
    ],
    ids=["empty", "text", "bytes", "no LaTeXML", "short", "deep"],
)
def test_what_is_no_paper_is_refused(content):
    with pytest.raises(SourceError):
        read(content)


def test_entities_of_the_page_are_neither_expanded_nor_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET", encoding="utf-8")
    bomb = '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    doctype = f'<!DOCTYPE html [{bomb}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'.encode()
    text = read(page(section("1 A", para("Read &b; and &f; here."))).replace(b"<!DOCTYPE html>", doctype))
    found = " ".join(line.text for line in text.body)
    assert "SECRET" not in found
    assert "lol" not in found.replace("&lol;", "")


def test_chinese_paragraphs_outside_of_any_section_are_read():
    """They have no blanks to count words by; short remains of a title page are left out in both languages."""
    text = "这是一个很长的中文段落，用来说明方法的细节和实验的结果。"
    assert sentences(para("某某大学"), para(text))[:1] == [text]
