"""Hugging Face Daily Papers: the whole list or a clear status; every field may be missing or hostile."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from digest.models import Entry, Listing
from digest.sources import HuggingFace
from digest.sources.huggingface import PAGE, PAGES
from server import Answer, ScriptedServer
from sources.conftest import Naps, OpenTools
from sources.world import HTML, SATURDAY, WEDNESDAY, daily_papers, hf_row, ids

TODAY, WEEK_LATER = "2026-02-18T09:00", "2026-02-25T09:00"


@pytest.fixture
def read(at: OpenTools) -> Callable[..., Listing]:
    """Read the list of a day, by default of a Wednesday a week ago."""

    def listing(day: date = WEDNESDAY, now: str = WEEK_LATER, **overrides: str) -> Listing:
        (source,) = [s for s in at(now, **overrides).sources if isinstance(s, HuggingFace)]
        (found,) = source.read(day)
        return found

    return listing


@pytest.fixture
def entry(read: Callable[..., Listing], server: ScriptedServer) -> Callable[..., Entry]:
    """The entry that a row with these fields becomes."""

    def of(**fields: Any) -> Entry:
        daily_papers(server, [hf_row("2602.15763", **fields)])
        listing = read()
        assert listing.status == "announced", listing.error
        return listing.entries[0]

    return of


# --- the list ------------------------------------------------------------------------------------


def test_a_day_is_announced_with_its_papers_in_order(read: Callable[..., Listing], server: ScriptedServer) -> None:
    daily_papers(server, [hf_row("2602.15763", upvotes=7), hf_row("2602.00001"), hf_row("cs/0112017")])
    listing = read()
    assert (listing.status, listing.via, listing.date, listing.error) == ("announced", "daily", WEDNESDAY, None)
    assert ids(listing.entries) == ["2602.15763", "2602.00001", "cs/0112017"]
    assert listing.url == "https://huggingface.co/papers/date/2026-02-18"
    assert server.log[0].params["date"] == ["2026-02-18"]


@pytest.mark.parametrize(
    ("most", "step"), [(100, None), (50, None), (50, 40), (50, 35), (7, 6)], ids=["100", "50", "overlap 10", "overlap 15", "7"]
)
def test_120_papers_over_several_pages_overlapping_or_not_are_read_once_each(
    read: Callable[..., Listing], server: ScriptedServer, most: int, step: int | None
) -> None:
    count = 120 if most > 7 else 60
    daily_papers(server, [hf_row(f"2602.{n:05d}") for n in range(count)], most=most, step=step)
    assert ids(read().entries) == [f"2602.{n:05d}" for n in range(count)]


def test_a_paper_that_stands_twice_is_listed_once(read: Callable[..., Listing], server: ScriptedServer) -> None:
    daily_papers(server, [hf_row("2602.15763", upvotes=9), hf_row("2602.15763v2", upvotes=1)])
    (entry,) = read().entries
    assert entry.paper.upvotes == 9


def test_a_list_that_does_not_end_fails(read: Callable[..., Listing], server: ScriptedServer) -> None:
    def endless(request: Any) -> Answer:
        page = int(request.params["p"][0])
        return Answer(json.dumps([hf_row(f"2602.{page:03d}{n:02d}") for n in range(9)]))

    server.on("/api/daily_papers", endless)
    listing = read()
    assert listing.status == "failed" and "does not end" in str(listing.error) and len(server.log) == PAGES


def test_a_second_page_that_fails_fails_the_list(read: Callable[..., Listing], server: ScriptedServer) -> None:
    """A part of a list is not a list."""
    full = Answer(json.dumps([hf_row(f"2602.{n:05d}") for n in range(PAGE)]))
    server.on("/api/daily_papers", [full, Answer(status=500)])
    listing = read()
    assert listing.status == "failed" and listing.entries == ()


# --- days without a list -------------------------------------------------------------------------


@pytest.mark.parametrize("day", [SATURDAY, date(2026, 2, 22), date(2023, 5, 3)], ids=["Saturday", "Sunday", "before the first"])
def test_weekends_and_days_before_the_first_are_quiet_without_a_request(
    read: Callable[..., Listing], server: ScriptedServer, day: date
) -> None:
    listing = read(day)
    assert (listing.status, listing.entries, server.log) == ("quiet", (), [])


def test_a_past_day_without_papers_is_quiet_and_no_other_day_is_put_in_its_place(
    read: Callable[..., Listing], server: ScriptedServer
) -> None:
    daily_papers(server, [])
    listing = read()
    assert (listing.status, listing.entries, listing.date) == ("quiet", (), WEDNESDAY)
    assert {request.params["date"][0] for request in server.log} == {"2026-02-18"}


def test_today_without_papers_is_stale(read: Callable[..., Listing], server: ScriptedServer) -> None:
    daily_papers(server, [])
    listing = read(now=TODAY)
    assert listing.status == "stale" and "still empty" in str(listing.error)


def test_today_that_has_not_begun_there_is_stale(read: Callable[..., Listing], server: ScriptedServer) -> None:
    server.on("/api/daily_papers", Answer('{"error": "Invalid date"}', status=400))
    assert read(now=TODAY).status == "stale"
    assert len(server.log) == 1


def test_a_past_day_that_is_unknown_there_fails(read: Callable[..., Listing], server: ScriptedServer) -> None:
    server.on("/api/daily_papers", Answer('{"error": "Invalid date"}', status=400))
    listing = read()
    assert listing.status == "failed" and "no such day" in str(listing.error)


# --- an upstream in trouble ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"error": "x"}', "it is dict"),
        ("null", "it is NoneType"),
        ('"papers"', "it is str"),
        ("5", "it is int"),
        (json.dumps([hf_row("2602.15763")])[:-9], "not JSON"),
        ('[{"paper": {"id": "2602.15763", "title": "x", "upvotes": NaN}}]', "NaN is not JSON"),
        ("[Infinity]", "Infinity is not JSON"),
        ("", "not JSON"),
        (HTML, "not JSON"),
        ("[" * 100_000, "not JSON"),
        (b"[\xff\xfe]", "not JSON"),
    ],
    ids=["object", "null", "string", "number", "truncated", "NaN", "Infinity", "empty", "HTML", "nested", "not UTF-8"],
)
def test_a_body_that_is_no_list_fails_after_the_last_try(
    read: Callable[..., Listing], server: ScriptedServer, body: str | bytes, why: str
) -> None:
    server.on("/api/daily_papers", Answer(body))
    listing = read()
    assert listing.status == "failed" and why in str(listing.error)
    assert len(server.log) == 3


def test_a_bad_body_followed_by_a_good_one_is_announced(read: Callable[..., Listing], server: ScriptedServer) -> None:
    good = Answer(json.dumps([hf_row("2602.15763")]))
    server.on("/api/daily_papers", [Answer("[{"), good])
    assert read().status == "announced"


@pytest.mark.parametrize(
    "body",
    ['[null, 5, [], "x"]', '[{"paper": null}, {}]', '[{"papers": {"id": "2602.15763"}}]'],
    ids=["no rows", "empty rows", "renamed"],
)
@pytest.mark.parametrize("now", [TODAY, WEEK_LATER], ids=["today", "a past day"])
def test_rows_of_which_none_can_be_read_are_a_failure_and_no_quiet_day(
    read: Callable[..., Listing], server: ScriptedServer, body: str, now: str
) -> None:
    server.on("/api/daily_papers", Answer(body))
    listing = read(now=now)
    assert listing.status == "failed" and "could be read" in str(listing.error)


def test_a_quota_that_is_used_up_is_waited_for_when_there_is_time(
    read: Callable[..., Listing], server: ScriptedServer, naps: Naps
) -> None:
    """Hugging Face says when in RateLimit, and may send no Retry-After."""
    limited = Answer("slow down", status=429, headers={"RateLimit": '"api";r=0;t=55'})
    server.on("/api/daily_papers", [limited, Answer(json.dumps([hf_row("2602.15763")])), Answer("[]")])
    assert read().status == "announced"
    assert naps == [55.0]


def test_a_quota_that_is_used_up_is_not_waited_for_beyond_the_deadline(
    read: Callable[..., Listing], server: ScriptedServer, naps: Naps
) -> None:
    server.on("/api/daily_papers", Answer("slow down", status=429, headers={"RateLimit": '"api";r=0;t=55'}))
    listing = read(HTTP__SOURCE_DEADLINE="20")
    assert listing.status == "failed" and "too late" in str(listing.error)
    assert naps == [] and len(server.log) == 1


def test_a_server_that_never_answers_is_given_up_within_the_time_out(
    read: Callable[..., Listing], server: ScriptedServer
) -> None:
    server.on("/api/daily_papers", Answer(hang=60))
    listing = read(HTTP__TIMEOUT="0.2", HTTP__RETRIES="1")
    assert listing.status == "failed" and "no answer" in str(listing.error)


# --- rows ----------------------------------------------------------------------------------------


def test_a_whole_row_becomes_an_entry(entry: Callable[..., Entry]) -> None:
    found = entry(
        title="Some\n Title",
        summary="It  works.",
        authors=[{"name": "Ada"}, {"name": "Ben", "hidden": False}],
        organization={"name": "org", "fullname": "The Organisation"},
        githubRepo="https://github.com/owner/name",
        githubStars=12,
        projectPage="https://example.org/p",
        upvotes=34,
    )
    paper = found.paper
    assert (paper.title, found.abstract, paper.authors) == ("Some Title", "It works.", ("Ada", "Ben"))
    assert (paper.organisation, paper.stars, paper.upvotes) == ("The Organisation", 12, 34)
    assert paper.published == datetime(2026, 2, 17, 18, tzinfo=UTC) and paper.version is None
    assert paper.as_of == date(2026, 2, 25)
    assert paper.links.model_dump() == {
        "abs": "https://arxiv.org/abs/2602.15763",
        "pdf": "https://arxiv.org/pdf/2602.15763",
        "html": "https://arxiv.org/html/2602.15763",
        "code": "https://github.com/owner/name",
        "project": "https://example.org/p",
        "hf": "https://huggingface.co/papers/2602.15763",
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, "no paper"),
        ({"paper": None}, "no paper"),
        ({"paper": ["2602.15763"]}, "no paper"),
        ({"paper": {}}, "no arXiv id"),
        (hf_row(None), "no arXiv id"),
        (hf_row(2602.15763), "no arXiv id"),
        (hf_row("../../etc/passwd"), "no arXiv id"),
        (hf_row("2602.15763\n"), "no arXiv id"),
        ({"paper": {"id": "2602.15763", "title": None}}, "no title"),
        ({"paper": {"id": "2602.15763", "title": "\u200b \n"}}, "no title"),
        ("a text", "no paper"),
        (None, "no paper"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_row_that_names_no_paper_is_left_out_with_its_reason(
    read: Callable[..., Listing], server: ScriptedServer, row: Any, why: str
) -> None:
    daily_papers(server, [row, hf_row("2602.00001")])
    listing = read()
    assert ids(listing.entries) == ["2602.00001"]
    assert len(listing.notes) == 1 and why in listing.notes[0]


@pytest.mark.parametrize("missing", ["summary", "authors", "upvotes", "publishedAt", "organization", "githubRepo", "projectPage"])
@pytest.mark.parametrize("value", [None, "", [], {}, 5, True, "\ud800"], ids=ascii)
def test_every_other_field_may_be_anything(entry: Callable[..., Entry], missing: str, value: Any) -> None:
    paper = entry(**{missing: value}).paper
    assert paper.id == "2602.15763" and paper.title == "A Title"
    assert paper.links.code is None and paper.links.project is None


def test_a_row_with_nothing_but_id_and_title_is_listed(read: Callable[..., Listing], server: ScriptedServer) -> None:
    daily_papers(server, [{"paper": {"id": "2602.15763"}, "title": "Only a Title", "summary": "Beside it."}])
    (entry,) = read().entries
    assert (entry.paper.title, entry.abstract, entry.paper.authors, entry.paper.upvotes) == (
        "Only a Title",
        "Beside it.",
        (),
        None,
    )


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (12, 12),
        ("12", 12),
        (0, 0),
        (None, None),
        ("", None),
        ("many", None),
        ("١٢", None),
        (-1, None),
        (1.5, None),
        (True, None),
        (10**12, None),
        ("9" * 5000, None),
        ([12], None),
    ],
    ids=lambda value: ascii(value)[:12],
)
def test_upvotes_are_a_whole_number_or_unknown(entry: Callable[..., Entry], given: Any, count: int | None) -> None:
    assert entry(upvotes=given).paper.upvotes == count


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ([{"name": "Ada"}, {"name": "Hid", "hidden": True}], ("Ada",)),
        ([{"name": "GLM-5 Team"}, {"name": ":"}, {"name": "Ben"}], ("GLM-5 Team", "Ben")),
        ([{"name": None}, {}, None, "Ada", {"name": {"x": 1}}, {"name": ["y"]}, {"name": "Ben"}], ("Ben",)),
        ({"name": "Ada"}, ()),
    ],
    ids=["hidden", "collaboration", "not names", "no list"],
)
def test_authors_are_names_that_are_shown(entry: Callable[..., Entry], given: Any, authors: tuple[str, ...]) -> None:
    assert entry(authors=given).paper.authors == authors


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-02-17T18:00:00.123Z", datetime(2026, 2, 17, 18, tzinfo=UTC)),
        ("2026-02-18T02:00:00+08:00", datetime(2026, 2, 17, 18, tzinfo=UTC)),
        ("2026-02-17T18:00:00", datetime(2026, 2, 17, 18, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_a_submission_time_is_in_utc_or_unknown(entry: Callable[..., Entry], given: str, expected: datetime | None) -> None:
    assert entry(publishedAt=given).paper.published == expected


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("javascript:alert(1)", None),
        ("http://169.254.169.254", None),
        ("https://github.com@evil.com/owner/name", None),
        ("https://github.com/owner/name.", "https://github.com/owner/name"),
        ("https://github.com/owner/name.git", "https://github.com/owner/name"),
    ],
)
def test_a_repository_typed_by_a_user_is_a_repository_or_left_out_with_its_stars(
    entry: Callable[..., Entry], given: str, code: str | None
) -> None:
    paper = entry(githubRepo=given, githubStars=7).paper
    assert (paper.links.code, paper.stars) == (code, 7 if code else None)


@pytest.mark.parametrize(
    ("given", "project"),
    [
        ("https://name.github.io/paper/", "https://name.github.io/paper/"),
        ("http://169.254.169.254/latest", None),
        ("javascript:alert(1)", None),
        ("https://example.org@evil.com/", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_project_page_typed_by_a_user_is_a_public_page_or_left_out(
    entry: Callable[..., Entry], given: str, project: str | None
) -> None:
    assert entry(projectPage=given).paper.links.project == project


def test_a_project_page_that_is_a_repository_is_the_code(entry: Callable[..., Entry]) -> None:
    links = entry(projectPage="https://github.com/owner/name").paper.links
    assert (links.code, links.project) == ("https://github.com/owner/name", None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Two\nlines\tand a tab", "Two lines and a tab"),
        ("Right\u202eto left and zero\u200bwidth", "Rightto left and zerowidth"),
        ("An emoji 🤖 stays", "An emoji 🤖 stays"),
        ("half a pair \ud800", "half a pair"),
    ],
    ids=["white space", "invisible", "emoji", "surrogate"],
)
def test_a_hostile_title_is_cleaned(entry: Callable[..., Entry], title: str, expected: str) -> None:
    assert entry(title=title).paper.title == expected


def test_a_title_of_2000_characters_is_capped(entry: Callable[..., Entry]) -> None:
    assert len(entry(title="word " * 400).paper.title) <= 501
