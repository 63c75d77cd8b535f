"""Which way into arXiv, category by category: the feed, the list page, the API, judged by what they hold."""

from collections.abc import Callable
from datetime import date

import pytest

from digest.models import Listing
from server import Answer, ScriptedServer
from sources.conftest import BATCH, WEEK_LATER, Naps, Read, windows
from sources.world import (
    HTML,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    LittleArxiv,
    Row,
    feed_xml,
    ids,
    later,
    rows,
)

# --- today: the feed, then the list page ---------------------------------------------------------


def test_a_current_feed_is_taken_and_counted_against_the_list_page(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    listing = read()
    assert (listing.status, listing.via, listing.date, listing.notes) == ("announced", "feed", WEDNESDAY, ())
    assert ids(listing.entries) == [row.id for row in BATCH]
    assert listing.url == "https://arxiv.org/list/cs.AI/new"
    assert server.paths() == ["/atom/cs.AI", "/api/query", "/list/cs.AI/new"]


def test_yesterdays_batch_under_todays_date_is_noticed_and_the_list_page_taken(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", rows(TUESDAY, 6), bears=WEDNESDAY)
    arxiv.page("cs.AI", BATCH, WEDNESDAY)
    listing = read()
    assert (listing.status, listing.via) == ("announced", "list")
    assert ids(listing.entries) == [row.id for row in BATCH]


@pytest.mark.parametrize("heading", [TUESDAY, WEDNESDAY], ids=["under its own date", "under today's date"])
def test_when_both_still_serve_yesterday_the_category_is_stale(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer, heading: date
) -> None:
    arxiv.feed("cs.AI", rows(TUESDAY, 6), bears=WEDNESDAY)
    arxiv.page("cs.AI", rows(TUESDAY, 6), heading)
    listing = read()
    assert (listing.status, listing.date, listing.entries, listing.via) == ("stale", TUESDAY, (), None)
    assert "2026-02-17" in str(listing.error)
    assert windows(server) == [], "a day that is not over is not asked of the API"


def test_one_stale_category_does_not_touch_the_others(read_all: Callable[..., dict[str, Listing]], arxiv: LittleArxiv) -> None:
    for n, category in enumerate(("cs.AI", "cs.LG", "cs.CL")):
        arxiv.announce(WEDNESDAY, {category: rows(WEDNESDAY, 6, first=10 * n + 1, categories=(category,))})
    arxiv.feed("cs.AI", rows(TUESDAY, 6), bears=WEDNESDAY)
    arxiv.page("cs.AI", rows(TUESDAY, 6), bears=TUESDAY)
    found = read_all()
    assert {name: listing.status for name, listing in found.items()} == {
        "cs.AI": "stale",
        "cs.LG": "announced",
        "cs.CL": "announced",
    }
    assert len(found["cs.LG"].entries) == 6


@pytest.mark.parametrize("bears", [TUESDAY, None, THURSDAY], ids=["a day behind", "no date", "a day ahead"])
def test_the_content_decides_and_not_the_date_that_a_feed_bears(read: Read, arxiv: LittleArxiv, bears: date | None) -> None:
    arxiv.feed("cs.AI", BATCH, bears)
    arxiv.page("cs.AI", BATCH, WEDNESDAY)
    listing = read()
    assert (listing.status, listing.via, listing.date) == ("announced", "feed", WEDNESDAY)


def test_new_and_cross_are_listed_replacements_are_kept_apart_and_the_unknown_is_noted(read: Read, arxiv: LittleArxiv) -> None:
    batch = [
        *BATCH,
        *rows(WEDNESDAY, 1, first=20, kind="cross"),
        Row("2601.00007", "2026-01-05T12:00:00Z", kind="replace", version=3),
        Row("2601.00008", "2026-01-05T12:00:00Z", kind="replace-cross", version=2),
    ]
    arxiv.page("cs.AI", batch, WEDNESDAY)
    arxiv.feed("cs.AI", [*batch, Row("2602.18099", "2026-02-17T15:00:00Z", kind="revived")], WEDNESDAY)
    listing = read()
    assert ids(listing.entries) == [*(row.id for row in BATCH), "2602.18020"]
    assert ids(listing.replacements) == ["2601.00007", "2601.00008"]
    assert len(listing.notes) == 1 and "revived" in listing.notes[0]


def test_a_paper_submitted_20_days_ago_and_announced_today_is_listed(read: Read, arxiv: LittleArxiv) -> None:
    held = Row("2601.28042", "2026-01-29T12:00:00Z")
    arxiv.announce(WEDNESDAY, {"cs.AI": [held, *BATCH]})
    listing = read()
    assert listing.status == "announced" and "2601.28042" in ids(listing.entries)


def test_a_held_paper_among_the_newest_ids_does_not_make_the_batch_an_old_one(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": [*BATCH, Row("2602.18999", "2026-01-29T12:00:00Z")]})
    listing = read()
    assert (listing.status, listing.via, len(listing.entries)) == ("announced", "feed", 7)


def test_a_list_page_headed_by_another_day_is_not_taken(read: Read, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.page("cs.AI", BATCH, TUESDAY)
    server.on("/atom/cs.AI", Answer(status=500))
    assert read().status == "stale"


def test_a_few_held_papers_are_believed_to_be_of_the_day_that_the_feed_bears(read: Read, arxiv: LittleArxiv) -> None:
    """Three papers of a small category may all have waited for moderation."""
    held = rows(TUESDAY, 3)
    arxiv.announce(WEDNESDAY, {"cs.AI": held})
    listing = read()
    assert (listing.status, ids(listing.entries)) == ("announced", [row.id for row in held])


def test_more_entries_on_the_list_page_are_taken_with_a_note(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.page("cs.AI", rows(WEDNESDAY, 9), WEDNESDAY)
    arxiv.feed("cs.AI", BATCH, WEDNESDAY)
    listing = read()
    assert (listing.via, len(listing.entries)) == ("list", 9)
    assert "the feed has 6 entries, the list page 9" in listing.notes[0]


@pytest.mark.parametrize(("count", "heading"), [(4, WEDNESDAY), (9, TUESDAY)], ids=["fewer entries", "another day"])
def test_a_list_page_that_knows_less_does_not_replace_the_feed(read: Read, arxiv: LittleArxiv, count: int, heading: date) -> None:
    arxiv.page("cs.AI", rows(heading, count), heading)
    arxiv.feed("cs.AI", BATCH, WEDNESDAY)
    listing = read()
    assert (listing.via, len(listing.entries)) == ("feed", 6)


# --- today: something is broken ------------------------------------------------------------------

WHOLE = feed_xml(BATCH, WEDNESDAY)
BROKEN = {
    "HTML": Answer(HTML),
    "empty body": Answer(""),
    "cut XML": Answer(WHOLE[: len(WHOLE) * 7 // 10]),
    "cut body": Answer(WHOLE, cut=len(WHOLE) // 2),
    "reset": Answer(reset=True),
    "500": Answer(status=500),
    "404": Answer(status=404),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_sends_us_to_the_list_page(read: Read, arxiv: LittleArxiv, server: ScriptedServer, answer: Answer) -> None:
    arxiv.page("cs.AI", BATCH, WEDNESDAY)
    server.on("/atom/cs.AI", answer)
    listing = read()
    assert (listing.status, listing.via, len(listing.entries)) == ("announced", "list", 6)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_with_feed_and_list_page_broken_today_fails_with_the_reason(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer, answer: Answer
) -> None:
    server.on("/(atom|list)/.*", answer)
    listing = read()
    assert (listing.status, listing.entries) == ("failed", ())
    assert "/atom/cs.AI" in str(listing.error)


def test_a_hanging_feed_is_left_within_the_time_out_and_the_list_page_taken(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    arxiv.page("cs.AI", BATCH, WEDNESDAY)
    server.on("/atom/cs.AI", Answer(hang=30))
    listing = read(HTTP__TIMEOUT="0.3", HTTP__RETRIES="1")
    assert (listing.status, listing.via) == ("announced", "list")


def test_a_list_page_with_another_layout_is_told_beside_a_current_feed(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", BATCH, WEDNESDAY)
    arxiv.page("cs.AI", [], WEDNESDAY, New=130)
    listing = read()
    assert (listing.status, listing.via) == ("announced", "feed")
    assert "not cross-checked" in listing.notes[0] and "promise 130 entries, 0 could be read" in listing.notes[0]


def test_a_list_page_with_another_layout_is_told_beside_a_stale_feed(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", rows(TUESDAY, 6), WEDNESDAY)
    arxiv.page("cs.AI", [], WEDNESDAY, New=130)
    listing = read()
    assert (listing.status, listing.date) == ("stale", TUESDAY)
    assert "promise 130 entries, 0 could be read" in listing.notes[0]


def test_without_submission_times_a_feed_is_taken_at_its_word(read: Read, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    server.on("/api/query", Answer(status=500))
    assert (read().status, read().via) == ("announced", "feed")
    arxiv.announce(TUESDAY, {"cs.AI": rows(TUESDAY, 6)})
    server.on("/api/query", Answer(status=500))
    assert read().status == "stale"


def test_429_three_times_ends_all_requests_to_arxiv(
    read_all: Callable[..., dict[str, Listing]], server: ScriptedServer, naps: Naps
) -> None:
    server.on("/.*", Answer("Rate exceeded.", status=429))
    found = read_all()
    assert {listing.status for listing in found.values()} == {"failed"}
    assert all("429" in str(listing.error) for listing in found.values())
    assert server.paths() == ["/atom/cs.AI"] * 3
    assert len(naps) == 2


def test_403_ends_all_requests_to_arxiv_at_once(
    read_all: Callable[..., dict[str, Listing]], server: ScriptedServer, naps: Naps
) -> None:
    server.on("/.*", Answer("Access denied", status=403))
    found = read_all(now=WEEK_LATER)
    assert {listing.status for listing in found.values()} == {"failed"}
    assert server.paths() == ["/atom/cs.AI"] and naps == []


def test_a_503_costs_one_more_request_and_nothing_else(read: Read, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    server.on("/atom/cs.AI", [Answer(status=503), Answer(WHOLE)])
    listing = read()
    assert (listing.status, listing.via, len(listing.entries)) == ("announced", "feed", 6)
    assert server.paths().count("/atom/cs.AI") == 2


# --- quiet days ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [SATURDAY, date(2026, 2, 22)], ids=["Saturday", "Sunday"])
def test_a_weekend_is_quiet_without_a_request(read: Read, server: ScriptedServer, day: date) -> None:
    listing = read(day, WEEK_LATER)
    assert (listing.status, listing.entries, server.log) == ("quiet", (), [])


@pytest.mark.parametrize("heading", [None, TUESDAY], ids=["no list page", "an older list page"])
def test_an_empty_feed_that_bears_the_day_is_a_quiet_day_whatever_older_heading_the_list_page_shows(
    read: Read, arxiv: LittleArxiv, heading: date | None
) -> None:
    """As on a holiday that the table of deferrals does not have."""
    arxiv.feed("cs.AI", [], WEDNESDAY)
    if heading:
        arxiv.page("cs.AI", rows(heading, 6), heading)
    listing = read()
    assert (listing.status, listing.via, listing.entries, listing.error) == ("quiet", "feed", (), None)


def test_an_empty_feed_beside_a_full_list_page_is_no_quiet_day(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", [], WEDNESDAY)
    arxiv.page("cs.AI", BATCH, WEDNESDAY)
    listing = read()
    assert (listing.status, listing.via, len(listing.entries)) == ("announced", "list", 6)
    assert "the feed is empty, the list page is not" in listing.notes[0]


def test_an_empty_feed_of_another_day_is_stale_today(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", [], TUESDAY)
    arxiv.page("cs.AI", rows(TUESDAY, 6), TUESDAY)
    assert read().status == "stale"


DEFERRED = date(2026, 6, 19)


@pytest.mark.parametrize("now", ["2026-06-19T09:00", "2026-06-25T09:00"], ids=["on the day", "later"])
@pytest.mark.parametrize("feed", ["old", "empty", "broken"])
def test_a_deferral_is_quiet_whatever_the_feed_serves(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer, feed: str, now: str
) -> None:
    before = date(2026, 6, 18)
    arxiv.announce(before, {"cs.AI": rows(before, 6)})
    if feed == "empty":
        arxiv.feed("cs.AI", [], DEFERRED)
    if feed == "broken":
        server.on("/(atom|list)/.*", Answer(status=500))
    listing = read(DEFERRED, now)
    assert (listing.status, listing.entries) == ("quiet", ())
    assert windows(server) == []


def test_a_deferral_in_the_table_is_quiet_even_beside_a_batch_that_bears_it(read: Read, arxiv: LittleArxiv) -> None:
    """Its submissions belong to the next listing."""
    arxiv.announce(DEFERRED, {"cs.AI": [later(row, submitted="2026-06-18T15:00:00Z") for row in rows(DEFERRED, 6)]})
    listing = read(DEFERRED, "2026-06-19T09:00")
    assert (listing.status, listing.entries) == ("quiet", ())
