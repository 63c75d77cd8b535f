"""Days that are over, from the API; and what is read once a run."""

from collections.abc import Callable
from datetime import date

import pytest

from digest.models import Listing
from server import Answer, ScriptedServer
from sources.conftest import BATCH, NEXT_WEDNESDAY, TODAY, WEEK_LATER, OpenTools, Read, windows
from sources.world import (
    HTML,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    LittleArxiv,
    Row,
    api_xml,
    ids,
    list_html,
    rows,
)

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
