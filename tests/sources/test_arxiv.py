"""Which way into arXiv, category by category: the feed, the list page, the API, judged by what they hold."""

from collections.abc import Callable
from datetime import date

import pytest

from digest.models import Listing
from server import Answer, ScriptedServer
from sources.conftest import Naps, OpenTools
from sources.world import (
    HTML,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    LittleArxiv,
    Row,
    api_xml,
    feed_xml,
    ids,
    later,
    list_html,
    rows,
)

TODAY, WEEK_LATER = "2026-02-18T09:00", "2026-02-25T09:00"
NEXT_TUESDAY, NEXT_WEDNESDAY = date(2026, 2, 24), date(2026, 2, 25)
THREE = "[cs.AI, cs.LG, cs.CL]"
BATCH = rows(WEDNESDAY, 6)

Read = Callable[..., Listing]


@pytest.fixture
def read(at: OpenTools) -> Read:
    """Read the listing of cs.AI, by default of today, a Wednesday."""

    def listing(day: date = WEDNESDAY, now: str = TODAY, **overrides: str) -> Listing:
        source = at(now, **overrides).arxiv
        assert source is not None
        (found,) = source.read(day, source.listings)
        return found

    return listing


@pytest.fixture
def read_all(at: OpenTools) -> Callable[..., dict[str, Listing]]:
    def listings(day: date = WEDNESDAY, now: str = TODAY, categories: str = THREE, **overrides: str) -> dict[str, Listing]:
        source = at(now, SOURCES__ARXIV__CATEGORIES=categories, **overrides).arxiv
        assert source is not None
        return {listing.name: listing for listing in source.read(day, source.listings)}

    return listings


def windows(server: ScriptedServer) -> list[str]:
    """The search queries that were asked."""
    asked = (request.params["search_query"][0] for request in server.log if "search_query" in request.params)
    return [query for query in asked if query]


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


# --- past days: the API --------------------------------------------------------------------------


def test_a_day_that_feed_and_page_have_left_is_read_from_the_api(read: Read, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.knows([*rows(TUESDAY, 3), *rows(WEDNESDAY, 4), *rows(THURSDAY, 3)])
    arxiv.announce(NEXT_WEDNESDAY, {"cs.AI": rows(NEXT_WEDNESDAY, 6)})
    listing = read(now=WEEK_LATER)
    assert (listing.status, listing.via, listing.date) == ("announced", "api", WEDNESDAY)
    assert ids(listing.entries) == [row.id for row in rows(WEDNESDAY, 4)]
    assert windows(server) == ["(cat:cs.AI) AND submittedDate:[202602161900 TO 202602171900]"]
    assert "/list/cs.AI/new" not in server.paths(), "it is never behind the feed"


def test_categories_are_asked_for_together_and_told_apart(
    read_all: Callable[..., dict[str, Listing]], arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    only, both = rows(WEDNESDAY, 1), rows(WEDNESDAY, 1, first=2, categories=("cs.LG", "cs.AI"))
    arxiv.knows([*only, *both])
    found = read_all(now=WEEK_LATER)
    assert {name: ids(listing.entries) for name, listing in found.items()} == {
        "cs.AI": [only[0].id, both[0].id],
        "cs.LG": [both[0].id],
        "cs.CL": [],
    }
    assert len(windows(server)) == 1


def test_only_the_categories_that_need_it_are_asked_of_the_api(
    read_all: Callable[..., dict[str, Listing]], arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    """On the morning after, at 01:00 UTC, one feed has been rebuilt and the other has not."""
    arxiv.announce(TUESDAY, {"cs.LG": rows(TUESDAY, 6, categories=("cs.LG",))})
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    arxiv.knows(rows(WEDNESDAY, 2, first=50, categories=("cs.LG",)))
    found = read_all(now="2026-02-19T01:00", categories="[cs.AI, cs.LG]")
    assert (found["cs.AI"].via, found["cs.LG"].via) == ("feed", "api")
    assert ["cs.AI" in query for query in windows(server)] == [False]


def test_the_listing_after_a_deferral_has_the_deferred_papers_too(read: Read, arxiv: LittleArxiv) -> None:
    arxiv.knows(
        [
            Row("2512.20001", "2025-12-30T18:59:59Z"),  # listed on 31 December
            Row("2512.20002", "2025-12-30T19:00:00Z"),  # would have been listed on 1 January
            Row("2512.20003", "2025-12-31T23:59:59Z"),
            Row("2601.00001", "2026-01-01T00:00:00Z"),
            Row("2601.00002", "2026-01-01T18:59:59Z"),
            Row("2601.00003", "2026-01-01T19:00:00Z"),  # listed on Monday
        ]
    )
    listing = read(date(2026, 1, 2), "2026-01-20T09:00")
    assert ids(listing.entries) == ["2512.20002", "2512.20003", "2601.00001", "2601.00002"]


def test_no_papers_on_a_weekday_are_suspect_asked_for_again_compared_with_the_archive_and_failed(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    listing = read(now=WEEK_LATER)
    assert listing.status == "failed" and "suspect" in str(listing.error)
    window = " AND submittedDate:[202602161900 TO 202602171900]"
    assert windows(server) == [f"(cat:cs.AI){window}", f"(cat:cs.AI){window}", f"(cat:cs.*){window}"]


def test_an_empty_first_answer_and_a_full_second_are_a_full_listing(
    read: Read, arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    server.on("/api/query", [Answer(api_xml([])), Answer(api_xml(BATCH))])
    listing = read(now=WEEK_LATER)
    assert (listing.status, len(listing.entries)) == ("announced", 6)


def test_a_small_category_without_papers_is_believed_when_its_archive_has_some(
    read_all: Callable[..., dict[str, Listing]], arxiv: LittleArxiv
) -> None:
    arxiv.knows(rows(WEDNESDAY, 2, categories=("math.AG",)))
    found = read_all(now=WEEK_LATER, categories="[math.GT]")["math.GT"]
    assert (found.status, found.via, found.entries, found.error) == ("announced", "api", (), None)


def test_two_small_categories_are_compared_with_both_archives(
    read_all: Callable[..., dict[str, Listing]], arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    arxiv.knows(rows(WEDNESDAY, 2, categories=("cs.LG",)))
    found = read_all(now=WEEK_LATER, categories="[math.GT, cs.MS]")
    assert {listing.status for listing in found.values()} == {"announced"}
    assert "(cat:cs.* OR cat:math.*)" in windows(server)[-1]


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(HTML), Answer(""), Answer(api_xml(BATCH, 10)), Answer("Rate exceeded.", status=429)],
    ids=["500", "HTML", "empty body", "6 of 10", "429"],
)
def test_an_api_that_does_not_answer_completely_fails_the_day(read: Read, server: ScriptedServer, answer: Answer) -> None:
    server.on("/api/query", answer)
    listing = read(now=WEEK_LATER)
    assert (listing.status, listing.entries, listing.via) == ("failed", (), None)
    assert "/api/query" in str(listing.error)


# --- once a run ----------------------------------------------------------------------------------


def test_feed_and_list_page_are_read_once_a_run_whichever_days_are_asked_for(
    at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer
) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    arxiv.knows(rows(TUESDAY, 3))
    source = at(TODAY).arxiv
    assert source is not None
    days = [source.read(day, ["cs.AI"])[0] for day in (WEDNESDAY, TUESDAY)]
    assert [(listing.status, listing.via) for listing in days] == [("announced", "feed"), ("announced", "api")]
    assert server.paths().count("/atom/cs.AI") == server.paths().count("/list/cs.AI/new") == 1


def test_every_request_says_who_we_are(read: Read, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    read(SOURCES__ARXIV__CONTACT="me@example.org")
    agents = {request.headers["user-agent"] for request in server.log}
    assert len(agents) == 1 and "me@example.org" in agents.pop()


# --- the newest listing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feed", "page", "newest"),
    [
        ((WEDNESDAY, WEDNESDAY), (WEDNESDAY, WEDNESDAY), WEDNESDAY),
        ((TUESDAY, TUESDAY), (TUESDAY, TUESDAY), TUESDAY),
        ((TUESDAY, WEDNESDAY), (WEDNESDAY, WEDNESDAY), WEDNESDAY),
        ((TUESDAY, WEDNESDAY), (TUESDAY, TUESDAY), TUESDAY),
        ((WEDNESDAY, TUESDAY), (TUESDAY, TUESDAY), WEDNESDAY),
        (None, (WEDNESDAY, WEDNESDAY), WEDNESDAY),
        ((WEDNESDAY, WEDNESDAY), None, WEDNESDAY),
        (None, None, None),
    ],
    ids=["both", "neither", "page ahead", "feed claims", "feed lags", "no feed", "no page", "nothing"],
)
def test_the_newest_listing_is_what_feed_or_page_hold(
    at: OpenTools,
    arxiv: LittleArxiv,
    feed: tuple[date, date] | None,
    page: tuple[date, date] | None,
    newest: date | None,
) -> None:
    if feed:
        arxiv.feed("cs.AI", rows(feed[0], 6), bears=feed[1])
    if page:
        arxiv.page("cs.AI", rows(page[0], 6), page[1])
    source = at(TODAY).arxiv
    assert source is not None and source.newest_listing() == newest


def test_an_empty_feed_of_today_is_the_newest_listing(at: OpenTools, arxiv: LittleArxiv) -> None:
    arxiv.feed("cs.AI", [], WEDNESDAY)
    arxiv.page("cs.AI", rows(TUESDAY, 6), TUESDAY)
    source = at(TODAY).arxiv
    assert source is not None and source.newest_listing() == WEDNESDAY


def test_a_list_page_is_as_good_a_batch_as_a_feed(read: Read, server: ScriptedServer, arxiv: LittleArxiv) -> None:
    """Both ways give the same entries, but for the comment and venue that only the page has."""
    arxiv.announce(WEDNESDAY, {"cs.AI": BATCH})
    by_feed = read()
    server.on("/atom/cs.AI", Answer(status=500))
    server.on("/list/cs.AI/new", Answer(list_html(BATCH, WEDNESDAY)))
    by_page = read()
    assert (by_feed.via, by_page.via) == ("feed", "list")
    assert by_feed.entries == by_page.entries
