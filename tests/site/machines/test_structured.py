"""What pages say to search engines and reference managers is complete, true to the paper, and cannot break the page."""

import json
from datetime import date as Date
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from hypothesis import given, settings
from markupsafe import Markup

from digest.site.engine import clean
from digest.site.exports import citation
from digest.site.machines import structured
from fakes import covered
from machine_values import HOSTILE, SITE, entry, info

PAGE = f"{SITE}papers/2602.15763/"


def head(*parts: str) -> lxml.html.HtmlElement:
    """The head of a page that has these parts, as a browser reads it; what follows it must have survived."""
    text = "\n".join(parts)
    page = lxml.html.document_fromstring(f"<!doctype html><head><title>t</title>{text}</head><body><p id=after>x</p></body>")
    assert page.xpath("//p[@id='after']/text()") == ["x"] and len(page.body) == 1
    return page.head


def block(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of a data block, read back out of a page."""
    made = structured.data_block(*nodes)
    assert isinstance(made, Markup)
    found = head(made)
    (script,) = found.xpath("script")
    assert [child.tag for child in found] == ["title", "script"]
    assert script.get("type") == "application/ld+json", "of a type that no browser runs"
    read = json.loads(script.text)
    assert read["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = read["@graph"]
    return graph


def one(node: dict[str, Any]) -> dict[str, Any]:
    (found,) = block(node)
    return found


def tags(made: str) -> list[tuple[str, str]]:
    metas = head(made).xpath("meta")
    return [(meta.get("name") or meta.get("property"), meta.get("content")) for meta in metas]


def values(made: str, name: str) -> list[str]:
    return [value for key, value in tags(made) if key == name]


def urls(value: Any) -> list[str]:
    """Every URL in an object, but for the names of the vocabulary."""
    if isinstance(value, dict):
        return [url for key, inner in value.items() if key != "@context" for url in urls(inner)]
    if isinstance(value, list | tuple):
        return [url for inner in value for url in urls(inner)]
    return [value] if isinstance(value, str) and ":/" in value else []


# --- JSON-LD -------------------------------------------------------------------------------------


def test_a_post_has_what_search_engines_read_of_a_blog_posting() -> None:
    found = one(structured.blog_posting(entry(), info(), [("GLM-5", PAGE)], f"{SITE}2026-02-18/card.png"))
    assert found["@type"] == "BlogPosting"
    assert (found["headline"], found["description"]) == (entry().title, entry().summary)
    assert (found["datePublished"], found["dateModified"]) == ("2026-02-18T00:00:00+08:00", "2026-02-20T00:00:00+08:00")
    assert datetime.fromisoformat(found["datePublished"]).utcoffset()
    assert found["author"] == found["publisher"] == {"@type": "Organization", "name": "paper-digest"}
    assert found["image"] == f"{SITE}2026-02-18/card.png"
    assert found["mainEntityOfPage"] == found["url"] == entry().url
    assert found["mentions"] == [{"@type": "ScholarlyArticle", "name": "GLM-5", "url": PAGE}]
    assert found["keywords"] == ["Agentic RL", "C++"] and found["inLanguage"] == "en"


def test_what_is_not_known_is_left_out() -> None:
    found = one(structured.blog_posting(entry(summary="", tags=(), authors=()), info()))
    assert not {"image", "description", "keywords", "mentions"} & found.keys()
    assert found["author"]["name"] == "paper-digest"
    paper = one(structured.scholarly_article(citation.of(covered(authors=())), PAGE, "en"))
    assert not {"author", "keywords"} & paper.keys() and "description" not in paper["mainEntityOfPage"]


@pytest.mark.parametrize(
    ("name", "kind"), [("Ada Lovelace", "Person"), ("paper-digest", "Organization"), ("The GLM Team", "Organization")]
)
def test_who_signs_is_a_person_or_not(name: str, kind: str) -> None:
    found = one(structured.blog_posting(entry(authors=(name,)), info()))
    assert found["author"] == {"@type": kind, "name": name}


def test_a_paper_is_told_by_its_identifiers_and_not_taken_for_ours() -> None:
    paper = covered("2602.15763", title="Fast $\\tau$-leaping", authors=("Vincent van Gogh", "GLM-5 Team"))
    found = one(
        structured.scholarly_article(citation.of(paper), PAGE, "zh", description="更快", keywords=["RL"], modified="2026-02-18")
    )
    assert found["@type"] == "ScholarlyArticle" and found["headline"] == found["name"] == "Fast τ-leaping"
    assert found["url"] == "https://arxiv.org/abs/2602.15763"
    assert found["sameAs"][0] == "https://doi.org/10.48550/arXiv.2602.15763" == found["@id"]
    assert found["datePublished"] == "2026-02-17"
    assert found["author"] == [{"@type": "Person", "name": "Vincent van Gogh"}, {"@type": "Organization", "name": "GLM-5 Team"}]
    assert found["publisher"]["name"] == "arXiv"
    assert {item["propertyID"]: item["value"] for item in found["identifier"]} == {
        "arXiv": "2602.15763",
        "DOI": "10.48550/arXiv.2602.15763",
    }
    page = found["mainEntityOfPage"]
    assert (page["url"], page["inLanguage"], page["description"]) == (PAGE, "zh-CN", "更快")
    assert found["inLanguage"] == "en" and found["encoding"]["contentUrl"].startswith("https://arxiv.org/pdf/")


def test_an_old_paper_has_the_month_that_its_id_tells() -> None:
    found = one(structured.scholarly_article(citation.of(covered("math.GT/0309136", published=None)), PAGE, "en"))
    assert found["datePublished"] == "2003-09"
    assert found["identifier"][0]["value"] == "math/0309136"


def test_a_paper_by_thousands_does_not_blow_the_page_up() -> None:
    paper = covered(authors=tuple(f"Author {chr(65 + n % 26)}{'x' * (n // 26)}y" for n in range(300)))
    assert len(one(structured.scholarly_article(citation.of(paper), PAGE, "en"))["author"]) == structured.AUTHORS
    assert len(values(structured.citation_meta(citation.of(paper)), "citation_author")) == 300


def test_breadcrumbs_lead_from_the_home_page_to_the_page() -> None:
    found = one(structured.breadcrumbs([("Home", SITE), ("Papers", f"{SITE}archive/"), ("GLM-5", PAGE)]))
    assert found["@type"] == "BreadcrumbList"
    assert [(i["@type"], i["position"], i["name"], i["item"]) for i in found["itemListElement"]] == [
        ("ListItem", 1, "Home", SITE),
        ("ListItem", 2, "Papers", f"{SITE}archive/"),
        ("ListItem", 3, "GLM-5", PAGE),
    ]


def test_the_site_tells_its_search() -> None:
    found = one(structured.website(info(), f"{SITE}search/"))
    assert (found["@type"], found["url"], found["name"]) == ("WebSite", SITE, info().title)
    assert found["potentialAction"]["target"]["urlTemplate"] == f"{SITE}search/?q={{query}}"
    assert "potentialAction" not in one(structured.website(info()))


def test_several_objects_share_a_block_and_refer_to_each_other() -> None:
    post, site = block(structured.blog_posting(entry(), info()), structured.website(info()))
    assert post["isPartOf"]["@id"] == site["@id"]


def test_every_url_is_absolute_and_https() -> None:
    nodes = block(
        structured.blog_posting(entry(), info(), [("GLM-5", PAGE)]),
        structured.scholarly_article(citation.of(covered()), PAGE, "en"),
        structured.breadcrumbs([("Home", SITE)]),
        structured.website(info(), f"{SITE}search/"),
    )
    found = urls(nodes)
    assert len(found) > 15
    assert all(urlsplit(url).scheme == "https" and urlsplit(url).netloc for url in found), found


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_text_breaks_out_of_a_data_block(title: str, tag: str) -> None:
    post = entry(title=title, summary=tag, tags=(tag,))
    found = one(structured.blog_posting(post, info(), [(title, PAGE)]))
    assert isinstance(found["headline"] if title else "", str)
    raw = str(structured.data_block(structured.blog_posting(post, info(), [(title, PAGE)])))
    inner = raw.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028\u2029")
    # JSON keeps control characters as escapes; all else that XML forbids is gone.
    assert clean(found.get("headline", "")) == clean(title)
    assert clean(found["mentions"][0]["name"]) == clean(title)


# --- tags ----------------------------------------------------------------------------------------


def test_a_paper_has_the_tags_that_zotero_and_google_scholar_read() -> None:
    made = structured.citation_meta(citation.of(covered("2602.15763", title="GLM-5")), ["RL", "C++"])
    found = dict(tags(made))
    assert found["citation_title"] == "GLM-5"
    assert values(made, "citation_author") == ["Lovelace, Ada", "Turing, Alan"]
    assert found["citation_publication_date"] == "2026/02/17"
    assert found["citation_arxiv_id"] == "2602.15763"
    assert found["citation_doi"] == "10.48550/arXiv.2602.15763"
    assert found["citation_pdf_url"] == "https://arxiv.org/pdf/2602.15763"
    assert found["citation_abstract_html_url"] == found["citation_public_url"] == "https://arxiv.org/abs/2602.15763"
    assert found["citation_language"] == "en"
    assert values(made, "citation_keywords") == ["RL", "C++"]


def test_zotero_makes_a_preprint_of_it() -> None:
    """The kind is `DC.type`'s; any tag from which Zotero tells another kind for sure must be missing."""
    names = dict(tags(structured.citation_meta(citation.of(covered(venue="ICLR 2026")))))
    assert names["DC.type"] == "preprint"
    assert (names["citation_publisher"], names["citation_technical_report_number"]) == ("arXiv", "arXiv:2602.15763")
    decisive = ("journal_title", "technical_report_institution", "conference_title", "conference", "book_title", "inbook_title")
    assert not {f"citation_{name}" for name in decisive} & names.keys()


@pytest.mark.parametrize(
    ("authors", "cited"),
    [
        (("Vincent van Gogh", "Ada Lovelace"), ["van Gogh, Vincent", "Lovelace, Ada"]),
        (("Vincent Willem van Gogh",), ["Vincent Willem van Gogh"]),
        (("Vincent van Gogh",), ["van Gogh, Vincent"]),
        (("Martin Luther King Jr.", "Ada Lovelace"), ["King, Martin Luther Jr.", "Lovelace, Ada"]),
        (("GLM-5 Team", "Jürgen M\\'uller"), ["GLM-5 Team", "Múller, Jürgen"]),
        (("王小明", "Ada Lovelace"), ["王, 小明", "Lovelace, Ada"]),
        (("A; B Team", "Ada Lovelace"), ["A B Team", "Lovelace, Ada"]),
    ],
)
def test_names_are_cited_so_that_zotero_parts_them_rightly(authors: tuple[str, ...], cited: list[str]) -> None:
    assert values(structured.citation_meta(citation.of(covered(authors=authors))), "citation_author") == cited


def test_a_link_that_is_not_https_is_left_out() -> None:
    paper = covered()
    links = paper.paper.links.model_copy(update={"pdf": "javascript:alert(1)"})
    hostile = paper.model_copy(update={"paper": paper.paper.model_copy(update={"links": links})})
    assert not values(structured.citation_meta(citation.of(hostile)), "citation_pdf_url")
    assert "encoding" not in one(structured.scholarly_article(citation.of(hostile), PAGE, "en"))


def test_a_month_is_a_date_where_the_day_is_not_known() -> None:
    made = structured.citation_meta(citation.of(covered("2602.15763", published=None)))
    assert values(made, "citation_publication_date") == ["2026/02"]


def test_an_article_tells_its_times_and_tags() -> None:
    made = structured.article_meta(Date(2026, 2, 18), Date(2026, 2, 1), "Asia/Shanghai", ["RL", "C++"], "cs.LG")
    assert tags(made) == [
        ("article:published_time", "2026-02-18T00:00:00+08:00"),
        ("article:modified_time", "2026-02-18T00:00:00+08:00"),
        ("article:section", "cs.LG"),
        ("article:tag", "RL"),
        ("article:tag", "C++"),
    ]


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_no_text_breaks_out_of_a_tag(text: str) -> None:
    shown = " ".join(clean(text).split())
    assert values(structured.citation_meta(citation.of(covered()), [text]), "citation_keywords") == ([shown] if shown else [])
    made = structured.article_meta(Date(2026, 2, 18), Date(2026, 2, 18), "UTC", [text])
    assert values(made, "article:tag") == ([shown] if shown else [])
    titled = structured.citation_meta(citation.of(covered(title=text, authors=(text,))))
    assert len(values(titled, "citation_title")) <= 1 and {name for name, _ in tags(titled)} <= {
        *(f"citation_{n}" for n in ("title", "author", "publication_date", "arxiv_id", "doi", "pdf_url", "abstract_html_url")),
        *("citation_public_url", "citation_language", "citation_publisher", "citation_technical_report_number", "DC.type"),
    }
