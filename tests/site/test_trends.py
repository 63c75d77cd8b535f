"""The page of trends: its charts count the same papers, and where there is no trend yet it says so."""

from datetime import date as Date
from pathlib import Path

import pytest

from blogs import add, blog, page, said, text
from digest.config import Config
from digest.models import CoveredPaper, Digest, Meta
from digest.site import build_site
from fakes import card, claim, covered, digest, edition

PAGE = "trends/index.html"
EDITIONS = "posts: {languages: [en]}\neditions: [{name: daily-papers}, {name: insights, layout: insights}]"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return blog(tmp_path, EDITIONS, site="language: en")


def tagged(paper_id: str, *tags: str) -> CoveredPaper:
    meta = Meta(tldr=claim("It helps", 1), tags=tags, directions=("Agentic RL",))
    return covered(paper_id, cards={"en": card(meta=meta)})


def day(date: Date, *papers: CoveredPaper) -> Digest:
    """A day whose first edition picks all papers but the last, its second all."""
    return digest(*papers, date=date, editions={"daily-papers": edition(*papers[:-1]), "insights": edition(*papers)})


def tables(config: Config) -> dict[str, list[list[str]]]:
    """The numbers of each chart by its title, with the head."""
    build_site(config)
    figures = page(config, PAGE).iter("figure")
    return {said(one.find("figcaption")): [[said(cell) for cell in row] for row in one.iter("tr")] for one in figures}


def test_directions_are_counted_over_the_papers_that_are_counted_as_picked(config: Config) -> None:
    add(config, day(Date(2026, 2, 11), *(tagged(f"2602.0000{n}", "A", "B") for n in range(3))))
    add(config, day(Date(2026, 2, 18), *(tagged(f"2602.0001{n}", "A", "B") for n in range(4))))
    found = tables(config)
    assert found["Directions, papers a week"] == [["Week", "Agentic RL"], ["2026-W07", "2"], ["2026-W08", "3"]]
    counted = found["Papers listed and picked, a week"]
    assert counted == [["Week", "listed", "picked"], ["2026-W07", "300", "2"], ["2026-W08", "300", "3"]]


def test_counts_of_different_size_tell_their_scales_and_come_with_the_second_month(config: Config) -> None:
    title = "Claims checked and removed, a month"
    paper, more = covered("2602.00001"), covered("2602.00002")
    for date in (Date(2026, 1, 19), Date(2026, 1, 26)):
        add(config, day(date, paper, more))
    assert title not in tables(config)
    add(config, day(Date(2026, 2, 3), paper, more))
    counted = [["Month", "checked", "removed"], ["2026-01", "2", "0"], ["2026-02", "1", "0"]]
    assert tables(config)[title] == counted
    notes = page(config, PAGE).xpath("//figure//*[@class='note']/text()")
    assert notes[:4] == ["scale 0–300", "scale 0–1", "scale 0–2", "0"]


def test_a_single_week_is_no_trend(config: Config) -> None:
    add(config, day(Date(2026, 2, 16), tagged("2602.00001", "A", "B"), tagged("2602.00002", "A")))
    add(config, day(Date(2026, 2, 18), tagged("2602.00003", "C"), tagged("2602.00004", "A")))
    assert list(tables(config)) == ["Commonest tags"]
    assert "charts over time begin with the second week" in text(config, PAGE)
    add(config, day(Date(2026, 2, 23), tagged("2602.00005", "A"), tagged("2602.00006", "A")))
    assert "Directions, papers a week" in tables(config)
    assert "second week" not in text(config, PAGE)


def test_names_that_came_once_are_not_the_commonest(config: Config) -> None:
    add(config, day(Date(2026, 2, 18), tagged("2602.00001", "A", "B"), tagged("2602.00002", "C")))
    assert tables(config) == {}
    assert "too few issues yet" in text(config, PAGE)
    add(config, day(Date(2026, 2, 19), tagged("2602.00003", "C"), tagged("2602.00004", "D")))
    assert tables(config)["Commonest tags"] == [["Tags", "Papers"], ["C", "2"]]
