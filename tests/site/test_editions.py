"""The first edition is the blog; the others have their pages and their feeds. Round-ups stand with the days they tell of."""

import json
import shutil
import xml.etree.ElementTree as ET
from datetime import date as Date
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest

import blogs
import sitecheck
from blogs import URL, add, page, said
from digest import config as configuration
from digest import digests
from digest.config import Config
from digest.roundups.files import Written, dump, written_path
from digest.site import build_site
from fakes import covered, digest, edition

EDITIONS = {"daily-papers": "cards", "deep": "insights", "arxiv-daily": "brief", "hf-report": "report"}
TITLES = {"daily-papers": "Daily AI Papers", "deep": "深读", "arxiv-daily": "arXiv-Daily", "hf-report": "hf-report"}
DAYS = (Date(2026, 2, 16), Date(2026, 2, 17), Date(2026, 2, 18))
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Four editions, two languages, three days; one paper is in all editions of all its days. To be read only."""
    tmp_path = tmp_path_factory.mktemp("blog")
    (tmp_path / "config.yaml").write_text(
        "site: {title: Papers, url: https://example.org/papers/, language: zh}\n"
        "posts: {languages: [zh, en]}\n"
        "editions:\n"
        "  - {name: daily-papers, layout: cards, title: Daily AI Papers}\n"
        "  - {name: deep, layout: insights, title: {zh: 深读, en: In depth}, tags: [Deep]}\n"
        "  - {name: arxiv-daily, layout: brief, sources: [arxiv], title: arXiv-Daily}\n"
        "  - {name: hf-report, layout: report, sources: [huggingface]}\n",
        encoding="utf-8",
    )
    config = configuration.load(tmp_path / "config.yaml", {})
    for date in DAYS:
        papers = covered(f"2602.000{date.day}"), covered("2602.15763")
        editions = {name: edition(*papers, layout=layout) for name, layout in EDITIONS.items()}
        add(config, digest(*papers, date=date, editions=editions))
    folder = config.path("posts") / "2026"
    _write(folder / "2026-W08.md", "第 8 周", "2026-02-22", "一周必读")
    _write(folder / "2026-W08.en.md", "Week 8", "2026-02-22", "Must-reads of the week")
    _write(folder / "2026-02.md", "二月", "2026-02-28", "一月必读")
    known = {f"content/posts/2026/{name}.md": "0" * 64 for name in ("2026-W08", "2026-W08.en", "2026-02")}
    written_path(config).write_text(dump(Written(posts=known)), encoding="utf-8")
    _write(folder / "hello.md", "By hand", "2026-02-17", "")
    build_site(config)
    return config


@pytest.fixture
def own(blog: Config, tmp_path: Path) -> Config:
    """The same blog, to be changed; its site is not built yet."""
    shutil.copytree(blog.root, tmp_path / "own", ignore=shutil.ignore_patterns("public"))
    return configuration.load(tmp_path / "own/config.yaml", {})


def _write(path: Path, title: str, published: str, description: str) -> None:
    front = f'title: "{title}"\npublished: {published}\ndescription: "{description}"\ntags: [Deep]\n'
    path.write_text(f"---\n{front}---\n\n## Words\n\nText.\n", encoding="utf-8")


def feed(config: Config, name: str) -> feedparser.FeedParserDict:
    """A feed as a feed reader sees it, after a strict parser has read it."""
    data = (config.path("output") / name).read_bytes()
    ET.fromstring(data)
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def ids(found: feedparser.FeedParserDict) -> list[str]:
    return [entry.id.removeprefix("https://example.org/papers/") for entry in found.entries]


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["index.html", "archive/index.html", "archive/2026-02/index.html", "status/index.html"])
def test_home_and_archive_list_the_first_edition_only(blog: Config, name: str) -> None:
    links = {unquote(link) for link in page(blog, name).xpath("//main//a/@href")}
    digests_listed = {link.rsplit("/", 2)[-2] for link in links if "2026-02-1" in link}
    assert digests_listed == {str(day) for day in DAYS}


def test_a_digest_leads_to_the_other_editions_and_languages(blog: Config) -> None:
    beside = page(blog, "2026-02-18-deep/index.html").xpath('//nav[contains(@class, "beside")]//a')
    assert [(a.text_content(), a.get("href")) for a in beside] == [
        ("Daily AI Papers", "../2026-02-18/index.html"),
        ("arXiv-Daily", "../2026-02-18-arxiv-daily/index.html"),
        ("hf-report", "../2026-02-18-hf-report/index.html"),
        ("English", "../2026-02-18-deep.en/index.html"),
    ]
    alternate = page(blog, "2026-02-18-deep/index.html").xpath("//link[@hreflang]")
    own, english = f"{URL}2026-02-18-deep/", f"{URL}2026-02-18-deep.en/"
    assert {a.get("hreflang"): a.get("href") for a in alternate} == {"zh-CN": own, "x-default": own, "en": english}


def test_a_paper_names_every_digest_that_covered_it(blog: Config) -> None:
    items = page(blog, "papers/2602.15763/index.html").xpath('//section[@class="covered"]//li')
    expected = [f"{day} {title}" for day in reversed(DAYS) for title in TITLES.values()]
    assert [" ".join(item.text_content().split()) for item in items] == expected


def test_a_tag_counts_a_paper_once_and_a_day_once(blog: Config) -> None:
    tag = page(blog, "directions/agentic-rl/index.html")
    assert tag.xpath('count(//ol[@class="rows"]/li)') == 4
    assert len(tag.xpath('//ol[@class="days"]/li')) == 3
    own = page(blog, "tags/deep/index.html").xpath('//ol[@class="days"]//a/@href')
    assert "../../2026-02-18-deep/index.html" in own


def test_a_direction_is_no_tag(blog: Config) -> None:
    assert not (blog.path("output") / "tags/agentic-rl").exists()
    assert page(blog, "2026-02-18/index.html").xpath('//ul[@class="tags"]//a/@href')[0] == "../directions/agentic-rl/index.html"


def test_older_and_newer_stay_within_the_edition(blog: Config) -> None:
    around = page(blog, "2026-02-17-deep.en/index.html").xpath('//nav[@class="around"]/a')
    assert {a.get("class"): a.get("href") for a in around} == {
        "newer": "../2026-02-18-deep.en/index.html",
        "older": "../2026-02-16-deep.en/index.html",
    }


def test_a_digest_says_its_day_once_in_the_words_of_its_language(blog: Config) -> None:
    for name, day, weekday in (("2026-02-16.en", "2026-02-16", "Mon"), ("2026-02-16", "2026年02月16日", "周一")):
        (eyebrow,) = page(blog, f"{name}/index.html").xpath('//p[@class="eyebrow"]')
        assert eyebrow.xpath("string(time/@datetime)") == "2026-02-16"
        assert said(eyebrow).startswith(f"Daily AI Papers - {day} {weekday} ")
        assert said(eyebrow.getparent()).count(day) == 1


def test_a_title_without_its_day_has_it_beside_in_words(own: Config) -> None:
    post = own.path("posts") / "2026/2026-02-16-daily-papers.en.md"
    post.write_text(
        post.read_text(encoding="utf-8").replace("Daily AI Papers - 2026-02-16", "Papers of the day"), encoding="utf-8"
    )
    build_site(own)
    (eyebrow,) = page(own, "2026-02-16.en/index.html").xpath('//p[@class="eyebrow"]')
    assert "Monday, 16 February 2026" in said(eyebrow)


def test_a_digest_says_how_long_it_takes_to_read(blog: Config) -> None:
    assert "约 2 分钟" in page(blog, "2026-02-18/index.html").xpath('string(//p[@class="eyebrow"])')
    assert "min read" in page(blog, "2026-02-18.en/index.html").xpath('string(//p[@class="eyebrow"])')


# --- feeds ---------------------------------------------------------------------------------------


def test_the_main_feed_has_the_first_edition_round_ups_and_posts_by_hand(blog: Config) -> None:
    found = feed(blog, "feed.xml")
    assert ids(found) == ["roundups/2026-02/", "roundups/2026-W08/", "2026-02-18/", "2026-02-17/", "posts/hello/", "2026-02-16/"]
    assert found.feed.title == "Papers" and found.feed.id == "https://example.org/papers/"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_each_edition_has_a_feed_in_each_language(blog: Config, name: str, language: str) -> None:
    suffix = "" if language == "zh" else ".en"
    route = f"feeds/{name}{suffix}.xml"
    found = feed(blog, route)
    edition_part = "" if name == "daily-papers" else f"-{name}"
    assert ids(found) == [f"{day}{edition_part}{suffix}/" for day in reversed(DAYS)]
    assert found.feed.title == ("In depth" if (name, language) == ("deep", "en") else TITLES[name])
    assert found.feed.id == f"https://example.org/papers/{route}" == found.feed.links[0].href
    linked = page(blog, f"2026-02-18{edition_part}{suffix}/index.html").xpath("//link[@type='application/atom+xml']/@href")
    assert linked == [f"../{route}", "../feed.xml"]


@pytest.mark.parametrize("stem", ["feed", "feeds/deep", "feeds/deep.en", "directions/agentic-rl/feed", "tags/reasoning/feed"])
def test_a_feed_has_the_same_entries_in_all_three_formats(blog: Config, stem: str) -> None:
    atom = feed(blog, f"{stem}.xml")
    rss = feed(blog, "rss.xml" if stem == "feed" else f"{stem}.rss")
    listed = json.loads((blog.path("output") / f"{stem}.json").read_text(encoding="utf-8"))
    assert ids(atom) == ids(rss) == [item["id"].removeprefix("https://example.org/papers/") for item in listed["items"]]
    assert listed["title"] == atom.feed.title == rss.feed.title
    assert listed["feed_url"] == f"https://example.org/papers/{stem}.json"
    contents = [e.text for e in ET.parse(blog.path("output") / f"{stem}.xml").iter(f"{ATOM}content")]
    assert contents == [item["content_html"] for item in listed["items"]] and all(contents)


@pytest.mark.parametrize("name", ["directions/agentic-rl", "tags/reasoning"])
def test_a_term_that_people_follow_has_a_feed_of_its_papers(blog: Config, name: str) -> None:
    found = feed(blog, f"{name}/feed.xml")
    assert ids(found)[-1] == "papers/2602.00016/" and set(ids(found)) == {
        "papers/2602.15763/",
        *(f"papers/2602.000{day.day}/" for day in DAYS),
    }
    assert found.feed.title.startswith("Papers: ") and found.feed.id == f"https://example.org/papers/{name}/"
    linked = page(blog, f"{name}/index.html").xpath("//link[@rel='alternate']/@href")
    assert linked == ["../../" + f"{name}/feed.{ending}" for ending in ("xml", "rss", "json")]
    assert linked == page(blog, f"{name}/index.html").xpath('//*[contains(@class, "feeds")]/a/@href')


@pytest.mark.parametrize("kind", ["categories", "organisations"])
def test_other_terms_have_no_feed(blog: Config, kind: str) -> None:
    assert not list((blog.path("output") / kind).rglob("feed.*"))


def test_the_about_page_names_every_feed_of_the_blog(blog: Config) -> None:
    section = page(blog, "about/index.html").get_element_by_id("feeds").getparent()
    found = {link.removeprefix("../") for link in section.xpath(".//a/@href")}
    stems = [f"feeds/{name}{suffix}" for name in EDITIONS for suffix in ("", ".en")]
    assert found == {"feed.xml", "rss.xml", "feed.json"} | {f"{stem}.{end}" for stem in stems for end in ("xml", "rss", "json")}


def test_an_edition_that_is_the_blog_itself_is_told_as_the_blog(tmp_path: Path) -> None:
    config = blogs.blog(tmp_path / "blog")
    blogs.add(config, digest(covered("2602.15763", title="GLM-5")))
    build_site(config)
    links = blogs.page(config, "about/index.html").get_element_by_id("feeds").getparent().xpath(".//a/@href")
    assert links == ["../feed.xml", "../rss.xml", "../feed.json"]
    told = json.loads(blogs.files(config)["api/index.json"])["feeds"]
    assert [feed["atom"] for feed in told] == ["feed.xml"]
    heads = blogs.page(config, "2026-02-18/index.html").xpath("//head/link[@rel='alternate' and contains(@type, 'feed')]/@href")
    assert heads == ["../feed.json"]
    assert "feeds/daily-papers.xml" in blogs.files(config)


def test_an_entry_is_the_same_in_every_feed(blog: Config) -> None:
    main = {entry.id: entry for entry in feed(blog, "feed.xml").entries}
    for entry in feed(blog, "feeds/daily-papers.xml").entries:
        assert entry == main[entry.id]


def test_a_day_without_the_first_edition_is_not_lost(own: Config) -> None:
    paper = covered("2602.00019")
    add(own, digest(paper, date=Date(2026, 2, 19), editions={"deep": edition(paper, layout="insights")}))
    build_site(own)
    assert "2026-02-19-deep/" in ids(feed(own, "feed.xml"))
    assert page(own, "index.html").xpath("//h1/a/@href") == ["2026-02-19-deep/index.html"]


# --- round-ups -----------------------------------------------------------------------------------


def test_a_round_up_has_its_page_in_each_language(blog: Config) -> None:
    assert page(blog, "roundups/2026-W08/index.html").xpath("string(//h1)") == "第 8 周"
    english = page(blog, "roundups/2026-W08.en/index.html")
    own, translation = f"{URL}roundups/2026-W08/", f"{URL}roundups/2026-W08.en/"
    alternate = {a.get("hreflang"): a.get("href") for a in english.xpath("//link[@hreflang]")}
    assert english.get("lang") == "en" and alternate == {"zh-CN": own, "x-default": own, "en": translation}


def whens(config: Config, name: str) -> list[str]:
    """What the rows of a page say first: a day or a period."""
    return [said(when) for when in page(config, name).find_class("when")]


def test_a_month_shows_round_ups_with_their_period(blog: Config) -> None:
    assert whens(blog, "archive/2026-02/index.html") == ["2 月回顾", "第 8 周回顾", "02-18 周三", "02-17 周二", "02-16 周一"]
    assert whens(blog, "archive/index.html") == ["2 月回顾", "第 8 周回顾", "2026-02-17"]


def test_a_week_stands_above_its_newest_day_a_sunday_too(own: Config) -> None:
    digests.write(own.path("records"), digest(date=Date(2026, 2, 22), status="quiet", editions={}))
    build_site(own)
    assert whens(own, "archive/2026-02/index.html")[:3] == ["2 月回顾", "第 8 周回顾", "02-22 周日"]


def test_a_week_belongs_to_the_month_of_its_thursday(own: Config) -> None:
    _write(own.path("posts") / "2026/2026-W09.md", "第 9 周", "2026-03-01", "")
    _write(own.path("posts") / "2026/2026-W14.md", "第 14 周", "2026-04-05", "")
    known = {f"content/posts/2026/{name}.md": "0" * 64 for name in ("2026-W09", "2026-W14")}
    written_path(own).write_text(dump(Written(posts=known)), encoding="utf-8")
    build_site(own)
    assert "第 9 周回顾" in whens(own, "archive/2026-02/index.html")
    assert whens(own, "archive/2026-04/index.html") == ["第 14 周回顾"]
    assert not (own.path("output") / "archive/2026-03").exists()


def test_the_home_page_shows_a_round_up_as_long_as_it_is_the_newest(blog: Config, own: Config) -> None:
    rows = '//li[contains(@class, "roundup")]//a/@href'
    assert page(blog, "index.html").xpath(rows) == ["roundups/2026-02/index.html", "roundups/2026-W08/index.html"]
    paper = covered("2602.00099")
    add(own, digest(paper, date=Date(2026, 3, 4)))
    build_site(own)
    assert page(own, "index.html").xpath(rows) == ["roundups/2026-02/index.html"]


def test_the_sitemaps_know_round_ups_and_editions_and_no_export(blog: Config) -> None:
    output = blog.path("output")
    assert (
        "sitemap-2026.xml<" in (output / "sitemap.xml").read_text()
        and "sitemap-pages.xml<" in (output / "sitemap.xml").read_text()
    )
    assert "papers/roundups/2026-W08/<" in (output / "sitemap-pages.xml").read_text()
    days = (output / "sitemap-2026.xml").read_text()
    assert "2026-02-18-deep.en/<" in days and "papers/2602.15763/<" in days and "digest." not in days


# --- exports -------------------------------------------------------------------------------------


def test_every_paper_and_digest_has_its_exports_and_links_them(blog: Config) -> None:
    """A digest's page in another language links what has no language beside the page in the site's own."""
    output = blog.path("output")
    spoken, shared = {"md", "obsidian.md"}, {"bib", "ris", "csl.json", "json"}
    pages = [path for path in output.rglob("index.html") if path.parent.parent in (output, output / "papers")]
    pages = [path for path in pages if path.parent.name[:3] in ("260", "202")]
    assert len(pages) == 4 + 3 * 8
    for path in pages:
        kind = "paper" if path.parent.parent.name == "papers" else "digest"
        made = {file for file in path.parent.iterdir() if file.name not in ("index.html", "social.png")}
        links = page(blog, str(path.relative_to(output))).xpath("//main//a[@download]/@href")
        linked = {(path.parent / link).resolve() for link in links}
        own = path.parent.parent / path.parent.name.removesuffix(".en")
        expected = {path.parent / f"{kind}.{name}" for name in spoken} | {own / f"{kind}.{name}" for name in shared}
        assert linked == expected, path
        assert made == {file for file in expected if file.parent == path.parent}, path


def test_a_papers_page_shows_its_bibtex(blog: Config) -> None:
    shown = page(blog, "papers/2602.15763/index.html").xpath('string(//*[@class="cite"]//pre)')
    assert shown == (blog.path("output") / "papers/2602.15763/paper.bib").read_text() and shown.startswith(
        "@misc{lovelace2026title"
    )


def test_a_round_up_and_a_post_by_hand_have_no_citations(blog: Config) -> None:
    for name in ("roundups/2026-W08", "posts/hello"):
        assert {path.name for path in (blog.path("output") / name).iterdir()} == {"index.html", "index.md"}


def test_every_file_is_valid_and_every_link_leads_somewhere(blog: Config) -> None:
    faults = sitecheck.check(blog.path("output"), blog.site.url)
    assert not faults, sitecheck.report(faults)
