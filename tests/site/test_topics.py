"""Directions, categories, organisations and tags: who bears them, and pages that do not change when more papers come."""

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pytest

import sitecheck
from blogs import URL, add, blog, files, page, said, write
from digest.config import Config
from digest.models import Digest, Meta
from digest.site import build_site
from digest.site.topics import PAGE, Bearer, Term
from fakes import card, claim, covered, digest

FIRST = Date(2026, 1, 1)


def bearers(n: int) -> list[Bearer]:
    return [Bearer(str(FIRST + timedelta(days=i)), False, str(i), "") for i in range(n)]


def listed(n: int) -> dict[int, list[int]]:
    """Which of n papers, counted from the oldest, each page lists, from the newest down; 0 is the page without a number."""
    term = Term("tags", "RL", "tags/rl/", bearers(n))
    return {number: [int(bearer.id) for bearer in term.page(number)] for number in range(term.older + 1)}


# --- which page lists what -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "sizes"),
    [
        (1, {0: 1}),
        (40, {0: 40}),
        (41, {0: 41}),
        (79, {0: 79}),
        (80, {0: 40, 1: 40}),
        (81, {0: 41, 1: 40}),
        (119, {0: 79, 1: 40}),
        (120, {0: 40, 1: 40, 2: 40}),
    ],
)
def test_how_many_a_page_lists(n: int, sizes: dict[int, int]) -> None:
    assert {number: len(found) for number, found in listed(n).items()} == sizes


@pytest.mark.parametrize("n", [1, 41, 79, 80, 81, 120, 200, 999])
def test_every_bearer_is_listed_once_and_the_newest_first(n: int) -> None:
    found = listed(n)
    order = [0, *range(len(found) - 1, 0, -1)]
    assert [i for number in order for i in found[number]] == list(reversed(range(n)))


def test_a_numbered_page_never_changes_when_one_more_comes() -> None:
    before: dict[int, list[int]] = {}
    for n in range(1, 6 * PAGE):
        now = listed(n)
        assert {number: now[number] for number in before if number} == {number: ids for number, ids in before.items() if number}
        before = now


# --- the pages -----------------------------------------------------------------------------------


def day_of(date: Date, count: int, first: int = 1) -> Digest:
    """A day with papers that all bear the same terms."""
    meta = Meta(tldr=claim("It helps", 1), tags=("Sampling",), directions=("Agents",))
    ids = [f"{date:%y%m}.{date.day:02}{n:03}" for n in range(first, first + count)]
    return digest(*(covered(i, cards={"en": card(meta=meta)}, organisation="MIT") for i in ids), date=date)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Three days with 40 papers each. To be read only."""
    config = blog(tmp_path_factory.mktemp("many"))
    add(config, *(day_of(FIRST + timedelta(days=n), 40) for n in range(3)))
    build_site(config)
    return config


def rows(config: Config, name: str) -> list[str]:
    """The papers and posts that a page lists, by the last part of their address."""
    return [link.rsplit("/", 2)[-2] for link in page(config, name).xpath("//main//ol//a/@href")]


@pytest.mark.parametrize(
    ("term", "sizes"),
    [
        ("organisations/mit", [40, 40, 40]),
        ("categories/cs-lg", [40, 40, 40]),
        ("directions/agents", [43, 40, 40]),  # the days' own posts bear it, too
        ("tags/sampling", [43, 40, 40]),
    ],
)
def test_older_papers_of_a_term_stand_on_numbered_pages(many: Config, term: str, sizes: list[int]) -> None:
    found = [rows(many, f"{term}/{name}index.html") for name in ("", "2/", "1/")]
    assert [len(page) for page in found] == sizes
    assert found[0][0].startswith("2601.03") and found[-1][-1] in ("2601.01001", "2601.01040", "2026-01-01")
    assert len({entry for page in found for entry in page}) == sum(sizes)
    assert not (many.path("output") / term / "3").exists()


def test_the_pages_of_a_term_lead_to_each_other_and_the_newest_says_how_many_there_are(many: Config) -> None:
    def around(name: str) -> dict[str, str]:
        found = page(many, f"directions/agents/{name}index.html").xpath('//nav[@class="around"]/a')
        return {a.get("class"): a.get("href") for a in found}

    assert around("") == {"older": "../../directions/agents/2/index.html"}
    assert around("2/") == {"newer": "../../../directions/agents/index.html", "older": "../../../directions/agents/1/index.html"}
    assert around("1/") == {"newer": "../../../directions/agents/2/index.html"}
    assert "120 篇论文" in said(page(many, "directions/agents/index.html").find_class("eyebrow")[0])


def test_an_index_names_every_term_with_how_many_bear_it(many: Config) -> None:
    for kind, name in (("directions", "Agents 123"), ("tags", "Sampling 123"), ("organisations", "MIT 120")):
        (row,) = page(many, f"{kind}/index.html").xpath('//ul[@class="terms"]/li')
        assert said(row) == name
        tabs = page(many, f"{kind}/index.html").xpath('//nav[@class="tabs"]/a')
        assert [said(a) for a in tabs if a.get("aria-current")] == [
            {"directions": "方向", "tags": "标签", "organisations": "机构"}[kind]
        ]
        assert len(tabs) == 4


@pytest.mark.parametrize(
    "name", ["directions", "directions/agents/2", "categories/cs-lg", "organisations", "tags", "tags/sampling"]
)
def test_the_bar_says_that_a_page_is_below_topics(many: Config, name: str) -> None:
    marked = page(many, f"{name}/index.html").xpath('//nav[@class="menu"]/a[@aria-current]')
    assert [(said(a), a.get("aria-current")) for a in marked] == [("主题", "page" if name == "directions" else "true")]


def test_categories_bear_their_full_names(many: Config) -> None:
    assert said(page(many, "categories/cs-lg/index.html").find(".//h1")) == "cs.LG 机器学习"


def test_a_site_of_many_papers_is_valid(many: Config) -> None:
    chosen = ("links", "reachable", "canonical", "sitemap", "names", "json", "outline", "policy")
    faults = sitecheck.check(many.path("output"), URL, only=chosen)
    assert not faults, sitecheck.report(faults)


def test_numbered_pages_keep_every_byte_when_one_more_paper_comes(many: Config, tmp_path: Path) -> None:
    config = blog(tmp_path)
    add(config, *(day_of(FIRST + timedelta(days=n), 40) for n in range(2)))
    build_site(config)
    before = dict(_numbered(config))
    assert before.keys() == {
        f"{term}/1/index.html" for term in ("directions/agents", "tags/sampling", "organisations/mit", *_categories())
    }
    add(config, day_of(FIRST + timedelta(days=5), 1))
    build_site(config)
    assert dict(_numbered(config)) == before


def _categories() -> list[str]:
    return ["categories/cs-lg", "categories/cs-cl"]


def _numbered(config: Config) -> Iterator[tuple[str, bytes]]:
    for name, made in files(config).items():
        if name.endswith("/1/index.html"):
            yield name, made


# --- who bears what ------------------------------------------------------------------------------


def test_a_paper_that_is_covered_again_is_listed_once_with_its_newest_day(tmp_path: Path) -> None:
    config = blog(tmp_path)
    for day in (1, 2):
        add(config, digest(covered("2601.00001"), date=Date(2026, 1, day)))
    build_site(config)
    (row,) = page(config, "directions/agentic-rl/index.html").xpath('//ol[@class="rows"]/li')
    assert row.xpath("string(.//time/@datetime)") == "2026-01-02"


def test_a_name_that_is_a_direction_or_a_category_is_no_tag(tmp_path: Path) -> None:
    config = blog(tmp_path)
    meta = Meta(tldr=claim("It helps", 1), tags=("Agents", "cs.LG", "Sampling"), directions=("Agents",))
    other = Meta(tldr=claim("It helps", 1), tags=("Agents",))
    add(
        config,
        digest(covered("2601.00001", cards={"en": card(meta=meta)}), covered("2601.00002", cards={"en": card(meta=other)})),
    )
    build_site(config)
    assert [said(row) for row in page(config, "tags/index.html").xpath('//ul[@class="terms"]/li')] == [
        "Sampling 2"  # a paper and a post
    ]  # a paper and a post
    assert [said(row) for row in page(config, "directions/index.html").xpath('//ul[@class="terms"]/li')] == ["Agents 3"]
    tags = page(config, "papers/2601.00001/index.html").xpath('//ul[@class="tags"]//a/@href')
    assert tags[0] == "../../directions/agents/index.html"


def test_many_terms_that_were_seen_once_are_folded(tmp_path: Path) -> None:
    config = blog(tmp_path)
    papers = []
    for n in range(30):
        meta = Meta(tldr=claim("It helps", 1), tags=(f"Often {n // 2}", f"Once {n}"))
        papers.append(covered(f"2601.{n:05}", cards={"en": card(meta=meta)}))
    add(config, digest(*papers))
    build_site(config)
    index = page(config, "tags/index.html")
    assert len(index.xpath('//main/ul[@class="terms"]/li')) == 15
    folded = [said(row) for row in index.xpath('//details//ul[@class="terms"]/li')]
    assert {f"Once {n} 1" for n in range(30)} <= set(folded) and not any(row.startswith("Often") for row in folded)


def test_the_oldest_of_two_names_that_look_alike_keeps_the_plain_address(tmp_path: Path) -> None:
    config = blog(tmp_path)
    for day, tag in ((2, "c"), (1, "C++")):
        meta = Meta(tldr=claim("It helps", 1), tags=(tag,))
        add(config, digest(covered(f"2601.0000{day}", cards={"en": card(meta=meta)}), date=Date(2026, 1, day)))
    build_site(config)
    assert page(config, "tags/c/index.html").xpath("string(//h1)") == "C++"


def test_the_papers_of_a_day_stand_in_the_order_of_its_digest(tmp_path: Path) -> None:
    config = blog(tmp_path / "blog")
    ids = ("2602.00002", "2602.00003", "2602.00001")
    cards = {"en": card(meta=Meta(tldr=claim(), tags=("World Models",)))}
    add(config, digest(*(covered(paper_id, cards=cards) for paper_id in ids), date=Date(2026, 2, 18)))
    build_site(config)
    assert tuple(entry for entry in rows(config, "tags/world-models/index.html") if "." in entry) == ids


def test_a_post_by_hand_stands_beside_the_digest_of_its_day(tmp_path: Path) -> None:
    config = blog(tmp_path / "blog")
    cards = {"en": card(meta=Meta(tldr=claim(), tags=("World Models",)))}
    add(config, digest(covered("2602.00001", cards=cards), date=Date(2026, 2, 18)))
    write(config, "posts/hello.md", "---\ntitle: Hello\npublished: 2026-02-18\ntags: [World Models]\n---\n\nText.\n")
    build_site(config)
    titles = page(config, "tags/world-models/index.html").xpath('//li[contains(@class, "note")]//a/text()')
    assert "Hello" in titles and len(titles) == 2
