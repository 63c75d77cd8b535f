"""One candidate a paper: newest version, every source, nothing that one listing knows and another lacks is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from digest.models import Candidate, Entry, Links, Listing, Paper
from digest.sources import collect, enrich, merge
from digest.sources.lookup import Stars
from server import ScriptedServer
from sources.conftest import OpenTools
from sources.world import WEDNESDAY, LittleArxiv, daily_papers, hf_row, later, rows

ID = "2602.15763"
CODE = "https://github.com/owner/name"


def entry(paper_id: str = ID, *, abstract: str = "", links: dict[str, Any] | None = None, **fields: Any) -> Entry:
    found = Links(**({"abs": f"https://arxiv.org/abs/{paper_id}", "pdf": f"https://arxiv.org/pdf/{paper_id}"} | (links or {})))
    return Entry(paper=Paper(**({"id": paper_id, "title": "A Title", "links": found} | fields)), abstract=abstract)


def listing(name: str, *entries: Entry, **fields: Any) -> Listing:
    source = "huggingface" if name == "daily_papers" else "arxiv"
    return Listing(source=source, name=name, url="", **({"status": "announced", "entries": entries} | fields))


def one(*entries: Entry) -> Candidate:
    """The candidate of several entries of one paper, each in a listing of its own."""
    (found,) = merge([listing(f"cs.{n}", each) for n, each in enumerate(entries)])
    return found


def test_a_paper_in_hugging_face_and_three_categories_in_two_versions_is_one_candidate() -> None:
    hf = entry(upvotes=34, as_of=date(2026, 2, 18), organisation="Org", links={"hf": f"https://huggingface.co/papers/{ID}"})
    first = entry(version=1, title="Old Title", categories=("cs.AI",), comment="8 pages", abstract="Old.")
    second = entry(version=2, title="New Title", categories=("cs.CL", "cs.AI"), abstract="New.")
    (found,) = merge([listing("daily_papers", hf), listing("cs.AI", first), listing("cs.LG", first), listing("cs.CL", second)])
    paper = found.paper
    assert (paper.id, paper.version, paper.title, found.abstract) == (ID, 2, "New Title", "New.")
    assert found.listed_by == ("huggingface/daily_papers", "arxiv/cs.AI", "arxiv/cs.LG", "arxiv/cs.CL")
    assert (paper.upvotes, paper.organisation, paper.comment) == (34, "Org", "8 pages")
    assert paper.categories == ("cs.CL", "cs.AI")
    assert paper.links.hf == f"https://huggingface.co/papers/{ID}"


def test_the_order_of_listings_does_not_decide_the_version() -> None:
    old, new = entry(version=1, title="Old"), entry(version=10, title="New")
    assert one(old, new).paper == one(new, old).paper
    assert one(old, new).paper.title == "New"


def test_a_version_that_is_known_leads_before_an_unknown_one() -> None:
    assert one(entry(title="Of no version"), entry(version=1, title="Of version 1")).paper.title == "Of version 1"


def test_candidates_come_in_the_order_of_first_appearance() -> None:
    a, b, c = (entry(f"2602.0000{n}") for n in (3, 1, 2))
    found = merge([listing("daily_papers", a, b), listing("cs.AI", c, b, a)])
    assert [candidate.paper.id for candidate in found] == [e.paper.id for e in (a, b, c)]


def test_a_paper_that_one_listing_has_twice_is_listed_by_it_once() -> None:
    (found,) = merge([listing("cs.AI", entry(version=1), entry(version=2))])
    assert found.listed_by == ("arxiv/cs.AI",) and found.paper.version == 2


def test_replacements_are_not_candidates() -> None:
    assert merge([listing("cs.AI", entries=(), replacements=(entry(),))]) == []


def test_no_listings_are_no_candidates() -> None:
    assert merge([]) == merge([listing("cs.AI", status="failed"), listing("daily_papers", status="quiet")]) == []


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("upvotes", (None, 3, 7), 7),
        ("upvotes", (0, None), 0),
        ("upvotes", (None, None), None),
        ("stars", (12, 5), 12),
        ("authors", ((), ("Ada",)), ("Ada",)),
        ("comment", (None, "8 pages"), "8 pages"),
        ("venue", (None, "ICLR 2026"), "ICLR 2026"),
        ("organisation", (None, "Org"), "Org"),
        ("primary_category", (None, "cs.AI"), "cs.AI"),
        ("categories", (("cs.CL",), ("cs.AI", "cs.CL")), ("cs.CL", "cs.AI")),
        ("published", (None, datetime(2026, 2, 17, tzinfo=UTC)), datetime(2026, 2, 17, tzinfo=UTC)),
    ],
)
def test_what_the_newest_lacks_is_filled_from_the_others(name: str, values: tuple[Any, ...], expected: Any) -> None:
    versions = range(len(values), 0, -1)
    found = one(*(entry(version=v, **{name: value}) for v, value in zip(versions, values, strict=True)))
    assert getattr(found.paper, name) == expected


def test_an_abstract_that_the_newest_lacks_is_filled_too() -> None:
    assert one(entry(version=2), entry(version=1, abstract="An abstract.")).abstract == "An abstract."


def test_a_repository_that_is_also_the_project_page_of_another_listing_stands_once() -> None:
    found = one(entry(version=1, links={"code": CODE}), entry(links={"project": CODE})).paper.links
    assert (found.code, found.project) == (CODE, None)


# --- enrich --------------------------------------------------------------------------------------


def test_facts_of_the_api_lead_when_they_are_as_new() -> None:
    candidate = one(entry(upvotes=34, title="As Listed", abstract="As listed."))
    fact = entry(version=2, title="As Known", abstract="As known.", comment="Accepted at ICLR 2026", venue="ICLR 2026")
    (found,) = enrich([candidate], {ID: fact}, {})
    assert (found.paper.version, found.paper.title, found.abstract) == (2, "As Known", "As known.")
    assert (found.paper.upvotes, found.paper.venue, found.listed_by) == (34, "ICLR 2026", candidate.listed_by)


def test_older_facts_of_the_api_fill_gaps_and_change_nothing() -> None:
    (found,) = enrich([one(entry(version=3, title="New"))], {ID: entry(version=2, title="Old", comment="8 pages")}, {})
    assert (found.paper.version, found.paper.title, found.paper.comment) == (3, "New", "8 pages")


def test_stars_belong_to_the_repository_of_the_paper() -> None:
    with_code, without = one(entry(links={"code": CODE}, stars=1)), one(entry("2602.00001"))
    stars = {CODE: Stars(42, date(2026, 2, 18)), "https://github.com/other/one": Stars(9, date(2026, 2, 18))}
    first, second = enrich([with_code, without], {}, stars)
    assert (first.paper.stars, first.paper.as_of, second.paper.stars) == (42, date(2026, 2, 18), None)


def test_a_repository_that_only_the_api_knows_has_stars_too() -> None:
    (found,) = enrich([one(entry())], {ID: entry(version=1, links={"code": CODE})}, {CODE: Stars(42, date(2026, 2, 18))})
    assert found.paper.stars == 42


def test_without_facts_candidates_stay_as_they_are() -> None:
    candidates = [one(entry()), one(entry("2602.00001"))]
    assert enrich(candidates, {}, {}) == candidates


# --- from the upstreams on -----------------------------------------------------------------------


def test_a_whole_day_has_each_paper_once(at: OpenTools, server: ScriptedServer, arxiv: LittleArxiv) -> None:
    shared, *others = rows(WEDNESDAY, 6, categories=("cs.AI", "cs.LG", "cs.CL"))
    arxiv.feed("cs.AI", [shared, *others], WEDNESDAY)
    arxiv.feed("cs.LG", [later(shared, kind="cross", version=2), *others], WEDNESDAY)
    arxiv.feed("cs.CL", [later(shared, kind="cross"), *others], WEDNESDAY)
    daily_papers(server, [hf_row(shared.id, upvotes=34), hf_row("2602.15763")])
    tools = at("2026-02-18T09:00", SOURCES__ARXIV__CATEGORIES="[cs.AI, cs.LG, cs.CL]")
    collected = collect(WEDNESDAY, tools.sources, tools.cache, tools.clock)
    found = {candidate.paper.id: candidate for candidate in merge(collected.listings)}
    assert sorted(found) == sorted({shared.id, "2602.15763", *(row.id for row in others)})
    paper = found[shared.id].paper
    assert (paper.version, paper.upvotes) == (2, 34)
    assert found[shared.id].listed_by == ("huggingface/daily_papers", "arxiv/cs.AI", "arxiv/cs.LG", "arxiv/cs.CL")
