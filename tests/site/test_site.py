"""The site is a pure function of content/: complete, safe, the same bytes again, and never half of it."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import lxml.html
import pytest

from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.errors import OutputError, RenderError
from digest.models import Digest, Language, Meta, Quote
from digest.site import build_site, routes
from digest.site.build import MANIFEST
from digest.typography import width
from fakes import card, claim, covered, digest, edition, mention, reading, source

HOSTILE = 'A <b>&amp;</b> "title" ]]> {{7*7}} | `x` 😀 <script>alert(1)</script>'
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def blog(tmp_path: Path) -> Config:
    """A blog in Chinese with English editions beside: five days, one of each status, and a post by hand."""
    (tmp_path / "config.yaml").write_text(
        "site: {title: Papers & more, url: https://example.org/papers/, feedback: 'https://example.org/r?p={id}&d={date}'}\n"
        "posts: {languages: [zh, en]}\n",
        encoding="utf-8",
    )
    config = configuration.load(tmp_path / "config.yaml", {})
    for record in _records():
        _add(config, record)
    note = '---\ntitle: "By hand \\u0007 ]]> & 😀"\npublished: 2026-02-17\ntags: [C, C++, c, 说明]\n---\n\n# Hello\n\n[home](https://example.org/papers/)\n'
    (tmp_path / "content/posts/hello.md").write_text(note, encoding="utf-8")
    return config


def _records() -> list[Digest]:
    hostile = covered("2602.15620", title=HOSTILE, stars=3, authors=tuple(f"Author {n}" for n in range(300)))
    chinese = card(filled_by="model", meta=Meta(tldr=claim("准确率提升 7.13%", 2), short_name="STAPO", tags=("RL", "rl")))
    read = reading(source="html", version=2, sentences=90)
    quotes = {2: Quote(text="Accuracy rises by 7.13%.", section="Results", anchor="S4")}
    full = covered(
        "cs/0112017", cards={"zh": chinese}, reading=read, quotes=quotes, title="Old one", code="https://github.com/x/y"
    )
    return [
        digest(hostile, full, also=[mention()]),
        digest(covered("2602.15763"), date=Date(2026, 2, 17), provisional=True),
        *(_without_issue(Date(2026, 2, 14 + n), status) for n, status in enumerate(("quiet", "stale", "failed"))),
    ]


def _without_issue(date: Date, status: str) -> Digest:
    return digest(date=date, status=status, editions={}, sources=(source(date=date, status=status, entries=0),))


def _add(config: Config, record: Digest) -> None:
    made = posts.make_posts(digests.project(config, record), record, config)
    digests.write(config.path("records"), record, made.files)


def files(config: Config) -> dict[str, bytes]:
    output = config.path("output")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def page(config: Config, name: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((config.path("output") / name).read_bytes())


def text(config: Config, name: str) -> str:
    return " ".join(page(config, name).find("body").text_content().split())


def links(config: Config) -> Iterator[tuple[str, str]]:
    for name in files(config):
        if name.endswith(".html"):
            for element, _, link, _ in page(config, name).iterlinks():
                if element.tag != "base":
                    yield name, link


# --- what there is -------------------------------------------------------------------------------


def test_every_kind_of_page_is_there(blog: Config) -> None:
    built = build_site(blog)
    made = files(blog)
    for name in (
        *("index.html", "404.html", "archive/index.html", "tags/index.html", "feed.xml", "sitemap.xml", "robots.txt"),
        *("2026-02-18/index.html", "2026-02-18.en/index.html", "papers/2602.15763/index.html", "papers/cs_0112017/index.html"),
        *("posts/hello/index.html", "assets/style.css"),
    ):
        assert name in made, name
    assert built.pages == sum(name.endswith(".html") for name in made)
    assert built.index == blog.path("output") / "index.html"


def test_the_home_page_shows_the_newest_issue_and_the_days_before(blog: Config) -> None:
    build_site(blog)
    shown = text(blog, "index.html")
    assert "2026-02-18" in shown and "周三" in shown and "300 篇 → 精选 2 篇" in shown
    assert "另有 1 篇值得关注" in shown
    assert "2026-02-17" in shown


@pytest.mark.parametrize(("status", "words"), [("quiet", "今日无公告"), ("stale", "尚未更新"), ("failed", "读取失败")])
def test_a_newest_day_without_an_issue_says_why_and_shows_the_last_one(blog: Config, status: str, words: str) -> None:
    _add(blog, _without_issue(Date(2026, 2, 19), status))
    build_site(blog)
    shown = text(blog, "index.html")
    assert f"2026-02-19（周四）{words}" in shown and "300 篇 → 精选 2 篇" in shown


def test_the_four_kinds_of_days_never_look_alike(blog: Config) -> None:
    build_site(blog)
    rows = page(blog, "archive/index.html").xpath('//li[contains(@class, "day-")]')
    looks = {row.get("class").split("day-")[1]: " ".join(row.text_content().split()) for row in rows}
    assert set(looks) == {"announced", "provisional", "quiet", "stale", "failed"}
    assert "今日无公告" in looks["quiet"] and "尚未更新" in looks["stale"] and "读取失败" in looks["failed"]
    assert "未收齐" in looks["provisional"]


def test_a_paper_page_shows_the_sentence_behind_each_claim(blog: Config) -> None:
    build_site(blog)
    paper = page(blog, "papers/cs_0112017/index.html")
    assert paper.get_element_by_id("v2-s2").xpath("string(.//blockquote)") == "Accuracy rises by 7.13%."
    assert paper.xpath('//a[@class="evidence"]/@href') == ["#v2-s2"]
    assert "核对 1 条，删去 0 条" in paper.text_content() and "v2" in paper.text_content()
    assert 'lang="en"' in lxml.html.tostring(paper.get_element_by_id("v2-s2"), encoding="unicode")


def test_three_hundred_authors_are_folded(blog: Config) -> None:
    build_site(blog)
    paper = page(blog, "papers/2602.15620/index.html")
    assert "全部 300 位作者" in paper.xpath('string(//details[@class="authors"]/summary)')
    assert "Author 299" in paper.xpath('string(//details[@class="authors"]/p)')


def test_a_correction_is_shown_with_the_paper(blog: Config) -> None:
    edits = blog.path("edits") / "2026-02-18.yaml"
    edits.parent.mkdir(parents=True)
    edits.write_text("correction:\n  - {id: 2602.15620, text: {zh: 数字有误}}\n".replace("2602.15620", '"2602.15620"'))
    build_site(blog)
    assert "更正：数字有误" in text(blog, "papers/2602.15620/index.html")


def test_a_draft_and_what_it_shows_stay_unpublished(blog: Config) -> None:
    for post in blog.path("posts").rglob("2026-02-17-*.md"):
        post.write_text(post.read_text().replace("draft: false", "draft: true"))
    build_site(blog)
    assert not any("2026-02-17" in name or "2602.15763" in name for name in files(blog))


def test_tags_that_differ_in_case_or_punctuation_have_their_own_pages(blog: Config) -> None:
    build_site(blog)
    names = [name for name in files(blog) if name.startswith("tags/") and name != "tags/index.html"]
    titles = {page(blog, name).xpath("string(//h1)") for name in names}
    assert {"C", "C++", "c", "RL", "rl", "说明"} <= titles
    assert len({name.casefold() for name in names}) == len(names)


def test_a_tag_keeps_its_page_when_a_similar_one_comes() -> None:
    before, after = routes.tag_routes(["RL"]), routes.tag_routes(["RL", "rl", "R.L", "../..", ""])
    assert before["RL"] == after["RL"] == "tags/rl/"
    assert len({*after.values()}) == 5 and all(".." not in route for route in after.values())


def test_an_empty_blog_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("site: {language: en}\n")
    config = configuration.load(tmp_path / "config.yaml", {})
    build_site(config)
    assert "There is no issue yet" in text(config, "index.html")
    ET.fromstring(files(config)["feed.xml"])


# --- safe and sound ------------------------------------------------------------------------------


def test_every_internal_link_and_anchor_resolves(blog: Config) -> None:
    build_site(blog)
    made = files(blog)
    anchors = {name: set(page(blog, name).xpath("//@id")) for name in made if name.endswith(".html")}
    checked = 0
    for name, link in links(blog):
        if link.startswith(("https:", "mailto:")):
            continue
        target, fragment = urldefrag(urljoin(f"https://site/{name}", link).removeprefix("https://site/"))
        target = unquote(target)
        assert target in made, (name, link)
        assert not fragment or unquote(fragment) in anchors[target], (name, link)
        checked += 1
    assert checked > 100


def test_no_script_no_style_and_nothing_foreign(blog: Config) -> None:
    build_site(blog)
    for name in (name for name in files(blog) if name.endswith(".html")):
        document = page(blog, name)
        assert not document.xpath("//script | //img | //iframe | //style | //@style | //@*[starts-with(name(), 'on')]"), name
        policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert b"http://" not in files(blog)[name], name
    assert b"url(" not in files(blog)["assets/style.css"] and b"@import" not in files(blog)["assets/style.css"]
    assert len(files(blog)["assets/style.css"]) < 30_000
    for name, link in links(blog):
        assert link.startswith("https://") or ":" not in link, (name, link)


def test_ids_are_unique_and_titles_are_text(blog: Config) -> None:
    build_site(blog)
    for name in (name for name in files(blog) if name.endswith(".html")):
        ids = page(blog, name).xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert len(page(blog, name).xpath("//h1")) == 1, name
    assert page(blog, "papers/2602.15620/index.html").xpath("string(//h1)") == HOSTILE


def test_feed_and_sitemap_are_strict_xml_with_hostile_titles(blog: Config) -> None:
    build_site(blog)
    feed = ET.fromstring(files(blog)["feed.xml"])
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "By hand ]]> & 😀" in titles and len(titles) == 3
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert "https://example.org/papers/2026-02-18/" in ids and len(set(ids)) == len(ids)
    assert "index.html" not in (feed.findtext(f".//{ATOM}content") or "")
    assert {e.findtext(f"{ATOM}updated") for e in feed.iter(f"{ATOM}entry")} == {
        "2026-02-18T00:00:00+08:00",
        "2026-02-17T00:00:00+08:00",
    }
    addresses = [e.text for e in ET.fromstring(files(blog)["sitemap.xml"]).iter() if e.tag.endswith("loc")]
    assert "https://example.org/papers/papers/cs_0112017/" in addresses and len(set(addresses)) == len(addresses)


def test_a_revision_moves_updated_and_keeps_the_id(blog: Config) -> None:
    digests.write(blog.path("records"), _records()[0].model_copy(update={"revised": (Date(2026, 2, 20),)}))
    build_site(blog)
    entry = next(ET.fromstring(files(blog)["feed.xml"]).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}updated") == "2026-02-20T00:00:00+08:00"
    assert entry.findtext(f"{ATOM}published") == "2026-02-18T00:00:00+08:00"


def test_the_missing_page_works_under_any_address(blog: Config) -> None:
    build_site(blog)
    assert page(blog, "404.html").xpath("string(//base/@href)") == "https://example.org/papers/"


# --- building again ------------------------------------------------------------------------------


def test_building_again_changes_nothing(blog: Config) -> None:
    first = build_site(blog)
    before = {path: path.stat().st_mtime_ns for path in blog.path("output").rglob("*")}
    again = build_site(blog)
    assert first.changed == len(files(blog)) - 1 and (again.changed, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in blog.path("output").rglob("*")} == before


def test_a_page_that_is_gone_is_removed_and_nothing_else(blog: Config) -> None:
    build_site(blog)
    own = blog.path("output") / "CNAME"
    own.write_text("papers.example.org")
    (blog.path("posts") / "hello.md").unlink()
    built = build_site(blog)
    assert built.removed >= 1 and not (blog.path("output") / "posts").exists() and own.is_file()
    assert "posts/hello/index.html" not in json.loads(files(blog)[MANIFEST])["files"]


def test_a_manifest_that_names_other_files_removes_none_of_them(blog: Config) -> None:
    build_site(blog)
    manifest = blog.path("output") / MANIFEST
    manifest.write_text(json.dumps({"files": ["../config.yaml", "/etc/hostname", "", ".", 7]}))
    assert build_site(blog).removed == 0
    assert (blog.root / "config.yaml").is_file()


def test_a_template_error_leaves_the_old_site(blog: Config) -> None:
    build_site(blog)
    before = files(blog)
    own = blog.path("templates") / "site"
    own.mkdir(parents=True)
    (own / "tag.html.j2").write_text('{% extends "base.html.j2" %}\n{% block main %}\n{{ nothing.here }}\n{% endblock %}\n')
    with pytest.raises(RenderError, match=r"tag\.html\.j2:3.*nothing"):
        build_site(blog)
    assert files(blog) == before


def test_an_own_template_and_style_sheet_are_laid_over_ours(blog: Config) -> None:
    own = blog.path("templates") / "site"
    own.mkdir(parents=True)
    (own / "404.html.j2").write_text("{{ site.title }} {{ language }}")
    (own / "style.css").write_text("p { color: red }")
    build_site(blog)
    made = files(blog)
    assert made["404.html"] == b"Papers &amp; more zh" and made["assets/style.css"] == b"p { color: red }"


@pytest.mark.parametrize(
    "output", [".", "content", "content/posts/site", "templates/x", "src", "..", "/", "../elsewhere", ".git"]
)
def test_an_output_folder_that_is_no_place_for_a_site(blog: Config, output: str) -> None:
    (blog.root / "config.yaml").write_text(f"paths: {{output: {output!r}}}\n")
    config = configuration.load(blog.root / "config.yaml", {})
    with pytest.raises(OutputError, match="no place for the site"):
        build_site(config)


def test_a_symbolic_link_does_not_lead_the_site_elsewhere(blog: Config, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    blog.path("output").symlink_to(outside)
    with pytest.raises(OutputError, match="public"):
        build_site(blog)
    blog.path("output").unlink()
    blog.path("output").mkdir()
    (blog.path("output") / "papers").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        build_site(blog)
    assert not list(outside.iterdir())


def test_two_posts_for_one_page_are_an_error(blog: Config) -> None:
    (blog.path("posts") / "2025").mkdir()
    (blog.path("posts") / "2025/Hello.md").write_text("---\ntitle: x\npublished: 2026-02-17\n---\n")
    with pytest.raises(RenderError, match=r"hello\.md"):
        build_site(blog)


def test_editions_and_languages_have_their_own_pages(blog: Config) -> None:
    file = blog.root / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "editions: [{name: daily-papers}, {name: hf-report}]\n", encoding="utf-8")
    blog, paper = configuration.load(file, {}), covered("2602.15763")
    both = {"daily-papers": edition(paper), "hf-report": edition(paper)}
    _add(blog, digest(paper, date=Date(2026, 2, 20), editions=both))
    build_site(blog)
    expected = {f"2026-02-20{suffix}/index.html" for suffix in ("", ".en", "-hf-report", "-hf-report.en")}
    assert expected <= set(files(blog))
    assert page(blog, "2026-02-20.en/index.html").get("lang") == "en"
    assert page(blog, "2026-02-20/index.html").get("lang") == "zh-CN"


def test_a_day_on_which_nothing_was_picked_has_an_issue_all_the_same(blog: Config) -> None:
    _add(blog, digest(date=Date(2026, 2, 20), also=[mention()]))
    build_site(blog)
    assert "300 篇 → 精选 0 篇" in text(blog, "index.html")
    assert page(blog, "index.html").xpath("//h1/a/@href") == ["2026-02-20/index.html"]


def test_a_digest_leads_to_the_ones_before_and_after(blog: Config) -> None:
    build_site(blog)
    assert page(blog, "2026-02-18/index.html").xpath('//nav[@class="around"]/a/@href') == ["../2026-02-17/index.html"]
    assert page(blog, "2026-02-17/index.html").xpath('//a[@rel="next"]/@href') == ["../2026-02-18/index.html"]


# --- words ---------------------------------------------------------------------------------------


def test_a_paper_without_a_short_name_is_called_by_its_title_up_to_the_colon_everywhere(blog: Config) -> None:
    paper = covered("2602.00001", title="Learning to Fold: A Study of Towels", stars=3)
    _add(blog, digest(paper, date=Date(2026, 2, 20)))
    build_site(blog)
    assert page(blog, "index.html").xpath('//ol[@class="rows"]//span[@class="name"]/text()') == ["Learning to Fold"]
    post = (blog.path("posts") / "2026/2026-02-20-daily-papers.md").read_text(encoding="utf-8")
    assert "[Learning to Fold](" in post and "### 1. Learning to Fold: A Study of Towels" in post
    assert "[[2602.00001 Learning to Fold|Learning to Fold]]" in files(blog)["2026-02-20/digest.obsidian.md"].decode()


@pytest.mark.parametrize(("language", "text"), [("zh", "毛巾折叠" * 60), ("en", "folding a towel " * 20)])
def test_a_long_description_is_cut_where_search_engines_would(blog: Config, language: Language, text: str) -> None:
    post = blog.path("posts") / f"long{'' if language == 'zh' else '.en'}.md"
    post.write_text(f'---\ntitle: Long\npublished: 2026-02-17\ndescription: "{text} & more"\n---\n\nText.\n', encoding="utf-8")
    build_site(blog)
    head = page(blog, f"posts/{post.stem}/index.html")
    shown = head.xpath("string(//meta[@name='description']/@content)")
    assert shown == head.xpath("string(//meta[@property='og:description']/@content)")
    assert shown.endswith("…") and text.startswith(shown[:-1]) and 140 < width(shown) <= 160


@pytest.mark.parametrize("title", ["Learning $f: X \\to Y$ from Towels", ": a title", "No colon at all"])
def test_a_title_that_has_no_subtitle_is_the_papers_name(title: str) -> None:
    assert covered(title=title).name_in("en") == title
