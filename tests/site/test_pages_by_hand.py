"""Pages and posts that a person writes: content/pages/NAME.md is NAME/, without a date, and links lead where they say."""

import re
import xml.etree.ElementTree as ET
from datetime import date as Date
from pathlib import Path

import pytest

import sitecheck
from blogs import URL, add, blog, files, page, said, text, write
from digest.config import Config
from digest.errors import RenderError
from digest.site import build_site
from fakes import covered, digest

TEAM = '---\ntitle: "Who we are & why"\ndescription: Two people\n---\n\n## Reading\n\nWe read **papers**.\n'


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A blog of one day, in two languages."""
    made = blog(tmp_path / "blog", "posts: {languages: [zh, en]}")
    add(made, digest(covered("2602.00001")))
    return made


def addresses(config: Config) -> list[str]:
    """The pages that the sitemaps name."""
    return [
        e.text or "" for name, data in files(config).items() if name.startswith("sitemap-") for e in ET.fromstring(data).iter()
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_a_page_needs_no_date_and_stands_at_its_name(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    build_site(config)
    shown = page(config, "team/index.html")
    assert shown.xpath("string(//h1)") == "Who we are & why" and shown.xpath("string(//main//strong)") == "papers"
    assert shown.xpath("string(//meta[@name='description']/@content)") == "Two people"
    assert not shown.xpath("//main//time") and "1970" not in text(config, "team/index.html")
    assert f"{URL}team/" in addresses(config)


def test_a_page_is_in_no_list_of_posts_and_no_feed(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    build_site(config)
    made = files(config)
    for name in ("index.html", "archive/index.html", "archive/2026-02/index.html", "feed.xml", "llms.txt"):
        assert b"Who we are" not in made[name], name


def test_the_about_page_leads_to_every_other_page(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    write(config, "pages/imprint.md", "---\ntitle: Imprint\n---\n")
    build_site(config)
    found = {a.text_content(): a.get("href") for a in page(config, "about/index.html").xpath("//main//a")}
    assert found["Who we are & why"] == "../team/index.html" and found["Imprint"] == "../imprint/index.html"


def test_about_md_is_the_text_of_the_about_page(config: Config) -> None:
    build_site(config)
    assert "卡片" in text(config, "about/index.html")
    ours = page(config, "about/index.html").xpath('string(//*[@class="body"])')
    write(config, "pages/about.md", "---\ntitle: Anything\n---\n\nWe are *here*.\n")
    build_site(config)
    assert page(config, "about/index.html").xpath('normalize-space(//*[@class="body"])') == "We are here."
    assert ours not in text(config, "about/index.html")
    assert page(config, "about/index.html").get_element_by_id("feeds") is not None
    (config.path("content") / "pages/about.md").unlink()
    build_site(config)
    assert page(config, "about/index.html").xpath('string(//*[@class="body"])') == ours


def test_a_draft_is_no_page(config: Config) -> None:
    write(config, "pages/team.md", TEAM.replace("---\n", "---\ndraft: true\n", 1))
    build_site(config)
    assert not any(name.startswith("team") for name in files(config))
    assert "Who we are" not in text(config, "about/index.html")


def test_a_page_in_another_language_stands_beside_with_its_labels(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    write(config, "pages/team.en.md", "---\ntitle: In English\n---\n\nHello.\n")
    build_site(config)
    english = page(config, "team.en/index.html")
    assert english.get("lang") == "en" and english.xpath("string(//h1)") == "In English"
    assert "Archive" in said(english) and "归档" in text(config, "team/index.html")
    assert page(config, "team/index.html").get("lang") == "zh-CN"


def alternates(config: Config, name: str) -> dict[str, str]:
    """The versions of a page that its head lists, by language."""
    return {link.get("hreflang", ""): link.get("href", "") for link in page(config, name).xpath("//link[@hreflang]")}


def versions(route: str) -> dict[str, str]:
    """Those of a page in Chinese, the site's own language, and English."""
    return {"zh-CN": f"{URL}{route}/", "x-default": f"{URL}{route}/", "en": f"{URL}{route}.en/"}


@pytest.mark.parametrize("name", ["team", "about"])
def test_translations_of_a_page_name_each_other(config: Config, name: str) -> None:
    write(config, f"pages/{name}.md", TEAM)
    write(config, f"pages/{name}.en.md", "---\ntitle: In English\n---\n")
    build_site(config)
    for route, other in ((name, f"{name}.en"), (f"{name}.en", name)):
        shown = page(config, f"{route}/index.html")
        assert alternates(config, f"{route}/index.html") == versions(name)
        assert shown.xpath('//nav[@class="beside"]//a/@href') == [f"../{other}/index.html"]


def test_a_page_without_a_date_has_none_in_the_sitemap(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    write(config, "pages/dated.md", "---\ntitle: Dated\npublished: 2026-02-01\n---\n")
    build_site(config)
    sitemap = files(config)["sitemap-pages.xml"].decode()
    assert f"<loc>{URL}team/</loc></url>" in sitemap and "1970" not in sitemap
    assert f"<loc>{URL}dated/</loc><lastmod>2026-02-01</lastmod>" in sitemap


def test_a_page_says_when_it_was_updated_if_it_says_so(config: Config) -> None:
    write(config, "pages/team.md", "---\ntitle: Team\npublished: 2026-01-02\nupdated: 2026-02-03\n---\n")
    build_site(config)
    assert "更新于 2026-02-03" in text(config, "team/index.html")


def test_links_of_a_page_lead_to_the_sites_own_pages(config: Config) -> None:
    paper, gone = f"{URL}papers/2602.00001/#v1-s2", f"{URL}papers/2602.99999/"
    body = f"[home]({URL}) [paper]({paper}) [gone]({gone}) [away](https://example.com/) [bad](javascript:x) [about]({URL}about/)"
    write(config, "pages/team.md", f"---\ntitle: Team\n---\n\n{body}\n")
    build_site(config)
    links = {
        a.text_content(): (a.get("href"), a.get("rel")) for a in page(config, "team/index.html").xpath('//*[@class="body"]//a')
    }
    assert links == {
        "home": ("../index.html", None),
        "paper": ("../papers/2602.00001/index.html#v1-s2", None),
        "away": ("https://example.com/", "noopener nofollow"),
        "about": ("../about/index.html", None),
    }
    assert "gone" in text(config, "team/index.html") and "[bad](javascript:x)" in text(config, "team/index.html")


def test_raw_html_of_a_page_is_shown_as_text(config: Config) -> None:
    write(config, "pages/team.md", "---\ntitle: <b>x</b>\n---\n\n<script>alert(1)</script>\n")
    build_site(config)
    assert "<script>alert(1)</script>" in text(config, "team/index.html")
    assert page(config, "team/index.html").xpath("string(//h1)") == "<b>x</b>"
    assert not page(config, "team/index.html").xpath("//main//script | //main//b")


def test_a_link_to_a_paper_follows_when_the_paper_goes_and_comes(config: Config) -> None:
    write(config, "pages/team.md", f"---\ntitle: Team\n---\n\n[paper]({URL}papers/2602.00002/)\n")
    linked = '//*[@class="body"]//a/@href'
    build_site(config)
    assert page(config, "team/index.html").xpath(linked) == []
    add(config, digest(covered("2602.00002"), date=Date(2026, 2, 19)))
    build_site(config)
    assert page(config, "team/index.html").xpath(linked) == ["../papers/2602.00002/index.html"]


def test_a_change_in_a_page_makes_that_page_alone_anew(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    build_site(config)
    write(config, "pages/team.md", TEAM.replace("papers", "many papers"))
    built = build_site(config)
    assert (built.pages, built.changed, built.removed) == (1, 2, 0)  # the page, and its Markdown
    assert "many papers" in text(config, "team/index.html")


def test_a_page_that_cannot_be_read_is_named_and_the_site_stays(config: Config) -> None:
    build_site(config)
    before = files(config)
    path = write(config, "pages/team.md", "---\ntitle: [\n---\n")
    with pytest.raises(RenderError) as caught:
        build_site(config)
    assert str(path) in str(caught.value) and files(config) == before


def test_pages_and_posts_by_hand_make_a_valid_site(config: Config) -> None:
    write(config, "pages/team.md", TEAM)
    write(config, "pages/team.en.md", "---\ntitle: In English\n---\n\nHello.\n")
    write(config, "pages/about.en.md", "---\ntitle: About\n---\n")
    write(config, "pages/about.md", "---\ntitle: About\n---\n\n# One\n\n## Two\n\n```python\nprint(1)\n```\n\n$x^2$\n")
    write(
        config,
        "posts/note.md",
        "---\ntitle: Note\npublished: 2026-02-17\ntags: [RL, 说明]\n---\n\n# Note\n\n## A\n\n### B\n\n| a |\n|--:|\n| 1 |\n",
    )
    write(config, "posts/note.en.md", "---\ntitle: Note\npublished: 2026-02-17\n---\n\nHello.\n")
    build_site(config)
    faults = sitecheck.check(config.path("output"), URL)
    assert not faults, sitecheck.report(faults)


# --- posts ---------------------------------------------------------------------------------------


def test_a_post_by_hand_is_at_home_in_the_archive_in_the_feed_and_under_its_tags(config: Config) -> None:
    write(config, "posts/note.md", "---\ntitle: A note\npublished: 2026-02-17\ntags: [RL]\n---\n\nWords.\n")
    build_site(config)
    for name, link in (
        ("index.html", "posts/note/index.html"),
        ("archive/index.html", "../posts/note/index.html"),
        ("archive/2026/index.html", "../../posts/note/index.html"),
        ("tags/rl/index.html", "../../posts/note/index.html"),
    ):
        assert link in page(config, name).xpath("//main//a/@href"), name
    assert b"posts/note/</id>" in files(config)["feed.xml"]
    assert page(config, "posts/note/index.html").xpath('//ul[@class="tags"]//a/@href') == ["../../tags/rl/index.html"]


def test_posts_and_pages_have_their_markdown_beside_them(config: Config) -> None:
    note, team = "---\ntitle: 说明\npublished: 2026-02-17\n---\n\n[x](https://e.org)\n", TEAM
    write(config, "posts/note.md", note)
    write(config, "pages/team.md", team)
    write(config, "pages/hidden.md", "---\ntitle: Hidden\ndraft: true\n---\n")
    write(config, "posts/draft.md", "---\ntitle: Draft\npublished: 2026-02-17\ndraft: true\n---\n")
    build_site(config)
    made = files(config)
    assert (made["posts/note/index.md"].decode(), made["team/index.md"].decode()) == (note, team)
    assert {name for name in made if name.endswith("/index.md")} == {"posts/note/index.md", "team/index.md"}
    shown = page(config, "posts/note/index.html")
    assert shown.xpath("//link[@type='text/markdown']/@href") == ["../../posts/note/index.md"]
    assert shown.xpath("//a[@type='text/markdown']/@download") == ["note.md"]
    assert f"({URL}posts/note/index.md)" in made["llms.txt"].decode()
    assert page(config, "team/index.html").xpath("//link[@type='text/markdown']/@href") == ["../team/index.md"]


def test_the_text_about_the_blog_has_its_markdown_beside_it(config: Config) -> None:
    write(config, "pages/about.md", "---\ntitle: About\n---\n\nWe read.\n")
    build_site(config)
    assert page(config, "about/index.html").xpath("//link[@type='text/markdown']/@href") == ["../about/index.md"]
    assert files(config)["about/index.md"].endswith(b"We read.\n")


def test_relative_links_of_a_post_are_absolute_in_feeds(config: Config) -> None:
    write(
        config,
        "posts/note.md",
        "---\ntitle: N\npublished: 2026-02-17\n---\n\n[x](../../archive/) [y](/papers/archive/) [z](#a)\n",
    )
    build_site(config)
    for name in ("feed.xml", "rss.xml", "feed.json"):
        data = files(config)[name].decode().replace('\\"', '"')
        links = re.findall(r'<a href="([^"]*)">[xyz]</a>', data)
        assert links == [f"{URL}archive/", f"{URL}archive/", f"{URL}posts/note/#a"], name


def test_translations_of_a_post_by_hand_name_each_other(config: Config) -> None:
    write(config, "posts/note.md", "---\ntitle: 说明\npublished: 2026-02-17\n---\n")
    write(config, "posts/note.en.md", "---\ntitle: Note\npublished: 2026-02-17\n---\n")
    build_site(config)
    for name in ("note", "note.en"):
        assert alternates(config, f"posts/{name}/index.html") == versions("posts/note")


def test_a_post_leads_to_lists_of_the_blog_as_to_its_pages(config: Config) -> None:
    add(config, digest(covered("2602.15763", title="GLM-5")))
    lists = ("archive/2026/", "archive/2026-02/", "status/2026-02/", "categories/cs-lg/")
    links = " ".join(f"[x]({URL}{route})" for route in (*lists, "archive/1999-01/"))
    write(config, "posts/note.md", f"---\ntitle: N\npublished: 2026-02-17\n---\n\n{links}\n")
    build_site(config)
    found = page(config, "posts/note/index.html").xpath("//main//p[contains(., 'x x')]/a")
    assert [(a.get("href"), a.get("rel")) for a in found[:-1]] == [(f"../../{route}index.html", None) for route in lists]
    assert all((config.path("output") / route / "index.html").is_file() for route in lists)
    assert found[-1].get("href") == f"{URL}archive/1999-01/"
