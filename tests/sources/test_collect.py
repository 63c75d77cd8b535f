"""The listings of a day from all sources: what is complete is kept, what grows or failed is asked for again."""

from collections.abc import Callable
from datetime import date

import pytest

from digest.models import Listing
from digest.sources import Collected, collect, would_ask
from digest.tools import Tools
from server import Answer, ScriptedServer
from sources.conftest import OpenTools
from sources.world import (
    HTML,
    SATURDAY,
    TUESDAY,
    WEDNESDAY,
    LittleArxiv,
    api_xml,
    daily_papers,
    hf_row,
    ids,
    rows,
)

TWO = {"SOURCES__ARXIV__CATEGORIES": "[cs.AI, cs.LG]"}
BATCH = rows(WEDNESDAY, 6, categories=("cs.AI", "cs.LG"))
MORNING, EVENING, NEXT_DAY, WEEK_LATER = "2026-02-18T09:00", "2026-02-18T23:59", "2026-02-19T00:00", "2026-02-25T09:00"


def run(tools: Tools, day: date = WEDNESDAY) -> Collected:
    return collect(day, tools.sources, tools.cache, tools.clock, tools.mode)


def asks(tools: Tools, day: date = WEDNESDAY) -> bool:
    return would_ask(day, tools.sources, tools.cache, tools.clock)


def statuses(collected: Collected) -> dict[str, str]:
    return {listing.name: listing.status for listing in collected.listings}


def of(collected: Collected, name: str) -> Listing:
    (found,) = [listing for listing in collected.listings if listing.name == name]
    return found


@pytest.fixture
def good(server: ScriptedServer, arxiv: LittleArxiv) -> LittleArxiv:
    """Both upstreams have the Wednesday."""
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH, "cs.LG": BATCH})
    daily_papers(server, [hf_row("2602.15763"), hf_row("2602.15764")])
    return arxiv


@pytest.fixture
def collected(at: OpenTools) -> Callable[..., Collected]:
    """Collect a day in a run of its own; the runs of a test share their cache."""
    return lambda now, day=WEDNESDAY, **options: run(at(now, **(TWO | options)), day)


# --- several sources -----------------------------------------------------------------------------


def test_listings_come_in_the_order_of_the_configuration(collected: Callable[..., Collected], good: LittleArxiv) -> None:
    found = collected(MORNING)
    assert [(each.source, each.name) for each in found.listings] == [
        ("huggingface", "daily_papers"),
        ("arxiv", "cs.AI"),
        ("arxiv", "cs.LG"),
    ]
    assert set(statuses(found).values()) == {"announced"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer('{"error": 1}'),
        Answer(HTML),
        Answer(status=403),
        Answer("slow down", status=429),
        Answer(reset=True),
    ],
    ids=["500", "object", "HTML", "403", "429", "reset"],
)
@pytest.mark.parametrize(
    ("path", "broken"),
    [("/api/daily_papers", {"daily_papers"}), ("/(atom|list|api/query).*", {"cs.AI", "cs.LG"})],
    ids=["HF", "arXiv"],
)
def test_one_source_down_leaves_the_other_whole(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer, path: str, broken: set[str], answer: Answer
) -> None:
    server.on(path, answer)
    found = collected(MORNING)
    assert {name for name, status in statuses(found).items() if status == "failed"} == broken
    assert {name for name, status in statuses(found).items() if status == "announced"} == set(statuses(found)) - broken
    assert all(of(found, name).error for name in broken)


def test_without_any_answer_every_listing_fails_and_none_raises(
    collected: Callable[..., Collected], server: ScriptedServer
) -> None:
    server.on("/.*", Answer(reset=True))
    assert set(statuses(collected(MORNING)).values()) == {"failed"}


def test_a_weekend_is_quiet_without_a_request(collected: Callable[..., Collected], server: ScriptedServer) -> None:
    found = collected(WEEK_LATER, SATURDAY)
    assert set(statuses(found).values()) == {"quiet"}
    assert server.log == [] and not found.provisional


def test_notes_of_listings_are_gathered(collected: Callable[..., Collected], good: LittleArxiv) -> None:
    good.page("cs.LG", rows(WEDNESDAY, 9), WEDNESDAY)
    assert any("the list page is taken" in note for note in collected(MORNING).notes)


# --- provisional ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "provisional"), [(MORNING, True), (EVENING, True), (NEXT_DAY, False), (WEEK_LATER, False)])
def test_a_day_is_provisional_until_it_has_ended_in_utc(
    collected: Callable[..., Collected], good: LittleArxiv, now: str, provisional: bool
) -> None:
    assert collected(now).provisional is provisional


# --- the cache -----------------------------------------------------------------------------------


def test_what_is_complete_is_never_asked_for_again(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    first = collected(WEEK_LATER)
    server.log.clear()
    second = collected("2026-03-04T09:00")
    assert server.log == [] and second == first


def test_an_arxiv_batch_is_complete_on_its_own_morning(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    collected(MORNING)
    server.log.clear()
    collected(NEXT_DAY)
    assert set(server.paths()) == {"/api/daily_papers"}


@pytest.mark.parametrize(
    ("now", "again"),
    [("2026-02-18T09:59", False), ("2026-02-18T10:00", True), ("2026-02-18T08:00", True), (EVENING, True), (NEXT_DAY, True)],
    ids=["59 minutes later", "an hour later", "an hour before", "in the evening", "when its day is over"],
)
def test_a_growing_list_is_asked_for_again_after_an_hour_or_after_its_day(
    at: OpenTools, good: LittleArxiv, server: ScriptedServer, now: str, again: bool
) -> None:
    run(at(MORNING, **TWO))
    daily_papers(server, [hf_row(f"2602.1576{n}") for n in range(5)])
    server.log.clear()
    tools = at(now, **TWO)
    assert asks(tools) is again
    assert len(of(run(tools), "daily_papers").entries) == (5 if again else 2)
    assert bool(server.log) is again


def test_a_list_read_at_the_last_minute_of_its_day_is_read_once_more_and_then_never_again(
    at: OpenTools, good: LittleArxiv, server: ScriptedServer
) -> None:
    run(at(EVENING, **TWO))
    assert asks(at(NEXT_DAY, **TWO))
    run(at(NEXT_DAY, **TWO))
    server.log.clear()
    tools = at(WEEK_LATER, **TWO)
    assert not asks(tools) and not run(tools).provisional and server.log == []


def test_only_what_was_stale_is_asked_for_in_the_next_run(at: OpenTools, good: LittleArxiv, server: ScriptedServer) -> None:
    good.feed("cs.AI", rows(TUESDAY, 6), bears=WEDNESDAY)
    good.page("cs.AI", rows(TUESDAY, 6), bears=TUESDAY)
    first = run(at(MORNING, **TWO))
    assert statuses(first) == {"daily_papers": "announced", "cs.AI": "stale", "cs.LG": "announced"}
    good.announce(WEDNESDAY, {"cs.AI": BATCH})
    server.log.clear()
    second = run(at("2026-02-18T09:30", **TWO))
    assert set(statuses(second).values()) == {"announced"}
    assert set(server.paths()) <= {"/atom/cs.AI", "/list/cs.AI/new", "/api/query"}
    assert of(second, "cs.LG") == of(first, "cs.LG")


def test_what_failed_is_asked_for_again(collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer) -> None:
    server.on("/api/daily_papers", Answer(status=500))
    assert statuses(collected(WEEK_LATER))["daily_papers"] == "failed"
    daily_papers(server, [hf_row("2602.15763")])
    assert statuses(collected(WEEK_LATER))["daily_papers"] == "announced"


def test_an_empty_list_of_today_is_asked_for_again_at_once(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    daily_papers(server, [])
    assert statuses(collected(MORNING))["daily_papers"] == "stale"
    daily_papers(server, [hf_row("2602.15763")])
    assert statuses(collected("2026-02-18T09:01"))["daily_papers"] == "announced"


@pytest.mark.parametrize(
    "damage", ['{"read_at": "2026-02-18T09:00:00+00:00"}', "not JSON", "[]", '{"read_at": 5, "listing": {}}', "null"]
)
def test_a_damaged_entry_of_the_cache_is_as_good_as_none(at: OpenTools, good: LittleArxiv, damage: str) -> None:
    tools = at(WEEK_LATER, **TWO)
    tools.cache.put("listing", f"huggingface/daily_papers/{WEDNESDAY}", damage)
    assert statuses(run(tools))["daily_papers"] == "announced"


# --- refresh -------------------------------------------------------------------------------------


def test_refresh_asks_again_for_what_is_complete(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    collected(WEEK_LATER)
    daily_papers(server, [hf_row(f"2602.1576{n}") for n in range(5)])
    server.log.clear()
    found = collected(WEEK_LATER, mode="refresh")
    assert len(of(found, "daily_papers").entries) == 5
    assert {"/api/daily_papers", "/atom/cs.AI", "/atom/cs.LG"} <= set(server.paths())


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(status=403), Answer(HTML), Answer(reset=True)], ids=["500", "403", "HTML", "reset"]
)
def test_refresh_falls_back_on_what_was_read_before_and_says_so(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer, answer: Answer
) -> None:
    before = collected(WEEK_LATER)
    server.on("/.*", answer)
    after = collected("2026-03-04T09:00", mode="refresh")
    assert statuses(after) == statuses(before)
    assert [ids(each.entries) for each in after.listings] == [ids(each.entries) for each in before.listings]
    assert len(after.notes) == 3 and all("as read at 2026-02-25 09:00 UTC" in note for note in after.notes)


def test_refresh_falls_back_on_a_quiet_day_too(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    daily_papers(server, [])
    assert statuses(collected(WEEK_LATER))["daily_papers"] == "quiet"
    server.on("/api/daily_papers", Answer(status=500))
    found = collected(WEEK_LATER, mode="refresh")
    assert statuses(found)["daily_papers"] == "quiet"
    assert any("as read at" in note for note in found.notes)


def test_a_refresh_that_fails_does_not_spoil_the_cache(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    before = collected(WEEK_LATER)
    server.on("/.*", Answer(status=500))
    collected(WEEK_LATER, mode="refresh")
    assert collected(WEEK_LATER) == before


def test_a_refresh_that_finds_the_api_empty_keeps_the_listing(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    collected(MORNING)
    good.announce(date(2026, 2, 25), {"cs.AI": rows(date(2026, 2, 25), 6), "cs.LG": rows(date(2026, 2, 25), 6)})
    server.on("/api/query", Answer(api_xml([])))
    found = collected(WEEK_LATER, mode="refresh")
    assert len(of(found, "cs.AI").entries) == 6


# --- from the cache alone ------------------------------------------------------------------------


def test_the_cached_mode_makes_no_request(collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer) -> None:
    before = collected(MORNING)
    server.log.clear()
    after = collected(WEEK_LATER, mode="cached")
    assert server.log == [] and after.listings == before.listings
    assert after.provisional, "the Hugging Face list could still have grown"


def test_the_cached_mode_names_what_the_cache_lacks(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    found = collected(WEEK_LATER, mode="cached")
    assert set(statuses(found).values()) == {"failed"} and server.log == []
    assert all("no request may be made" in str(listing.error) for listing in found.listings)


def test_the_cached_mode_serves_what_there_is_of_a_day(
    collected: Callable[..., Collected], good: LittleArxiv, server: ScriptedServer
) -> None:
    server.on("/api/daily_papers", Answer(status=500))
    collected(MORNING)
    server.log.clear()
    found = collected(WEEK_LATER, mode="cached")
    assert statuses(found) == {"daily_papers": "failed", "cs.AI": "announced", "cs.LG": "announced"}
    assert server.log == []
