"""What programs read of a whole site: the search index, sitemaps, the API, llms.txt, pictures. All say what the pages say."""

import io
import xml.etree.ElementTree as ET
from datetime import date as Date
from pathlib import Path

import pytest

from blogs import URL, add, blog, data, files, page, write
from digest.config import Config
from digest.models import Meta
from digest.site import build_site
from digest.site.drawing import images
from fakes import card, claim, covered, digest, edition, reading

LOC, LASTMOD = ("{http://www.sitemaps.org/schemas/sitemap/0.9}" + name for name in ("loc", "lastmod"))


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Three days in two months of two years; one paper is covered twice. To be read only."""
    made = blog(
        tmp_path_factory.mktemp("blog"),
        "posts: {languages: [en, zh]}\neditions: [{name: daily-papers}, {name: deep}]",
        site="language: en",
    )
    meta = Meta(tldr=claim("It <b>helps</b> by 7%", 1), short_name="GLM-5", tags=("Agents", "MoE"), directions=("Agentic RL",))
    full = covered(
        "2602.15763",
        cards={"en": card(meta=meta, filled_by="model")},
        reading=reading(source="html", sentences=90),
        title="GLM-5: from </script> to 工程",
        stars=3,
        organisation="Zhipu",
        code="https://github.com/zai-org/GLM-5",
        github_stars=1049,
    )
    old = covered("cs/0112017", title="Old one", stars=1)
    add(made, digest(old, date=Date(2025, 12, 31)), digest(old, full, date=Date(2026, 2, 17)))
    third = covered("2602.00003")
    both = {"daily-papers": edition(full, third), "deep": edition(full)}
    add(made, digest(full, third, date=Date(2026, 2, 18), editions=both, revised=(Date(2026, 2, 20),)))
    write(made, "posts/note.md", "---\ntitle: A note\npublished: 2026-02-17\nupdated: 2026-02-19\ntags: [RL]\n---\n\nWords.\n")
    write(made, "pages/team.md", "---\ntitle: Team\n---\n")
    build_site(made)
    return made


# --- search --------------------------------------------------------------------------------------


def test_the_search_index_names_its_months_newest_first_and_the_directions_commonest_first(config: Config) -> None:
    assert data(config, "search/index.json") == {"months": ["2026-02", "2025-12"], "directions": ["Agentic RL"]}


def test_each_month_has_its_papers_once_with_all_that_a_result_shows(config: Config) -> None:
    rows = {row[0]: row for row in data(config, "search/2026-02.json")["papers"]}
    assert set(rows) == {"2602.15763", "2602.00003", "cs/0112017"}
    assert rows["2602.15763"] == [
        *("2602.15763", "GLM-5", "GLM-5: from </script> to 工程", "A blurb", ["Agentic RL"], ["Agents", "MoE"]),
        *("Zhipu", 3, 3, 18, 1049),
    ]
    assert rows["cs/0112017"][7:] == [1, 0, 17, None]
    assert data(config, "search/2025-12.json") == {"papers": []}


def test_the_search_page_knows_where_its_index_is(config: Config) -> None:
    (form,) = page(config, "search/index.html").xpath("//form[@role='search']")
    assert (form.get("data-index"), form.get("data-root")) == ("../search/index.json", "../index.html")
    assert form.get("hidden") is not None
    without = page(config, "search/index.html").find_class("without")[0]  # shown where there is no JavaScript
    assert without.xpath("a/@href") == ["../archive/index.html", "../directions/index.html"]


def test_a_new_month_leaves_the_index_of_the_others_alone(config: Config, tmp_path: Path) -> None:
    own = blog(tmp_path)
    add(own, digest(covered("2602.00001")))
    build_site(own)
    before = files(own)["search/2026-02.json"]
    add(own, digest(covered("2603.00001"), date=Date(2026, 3, 2)))
    build_site(own)
    assert files(own)["search/2026-02.json"] == before
    assert data(own, "search/index.json")["months"] == ["2026-03", "2026-02"]


# --- sitemaps ------------------------------------------------------------------------------------


def listed(config: Config, name: str) -> dict[str, str]:
    """The addresses of a sitemap below the site's, and their dates."""
    root = ET.fromstring(files(config)[name])
    return {(entry.findtext(LOC) or "").removeprefix(URL): entry.findtext(LASTMOD) or "" for entry in root}


def test_the_index_names_a_sitemap_a_year_and_one_of_all_other_pages(config: Config) -> None:
    assert listed(config, "sitemap.xml") == {
        "sitemap-2026.xml": "2026-02-20",
        "sitemap-2025.xml": "2025-12-31",
        "sitemap-pages.xml": "",
    }
    assert files(config)["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {URL}sitemap.xml\n"


def test_a_years_sitemap_has_its_digests_and_the_papers_that_it_covers_last(config: Config) -> None:
    editions = {f"2026-02-18{name}/": "2026-02-20" for name in ("", ".zh", "-deep", "-deep.zh")}
    day = {"2026-02-17/": "2026-02-17", "2026-02-17.zh/": "2026-02-17", "papers/cs_0112017/": "2026-02-17"}
    papers = {"papers/2602.15763/": "2026-02-20", "papers/2602.00003/": "2026-02-20"}
    assert listed(config, "sitemap-2026.xml") == editions | day | papers
    assert listed(config, "sitemap-2025.xml") == {"2025-12-31/": "2025-12-31", "2025-12-31.zh/": "2025-12-31"}


def test_the_sitemap_of_pages_has_every_other_page_but_the_missing_one(config: Config) -> None:
    found = {name.removesuffix("index.html") for name in files(config) if name.endswith(".html")}
    days = listed(config, "sitemap-2026.xml").keys() | listed(config, "sitemap-2025.xml").keys()
    pages = listed(config, "sitemap-pages.xml")
    assert pages.keys() == found - days - {"404.html"}
    assert (pages["posts/note/"], pages["team/"], pages["archive/"]) == ("2026-02-19", "", "")


def test_older_pages_of_a_term_are_in_the_sitemap(tmp_path: Path) -> None:
    made = blog(tmp_path / "many")
    for n in range(81):
        write(made, f"posts/note-{n}.md", f"---\ntitle: N{n}\npublished: 2026-02-17\ntags: [Deep]\n---\n")
    build_site(made)
    assert {"tags/deep/", "tags/deep/1/"} <= listed(made, "sitemap-pages.xml").keys()
    assert "tags/deep/2/" not in listed(made, "sitemap-pages.xml")


# --- the API and llms.txt ------------------------------------------------------------------------


def test_the_api_counts_what_its_files_hold(config: Config) -> None:
    index = data(config, "api/index.json")
    assert "2026-02-18" in str(index)
    days = [day for year in ("2026", "2025") for day in data(config, f"api/days/{year}.json")["days"]]
    assert [day["date"] for day in days] == ["2026-02-18", "2026-02-17", "2025-12-31"]
    assert [paper["id"] for paper in data(config, "api/papers/2026-02.json")["papers"]] == [
        *("2602.15763", "2602.00003", "cs/0112017", "2602.15763"),
    ]
    assert days[0]["digests"][0]["route"] == "2026-02-18/" and days[0]["digests"][0]["updated"] == "2026-02-20"


def test_every_route_that_the_api_names_is_there(config: Config) -> None:
    made = files(config)
    terms = data(config, "api/tags.json")
    for kind in ("directions", "categories", "organisations", "tags"):
        for term in terms[kind]:
            assert f"{term['route']}index.html" in made, term
    for feed in data(config, "api/index.json")["feeds"]:
        assert all(feed[kind] in made for kind in ("atom", "rss", "json")), feed


def test_llms_txt_begins_with_the_site_and_names_the_newest_digests(config: Config) -> None:
    text = files(config)["llms.txt"].decode()
    assert text.startswith("# Papers\n")
    assert f"{URL}2026-02-18/digest.md" in text or f"{URL}2026-02-18/" in text
    assert text.index("2026-02-18/") < text.index("2026-02-17/")


# --- pictures ------------------------------------------------------------------------------------


def test_a_digest_has_a_picture_that_its_page_names(config: Config) -> None:
    image = pytest.importorskip("PIL.Image", reason="needs the extra `images`")
    for name in ("2026-02-18", "2026-02-18-deep", "2025-12-31"):
        assert page(config, f"{name}/index.html").xpath("//meta[@property='og:image']/@content") == [f"{URL}{name}/social.png"]
        assert page(config, f"{name}/index.html").xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
        with image.open(io.BytesIO(files(config)[f"{name}/social.png"])) as picture:
            assert (picture.size, picture.format) == ((images.WIDTH, images.HEIGHT), "PNG")


def test_what_is_no_digest_has_no_picture(config: Config) -> None:
    for name in ("index.html", "posts/note/index.html", "papers/2602.15763/index.html", "archive/index.html"):
        assert not page(config, name).xpath("//meta[@property='og:image']"), name
    pictures = {name.rpartition("/")[0] for name in files(config) if name.endswith(".png")}
    assert pictures <= {name.rpartition("/")[0] for name in files(config) if name[:4] in ("2025", "2026")}


def test_a_headline_changes_the_picture_and_nothing_else_does(tmp_path: Path) -> None:
    pytest.importorskip("PIL", reason="needs the extra `images`")
    own = blog(tmp_path, site="language: en")
    add(own, digest(covered("2602.00001")))
    build_site(own)
    before = files(own)["2026-02-18/social.png"]
    add(own, digest(covered("2602.00002"), date=Date(2026, 2, 19)))
    build_site(own)
    assert files(own)["2026-02-18/social.png"] == before
    post = own.path("posts") / "2026/2026-02-18-daily-papers.md"
    post.write_text(post.read_text(encoding="utf-8").replace("1 papers", "One paper to read"), encoding="utf-8")
    build_site(own)
    assert files(own)["2026-02-18/social.png"] != before
