"""Feeds are valid by their specifications, the same in every reader, and well-formed whatever the text."""

import json
import re
from datetime import date as Date
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import feedparser
import jsonschema
import lxml.html
import pytest
from hypothesis import given, settings
from lxml import etree

from digest.site.engine import clean
from digest.site.machines import atom, jsonfeed, rss
from digest.site.machines.entries import NEVER, Entry, midnight, newest, rfc822
from machine_values import HOSTILE, SITE, TRICKS, entry, info

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
JSON_FEED = json.loads((Path(__file__).parent / "jsonfeed-1.1.schema.json").read_text())
FORMATS = [pytest.param(module, id=module.__name__.rpartition(".")[2]) for module in (atom, rss, jsonfeed)]


def made(module: ModuleType, *entries: Entry, **fields: Any) -> bytes:
    data = module.feed(info(**fields), [module.entry(e) for e in entries], newest(entries))
    assert isinstance(data, bytes)
    return data


def tree(module: ModuleType, *entries: Entry, **fields: Any) -> etree._Element:
    return etree.fromstring(made(module, *entries, **fields))


def listed(*entries: Entry) -> tuple[etree._Element, ...]:
    """The entries of an Atom feed."""
    return tuple(tree(atom, *entries).iterfind(f"{ATOM}entry"))


def item(**fields: Any) -> etree._Element:
    """The item of an RSS feed."""
    found = tree(rss, entry(**fields)).find("channel/item")
    assert found is not None
    return found


# --- all formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize("module", FORMATS)
def test_links_that_are_relative_to_the_page_are_absolute(module: ModuleType) -> None:
    links = {
        "../archive/": f"{SITE}archive/",
        "#top": f"{SITE}2026-02-18/#top",
        "?a=1&amp;b=2": f"{SITE}2026-02-18/?a=1&b=2",
        "/else/": "https://" + urlsplit(SITE).netloc + "/else/",
        "HTTPS://x.y/": "HTTPS://x.y/",
        "mailto:a@b.c": "mailto:a@b.c",
    }
    html = "".join(f'<p>&lt;a href="../x/"&gt; <a href="{href}">x</a></p>' for href in links)
    data = made(module, entry(html=html))
    content = (
        json.loads(data)["items"][0]["content_html"] if module is jsonfeed else feedparser.parse(data).entries[0].content[0].value
    )
    shown = lxml.html.fromstring(content)
    assert [a.get("href").lower() for a in shown.iter("a")] == [url.lower() for url in links.values()]
    assert shown.text_content().count('<a href="../x/">') == len(links)


@pytest.mark.parametrize("module", FORMATS)
def test_an_entry_is_the_same_bytes_in_every_feed(module: ModuleType) -> None:
    one = module.entry(entry())
    whole = made(module, entry(), entry(id=f"{SITE}x/"))
    other = made(module, entry(), url=f"{SITE}tags/rl/feed", title="RL", language="zh")
    assert one in whole and one in other


@pytest.mark.parametrize("module", FORMATS)
def test_the_same_entries_give_the_same_feed(module: ModuleType) -> None:
    assert made(module, entry(), entry(id=f"{SITE}x/")) == made(module, entry(), entry(id=f"{SITE}x/"))


def test_a_feed_is_as_new_as_what_changed_last() -> None:
    entries = [entry(), entry(published=Date(2026, 2, 19), updated=Date(2026, 2, 19))]
    assert newest(entries) == Date(2026, 2, 20)
    assert newest([entry(published=Date(2026, 3, 1), updated=Date(2026, 2, 1))]) == Date(2026, 3, 1)
    assert newest([]) == NEVER


@pytest.mark.parametrize("module", FORMATS)
def test_a_feed_without_entries_is_a_feed(module: ModuleType) -> None:
    read = feedparser.parse(made(module))
    if module is jsonfeed:
        assert json.loads(made(module))["items"] == []
    else:
        assert not read.bozo and not read.entries


@pytest.mark.parametrize("module", (atom, rss))
def test_a_reader_finds_everything(module: ModuleType) -> None:
    read = feedparser.parse(made(module, entry(), language="zh"))
    assert not read.bozo
    assert (read.feed.title, read.feed.subtitle, read.feed.link) == (info().title, info().subtitle, SITE)
    (found,) = read.entries
    assert (found.id, found.link, found.title) == (entry().id, entry().url, entry().title)
    assert found.summary == entry().summary and found.author == "paper-digest"
    assert found.content[0].value.strip() == entry().html.strip()
    assert [tag.term for tag in found.tags] == ["Agentic RL", "C++"]
    assert found.published_parsed[:5] == (2026, 2, 17, 16, 0)


@pytest.mark.parametrize("module", FORMATS)
def test_all_links_of_a_feed_are_absolute_and_https(module: ModuleType) -> None:
    data = made(module, entry())
    if module is jsonfeed:
        feed = json.loads(data)
        (one,) = feed["items"]
        html, links = one["content_html"], [feed["home_page_url"], feed["feed_url"], feed["icon"], one["id"], one["url"]]
    else:
        root = etree.fromstring(data)
        links = [element.text or "" for element in root.iter("link", "guid", f"{ATOM}id", f"{ATOM}icon")]
        links += [element.get("href", "") for element in root.iter(f"{ATOM}link")]
        html = root.findtext(f".//{ATOM}content") or root.findtext(f".//{CONTENT}") or ""
        links = [link for link in links if link]
    links += [link for *_, link, _ in lxml.html.fragment_fromstring(html, create_parent="div").iterlinks()]
    assert len(links) >= 5
    assert all(urlsplit(link).scheme == "https" and urlsplit(link).netloc for link in links), links


# --- Atom ----------------------------------------------------------------------------------------


def test_an_atom_feed_has_what_rfc_4287_asks_for() -> None:
    root = tree(atom, entry(), language="zh")
    assert root.tag == f"{ATOM}feed"
    counts = {name: len(root.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "subtitle", "generator", "author")}
    assert set(counts.values()) == {1}
    assert {link.get("rel"): link.get("href") for link in root.iterfind(f"{ATOM}link")} == {
        "self": f"{SITE}feed.xml",
        "alternate": SITE,
    }
    (one,) = root.iterfind(f"{ATOM}entry")
    for name in ("id", "title", "published", "updated", "summary", "content"):
        assert len(one.findall(f"{ATOM}{name}")) == 1, name
    assert one.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"


def test_times_are_midnight_in_the_sites_zone_and_no_update_precedes_the_publication() -> None:
    early = entry(updated=Date(2026, 1, 1))
    (one, other) = listed(entry(), early)
    assert one.findtext(f"{ATOM}published") == "2026-02-18T00:00:00+08:00"
    assert one.findtext(f"{ATOM}updated") == "2026-02-20T00:00:00+08:00"
    assert other.findtext(f"{ATOM}updated") == other.findtext(f"{ATOM}published")


def test_an_id_stays_when_everything_else_changes() -> None:
    before, after = listed(entry(), entry(title="Other", html="<p>new</p>", updated=Date(2027, 1, 1), tags=()))
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id") == f"{SITE}2026-02-18/"


@pytest.mark.parametrize(
    ("date", "zone", "atom_time", "rss_time"),
    [
        (Date(2026, 7, 1), "America/New_York", "2026-07-01T00:00:00-04:00", "Wed, 01 Jul 2026 00:00:00 -0400"),
        (Date(2026, 7, 1), "Asia/Kolkata", "2026-07-01T00:00:00+05:30", "Wed, 01 Jul 2026 00:00:00 +0530"),
        (Date(2026, 7, 1), "UTC", "2026-07-01T00:00:00+00:00", "Wed, 01 Jul 2026 00:00:00 +0000"),
        (Date(1900, 1, 1), "Asia/Shanghai", "1900-01-01T00:00:00+08:06", "Mon, 01 Jan 1900 00:00:00 +0806"),
        (Date(2026, 1, 1), "America/St_Johns", "2026-01-01T00:00:00-03:30", "Thu, 01 Jan 2026 00:00:00 -0330"),
    ],
)
def test_times_have_the_forms_of_both_rfcs(date: Date, zone: str, atom_time: str, rss_time: str) -> None:
    assert midnight(date, zone) == atom_time
    assert rfc822(date, zone) == rss_time
    assert parsedate_to_datetime(rss_time).isoformat() == atom_time


# --- RSS -----------------------------------------------------------------------------------------


def test_an_rss_feed_follows_the_profile_of_the_advisory_board() -> None:
    root = tree(rss, entry(), language="zh")
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    names = [child.tag for child in channel]
    for name in ("title", "link", "description", "language", "lastBuildDate", f"{ATOM}link", "docs", "generator"):
        assert names.count(name) == 1, name
    myself = channel.find(f"{ATOM}link")
    assert myself is not None
    assert dict(myself.attrib) == {"rel": "self", "type": "application/rss+xml", "href": f"{SITE}feed.xml"}
    assert channel.findtext("language") == "zh-cn"
    assert names[-1] == "item", "items follow what is said of the channel"


def test_an_item_has_its_id_date_and_author_where_readers_look() -> None:
    found = item()
    guid = found.find("guid")
    assert guid is not None and (guid.get("isPermaLink"), guid.text) == ("true", f"{SITE}2026-02-18/")
    assert found.findtext("pubDate") == "Wed, 18 Feb 2026 00:00:00 +0800"
    assert found.findtext(CREATOR) == "paper-digest"
    assert [category.text for category in found.iterfind("category")] == ["Agentic RL", "C++"]
    assert not any(len(child) for child in found), "an element of RSS has text and no elements"


def test_an_id_that_is_not_the_pages_address_is_not_called_one() -> None:
    guid = item(id=f"{SITE}old/").find("guid")
    assert guid is not None and guid.get("isPermaLink") == "false"


def test_the_description_of_an_item_is_html_and_its_title_is_not() -> None:
    found = item(title="a < b & c", summary="a < b & c")
    assert found.findtext("title") == "a < b & c"
    assert found.findtext("description") == "a &lt; b &amp; c"
    assert b"<title>a &#x3C; b &#x26; c</title>" in rss.entry(entry(title="a < b & c"))


def test_an_item_without_a_summary_has_its_content() -> None:
    found = item(summary="")
    assert found.find("description") is None
    assert found.findtext(CONTENT) == entry().html


# --- JSON Feed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{}, {"summary": "", "tags": (), "authors": ()}, {"html": ""}, {"language": "zh"}])
def test_a_json_feed_is_valid(fields: dict[str, Any]) -> None:
    data = made(jsonfeed, entry(**fields), entry(id=f"{SITE}x/"))
    jsonschema.validate(json.loads(data), JSON_FEED, format_checker=jsonschema.FormatChecker())
    assert data.startswith(b'{"version":"https://jsonfeed.org/version/1.1",') and data.endswith(b"}\n")


def test_the_schema_of_json_feed_finds_what_is_wrong() -> None:
    feed = json.loads(made(jsonfeed, entry()))
    for broken in ({"version": "1"}, {"items": [{"id": "1"}]}, {"authors": [{}]}, {"title": None}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**feed, **broken}, JSON_FEED)


def test_an_item_says_all_that_the_others_say() -> None:
    (one,) = json.loads(made(jsonfeed, entry()))["items"]
    assert one == {
        "id": entry().id,
        "url": entry().url,
        "title": entry().title,
        "language": "en",
        "date_published": "2026-02-18T00:00:00+08:00",
        "date_modified": "2026-02-20T00:00:00+08:00",
        "authors": [{"name": "paper-digest"}],
        "tags": ["Agentic RL", "C++"],
        "summary": entry().summary,
        "content_html": entry().html,
    }


# --- any text ------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_atom_gives_back_what_went_in(title: str, html: str, tag: str) -> None:
    root = tree(atom, entry(title=title, html=html, tags=(tag,), summary=title, authors=(tag,)), title=title, subtitle=tag)
    assert (root.findtext(f"{ATOM}title"), root.findtext(f"{ATOM}subtitle")) == (clean(title), clean(tag))
    (one,) = root.iterfind(f"{ATOM}entry")
    assert one.findtext(f"{ATOM}title") == clean(title)
    assert one.findtext(f"{ATOM}summary", "") == clean(title)
    assert one.findtext(f"{ATOM}author/{ATOM}name") == clean(tag)
    assert [category.get("term") for category in one.iterfind(f"{ATOM}category")] == [clean(tag)]
    # Of line ends a parser makes line feeds, which in HTML mean the same.
    assert one.findtext(f"{ATOM}content") == re.sub("\r\n?", "\n", clean(html))


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_rss_gives_back_what_went_in(title: str, html: str, tag: str) -> None:
    root = tree(rss, entry(title=title, html=html, tags=(tag,), authors=(tag,)), title=title, subtitle=tag)
    found = root.find("channel/item")
    assert found is not None and root.findtext("channel/title") == clean(title)
    assert (found.findtext("title"), found.findtext("category"), found.findtext(CREATOR)) == (
        clean(title),
        clean(tag),
        clean(tag),
    )
    assert found.findtext(CONTENT) == re.sub("\r\n?", "\n", clean(html))


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_json_gives_back_what_went_in(title: str, html: str, tag: str) -> None:
    (one,) = json.loads(made(jsonfeed, entry(title=title, html=html, tags=(tag,), summary=title)))["items"]
    assert one["content_html"] == clean(html) and one.get("title", "") == clean(title)
    assert one.get("tags") == [clean(tag)]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_feed_reader_shows_a_title_of_atom_as_it_is(trick: str) -> None:
    read = feedparser.parse(made(atom, entry(title=f"before{trick}after")))
    assert not read.bozo
    assert " ".join(read.entries[0].title.split()) == " ".join(clean(f"before{trick}after").split())
