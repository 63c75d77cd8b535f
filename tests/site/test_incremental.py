"""A site that grew over many builds is, byte for byte, the one that a first build makes of the same content."""

import random
from datetime import date as Date
from pathlib import Path

import pytest

from blogs import data, page, said
from digest import digests
from digest.config import Config
from digest.site import build_site
from digest.site.kinship.related import NEAREST
from fakes import digest, edition
from growing import (
    CHANGES,
    Change,
    a_paper,
    add_day,
    check_same,
    days_of,
    drop_day,
    files,
    first_blog,
    new_day,
    papers_of,
    reloaded,
    save,
    write,
    write_note,
)

KIN, AGAIN = "2602.01003", "2601.28003"
"""A paper of the fifth day, and one of the first that its page shows as related."""


@pytest.fixture
def blog(tmp_path: Path) -> Config:
    config = first_blog(tmp_path)
    build_site(config)
    return config


def told(blog: Config, name: str) -> str:
    """What the main part of a page says."""
    return said(page(blog, name).find(".//main"))


def leads_to(blog: Config, name: str, route: str) -> bool:
    """Whether a page has a link that ends so in its main part."""
    links = page(blog, name).find(".//main").iter("a")
    return any(link.get("href", "").removesuffix("index.html").endswith(route) for link in links)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_site_is_that_of_a_first_build(blog: Config, change: Change) -> None:
    before = files(blog)
    change(blog, random.Random(1))
    blog = reloaded(blog.root)
    check_same(blog)
    if not change.__name__.startswith(("edits_gone", "files_lost")):
        assert files(blog) != before, "the change shows nowhere"


@pytest.mark.parametrize("seed", range(3))
def test_after_many_changes_the_site_is_that_of_a_first_build(blog: Config, seed: int) -> None:
    chooser = random.Random(seed)
    for change in chooser.sample(CHANGES, 10):
        if len(days_of(blog)) < 4:
            new_day(blog, chooser)
        change(blog, chooser)
        blog = reloaded(blog.root)
        check_same(blog)


# --- a paper that is covered again ---------------------------------------------------------------


def test_pages_that_show_a_paper_say_what_a_later_day_says_of_it(blog: Config) -> None:
    day, again = Date(2026, 2, 3), a_paper(AGAIN, "第二版更好")
    assert leads_to(blog, f"papers/{KIN}/index.html", f"{AGAIN}/")
    save(blog, digest(again, date=day, editions={"daily-papers": edition(again)}))
    check_same(blog)
    assert str(day) in told(blog, f"papers/{KIN}/index.html")
    drop_day(blog, day)
    check_same(blog)
    assert str(day) not in told(blog, f"papers/{KIN}/index.html")


def test_a_page_of_a_later_day_shows_the_related_papers_of_the_first(blog: Config) -> None:
    record = digests.read(blog.path("records"), Date(2026, 2, 1))
    assert record
    again = [one for one in record.papers if one.paper.id == KIN]
    save(blog, digest(*again, date=Date(2026, 2, 3), editions={"daily-papers": edition(*again)}))
    check_same(blog)
    assert leads_to(blog, f"papers/{KIN}/index.html", f"{AGAIN}/")
    drop_day(blog, Date(2026, 1, 28))
    check_same(blog)
    assert not leads_to(blog, f"papers/{KIN}/index.html", f"{AGAIN}/")


def test_a_paper_of_last_year_that_is_covered_again_leaves_the_sitemap_of_that_year(blog: Config) -> None:
    add_day(blog, Date(2025, 12, 30))
    check_same(blog)
    assert b"papers/2512.30001/" in files(blog)["sitemap-2025.xml"]
    add_day(blog, Date(2026, 2, 3), again="2512.30001")
    check_same(blog)
    assert b"papers/2512.30001/" not in files(blog)["sitemap-2025.xml"]


def test_what_only_the_second_edition_shows_is_told_to_programs_as_it_is_now(blog: Config) -> None:
    paper = papers_of(blog, Date(2026, 1, 30))[-1]
    for stars in (1, 2, 3):
        write(blog, "edits/2026-01-30.yaml", f'stars: {{"{paper}": {stars}}}\n')
        check_same(blog)
        rows = data(blog, "api/papers/2026-01.json")["papers"]
        assert [row["stars"] for row in rows if row["id"] == paper] == [stars]


# --- posts by hand, months -----------------------------------------------------------------------


def test_the_page_of_a_tag_shows_a_post_with_its_date_and_reading_time_of_now(blog: Config) -> None:
    for day, words in ((Date(2026, 1, 5), 900), (Date(2026, 1, 3), 900), (Date(2026, 1, 3), 20)):
        write_note(blog, "hello", day, ["RL"], "word " * words)
        check_same(blog)
        shown = told(blog, "tags/rl/index.html")
        assert (f"{day}" in shown, "约 4 分钟" in shown) == (True, words == 900)


def test_nights_lead_to_the_months_beside_them_that_there_are(blog: Config) -> None:
    new_day(blog, random.Random(1))
    for present in (True, False):
        (add_day if present else drop_day)(blog, Date(2025, 12, 30))
        check_same(blog)
        assert leads_to(blog, "status/2026-01/index.html", "status/2025-12/") == present


# --- what stays ----------------------------------------------------------------------------------


def test_a_new_day_leaves_the_pages_of_older_ones_alone(blog: Config) -> None:
    times = {path: path.stat().st_mtime_ns for path in blog.path("output").rglob("*.html")}
    paper = a_paper("2602.03001", "准确率提升 7%", of="2601.31001")  # no tag becomes a direction by it
    save(blog, digest(paper, date=Date(2026, 2, 3), editions={"daily-papers": edition(paper)}))
    build_site(blog)
    touched = {
        path.relative_to(blog.path("output")).as_posix() for path, time in times.items() if path.stat().st_mtime_ns != time
    }
    assert {"index.html", "archive/index.html", "2026-02-02/index.html"} <= touched
    assert not any(name.startswith(("2026-01-28", "2026-01-31", "archive/2026-01")) for name in touched)
    assert sum(name.startswith("papers/") for name in touched) <= NEAREST
