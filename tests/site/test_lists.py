"""The pages that list days: home whatever the newest day is, the archive by months and years, the nights of the status page."""

from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pytest

import sitecheck
from blogs import URL, add, blog, page, said, text
from digest.config import Config
from digest.models import Digest, Support
from digest.site import build_site
from digest.site.parts.lists import next_issue
from fakes import card, covered, digest, mention, source

WEDNESDAY = Date(2026, 2, 18)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A blog of one day, a Wednesday."""
    made = blog(tmp_path / "blog")
    add(made, digest(covered("2602.00001", stars=3), covered("2602.00002"), also=[mention()], date=WEDNESDAY))
    return made


def without_issue(date: Date, status: str) -> Digest:
    sources = (source(date=date, status="announced"), source("cs.LG", date=date, status=status, entries=0, error="HTTP 503"))
    return digest(date=date, status=status, editions={}, sources=sources)


def failed_whole(date: Date) -> Digest:
    """A day of which no list was read."""
    down = {"date": date, "status": "failed", "entries": 0}
    listings = [source(name, error="HTTP 503", **down) for name in ("cs.CL", "cs.LG")]
    return digest(date=date, status="failed", editions={}, sources=(source(error="HTTP 500", **down), *listings))


def notice(config: Config) -> str:
    """The sentence about the newest day; empty where there is none."""
    return " ".join(said(p) for p in page(config, "index.html").xpath('//main//p[contains(@class, "notice")]'))


# --- home ----------------------------------------------------------------------------------------


def test_an_announced_day_needs_no_sentence(config: Config) -> None:
    build_site(config)
    assert notice(config) == ""
    assert said(page(config, "index.html").find_class("eyebrow")[0]) == "2026-02-18 周三 300 篇 → 精选 2 篇"
    assert page(config, "index.html").xpath("//h1/a/@href") == ["2026-02-18/index.html"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("quiet", "2026-02-20（周五）没有公告；最近一期是 2026-02-18（周三）；下一期预计 2026-02-23（周一）。"),
        (
            "stale",
            "2026-02-20（周五）的列表尚未更新；未读全的来源：arXiv cs.LG（尚未更新）；最近一期是 2026-02-18（周三）；"
            "下一期预计 2026-02-23（周一）。",
        ),
        (
            "failed",
            "2026-02-20（周五）的列表没有读到；未读全的来源：arXiv cs.LG（读取失败）；最近一期是 2026-02-18（周三）；"
            "下一期预计 2026-02-23（周一）。",
        ),
    ],
)
def test_a_newest_day_without_an_issue_says_why_and_what_comes_next(config: Config, status: str, words: str) -> None:
    add(config, without_issue(Date(2026, 2, 20), status))
    build_site(config)
    assert notice(config) == words
    assert page(config, "index.html").xpath('//p[contains(@class, "notice")]/a/@href') == ["2026-02-18/index.html"]
    assert "300 篇 → 精选 2 篇" in text(config, "index.html")
    assert page(config, "index.html").xpath("//h1/a/@href") == ["2026-02-18/index.html"]


def test_a_provisional_day_shows_its_issue_and_says_that_it_is_not_whole(config: Config) -> None:
    lists = (source(status="announced"), source("cs.LG", status="failed", entries=0))
    add(config, digest(covered("2602.00003"), date=Date(2026, 2, 19), provisional=True, sources=lists))
    build_site(config)
    assert notice(config) == (
        "2026-02-19（周四）尚未收齐，将自动补全；未读全的来源：arXiv cs.LG（读取失败）；下一期预计 2026-02-20（周五）。"
    )
    assert page(config, "index.html").xpath("//h1/a/@href") == ["2026-02-19/index.html"]


@pytest.mark.parametrize(("status", "words"), [("failed", "读取失败"), ("stale", "尚未更新")])
def test_an_issue_that_was_made_without_a_list_says_so(config: Config, status: str, words: str) -> None:
    gone = [source(name, status=status, entries=0) for name in ("cs.LG", "cs.AI")]
    add(config, digest(covered("2602.00003"), date=Date(2026, 2, 19), sources=(source(), *gone)))
    build_site(config)
    assert notice(config) == f"2026-02-19（周四）的列表不全：arXiv cs.LG/cs.AI（{words}）。"
    for name in ("index.html", "2026-02-19/index.html"):
        assert len(page(config, name).find_class(f"notice-{status}")) == 1, name


def test_a_day_without_any_list_names_none(config: Config) -> None:
    add(config, failed_whole(Date(2026, 2, 20)))
    build_site(config)
    assert notice(config) == "2026-02-20（周五）的列表没有读到；最近一期是 2026-02-18（周三）；下一期预计 2026-02-23（周一）。"


def test_a_blog_whose_first_night_failed_has_no_issue_to_show(tmp_path: Path) -> None:
    config = blog(tmp_path)
    add(config, without_issue(WEDNESDAY, "failed"))
    build_site(config)
    assert "没有读到" in notice(config) and "目前还没有可以展示的一期" in text(config, "index.html")
    assert "下一期预计 2026-02-19" in notice(config) and "最近一期" not in notice(config)
    faults = sitecheck.check(config.path("output"), URL)
    assert not faults, sitecheck.report(faults)


def test_the_next_issue_is_expected_after_weekends_and_deferrals() -> None:
    assert next_issue(Date(2026, 2, 18)) == Date(2026, 2, 19)
    assert next_issue(Date(2026, 2, 20)) == Date(2026, 2, 23)
    assert next_issue(Date(2026, 12, 24)) == Date(2026, 12, 28)  # no announcement on Christmas Day, a Friday


def test_ten_earlier_days_are_shown_with_their_must_reads(config: Config) -> None:
    for n in range(1, 14):
        add(config, digest(covered(f"2601.000{n:02}", stars=3, title=f"Paper {n}"), date=WEDNESDAY - timedelta(days=n)))
    build_site(config)
    rows = page(config, "index.html").xpath('//ol[@class="days"]/li')
    assert [row.xpath("string(.//time/@datetime)") for row in rows] == [str(WEDNESDAY - timedelta(days=n)) for n in range(1, 11)]
    assert said(rows[0]) == "02-17 周二 Paper 1 1"


def test_a_quiet_day_that_shows_what_was_over_says_so(config: Config) -> None:
    add(config, digest(covered("2602.00009"), date=Date(2026, 2, 21), status="quiet", listed_on=Date(2026, 2, 20)))
    build_site(config)
    assert notice(config) == "2026-02-21（周六）没有公告；下一期预计 2026-02-23（周一）。"
    assert "论文选自 2026-02-20 的公告" in text(config, "index.html")
    assert page(config, "index.html").xpath("//h1/a/@href") == ["2026-02-21/index.html"]


# --- the archive ---------------------------------------------------------------------------------


@pytest.fixture
def years(tmp_path: Path) -> Config:
    """A day in each of three months of two years."""
    config = blog(tmp_path / "years")
    for n, date in enumerate((Date(2025, 11, 3), Date(2025, 12, 31), Date(2026, 1, 2))):
        add(config, digest(covered(f"2501.0000{n}"), date=date))
    build_site(config)
    return config


def test_a_year_is_a_calendar_of_its_months(years: Config) -> None:
    tables = page(years, "archive/2025/index.html").xpath('//table[@class="calendar"]')
    assert [said(table.find("caption")) for table in tables] == ["2025 年 12 月 1 期", "2025 年 11 月 1 期"]
    assert [len(table.xpath(".//td/*")) for table in tables] == [31, 30]
    assert tables[0].xpath(".//td/a/@href") == ["../../2025-12-31/index.html"]
    assert page(years, "archive/2025/index.html").xpath("//table//a/@href")[0] == "../../archive/2025-12/index.html"


def test_the_archive_is_the_newest_year_with_tabs_for_the_others(years: Config) -> None:
    for name in ("archive/index.html", "archive/2026/index.html"):
        assert page(years, name).xpath("//table//td/a/text()") == ["2"]
        tabs = page(years, name).xpath('//nav[@class="tabs"]/a')
        assert [(a.text, a.get("aria-current")) for a in tabs] == [("2026", "page"), ("2025", None)]


def test_months_lead_to_the_month_before_and_after(years: Config) -> None:
    around = page(years, "archive/2025-12/index.html").xpath('//nav[@class="around"]/a')
    assert {a.get("class"): a.get("href") for a in around} == {
        "newer": "../../archive/2026-01/index.html",
        "older": "../../archive/2025-11/index.html",
    }


# --- nights --------------------------------------------------------------------------------------


def test_a_night_tells_each_source_papers_tokens_cost_and_what_was_checked(tmp_path: Path) -> None:
    config = blog(tmp_path / "blog")
    support = Support(claims=40, supported=40, removed=3)
    usage = {"prompt_tokens": 12000, "completion_tokens": 345, "cost": 0.1234, "currency": "EUR", "calls": 9}
    made = digest(covered("2602.00001", cards={"zh": card(support=support, filled_by="model")}), date=WEDNESDAY)
    add(config, made.model_copy(update={"usage": made.usage.model_copy(update=usage)}))
    add(config, without_issue(Date(2026, 2, 19), "failed"))
    build_site(config)
    table = page(config, "status/index.html").xpath('//table[@class="nights"]')[0]
    heads = [said(cell) for cell in table.xpath("./thead/tr/th")]
    rows = [[said(cell) for cell in row] for row in table.xpath("./tbody/tr")]
    assert heads[2:5] == ["arXiv cs.CL", "arXiv cs.LG", "Hugging Face Daily Papers"]
    assert rows[0][:5] == ["02-19 周四", "读取失败", "·", "读取失败", "48"]
    assert rows[0][5:] == ["–", "–", "–", "–"]
    assert rows[1][:5] == ["02-18 周三", "有公告", "53", "119", "48"]
    assert rows[1][5:] == ["1", "43 / 3", "12,345", "0.1234 EUR"]


def test_what_went_wrong_is_told_below_the_nights(config: Config) -> None:
    add(config, without_issue(Date(2026, 2, 19), "failed"))
    build_site(config)
    assert [said(item) for item in page(config, "status/index.html").xpath('//*[@class="troubles"]/li')] == [
        "2026-02-19 arXiv cs.LG：HTTP 503"
    ]


def test_lists_that_failed_with_one_error_are_told_together(config: Config) -> None:
    add(config, failed_whole(Date(2026, 2, 19)))
    build_site(config)
    assert [said(item) for item in page(config, "status/index.html").xpath('//*[@class="troubles"]/li')] == [
        "2026-02-19 Hugging Face Daily Papers：HTTP 500",
        "2026-02-19 arXiv cs.CL/cs.LG：HTTP 503",
    ]


def test_nights_are_summed_up_by_what_became_of_them(config: Config) -> None:
    for n, status in enumerate(("quiet", "quiet", "failed"), 19):
        add(config, without_issue(Date(2026, 2, n), status))
    build_site(config)
    sums = [tuple(map(said, row)) for row in page(config, "status/index.html").xpath('//dl[@class="sums"]/div')]
    assert sums == [
        ("有公告", "1 天"),
        ("无公告", "2 天"),
        ("读取失败", "1 天"),
        ("论文", "300 篇 → 精选 2 篇"),
        ("论断", "核对 2 条论断，删去 0 条"),
    ]


def test_each_month_has_its_nights_and_the_newest_stands_first(years: Config) -> None:
    def days(name: str) -> list[str]:
        return [str(day) for day in page(years, name).xpath('//table[@class="nights"]//tbody//time/@datetime')]

    assert days("status/index.html") == days("status/2026-01/index.html") == ["2026-01-02"]
    assert days("status/2025-12/index.html") == ["2025-12-31"]
    months = page(years, "status/index.html").xpath('//ul[contains(@class, "inline-list")]//a/@href')
    assert months == [f"../status/{month}/index.html" for month in ("2026-01", "2025-12", "2025-11")]
    faults = sitecheck.check(years.path("output"), URL)
    assert not faults, sitecheck.report(faults)
