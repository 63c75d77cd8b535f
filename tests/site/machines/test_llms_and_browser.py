"""llms.txt has the shape of llmstxt.org; search description and icon are what browsers take."""

import re

import pytest
from hypothesis import given, settings
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.posts.escaping import plain
from digest.site.engine import clean
from digest.site.machines import browser, llms
from digest.site.machines.api import Term
from digest.site.machines.entries import FeedLinks
from digest.site.machines.llms import Page
from machine_values import FEEDS, HOSTILE, SITE, info, post_row

DIRECTIONS = (Term("Agentic RL", "directions/agentic-rl/", 12), Term("数学 & code", "directions/数学-code/", 3))
PAGES = (Page("Archive", "archive/", "every day"), Page("About", "about/"))
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def tokens(made: bytes) -> list[Token]:
    return MarkdownIt().parse(made.decode())


def sections(made: bytes) -> dict[str, list[tuple[str, str, str]]]:
    """Title, address and note of the links of each section."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    name = ""
    for before, token in zip([None, *tokens(made)], tokens(made), strict=False):
        if token.type == "inline" and before and before.tag == "h2":
            name = token.content
            found[name] = []
        elif token.type == "inline" and name:
            opening = (token.children or [])[0]
            assert opening.type == "link_open", "below a heading stand links alone"
            texts = [child.content for child in token.children or () if child.type == "text"]
            closing = [child.type for child in token.children or ()].index("link_close")
            title = "".join(child.content for child in (token.children or [])[:closing])
            found[name].append((title, str(opening.attrs["href"]), "".join(texts)[len(title) :]))
    return found


# --- llms.txt ------------------------------------------------------------------------------------


def test_it_begins_with_the_name_and_what_the_site_is() -> None:
    made = llms.llms(info(), [post_row()], DIRECTIONS, FEEDS, PAGES)
    kinds = [token.type for token in tokens(made) if token.nesting == 1]
    assert kinds[:5] == ["heading_open", "blockquote_open", "paragraph_open", "paragraph_open", "paragraph_open"]
    assert made.startswith(b"# Daily AI Papers\n\n> Every statement with its source\n\n")
    assert [token.tag for token in tokens(made) if token.type == "heading_open"] == ["h1", *["h2"] * 5]


def test_every_section_is_a_list_of_links_into_the_site() -> None:
    found = sections(llms.llms(info(), [post_row()], DIRECTIONS, FEEDS, PAGES))
    assert list(found) == ["Newest", "Data", "Directions", "Feeds", "Optional"]
    addresses = [address for links in found.values() for _, address, _ in links]
    assert all(address.startswith(SITE) and re.fullmatch("[!-~]+", address) for address in addresses), addresses
    assert f"{SITE}api/index.json" in addresses and f"{SITE}directions/%E6%95%B0%E5%AD%A6-code/" in addresses
    assert [title for title, *_ in found["Feeds"]] == [
        *(f"Daily AI Papers ({kind})" for kind in ("Atom", "RSS", "JSON Feed")),
        "Agentic RL (Atom)",
    ]
    assert found["Optional"] == [("Archive", f"{SITE}archive/", ": every day"), ("About", f"{SITE}about/", "")]


def test_digests_and_other_posts_are_linked_as_markdown() -> None:
    posts = [post_row(), post_row(edition=None, route="posts/hello/", description="")]
    found = sections(llms.llms(info(), posts, (), ()))["Newest"]
    assert [address for _, address, _ in found] == [f"{SITE}2026-02-18/digest.md", f"{SITE}posts/hello/index.md"]
    assert found[0][2] == ": Sparse attention reaches open weights"


def test_feeds_of_one_title_in_two_languages_say_theirs() -> None:
    feeds = [
        FeedLinks("Papers", "zh", "feed.xml", "", ""),
        FeedLinks("Papers", "en", "feeds/a.en.xml", "", ""),
        FeedLinks("Deep", "en", "feeds/deep.xml", "", ""),
    ]
    found = sections(llms.llms(info(), [], (), feeds))["Feeds"]
    assert [title for title, *_ in found] == ["Papers (Atom, Chinese)", "Papers (Atom, English)", "Deep (Atom)"]


def test_a_long_history_does_not_make_it_long() -> None:
    posts = [post_row(route=f"{n}/") for n in range(500)]
    assert len(sections(llms.llms(info(), posts, (), ()))["Newest"]) == llms.DIGESTS


def test_a_section_without_links_is_left_out() -> None:
    assert list(sections(llms.llms(info(), [], (), ()))) == ["Data"]


@settings(max_examples=100, deadline=None)
@given(HOSTILE, HOSTILE)
def test_a_title_is_a_title_and_nothing_else(title: str, note: str) -> None:
    made = llms.llms(info(title=f"T{title}"), [post_row(title=f"x{title}", description=note)], [Term(f"x{title}", "d/", 1)], ())
    found = sections(made)
    assert list(found) == ["Newest", "Data", "Directions"]
    (link,), (direction,) = found["Newest"], found["Directions"]
    shown = clean(plain(f"x{title}")).split()
    if "$" not in title:
        assert link[0].split() == direction[0].split() == shown
    assert link[1] == f"{SITE}2026-02-18/digest.md"


# --- browsers ------------------------------------------------------------------------------------


def test_the_search_can_be_added_to_a_browser() -> None:
    root = etree.fromstring(browser.opensearch("Daily AI Papers", "Every statement", SITE, "search/", "zh"))
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    (url,) = root.iterfind(f"{OPENSEARCH}Url")
    assert (url.get("type"), url.get("template")) == ("text/html", f"{SITE}search/?q={{searchTerms}}")
    assert root.findtext(f"{OPENSEARCH}Image") == f"{SITE}assets/favicon.svg"
    assert root.findtext(f"{OPENSEARCH}InputEncoding") == "UTF-8" and root.findtext(f"{OPENSEARCH}Language") == "zh-CN"


@pytest.mark.parametrize(
    ("title", "short"),
    [("Papers", "Papers"), ("Daily AI Papers of the lab", "Daily AI Papers"), ("每日人工智能论文精选以及更多的内容", None)],
)
def test_its_names_are_as_short_as_the_format_wants(title: str, short: str | None) -> None:
    root = etree.fromstring(browser.opensearch(title, "x" * 2000, SITE, "search/", "en"))
    name = root.findtext(f"{OPENSEARCH}ShortName", "")
    assert 0 < len(name) <= 16 and (short is None or name == short)
    assert len(root.findtext(f"{OPENSEARCH}LongName", "")) <= 48
    assert len(root.findtext(f"{OPENSEARCH}Description", "")) <= 1024


@settings(max_examples=100, deadline=None)
@given(HOSTILE)
def test_a_search_description_is_well_formed(title: str) -> None:
    root = etree.fromstring(browser.opensearch(f"T{title}", title, SITE, "search/", "en"))
    assert len(root) == 7


def test_the_icon_needs_nothing_that_a_policy_may_forbid() -> None:
    data = browser.favicon()
    root = etree.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("viewBox") and len(data) < 1000
    for element in root.iter():
        assert etree.QName(element).localname in ("svg", "rect", "path", "circle")
        assert not {name for name in element.attrib if name.startswith(("on", "style", "{"))}
