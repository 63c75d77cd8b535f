"""A paper's page among the others: what it is related to, what came later, and all the days that cover it."""

from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import sitecheck
from blogs import URL, add, blog, files, page, said
from digest.config import Config
from digest.models import CoveredPaper, Meta
from digest.site import build_site
from fakes import card, claim, covered, digest, reading

FIRST = Date(2026, 2, 16)
SUBJECTS = {
    1: "Sparse attention kernels for long contexts",
    2: "Protein folding with diffusion models",
    3: "Sparse attention kernels for training on long contexts",
    4: "Long contexts with sparse attention kernels in serving",
    5: "Weather forecasting by graph networks",
}


def paper(n: int, **fields: Any) -> CoveredPaper:
    meta = Meta(tldr=claim(SUBJECTS[n], 1), short_name=f"P{n}")
    return covered(f"2602.0000{n}", title=SUBJECTS[n], cards={"en": card(meta=meta)}, **fields)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A day with forty papers about other things, which make shared words rare, then five days with a paper each."""
    made = blog(tmp_path, site="language: en")
    others = (covered(f"2601.{n:05}", title=f"Subject{n} and object{n}", cards={"en": card(meta=Meta())}) for n in range(40))
    add(made, digest(*others, date=FIRST - timedelta(days=3)))
    for n in SUBJECTS:
        add(made, digest(paper(n), date=FIRST + timedelta(days=n - 1)))
    return made


def related(config: Config, n: int) -> dict[str, list[str]]:
    """The papers under each heading of a paper's page, by their short names."""
    sections = page(config, f"papers/2602.0000{n}/index.html").xpath('//section[@class="related"]')
    return {said(s.find("h2")): [said(name) for name in s.find_class("name")] for s in sections}


def test_a_paper_leads_to_older_ones_that_are_like_it_and_to_later_ones(config: Config) -> None:
    build_site(config)
    assert related(config, 4) == {"Related papers": ["P1", "P3"]}
    assert related(config, 1)["Later papers related to it"] == ["P4", "P3"]
    assert "Related papers" not in related(config, 1)


def test_it_says_what_they_have_in_common(config: Config) -> None:
    build_site(config)
    facts = page(config, "papers/2602.00004/index.html").xpath('//section[@class="related"]//*[@class="facts"]')
    assert said(facts[0]).startswith("in common: ") and "sparse attention" in said(facts[0])
    assert facts[0].xpath("string(time/@datetime)") == str(FIRST)


def test_a_paper_like_no_other_has_no_such_section(config: Config) -> None:
    build_site(config)
    assert related(config, 2) == {} == related(config, 5)


def test_a_later_paper_appears_on_the_pages_of_those_that_it_is_related_to_alone(config: Config) -> None:
    build_site(config)
    before = files(config)
    new = covered(
        "2602.00010",
        title="Protein folding with larger diffusion models",
        cards={"en": card(meta=Meta(tldr=claim("Protein folding with diffusion models", 1), short_name="P10"))},
    )
    add(config, digest(new, date=FIRST + timedelta(days=12)))
    build_site(config)
    assert related(config, 2) == {"Later papers related to it": ["P10"]}
    after = files(config)
    changed = {name.split("/")[1] for name in before if name.startswith("papers/") and before[name] != after[name]}
    assert changed == {"2602.00002"}


def test_a_paper_that_is_gone_is_related_to_nobody(config: Config) -> None:
    build_site(config)
    for path in config.root.rglob("2026-02-16*"):
        if path.is_file() and "content" in path.parts:
            path.unlink()
    build_site(config)
    assert related(config, 4) == {"Related papers": ["P3"]}
    faults = sitecheck.check(config.path("output"), URL)
    assert not faults, sitecheck.report(faults)


def test_a_paper_that_two_days_cover_shows_its_newest_card_and_folds_the_others(config: Config) -> None:
    again = paper(1, reading=reading(version=2), stars=3)
    add(config, digest(again, date=FIRST + timedelta(days=12)))
    build_site(config)
    shown = page(config, "papers/2602.00001/index.html")
    assert shown.xpath('string(//*[@class="verdict"]//*[contains(@class, "stars")]/@class)') == "stars stars-3"
    versions = [said(v) for v in shown.xpath('//p[@class="version"] | //*[@class="version fold"]/summary')]
    assert versions == ["2026-02-28 v2 abstract only the card above", "2026-02-16 v1 abstract only"]
    assert [said(item) for item in shown.xpath('//section[@class="covered"]//li')] == ["2026-02-28 Papers", "2026-02-16 Papers"]
    ids = set(shown.xpath("//@id"))
    assert {"v1-s2", "v2-s2"} <= ids
    faults = sitecheck.check(config.path("output"), URL)
    assert not faults, sitecheck.report(faults)


def test_machines_find_who_wrote_a_paper_and_where_it_is(config: Config) -> None:
    build_site(config)
    head = page(config, "papers/2602.00001/index.html")
    meta = {name: head.xpath(f"//meta[@name='{name}']/@content") for name in ("citation_title", "citation_author")}
    assert meta == {"citation_title": [SUBJECTS[1]], "citation_author": ["Lovelace, Ada", "Turing, Alan"]}
    assert head.xpath("//meta[@name='citation_pdf_url']/@content") == ["https://arxiv.org/pdf/2602.00001"]
    (block,) = head.xpath("//script[@type='application/ld+json']")
    assert '"ScholarlyArticle"' in block.text and f"{URL}papers/2602.00001/" in block.text
