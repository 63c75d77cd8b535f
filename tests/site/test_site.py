"""The site is a pure function of content/: complete, safe, the same bytes again, and never half of it."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest

import sitecheck
from blogs import add, files, page, said, text
from digest import config as configuration
from digest import digests
from digest.config import Config
from digest.errors import RenderError
from digest.labels import shipped
from digest.models import Digest, Language, Meta, Quote
from digest.site import build_site, routes
from digest.site.output import MANIFEST
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
    add(config, *_records())
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
        *("index.html", "404.html", "search/index.html", "trends/index.html", "status/index.html", "about/index.html"),
        *("archive/index.html", "archive/2026/index.html", "archive/2026-02/index.html", "status/2026-02/index.html"),
        *(f"{kind}/index.html" for kind in ("directions", "categories", "organisations", "tags")),
        *("directions/agentic-rl/index.html", "categories/cs-lg/index.html", "tags/rl/index.html", "posts/hello/index.html"),
        *("2026-02-18/index.html", "2026-02-18.en/index.html", "papers/2602.15763/index.html", "papers/cs_0112017/index.html"),
        *("feed.xml", "rss.xml", "feed.json", "sitemap.xml", "robots.txt", "llms.txt", "opensearch.xml", "api/index.json"),
        *("assets/style.css", "assets/theme.js", "assets/site.js", "assets/search.js", "assets/favicon.svg"),
    ):
        assert name in made, name
    assert built.pages == sum(name.endswith(".html") for name in made)
    assert built.index == blog.path("output") / "index.html"


def test_the_home_page_shows_the_newest_issue_and_the_days_before(blog: Config) -> None:
    build_site(blog)
    shown = text(blog, "index.html")
    assert "2026-02-18 周三 300 篇 → 精选 2 篇" in shown
    assert "其余 1 篇，另有 1 篇值得关注" in shown
    earlier = page(blog, "index.html").xpath('//ol[@class="days"]/li[@class="day"]')
    days = [day.xpath("string(.//time/@datetime)") for day in earlier]
    assert days == ["2026-02-17", "2026-02-16", "2026-02-15", "2026-02-14"]


def test_the_five_kinds_of_days_never_look_alike(blog: Config) -> None:
    build_site(blog)
    words = {"provisional": "未收齐", "quiet": "无公告", "stale": "尚未更新", "failed": "读取失败"}
    days = {"announced": 18, "provisional": 17, "quiet": 14, "stale": 15, "failed": 16}
    cells = {cell.text: cell for cell in page(blog, "archive/index.html").xpath('//td/*[contains(@class, "cell-")]')}
    assert {state: cells[str(day)].get("class") for state, day in days.items()} == {s: f"cell cell-{s}" for s in days}
    rows = {row.xpath("string(.//time/@datetime)"): row for row in page(blog, "archive/2026-02/index.html").xpath("//main//li")}
    for state, day in days.items():
        row = rows[f"2026-02-{day}"]
        assert row.xpath('.//*[contains(@class, "state")]/@class') == ([f"state state-{state}"] if state in words else [])
        assert words.get(state, "") in said(row) and words.get(state, "") in (cells[str(day)].get("title") or "")
        assert not any(word in said(row) for other, word in words.items() if other != state)


def test_a_paper_page_shows_the_sentence_behind_each_claim(blog: Config) -> None:
    build_site(blog)
    paper = page(blog, "papers/cs_0112017/index.html")
    (cites,) = paper.xpath('//*[@class="tldr"]//details[@class="cites"]')
    assert cites.xpath("string(summary)") == "2" and cites.xpath("string(summary/@aria-label)") == "原句 2"
    sentence = cites.get_element_by_id("v2-s2")
    assert sentence.xpath("string(blockquote)") == "Accuracy rises by 7.13%." and "Results" in said(sentence)
    assert sentence.xpath("string(blockquote/@lang)") == "en"
    assert "核对 1 条，删去 0 条" in said(paper) and "v2" in said(paper.find_class("basis")[0])


def test_a_claim_in_the_papers_own_words_is_the_sentence_itself(blog: Config) -> None:
    own = covered("2602.00007", quotes={2: Quote(text="The method improves accuracy by 7.13%.")})
    add(blog, digest(own, date=Date(2026, 2, 20)))
    build_site(blog)
    (tldr,) = page(blog, "papers/2602.00007/index.html").find_class("tldr")
    assert tldr.xpath('string(.//*[@id="v1-s2"])') == "The method improves accuracy by 7.13%"
    assert not tldr.xpath(".//details")


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
    assert "更正 2026-02-18：数字有误" in text(blog, "papers/2602.15620/index.html")
    assert "数字有误" not in text(blog, "papers/cs_0112017/index.html")


def test_a_draft_and_what_it_shows_stay_unpublished(blog: Config) -> None:
    for post in blog.path("posts").rglob("2026-02-17-*.md"):
        post.write_text(post.read_text().replace("draft: false", "draft: true"))
    build_site(blog)
    made = files(blog)
    assert not any("2026-02-17" in name or "2602.15763" in name for name in made)
    assert not [name for name, data in made.items() if b"papers/2602.15763" in data or b"2026-02-17/" in data]


def test_tags_that_differ_in_case_or_punctuation_have_their_own_pages(blog: Config) -> None:
    build_site(blog)
    names = [name for name in files(blog) if name.startswith("tags/") and name.endswith(".html") and name != "tags/index.html"]
    titles = [page(blog, name).xpath("string(//h1)") for name in names]
    assert {"C", "C++", "c", "RL", "rl", "说明"} <= set(titles) and len(set(titles)) == len(titles)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_term_keeps_its_page_when_a_similar_one_comes() -> None:
    before, after = routes.term_routes("tags/", ["RL"]), routes.term_routes("tags/", ["RL", "rl", "R.L", "../..", ""])
    assert before["RL"] == after["RL"] == "tags/rl/"
    assert len({*after.values()}) == 5 and all(".." not in route for route in after.values())


def test_an_empty_blog_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("site: {language: en}\n")
    config = configuration.load(tmp_path / "config.yaml", {})
    build_site(config)
    assert "There is no issue yet" in text(config, "index.html") and "There is no issue yet" in text(config, "status/index.html")
    ET.fromstring(files(config)["feed.xml"])
    assert json.loads(files(config)["search/index.json"]) == {"months": [], "directions": []}
    faults = sitecheck.check(config.path("output"), config.site.url)
    assert not faults, sitecheck.report(faults)


# --- safe and sound ------------------------------------------------------------------------------


def test_every_file_is_valid_and_every_link_and_anchor_inside_leads_somewhere(blog: Config) -> None:
    build_site(blog)
    faults = sitecheck.check(blog.path("output"), blog.site.url)
    assert not faults, sitecheck.report(faults)
    assert sum(link.startswith("../") for _, link in links(blog)) > 500


POLICY = {
    **{name: ["'self'", "file:"] for name in ("style-src", "script-src", "img-src", "form-action")},
    **{"default-src": ["'none'"], "connect-src": ["'self'"], "base-uri": ["'self'"]},
}


def test_scripts_are_our_own_files_and_nothing_is_inline_or_foreign(blog: Config) -> None:
    build_site(blog)
    made, scripts = files(blog), set()
    for name in (name for name in made if name.endswith(".html")):
        document = page(blog, name)
        assert not document.xpath("//img | //iframe | //style | //@style | //@*[starts-with(name(), 'on')]"), name
        policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")} == POLICY, name
        for script in document.iter("script"):
            if script.get("src"):
                scripts.add(script.get("src").replace("../", ""))
            else:
                assert script.get("type") in ("application/ld+json", "application/json"), name
        assert b"http://" not in made[name], name
    assert scripts == {"assets/theme.js", "assets/site.js", "assets/search.js"}
    for name, link in links(blog):
        assert link.startswith("https://") or ":" not in link, (name, link)


def test_style_sheet_and_scripts_are_small_and_load_nothing(blog: Config) -> None:
    build_site(blog)
    made = files(blog)
    style, scripts = made["assets/style.css"], b"".join(data for name, data in made.items() if name.endswith(".js"))
    assert b"url(" not in style and b"@import" not in style and b"/*" not in style
    assert 1000 < len(style) < 30_000 and 1000 < len(scripts) < 30_000
    assert b"https://" not in style + scripts and b"http://" not in style + scripts.replace(b"http://www.w3.org/2000/svg", b"")
    assert not any(word in scripts for word in (b"eval(", b"innerHTML", b"document.write", b"new Function"))


def test_ids_are_unique_and_titles_are_text(blog: Config) -> None:
    build_site(blog)
    for name in (name for name in files(blog) if name.endswith(".html")):
        ids = page(blog, name).xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert len(page(blog, name).xpath("//h1")) == 1, name
    assert page(blog, "papers/2602.15620/index.html").xpath("string(//h1)") == HOSTILE


def test_the_feed_is_strict_xml_with_hostile_titles(blog: Config) -> None:
    build_site(blog)
    feed = ET.fromstring(files(blog)["feed.xml"])
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "By hand ]]> & 😀" in titles and len(titles) == 3
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert "https://example.org/papers/2026-02-18/" in ids and len(set(ids)) == len(ids)
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert any('href="https://example.org/papers/papers/' in html for html in contents)
    assert not any("index.html" in html or 'href="../' in html for html in contents)
    assert {e.findtext(f"{ATOM}updated") for e in feed.iter(f"{ATOM}entry")} == {
        "2026-02-18T00:00:00+08:00",
        "2026-02-17T00:00:00+08:00",
    }


def test_a_revision_moves_updated_and_keeps_the_id(blog: Config) -> None:
    digests.write(blog.path("records"), _records()[0].model_copy(update={"revised": (Date(2026, 2, 20),)}))
    build_site(blog)
    entry = next(ET.fromstring(files(blog)["feed.xml"]).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}updated") == "2026-02-20T00:00:00+08:00"
    assert entry.findtext(f"{ATOM}published") == "2026-02-18T00:00:00+08:00"


def test_the_missing_page_works_under_any_address(blog: Config) -> None:
    build_site(blog)
    assert page(blog, "404.html").xpath("string(//base/@href)") == "/papers/"


# --- building again ------------------------------------------------------------------------------


def test_building_again_changes_nothing(blog: Config) -> None:
    first = build_site(blog)
    before = {path: path.stat().st_mtime_ns for path in blog.path("output").rglob("*")}
    again = build_site(blog)
    assert first.changed == len(files(blog)) - 1 and (again.pages, again.changed, again.removed) == (0, 0, 0)
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
    (own / "term.html.j2").write_text('{% extends "base.html.j2" %}\n{% block main %}\n{{ nothing.here }}\n{% endblock %}\n')
    with pytest.raises(RenderError, match=r"term\.html\.j2:3.*nothing"):
        build_site(blog)
    assert files(blog) == before


def test_own_templates_scripts_and_parts_of_the_style_are_laid_over_ours(blog: Config) -> None:
    build_site(blog)
    style = files(blog)["assets/style.css"]
    own = blog.path("templates") / "site"
    (own / "style").mkdir(parents=True)
    (own / "404.html.j2").write_text("{{ site.title }} {{ language }}")
    (own / "site.js").write_text("// mine")
    (own / "style/60-paper.css").write_text("")
    (own / "style/99-own.css").write_text("p { color: red } /* my colour */")
    build_site(blog)
    made = files(blog)
    assert made["404.html"] == b"Papers &amp; more zh" and made["assets/site.js"] == b"// mine"
    assert made["assets/style.css"].strip().endswith(b"p{color:red}") and b"my colour" not in made["assets/style.css"]
    assert b".cites" in style and b".cites" not in made["assets/style.css"]
    assert style[:500] == made["assets/style.css"][:500]


def test_a_row_of_a_list_shows_nothing_of_the_page_that_it_stands_on(blog: Config) -> None:
    """It is made once for all pages of terms that are equally deep."""
    own = blog.path("templates") / "site"
    own.mkdir(parents=True)
    macros = (shipped("templates") / "site/macros.html.j2").read_text(encoding="utf-8")
    before = "{% macro note_row(post) %}"
    (own / "macros.html.j2").write_text(
        macros.replace(before, f"{before}<i>{{{{ url(post.route) }}}} mine</i>"), encoding="utf-8"
    )
    build_site(blog)
    assert b"<i>../../posts/hello/index.html mine</i>" in files(blog)["tags/c/index.html"]
    (own / "macros.html.j2").write_text(macros.replace(before, f"{before}{{{{ route }}}}"), encoding="utf-8")
    with pytest.raises(RenderError, match=r"macros\.html\.j2:\d+.*'route' is undefined"):
        build_site(blog)


def test_editions_and_languages_have_their_own_pages(blog: Config) -> None:
    file = blog.root / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "editions: [{name: daily-papers}, {name: hf-report}]\n", encoding="utf-8")
    blog, paper = configuration.load(file, {}), covered("2602.15763")
    both = {"daily-papers": edition(paper), "hf-report": edition(paper)}
    add(blog, digest(paper, date=Date(2026, 2, 20), editions=both))
    build_site(blog)
    expected = {f"2026-02-20{suffix}/index.html" for suffix in ("", ".en", "-hf-report", "-hf-report.en")}
    assert expected <= set(files(blog))
    assert page(blog, "2026-02-20.en/index.html").get("lang") == "en"
    assert page(blog, "2026-02-20/index.html").get("lang") == "zh-CN"


def test_a_day_on_which_nothing_was_picked_has_an_issue_all_the_same(blog: Config) -> None:
    add(blog, digest(date=Date(2026, 2, 20), also=[mention()]))
    build_site(blog)
    assert "300 篇 → 精选 0 篇" in text(blog, "index.html")
    assert page(blog, "index.html").xpath("//h1/a/@href") == ["2026-02-20/index.html"]


def test_a_digest_leads_to_the_ones_before_and_after(blog: Config) -> None:
    build_site(blog)
    assert page(blog, "2026-02-18/index.html").xpath('//nav[@class="around"]/a/@href') == ["../2026-02-17/index.html"]
    assert page(blog, "2026-02-18/index.html").xpath('//a[@rel="prev"]/@href') == ["../2026-02-17/index.html"]
    assert page(blog, "2026-02-17/index.html").xpath('//a[@rel="next"]/@href') == ["../2026-02-18/index.html"]


# --- words ---------------------------------------------------------------------------------------


def test_a_paper_without_a_short_name_is_called_by_its_title_up_to_the_colon_everywhere(blog: Config) -> None:
    paper = covered("2602.00001", title="Learning to Fold: A Study of Towels", stars=3)
    add(blog, digest(paper, date=Date(2026, 2, 20)))
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
